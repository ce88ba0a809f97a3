"""The company's own slides as the ground of a deck: its master, theme and layouts; our titles and charts stand where its layout leaves room."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from data.errors import UserError
from exports.pptx.parts.opened import FAULTS, unpacked
from report.text.catalogue import say

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
WIDE = 16 / 9


@dataclass(frozen=True)
class Master:
    """A company's .pptx and the name of the layout our slides take: one with a title and as little else as there is."""

    content: bytes
    layout: str


def load(file: Path, layout: str = "") -> Master:
    """The master of a file. Raises UserError for one that cannot be read, is not 16:9, has no layout with a title (or none of the
    name given), or takes something from elsewhere when it is opened."""
    try:
        content = unpacked(file.read_bytes())
        deck = Presentation(io.BytesIO(content))
        width, height = deck.slide_width or 1, deck.slide_height or 1
        named = {one.name: len(list(one.placeholders)) for one in deck.slide_layouts if _title_of(one) is not None}
    except FAULTS as error:
        raise _unreadable(file, error) from None
    if abs(width / height - WIDE) > 0.02:
        raise UserError(
            say("exports.master.is_not_wide"),
            file=file.name,
            found=f"{width} × {height}",
            allowed="16:9",
        )
    fitting = [name for name in named if not layout or name == layout]
    if not fitting:
        raise UserError(
            say("exports.master.no_layout_with_a_title"),
            file=file.name,
            found=layout or None,
            allowed=", ".join(named) or None,
        )
    made = Master(content, min(fitting, key=lambda name: named[name]))
    try:  # to take a slide, before a deck is half made
        ground = opened(made)
        elsewhere = _elsewhere(ground)
        ground.slides.add_slide(layout_of(ground, made))
    except FAULTS as error:
        raise _unreadable(file, error) from None
    if elsewhere:  # every reader's machine would ask for it as the deck is opened
        raise UserError(
            say("exports.master.takes_from_elsewhere"),
            file=file.name,
            found=", ".join(elsewhere[:3]),
            fix=say("exports.master.break_links"),
        )
    return made


def _elsewhere(deck: Any) -> list[str]:
    """Pictures, films and objects the master takes from another file or address; a hyperlink somebody has to click is none."""
    held = (relation for part in deck.part.package.iter_parts() for relation in part.rels.values())
    return sorted({one.target_ref for one in held if one.is_external and not str(one.reltype).endswith("/hyperlink")})


def _unreadable(file: Path, error: Exception) -> UserError:
    return UserError(say("exports.master.cannot_be_read"), file=file.name, found=str(error)[:120])


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
