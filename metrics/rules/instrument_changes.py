"""Where a series of weeks or months is asked in another way: the line breaks there, and nothing before teaches what is normal
after (docs/STATISTICS.md B7)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import log, pi
from typing import Any

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES
from metrics.codes import Warning, WarningCode, warn
from metrics.query.context import Context
from metrics.query.query import Query

SAME = 0.5  # as for a comparison: with less than half of the answers asked alike, before and after are two lines
ENOUGH = 20  # answers that are looked at together, and EACH for every way, or two samples of one mix could look this different
EACH = 5
WEEKS = 4  # and so many weeks: a survey that comes every month is no change of asking

InstrumentCounts = dict[str, int]  # instrument → answers


def breaks(
    definition: Definition, query: Query, generation: Generation, known: Context, sums: Callable[..., Any]
) -> dict[str | None, tuple[date, ...]]:
    """Stage (None without that breakdown) → first days of the weeks from which a survey metric is asked in another way.

    `query` is resolved; `sums` is run's. Empty for what is observed, and where the ways of asking are
    a breakdown themselves.
    """
    if not definition.measure.survey or definition.measure.table != "answers" or "instrument" in query.by:
        return {}  # of texts, length and list are part of the way: no reader would call that another way of asking
    by = ("stage", "week", "instrument") if "stage" in query.by else ("week", "instrument")
    weekly: dict[str | None, dict[date, InstrumentCounts]] = {}
    for key, part in sums(definition, replace(query, by=by, compare=None), generation, known, ("instrument",))[
        0
    ].items():
        if part.n and key[-2] and key[0]:
            weekly.setdefault(key[0] if len(key) == 3 else None, {}).setdefault(date.fromisoformat(key[-2]), {})[
                key[-1]
            ] = part.n
    return {stage: days for stage, weeks in weekly.items() if (days := change_weeks(weeks))}


def change_weeks(weeks: dict[date, InstrumentCounts]) -> tuple[date, ...]:
    """The weeks from which less than half of the answers are asked as in the line before, or as where that line began: what turns
    bit by bit turns, too. Weeks are read together until they bring enough answers."""
    found: list[date] = []
    line: list[date] = []  # weeks of the line so far; then the last of them that were read together
    last: list[date] = []
    for block in _blocks(weeks):
        here, before = _pooled(weeks, block), _pooled(weeks, line + last)
        began = _pooled(weeks, (line + last)[: max(len(last), 1)])
        if before and (_apart(before, here) or _apart(began, here)):
            found.append(_since(weeks, line, last, block))
            line, last = [], [one for one in last + block if one >= found[-1]]
        else:
            line, last = line + last, block
    return tuple(found)


def _blocks(weeks: dict[date, InstrumentCounts]) -> Iterator[list[date]]:
    """Weeks that are read together: at least four with enough answers; the last ones as soon as they bring enough."""
    block: list[date] = []
    for day in sorted(weeks):
        block.append(day)
        if len(block) >= WEEKS and _enough(_pooled(weeks, block)):
            yield block
            block = []
    if block and _enough(_pooled(weeks, block)):
        yield block


def _enough(here: InstrumentCounts) -> bool:
    return sum(here.values()) >= max(ENOUGH, EACH * len(here))


def _apart(first: InstrumentCounts, second: InstrumentCounts) -> bool:
    return overlap(first, second) < SAME * (1 - chance(first, second))


def _since(weeks: dict[date, InstrumentCounts], line: list[date], last: list[date], block: list[date]) -> date:
    """From which week on it is asked anew, perhaps among the weeks read together just before: the split under which the ways of
    both sides are likeliest (multinomial)."""
    days = last + block

    def likelihood(day: date) -> float:
        sides = (
            _pooled(weeks, [*line, *(one for one in days if one < day)]),
            _pooled(weeks, [one for one in days if one >= day]),
        )
        return sum(n * log(n / sum(side.values())) for side in sides for n in side.values())

    return max(days if line else days[1:] or days, key=likelihood)


def _pooled(weeks: dict[date, InstrumentCounts], days: Iterable[date]) -> InstrumentCounts:
    found: InstrumentCounts = {}
    for day in days:
        for way, n in weeks[day].items():
            found[way] = found.get(way, 0) + n
    return found


def overlap(first: Mapping[Any, int], second: Mapping[Any, int]) -> float:
    """Σ over ways of the smaller of their two shares."""
    totals = [sum(side.values()) for side in (first, second)]
    return sum(min(first[way] / totals[0], second.get(way, 0) / totals[1]) for way in first)


def chance(first: Mapping[Any, int], second: Mapping[Any, int]) -> float:
    """By how much two samples of one mix miss an overlap of 1, on average: a sampled share misses by √(2/π) of its error."""
    totals = [sum(side.values()) for side in (first, second)]
    pooled = [(first.get(way, 0) + second.get(way, 0)) / sum(totals) for way in first.keys() | second.keys()]
    spread = (2 / pi * p * (1 - p) * sum(1 / n for n in totals) for p in pooled)
    return float(sum(one**0.5 for one in spread) / 2)


def warnings(days: dict[str | None, tuple[date, ...]], definition: Definition, query: Query) -> list[Warning]:
    """One a break: what a reader of the series, or of a number that holds both ways, must know."""
    along_time = any(name in TIMES for name in query.by)
    code = WarningCode.SERIES_BREAK if along_time else WarningCode.HOLDS_BOTH_WAYS
    return [
        warn(code, label=definition.label, stage=stage, day=day.isoformat())
        for stage, several in days.items()
        for day in several
    ]
