"""The sentences of a document with where each stands: PPTX, DOCX, or plain text. Nothing of it is kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from data.errors import UserError
from exports.pptx.parts.opened import FAULTS, opened, unpacked
from report.text.catalogue import say

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENDS = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÄÖÜ0-9“\"(])|\n+")
MOST = 64 * 1024 * 1024  # bytes of the text


@dataclass(frozen=True)
class Passage:
    """One sentence and the slide or paragraph it stands in."""

    where: str
    text: str


def passages(content: bytes, name: str) -> list[Passage]:
    """Every sentence of a file, in order. Raises UserError for one that is none of the three kinds, or damaged."""
    suffix = name.lower().rpartition(".")[2]
    try:
        blocks = {"pptx": _slides, "docx": _paragraphs}.get(suffix, _plain)(content)
        return [Passage(where, text) for where, block in blocks for text in sentences(block)]
    except FAULTS as error:
        raise UserError(
            say("exports.check.cannot_be_read"),
            file=name,
            found=str(error)[:120],
            allowed=say("exports.check.kinds"),
        ) from None


def sentences(block: str) -> list[str]:
    """The sentences of a block of text."""
    return [text for part in ENDS.split(block.replace("\v", "\n")) if (text := " ".join(part.split()))]


def _slides(content: bytes) -> Iterator[tuple[str, str]]:
    for place, slide in enumerate(opened(content).slides, 1):
        where = say("exports.check.slide", place=place)
        for text in _texts(slide.shapes):
            yield where, text


def _texts(shapes: Any) -> Iterator[str]:
    """Texts of shapes, of groups within them and of tables, a row a sentence with its first cell as what it is about."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _texts(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame.text
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield ", ".join(cell.text_frame.text for cell in row.cells if cell.text_frame.text.strip())


def _paragraphs(content: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(unpacked(content))) as archive:
        if archive.getinfo("word/document.xml").file_size > MOST:
            raise KeyError("word/document.xml")
        root = etree.fromstring(
            archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    for place, paragraph in enumerate(root.iter(f"{WORD}p"), 1):
        text = "".join(
            "\n" if node.tag == f"{WORD}br" else "\t" if node.tag == f"{WORD}tab" else node.text or ""
            for node in paragraph.iter(f"{WORD}t", f"{WORD}br", f"{WORD}tab")
        )
        if text.strip():
            yield say("exports.check.paragraph", place=place), text


def _plain(content: bytes) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(content.decode("utf-8-sig").splitlines(), 1):
        if line.strip():
            yield say("exports.check.line", place=place), line
