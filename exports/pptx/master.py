"""The company's own slides as the ground of a deck: its master, theme and layouts; our titles and charts stand where its layout leaves room."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError

from data.errors import UserError
from exports.pptx.parts.opened import opened as unpacked
from report.text.catalogue import say

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
WIDE = 16 / 9


@dataclass(frozen=True)
class Master:
    """A company's .pptx and the name of the layout our slides take: one with a title and as little else as there is."""

    content: bytes
    layout: str


def load(file: Path, layout: str = "") -> Master:
    """The master of a file. Raises UserError for one that cannot be read, is not 16:9, or has no layout with a title (or none of the
    name given)."""
    try:
        content = file.read_bytes()
        deck = unpacked(content)
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UserError(say("exports.master.cannot_be_read"), file=file.name, found=str(error)[:120]) from None
    if abs((deck.slide_width or 1) / (deck.slide_height or 1) - WIDE) > 0.02:
        raise UserError(
            say("exports.master.is_not_wide"),
            file=file.name,
            found=f"{deck.slide_width} × {deck.slide_height}",
            allowed="16:9",
        )
    fitting = [one for one in deck.slide_layouts if _title_of(one) is not None]
    if layout:
        fitting = [one for one in fitting if one.name == layout]
    if not fitting:
        raise UserError(
            say("exports.master.no_layout_with_a_title"),
            file=file.name,
            found=layout or None,
            allowed=", ".join(one.name for one in deck.slide_layouts if _title_of(one) is not None) or None,
        )
    return Master(content, min(fitting, key=lambda one: len(list(one.placeholders))).name)


def opened(master: Master) -> Any:
    """An empty deck on the master, scaled to no other size; its own slides are left out."""
    deck = Presentation(io.BytesIO(master.content))
    ids = deck.slides._sldIdLst
    for one in list(ids):
        deck.part.drop_rel(one.rId)
        ids.remove(one)
    return deck


def layout_of(deck: Any, master: Master) -> Any:
    """The layout our slides take."""
    return next(one for one in deck.slide_layouts if one.name == master.layout)


def _title_of(layout: Any) -> Any:
    return next((one for one in layout.placeholders if one.placeholder_format.type in TITLES), None)
