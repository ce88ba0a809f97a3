"""The stage ledger: a real table, stages in columns, lenses in rows, each number in its interval, changes only where they hold."""

import math
from dataclasses import dataclass
from html import escape

from data.concepts import FRICTION
from metrics.analyses.changes import Change
from metrics.analyses.stage_scores import Position
from metrics.catalogue.definition import LENSES, Definition
from metrics.query.result import Cell, Result, State
from report import numbers
from report.findings.change_findings import mix_name
from report.text.catalogue import say
from report.words import words
from report.words.position_words import position_name
from report.words.warnings import note_text
from ui.session.state import Frame
from ui.widgets.evidence import Evidence, mark, opener, sheet
from ui.widgets.spark import weeks_line

LENS_NAMES = {
    "interaction": say("ui.ledger.interaction"),
    "service": say("ui.ledger.service"),
    "emotion": say("ui.ledger.emotion"),
    "loyalty": say("ui.ledger.loyalty"),
    "value": say("ui.ledger.value"),
}


@dataclass(frozen=True)
class Ledger:
    """What the table shows: `now` by stage, `weeks` per (metric, stage), the changes that hold, the stages' positions."""

    now: Result
    stages: list[str]
    metrics: list[str]
    weeks: dict[tuple[str, str], list[Cell]]
    changed: dict[tuple[str, str], Change]
    places: list[Position]
    counts: dict[str, str]


def table(ledger: Ledger, frame: Frame) -> str:
    """The ledger as HTML; every number opens its evidence at the side, every stage its page, every label its definition."""
    heads = "".join(
        f'<th scope="col"><a href="{escape(frame.link("stage", at=stage))}" target="_self">{escape(stage)}</a>'
        f"<small>{escape(ledger.counts.get(stage, ''))}</small></th>"
        for stage in ledger.stages
    )
    body = "".join(_lens(ledger, lens, frame) for lens in LENSES)
    return say(
        "ui.ledger.ux_and_cx_metrics_by_stage",
        stages=len(ledger.stages),
        stages2="<col>" * len(ledger.stages),
        heads=heads,
        verdicts=_verdicts(ledger),
        body=body,
        key=KEY,
    )


KEY = say("ui.ledger.ux_value_in_its_95_interval")


def _verdicts(ledger: Ledger) -> str:
    if not any(place.ux.value is not None and place.cx.value is not None for place in ledger.places):
        return ""
    cells = "".join(_verdict(place) for place in ledger.places if place.stage in ledger.stages)
    return say("ui.ledger.ux_and_cx_against_our_minimum", cells=cells)


def _verdict(place: Position) -> str:
    title = escape(
        note_text(place.missing)
        or "; ".join(
            f"{part.definition.short}: {words.levels(part.line, part.target, part.definition)}" for part in place.parts
        )
    )
    named = place.parted
    return f'<td title="{title}"><span class="{"named" if named else "quiet"}">{position_name(place)}</span></td>'


def _lens(ledger: Ledger, lens: str, frame: Frame) -> str:
    rows = [m for m in ledger.metrics if ledger.now.definitions[m].lens == lens]
    return "".join(
        _row(ledger, metric, LENS_NAMES[lens] if place == 0 else "", frame) for place, metric in enumerate(rows)
    )


def _row(ledger: Ledger, metric: str, lens: str, frame: Frame) -> str:
    definition = ledger.now.definitions[metric]
    low, high = _scale(ledger, metric)
    cells = "".join(_cell(ledger, metric, stage, definition, low, high, frame) for stage in ledger.stages)
    head = f'<span class="l">{lens}</span>' if lens else ""
    less = say("ui.ledger.less_is_better")
    label = (
        f'<a href="{escape(frame.link("definitions", metric=metric))}" target="_self" title="{escape(definition.sentence)}">'
        f"{escape(definition.short)}</a><em>{words.unit_sign(definition.unit).strip()}</em>"
        + (f'<em class="less" title="{less}">↓</em>' if definition.better == "lower" else "")
    )
    return f'<tr class="{"lens" if lens else ""}"><th scope="row">{head}{label}</th>{cells}</tr>'


