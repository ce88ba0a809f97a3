"""Weekly values of a metric with their sampling variance, by stage or by the parts of a dimension, over all whole weeks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.compute.run import run
from metrics.query import company_week
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import reopened
from metrics.query.result import Cell
from metrics.rules import maturity, recording_breaks
from metrics.statistics.core import critical

WEEK = timedelta(days=7)


@dataclass(frozen=True, eq=False)
class Weekly:
    """Shape (weeks,): value, sampling variance and rows; NaN (rows 0) where nothing is known or may be shown; limits for a chart. Weeks of
    one `line` are asked and recorded alike; −1 is a week of both, or one still arriving."""

    value: np.ndarray
    noise: np.ndarray
    rows: np.ndarray
    low: np.ndarray
    high: np.ndarray
    line: np.ndarray


def whole_weeks(known: Context) -> tuple[date, ...]:
    """First days of the company's weeks that lie wholly in the data."""
    if known.first_day is None or known.last_day is None:
        return ()
    first = company_week.week_start(known.first_day + timedelta(days=6), known.first_weekday)
    weeks = ((known.last_day - first).days + 1) // 7
    return tuple(first + WEEK * place for place in range(weeks))


def weekly(
    query: Query, metrics: tuple[str, ...], by: str, weeks: tuple[date, ...], generation: Generation
) -> dict[tuple[str, str | None], Weekly]:
    """(metric, value of `by`) → its weeks; `by` is a dimension."""
    asked = reopened(
        query, metrics=metrics, by=(by, "week"), compare=None, start=weeks[0], end=weeks[-1] + timedelta(days=6)
    )
    place = {week.isoformat(): number for number, week in enumerate(weeks)}
    found: dict[tuple[str, str | None], Weekly] = {}
    result = run(asked, generation)
    for cell in result.cells:
        number = place.get(str(cell.by.get("week")))
        if number is None or not cell.valued or cell.value is None:
            continue
        key = cell.metric, cell.by.get(by)
        if key not in found:
            found[key] = Weekly(*(np.full(len(weeks), np.nan) for _ in range(6)))
        _put(found[key], number, cell, query.level)
    for (metric, part), one in found.items():
        one.rows[np.isnan(one.rows)] = 0.0
        anew = result.broken.get(metric, {}).get(part if by == "stage" else None, ())
        one.line[:] = _lines(definition(metric), anew, weeks, str(result.query.journey), generation)
    return found


def _lines(
    definition: Definition, anew: tuple[date, ...], weeks: tuple[date, ...], journey: str, generation: Generation
) -> list[int]:
    """The line of each week: a new one from every day of `anew`, from which it is asked in another way, and for as long as a break in what is
    recorded lasts (docs/STATISTICS.md B7)."""
    until = maturity.complete_until(definition, journey, generation)
    breaks = [one for one in recording_breaks.breaks(generation) if recording_breaks.blocks(one.kind, definition)]
    names: dict[tuple[object, ...], int] = {}
    made = []
    for week in weeks:
        last = week + WEEK - timedelta(days=1)
        begins = [(sum(day <= at for day in anew), *(_holds(one, at) for one in breaks)) for at in (week, last)]
        whole = begins[0] == begins[1] and (until is None or last <= until)
        made.append(names.setdefault(begins[0], len(names)) if whole else -1)
    return made


def _holds(series_break: recording_breaks.Break, day: date) -> bool:
    return series_break.day <= day <= (series_break.until or date.max)


def separate_series(weekly: Weekly) -> Iterator[Weekly]:
    """Every line of weeks by itself, the other weeks unknown."""
    for name in np.unique(weekly.line[weekly.line >= 0]):
        yield _only(weekly, weekly.line == name)


def since_break(weekly: Weekly, week: int) -> Weekly:
    """The weeks asked and recorded as those from `week` on (its number; the first that is wholly of one line), the others unknown."""
    later = weekly.line[week:]
    known = later[later >= 0]
    return _only(weekly, weekly.line == known[0] if known.size else np.zeros(weekly.line.size, dtype=bool))


def _only(weekly: Weekly, kept: np.ndarray) -> Weekly:
    value, noise = (np.where(kept, side, np.nan) for side in (weekly.value, weekly.noise))
    return replace(weekly, value=value, noise=noise, rows=np.where(kept, weekly.rows, 0.0))


def _put(weekly: Weekly, number: int, cell: Cell, level: float) -> None:
    weekly.value[number], weekly.rows[number] = cell.value, float(cell.n)
    if cell.low is None or cell.high is None:
        return
    weekly.low[number], weekly.high[number] = cell.low, cell.high
    weekly.noise[number] = ((cell.high - cell.low) / 2 / critical(level)) ** 2
