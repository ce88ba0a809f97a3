"""Two sides in words: every number of both, the difference, and what holds of it."""

from typing import Any

from metrics.analyses.sides.model import Holds, Pair, Sides
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.catalogue.load import definition
from metrics.query.result import Cell, State
from report import numbers
from report.sheets.sheet import Mark, Marks, Sheet, Sheets, caveats, sentence
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text

FORM = "side_by_side"
TOLD = (Holds.ABOVE, Holds.BELOW)
NAMED = 2  # differences a title has room for
DRAWN = 8


def sheets_of(found: Sides) -> Sheets:
    """One sheet: the table, and a chart of the differences that hold."""
    return Sheets(FORM, found.query, _title(found), _what(found), (_sheet(found),), found.warnings)


def _sheet(found: Sides) -> Sheet:
    first, second = found.names
    shown = [pair for pair in found.pairs if pair.holds is not Holds.NONE]
    return Sheet(
        FORM,
        "sides",
        _title(found),
        _what(found),
        (say("sides.table.metric"), say("sides.table.stage"), words.capitalised(first), words.capitalised(second), say("sides.table.difference"), say("sides.table.holds")),
        tuple(_row(found, pair) for pair in shown),
        tuple(_record(found, pair) for pair in found.pairs if pair.holds is not Holds.NONE),
        sentence(
            [
                _lacking(found),
                say("sides.table.exploratory") if found.exploratory else "",
                say("sides.table.foot", dimension=DIMENSIONS.get(found.dimension, found.dimension)),
                caveats(found.warnings),
            ]
        ),
        text_columns=2,
        marks=_marks(found),
    )  # fmt: skip


def _lacking(found: Sides) -> str:
    """What cannot be set side by side, and why: by reason, each with its metrics and stages."""
    reasons: dict[str, list[str]] = {}
    for pair in found.pairs:
        if pair.holds is Holds.NONE:
            reasons.setdefault(reason_text(pair.reason), []).append(_named(pair))
    said = [say("sides.table.lacking", what=words.listed(what), why=why) for why, what in reasons.items()]
    return sentence([words.as_sentence(text) for text in said])


def _named(pair: Pair) -> str:
    where = say("sides.table.where", stage=pair.stage) if pair.stage else ""
    return f"{definition(pair.metric).short}{where}"


def _what(found: Sides) -> str:
    first, second = found.names
    filters = "".join(
        f" · {DIMENSIONS.get(name, name)} {value}" for name, value in found.query.filters if name != found.dimension
    )
    return say(
        "sides.table.what", span=words.span(found.query.start, found.query.end), filters=filters, first=first, second=second
    )  # fmt: skip


def _told(found: Sides) -> list[Pair]:
    """Differences that hold, the largest beside what matters first."""
    held = [pair for pair in found.pairs if pair.holds in TOLD]
    return sorted(held, key=lambda pair: -abs(pair.diff or 0.0) / definition(pair.metric).matters)


def _title(found: Sides) -> str:
    first, second = words.capitalised(found.names[0]), found.names[1]
    told, judged = _told(found), [pair for pair in found.pairs if pair.q is not None]
    if not any(pair.diff is not None for pair in found.pairs):
        return say("sides.table.title_nothing", first=first, second=second)
    if not told:
        return say("sides.table.title_none", first=first, second=second)
    what = [_short(pair) for pair in told[:NAMED]]
    what += [say("sides.table.more", count=len(told) - NAMED)] if len(told) > NAMED else []
    return say("sides.table.title", first=first, second=second, count=len(told), of=len(judged), what=", ".join(what))


def _short(pair: Pair) -> str:
    return say("sides.table.one", what=_named(pair), size=_difference(pair, definition(pair.metric), False))


def _row(found: Sides, pair: Pair) -> tuple[str, ...]:
    metric = definition(pair.metric)
    return (
        metric.short,
        pair.stage or say("sides.table.whole"),
        _value(pair.first, metric),
        _value(pair.second, metric),
        _difference(pair, metric, True),
        _holds(found, pair, metric),
    )


def _value(cell: Cell, metric: Definition) -> str:
    few = say("sides.table.few") if cell.state is State.FEW else ""
    return f"{few}{words.value(cell.value, metric)} ({words.interval(cell.low, cell.high, metric.unit)})"


def _difference(pair: Pair, metric: Definition, interval: bool) -> str:
    if pair.diff is None:
        return numbers.NONE
    digits = 1 if metric.unit == "points" else None
    size = numbers.difference(pair.diff, metric.unit, plus=True, digits=digits)
    if not interval or pair.low is None:
        return size
    return f"{size} ({numbers.interval(pair.low, pair.high, metric.unit, plus=True, digits=digits)})"


def _holds(found: Sides, pair: Pair, metric: Definition) -> str:
    first = words.capitalised(found.names[0])
    if pair.holds in TOLD:
        better = (pair.holds is Holds.ABOVE) == (metric.better == "higher")
        text = say("sides.holds.above_better", first=first) if better else say("sides.holds.above_worse", first=first)
    else:
        text = {
            Holds.SMALL: say("sides.holds.small"),
            Holds.UNSURE: say("sides.holds.unsure"),
            Holds.ROUGH: say("sides.holds.rough"),
            Holds.UNTESTED: say("sides.holds.untested"),
            Holds.OTHERWISE: say("sides.holds.otherwise"),
        }[pair.holds]
    return words.capitalised(say("sides.holds.within", text=text) if pair.within else text)


def _record(found: Sides, pair: Pair) -> dict[str, Any]:
    first, second = pair.first, pair.second
    return {
        "metric": pair.metric,
        "stage": pair.stage,
        "first_side": found.names[0],
        "second_side": found.names[1],
        "first": first.value,
        "first_low": first.low,
        "first_high": first.high,
        "first_n": first.n,
        "second": second.value,
        "second_low": second.low,
        "second_high": second.high,
        "second_n": second.n,
        "difference": pair.diff,
        "difference_low": pair.low,
        "difference_high": pair.high,
        "q": pair.q,
        "holds": str(pair.holds),
        "within_ways_of_asking": pair.within,
        "exploratory": found.exploratory,
    }


def _marks(found: Sides) -> Marks | None:
    """The differences that hold, of the unit most of them are in: one scale holds one unit."""
    told = _told(found)
    units = [definition(pair.metric).unit for pair in told]
    if not told:
        return None
    unit = max(dict.fromkeys(units), key=units.count)
    drawn = [pair for pair, own in zip(told, units) if own == unit][:DRAWN]
    return Marks(unit, tuple(_mark(pair) for pair in drawn))


def _mark(pair: Pair) -> Mark:
    metric = definition(pair.metric)
    return Mark(
        _named(pair), float(pair.diff or 0.0), pair.low, pair.high, _difference(pair, metric, True), metric.side
    )
