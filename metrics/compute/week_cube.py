"""Every week of the data, counted once: the changes of any period are judged against weeks that no period changes.

Weeks begin on the weekday a period begins on, so there are at most seven such tables of a metric and its filters. Each is counted when it
is first asked for, over all data, and kept (metrics.compute.asked_once); a period takes the weeks it looks at.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.compute.asked_once import asked_once
from metrics.compute.cuts import Batch, Breakdown, cells, cut
from metrics.compute.panel import ask as panel
from metrics.compute.week_grid import WEEK, WeekGrid
from metrics.query.context import Context
from metrics.query.plan import plan
from metrics.query.query import Query

MOMENTS = ("c", "n", "y", "nn", "ny", "yy", "vv", "p", "d", "np", "nd", "pp", "dd", "pd")
MONDAY = date(2000, 1, 3)
Key = TypeVar("Key")


def of_batch(
    batch: Batch, query: Query, grid: WeekGrid, generation: Generation, known: Context
) -> dict[tuple[str, Breakdown, tuple[str | None, ...]], pd.DataFrame]:
    """(metric, level, cell) → moments by week of the grid, of measures counted together."""
    wide = _all_weeks(grid, known)
    wanted: dict[str, Any] = {
        "origin": wide.origin,
        "journey": query.journey,
        "start": wide.days[0],
        "end": wide.days[1],
    }
    text = batch.statement("moments_by_week", "f.day between $start and $end", ("week", "person_id"), query, wanted)

    def ask() -> dict[Any, pd.DataFrame]:
        frame = generation.cursor().execute(text, wanted).df()
        return {
            (definition.id, level, key): table
            for definition, level, own in batch.parts(frame, ("slot",))
            for key, table in _by_week(own, level).items()
        }

    names = " ".join(definition.id for definition in batch.members)
    return _seen(asked_once(generation, f"weeks of {names}", text, wanted, ask), wide, grid)


def of_metric(
    definition: Definition,
    level: Breakdown,
    query: Query,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    unsplit: Breakdown = (),
) -> dict[tuple[str | None, ...], pd.DataFrame]:
    """Cell → moments by week, of any metric; over the parts of the breakdown in `unsplit` everybody keeps one vote."""
    wide = _all_weeks(grid, known)
    asked = replace(query, by=level, start=wide.days[0], end=wide.days[1])
    statement = plan(definition, asked, known.columns[definition.measure.fact], WEEK, unsplit)
    ask = partial(_count, definition, level, asked, wide, generation, known, unsplit)
    bound = statement.parameters | {"origin": wide.origin}
    return _seen(asked_once(generation, "weeks", statement.text, bound, ask), wide, grid)


def _count(
    definition: Definition,
    level: Breakdown,
    query: Query,
    wide: WeekGrid,
    generation: Generation,
    known: Context,
    unsplit: Breakdown,
) -> dict[tuple[str | None, ...], pd.DataFrame]:
    held = panel.weeks(definition, query, wide, generation, known, MOMENTS, unsplit)
    return _by_week(cut(definition, query, WEEK, wide, generation, known, unsplit), level) if held is None else held


def _all_weeks(grid: WeekGrid, known: Context) -> WeekGrid:
    """A grid of all weeks of the data with the grid's weekday, the same for every period that has it."""
    origin = MONDAY + timedelta(days=grid.origin.weekday())
    first, last = grid.days
    first, last = min(first, known.first_day or first), max(last, known.last_day or last)
    start, end = (first - origin).days // 7, (last - origin).days // 7 + 1
    return WeekGrid(origin, end, start, start, end)


def _seen(found: dict[Key, pd.DataFrame], wide: WeekGrid, grid: WeekGrid) -> dict[Key, pd.DataFrame]:
    """The weeks the grid looks at, by its own numbers."""
    zero = (grid.origin - wide.origin).days // 7
    first, last = zero + min(grid.first, grid.other), zero + grid.ripe - 1
    kept = {}
    for key, table in found.items():
        week = table.index.to_numpy()  # in order
        start, end = np.searchsorted(week, [first, last + 1]).tolist()
        if end > start:
            kept[key] = table.iloc[start:end].set_axis(week[start:end] - zero)
    return kept


def _by_week(weekly: pd.DataFrame, level: Breakdown) -> dict[tuple[str | None, ...], pd.DataFrame]:
    columns = [name for name in MOMENTS if name in weekly.columns]
    return {key: rows.groupby("slot")[columns].sum().astype(np.float64) for key, rows in cells(weekly, list(level))}
