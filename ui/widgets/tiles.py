"""Headline tiles: value with its interval beside it, the change only as strongly as it holds, the weeks below."""

from html import escape

from metrics.analyses import standing
from metrics.analyses.changes import Change
from metrics.catalogue.definition import Definition
from metrics.query.result import Cell, Compare, State
from report import numbers
from report.findings.change_findings import mix_name
from report.text.catalogue import say
from report.words import change_words, words
from report.words.reasons import reason_text
from report.words.warnings import note_text
from ui.session.state import Frame
from ui.widgets.ledger import LENS_NAMES
from ui.widgets.spark import spark_mask

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
    more = _interval(definition, cell) + _delta(definition, cell, change) + _answered(cell)
    return (
        f'<section class="tile {definition.side}">{head}{_value(definition, cell)}{_weeks(weeks)}'
        f"<details><summary>{_judged(cell, change)}</summary>{more}</details></section>"
    )


def _judged(cell: Cell, change: Change | None) -> str:
    """In a few words whether it moved: only what holds and matters is called worse or better."""
    if not cell.valued:
        return escape(words.state_word(cell))
    other = cell.compare
    if other is None or other.diff is None:
        return say("ui.tiles.not_compared")
    if change is not None and change.notable and change.better is not None:
        mark = "△▽"[change.diff < 0] if change.better else "▲▼"[change.diff < 0]
        tone, said = ("better", say("ui.tiles.better")) if change.better else ("worse", say("ui.tiles.worse"))
        return f'<span class="{tone}">{mark} {said}</span>'
    return escape(note_text(standing.standing_of(change)))


def _interval(definition: Definition, cell: Cell) -> str:
    """The interval and on how many it rests."""
    if not cell.valued:
        return f'<p class="d">{escape(reason_text(cell.reason))}</p>'
    said = words.interval(cell.low, cell.high, definition.unit)
    return f'<p class="d">{say("ui.tiles.interval", interval=said, n=numbers.whole(cell.n))}</p>'


def _value(definition: Definition, cell: Cell) -> str:
    if not cell.valued:
        return f'<p class="v"><span class="na" title="{escape(reason_text(cell.reason))}">{words.state_word(cell)}</span></p>'
    few = " few" if cell.state is State.FEW else ""
    return (
        f'<p class="v{few}" title="{escape(words.sentence(cell, definition))}">'
        f"<b>{words.value(cell.value, definition)}</b></p>"
    )


def _delta(definition: Definition, cell: Cell, change: Change | None) -> str:
    """Red only for what holds and matters; a change that does not hold is grey and says so."""
    other = cell.compare
    if cell.valued and other is not None and other.diff is None and other.note:
        return f'<p class="d">{escape(note_text(other.note))}</p>'
    if not cell.valued or other is None or other.diff is None:
        return ""
    digits = 1 if definition.unit == "points" else None  # whole points would not add up
    size = words.number(other.diff, definition.unit, plus=True, digits=digits) + (
        "" if definition.unit != "rate" else say("ui.tiles.pts")
    )
    before = say(
        "ui.tiles.from",
        part=words.number(other.value, definition.unit, digits=1) if digits else words.value(other.value, definition),
    )
    before = _alike(other, definition, before)
    if change is not None and change.notable and change.better is None:
        return say("ui.tiles.with_another_mix_of", size=size, before=before, mix_name=mix_name(change))
    season = change_words.season(change) if change is not None else ""
    before += f" · {season}" if season else ""
    if change is not None and change.notable:
        tone = "better" if change.better else "worse"
        mark = "△▽"[change.diff < 0] if change.better else "▲▼"[change.diff < 0]
        return f'<p class="d {tone}"><span>{mark} {size}</span> {before}</p>'
    reach = change_words.reach(change)
    said = escape(say("ui.tiles.a_change_of_would_have_been", reach=reach))
    seen = f' title="{said}"' if reach else ""
    return f'<p class="d"{seen}><span>{size}</span> {before} · {note_text(standing.standing_of(change))}</p>'


def _alike(other: Compare, definition: Definition, before: str) -> str:
    """The compared value, with this period's on the same ground where that is not the value above."""
    ground = change_words.ground(other)
    return (
        say("ui.tiles.to", before=before, alike=words.value(other.alike, definition), ground=ground)
        if ground
        else before
    )


def _answered(cell: Cell) -> str:
    """Of what a survey says: how many of the invited answered; how different the silent would have to be, to be read on it."""
    said = words.response(cell)
    return f'<p class="d" title="{escape(words.silent(cell))}">{escape(said)}</p>' if said else ""


def _weeks(weeks: list[Cell]) -> str:
    values = [c.value if c.valued else None for c in weeks]
    if sum(v is not None for v in values) < 4:
        return '<i class="wk none"></i>'
    return (
        f'<i class="wk" style="--m:url({spark_mask(values, [c.se for c in weeks if c.valued and c.se], 100, 34)})"></i>'
    )
