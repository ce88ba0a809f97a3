"""Weekly values of a metric with their sampling variance, by stage or by the parts of a dimension, over all whole weeks."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.store.generations import Generation
from metrics.compute.run import run
from metrics.query import company_week
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import reopened
from metrics.query.result import Cell
from metrics.statistics.core import critical

WEEK = timedelta(days=7)


@dataclass(frozen=True, eq=False)
class Weekly:
    """Shape (weeks,): value, sampling variance and rows; NaN (rows 0) where nothing is known or may be shown; limits for a chart."""

    value: np.ndarray
    noise: np.ndarray
    rows: np.ndarray
    low: np.ndarray
    high: np.ndarray


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
    for cell in run(asked, generation).cells:
        number = place.get(str(cell.by.get("week")))
        if number is None or not cell.valued or cell.value is None:
            continue
        key = cell.metric, cell.by.get(by)
        if key not in found:
            found[key] = Weekly(*(np.full(len(weeks), np.nan) for _ in range(5)))
        _put(found[key], number, cell, query.level)
    for one in found.values():
        one.rows[np.isnan(one.rows)] = 0.0
    return found


def _put(found: Weekly, number: int, cell: Cell, level: float) -> None:
    found.value[number], found.rows[number] = cell.value, float(cell.n)
    if cell.low is None or cell.high is None:
        return
    found.low[number], found.high[number] = cell.low, cell.high
    found.noise[number] = ((cell.high - cell.low) / 2 / critical(level)) ** 2
