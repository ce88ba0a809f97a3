"""A deck renewed: charts, tables and small print made anew from today's data, what people changed kept, and each title that no longer
holds marked on its slide. Shapes that nothing was made for are not touched."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from pptx.util import Inches

from charts import tokens
from data.errors import UserError
from data.store.generations import Generation
from exports.cards.safe import one_line, plain
from exports.pptx.leaves import again
from exports.pptx.parts import graft, provenance
from exports.pptx.parts.opened import FAULTS, opened
from exports.pptx.slide import Leaf, add_slide, add_text
from exports.pptx.theme import INNER, MARGIN, new_deck
from report.text.catalogue import say

MARK = "Throughline-mark"


class Stand(StrEnum):
    """What became of a slide."""

    HOLDS = "holds"  # the title says today what it said
    RENEWED = "renewed"  # it was as made, and says something else today; what it said is marked
    KEPT = "kept"  # people had changed it, and as made it would say something else today: marked
    UNANSWERED = "unanswered"  # its question has no answer today: left as it was, marked
    GONE = "gone"  # people took the slide out


@dataclass(frozen=True)
class Slide:
    """One slide of the record: its place in the deck (None where it is gone), its title, and what was left as people made it."""

    place: int | None
    title: str
    stand: Stand
    now: str = ""
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refreshed:
    """The renewed file and what became of each slide that was made here; slides people added are not among them."""

    content: bytes
    slides: tuple[Slide, ...]


def refresh(content: bytes, generation: Generation, address: str = "") -> Refreshed:
    """The deck on this generation. Raises UserError for a file that is no deck, or none that was made here."""
    try:
        return _refreshed(opened(content), generation, address)
    except UserError:
        raise
    except FAULTS as error:
        raise UserError(say("exports.refresh.this_cannot_be_read", error=error), where="deck") from None


def _refreshed(deck: Any, generation: Generation, address: str) -> Refreshed:
    record = provenance.read(deck)
    if record is None:
        raise UserError(say("exports.refresh.not_made_here"), where="deck", fix=say("exports.refresh.only_decks_made"))
    places = {slide.slide_id: (place, slide) for place, slide in enumerate(deck.slides, 1)}
    told = []
    for entry in record["slides"]:
        if entry["id"] not in places:
            told.append(Slide(None, entry["texts"]["title"], Stand.GONE))
            continue
        place, slide = places[entry["id"]]
        told.append(_slide(slide, place, entry, generation, address or _home(entry.get("link", ""))))
    record["generation"] = generation.name
    provenance.attach(deck, record)
    buffer = io.BytesIO()
    deck.save(buffer)
    return Refreshed(buffer.getvalue(), tuple(told))


def _home(link: str) -> str:
    """Where the app was when the slide was made, by its link; nothing where the link was relative."""
    parts = urlsplit(link)
    return (
        f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}" if parts.scheme in ("http", "https") else ""
    )


def _slide(slide: Any, place: int, entry: dict[str, Any], generation: Generation, address: str) -> Slide:
    """One slide renewed; `entry` is brought up to date."""
    shapes = {shape.shape_id: shape for shape in slide.shapes}
    title = _text(shapes.get(entry["shapes"]["title"]))
    _unmark(slide)
    try:
        leaf = again(entry["asked"], generation, address)
    except UserError as error:
        _mark(slide, say("exports.refresh.cannot_be_answered", error=error))
        return Slide(place, title or entry["texts"]["title"], Stand.UNANSWERED, str(error))
    scratch = new_deck()
    made = add_slide(scratch, leaf, place, cover=bool(entry.get("cover")))
    fresh = scratch.slides[0]
    anew = {shape.shape_id: shape for shape in fresh.shapes}
    left = _texts(shapes, anew, entry, made)
    left += graft.drawn(shapes, anew, entry, made)
    if slide.has_notes_slide:
        left += _notes(slide, entry, leaf)
    stand = _title(slide, shapes.get(entry["shapes"]["title"]), entry, one_line(leaf.title))
    was, entry["texts"]["title"] = entry["texts"]["title"], one_line(leaf.title)
    changed = _redefined(entry, leaf)
    if stand is not Stand.HOLDS or changed:
        now = one_line(leaf.title)
        text = {
            Stand.RENEWED: say("exports.refresh.title_renewed", was=was),
            Stand.KEPT: say("exports.refresh.title_kept", now=now),
        }.get(stand, "")
        _mark(slide, " ".join(filter(None, (text, changed))))
    entry["asked"] = leaf.asked or entry["asked"]
    return Slide(place, title or was, stand, one_line(leaf.title), tuple(left))


def _text(shape: Any) -> str | None:
    return shape.text_frame.text if shape is not None and shape.has_text_frame else None


def _title(slide: Any, shape: Any, entry: dict[str, Any], now: str) -> Stand:
    """The title: as made it is made anew, changed by people it stays."""
    was = entry["texts"]["title"]
    if now == was:
        return Stand.HOLDS
    if _text(shape) != was:
        return Stand.KEPT
    _write(shape, [now])
    return Stand.RENEWED


def _texts(shapes: dict[int, Any], anew: dict[int, Any], entry: dict[str, Any], made: dict[str, Any]) -> list[str]:
    """What is drawn and the small print, where people have not changed them."""
    left = []
    for name in ("said", "foot"):
        old, new = shapes.get(entry["shapes"][name]), anew[made["shapes"][name]]
        if old is None:
            continue
        if _text(old) != entry["texts"][name]:
            left.append(name)
        elif _text(new) != _text(old):
            runs = new.text_frame.paragraphs[0].runs
            _write(old, [run.text for run in runs], [run.hyperlink.address for run in runs])
        entry["texts"][name] = _text(new)
    return left


def _notes(slide: Any, entry: dict[str, Any], leaf: Leaf) -> list[str]:
    frame, now = slide.notes_slide.notes_text_frame, plain(leaf.notes)
    if frame is None:
        return []
    if frame.text != entry["texts"].get("notes"):
        return ["notes"]
    if now != frame.text:
        frame.text = now
        entry["texts"]["notes"] = frame.text
    return []


def _write(shape: Any, texts: list[str], links: list[str | None] | None = None) -> None:
    """Texts into the runs of the first paragraph, so that their format stays."""
    paragraph = shape.text_frame.paragraphs[0]
    runs = paragraph.runs
    if len(runs) != len(texts):
        texts, links = ["".join(texts)] + [""] * (len(runs) - 1), None
    for place, (run, text) in enumerate(zip(runs, texts)):
        if run.text != text:
            run.text = text
        if links and links[place] and run.hyperlink.address != links[place]:
            run.hyperlink.address = links[place]


def _redefined(entry: dict[str, Any], leaf: Leaf) -> str:
    """That a metric of the slide is defined otherwise by now."""
    then, now = entry["asked"].get("definitions", {}), (leaf.asked or {}).get("definitions", {})
    names = [f"{name} v{then[name]} → v{now[name]}" for name in then if name in now and then[name] != now[name]]
    return say("exports.refresh.defined_otherwise", names=", ".join(names)) if names else ""


def _mark(slide: Any, text: str) -> None:
    """A line above the rule, in the colour of what needs a person; another refresh takes it away."""
    box = add_text(slide, MARGIN, Inches(0.02), INNER, Inches(0.22), text, 10.5, tokens.ALERT)
    box.name = MARK


def _unmark(slide: Any) -> None:
    for shape in list(slide.shapes):
        if shape.name == MARK:
            shape._element.getparent().remove(shape._element)
