"""Headline tiles: value, weeks, and whether it moved, only as strongly as it holds; a tile opens its evidence."""

from html import escape

from metrics.analyses import standing
from metrics.analyses.changes import Change
from metrics.catalogue.definition import Definition
from metrics.query.result import Cell, State
from report.text.catalogue import say
from report.words import words
from report.words.warnings import note_text
from ui.session.state import Frame
from ui.widgets.evidence import Evidence, mark, opener, sheet
from ui.widgets.ledger import LENS_NAMES
from ui.widgets.spark import TALL, weeks_line

SIDE_NAMES = {"ux": "UX", "cx": "CX", "both": say("ui.tiles.ux_cx")}


def tiles(items: list[tuple[Definition, Cell, Change | None, list[Cell]]], frame: Frame) -> str:
    """The row of tiles as HTML."""
    return '<div class="tiles">' + "".join(_tile(*item, frame) for item in items) + "</div>"


def _tile(definition: Definition, cell: Cell, change: Change | None, weeks: list[Cell], frame: Frame) -> str:
    link = escape(frame.link("definitions", metric=definition.id))
    where = cell.by.get("stage")
    label = definition.short + (say("ui.tiles.in", where=where) if where else "")
    head = (
        f'<p class="side">{SIDE_NAMES[definition.side]} · {LENS_NAMES[definition.lens]}</p>'
        f'<p class="label"><a href="{link}" target="_self" title="{escape(definition.sentence)}">{escape(label)}</a></p>'
    )
    key = f"sign-{definition.id}"
    inner = (
        f'{_value(definition, cell)}{weeks_line(weeks, "wk", TALL)}<span class="told">{_judged(cell, change)}</span>'
    )
    over = words.span(frame.query.start, frame.query.end)
    seen = sheet(key, Evidence(definition, cell, change, tuple(weeks), over=over), frame)
    return f'<section class="tile {definition.side}">{head}{opener(key, inner)}{seen}</section>'


def _judged(cell: Cell, change: Change | None) -> str:
    """In a few words whether it moved: only what holds and matters is called worse or better."""
    if not cell.valued:
        return escape(words.state_word(cell))
    other = cell.compare
    if other is None or other.diff is None:
        return say("ui.tiles.not_compared")
    if change is not None and change.notable and change.better is not None:
        tone, said = ("better", say("ui.tiles.better")) if change.better else ("worse", say("ui.tiles.worse"))
        return f'<span class="{tone}">{mark(change)} {said}</span>'
    return escape(note_text(standing.standing_of(change)))


def _value(definition: Definition, cell: Cell) -> str:
    if not cell.valued:
        return f'<span class="v"><span class="na">{words.state_word(cell)}</span></span>'
    few = " few" if cell.state is State.FEW else ""
    told = escape(words.sentence(cell, definition))
    return f'<span class="v{few}" title="{told}"><b>{words.value(cell.value, definition)}</b></span>'