def _scale(ledger: Ledger, metric: str) -> tuple[float, float]:
    """One scale a row, shared by the stages, so that intervals compare across it."""
    bounds = [
        v for cell in ledger.now.of(metric) if cell.valued for v in (cell.low, cell.high, cell.value) if v is not None
    ]
    if not bounds:
        return 0.0, 1.0
    low, high = min(bounds), max(bounds)
    pad = (high - low) * 0.06 or 0.01
    return low - pad, high + pad


def _cell(
    ledger: Ledger, metric: str, stage: str, definition: Definition, low: float, high: float, frame: Frame
) -> str:
    cell = ledger.now.cell(metric, stage=stage)
    if cell is None:
        return '<td><span class="na">n/a</span></td>'
    title = words.sentence(cell, definition)
    if not cell.valued:
        kind = "sup" if cell.state is State.SUPPRESSED else "na"
        return f'<td title="{escape(title, quote=True)}"><span class="{kind}">{words.state_word(cell)}</span></td>'
    change = ledger.changed.get((metric, stage))
    tone, sign, note = _tone(change, definition)
    few = " few" if cell.state is State.FEW else ""
    weeks = ledger.weeks.get((metric, stage), [])
    key = f"{metric}-{ledger.stages.index(stage)}"
    opened = sheet(key, _evidence(ledger, definition, cell, change, weeks), frame)
    if _always_zero(cell, weeks):
        inner = f"<b>0</b><span>{_never(cell, definition)}</span>"
        return f"<td>{opener(key, inner, 'c zero', title)}{opened}</td>"
    inner = (
        f"<b>{words.number(cell.value, definition.unit)}</b><em>{sign}</em>{_strip(cell, low, high)}{weeks_line(weeks, 'sp')}"
        f"<small>{words.interval(cell.low, cell.high, definition.unit)}</small>"
    )
    return f"<td>{opener(key, inner, f'c {definition.side}{tone}{few}', title + note)}{opened}</td>"


def _evidence(ledger: Ledger, definition: Definition, cell: Cell, change: Change | None, weeks: list[Cell]) -> Evidence:
    stage = cell.by.get("stage")
    parts = [part for place in ledger.places if place.stage == stage for part in place.parts]
    part = next((part for part in parts if part.definition.id == definition.id), None)
    query = ledger.now.query
    return Evidence(definition, cell, change, tuple(weeks), part, words.span(query.start, query.end))


def _always_zero(cell: Cell, weeks: list[Cell]) -> bool:
    """Never once in the period nor in its weeks: a dot at 0 and a flat line would be ink without information."""
    return cell.value == 0 and cell.high is not None and not any(week.value for week in weeks)


def _never(cell: Cell, definition: Definition) -> str:
    """What a 0 may mean: of what a tool has to be told to record, that nobody told it; else the most it can be."""
    return (
        say("ui.ledger.check_tagging")
        if set(FRICTION) & set(definition.measure.needs)
        else say("ui.ledger.at_most", bound=_bound(cell.high, definition.unit))
    )


def _bound(high: float, unit: str) -> str:
    """An upper bound that does not round to the 0 it bounds."""
    scaled = high * 100 if unit == "rate" else high
    return words.number(high, unit) if scaled >= 0.1 else numbers.fixed(math.ceil(scaled * 100) / 100, 2)


def _tone(change: Change | None, definition: Definition) -> tuple[str, str, str]:
    """Class, mark and words of a change that holds: solid is worse, hollow is better, nothing else is marked."""
    if change is None or not change.notable:
        return "", "", ""
    if change.better is None:  # the mix moved it: neither better nor worse
        return (
            "",
            "",
            say(
                "ui.ledger.goes_with_another_mix_of",
                diff=words.number(change.diff, definition.unit, plus=True),
                mix_name=mix_name(change),
            ),
        )
    said = f" {words.number(change.diff, definition.unit, plus=True)} ({words.interval(change.low, change.high, definition.unit, plus=True)})"
    return (
        (" better" if change.better else " worse"),
        mark(change),
        say(
            "ui.ledger.by_than_before",
            part=say("ui.ledger.better") if change.better else say("ui.ledger.worse"),
            said=said,
        ),
    )


def _strip(cell: Cell, low: float, high: float) -> str:
    if cell.low is None or cell.high is None:
        return '<i class="iv none"></i>'
    a, b, v = (100 * (x - low) / (high - low) for x in (cell.low, cell.high, cell.value))
    return f'<i class="iv" style="--a:{a:.1f}%;--b:{b:.1f}%;--v:{v:.1f}%"></i>'
