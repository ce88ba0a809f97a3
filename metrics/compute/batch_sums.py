"""The sums of a whole family of metrics: from the rows held of their facts, else in few scans, one for all measures of a fact that need no vote.

The sums are those of metrics.compute.sums, cell by cell; a test holds the two against each other. Weeks come from metrics.compute.week_cube,
which is asked once for all periods.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pandas as pd

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.compute import week_cube
from metrics.compute.cuts import SHARE, Batch, Breakdown, cells, cut
from metrics.compute.panel import ask as panel
from metrics.compute.week_grid import PERIOD, WeekGrid
from metrics.kinds.sums import Sums
from metrics.present import present
from metrics.query.context import Context
from metrics.query.query import Query

AT_ONCE = 2


@dataclass
class BatchSums:
    """Sums of one metric: `periods` (level, cell, 0 or 1) → Sums by person group; `weeks` (level, cell) → moments by week."""

    periods: dict[tuple[Breakdown, tuple[Any, ...], int], Sums] = field(default_factory=dict)
    weeks: dict[tuple[Breakdown, tuple[Any, ...]], pd.DataFrame] = field(default_factory=dict)


def count(
    definitions: list[Definition],
    levels: dict[str, tuple[Breakdown, ...]],
    query: Query,
    grids: dict[str, WeekGrid],
    generation: Generation,
    known: Context,
) -> dict[str, BatchSums]:
    """Every metric's sums at its levels (breakdowns), in the two periods and in every week before the period's end."""
    found = {definition.id: BatchSums() for definition in definitions}
    batches: dict[tuple[Any, ...], list[Definition]] = {}
    tasks: list[Callable[[], None]] = []
    for definition in definitions:
        if _held(
            definition, levels[definition.id], query, grids[definition.id], generation, known, found[definition.id]
        ):
            continue
        if _together(definition):
            batches.setdefault((definition.measure.fact, levels[definition.id], grids[definition.id]), []).append(
                definition
            )
        else:
            tasks += [
                partial(_alone, definition, level, query, grids[definition.id], generation, known, found[definition.id])
                for level in levels[definition.id]
            ]
    together: list[Callable[[], None]] = [
        partial(scan, Batch(fact, cuts, tuple(members)), query, grid, generation, known, found)
        for (fact, cuts, grid), members in batches.items()
        for scan in (_scan_weeks, _scan)
    ]
    if not together and not tasks:
        return found
    # each question keeps one core busy; two at a time leave none idle. What each finds has its own place, so order does not matter
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(task) for task in (*together, *tasks)]
        for done in waiting:
            done.result()
    return found


def _held(
    definition: Definition,
    levels: tuple[Breakdown, ...],
    query: Query,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    counted: BatchSums,
) -> bool:
    """Count a metric from the rows held of its fact; whether they are."""
    names = SHARE if _together(definition) else None
    for level in levels:
        asked = replace(query, by=level, start=grid.start(grid.other), end=grid.days[1])
        periods = panel.periods(definition, asked, grid, generation, known, names)
        if periods is None:
            return False
        counted.periods |= {(level, key[:-1], int(key[-1] or 0)): one for key, one in periods.items()}
        weeks = week_cube.of_metric(definition, level, query, grid, generation, known)
        counted.weeks |= {(level, key): table for key, table in weeks.items()}
    return True


def _together(definition: Definition) -> bool:
    measure = definition.measure
    return measure.kind == "share" and not measure.units and not measure.vote and definition.scope == "stage"


def _scan_weeks(
    batch: Batch, query: Query, grid: WeekGrid, generation: Generation, known: Context, found: dict[str, BatchSums]
) -> None:
    weeks = week_cube.of_batch(batch, query, grid, generation, known)
    for (metric, level, key), table in weeks.items():
        found[metric].weeks[level, key] = table


def _scan(
    batch: Batch, query: Query, grid: WeekGrid, generation: Generation, known: Context, found: dict[str, BatchSums]
) -> None:
    """The two periods: only their days are read."""
    wanted: dict[str, object] = {
        "origin": grid.origin,
        "weeks": grid.weeks,
        "ripe": grid.ripe,
        "other": grid.other,
        "journey": query.journey,
        "start": grid.start(0),
        "end": grid.days[1],
        "start_then": grid.start(grid.other),
        "end_then": grid.start(grid.other + grid.weeks) - timedelta(days=1),
    }
    days = "(f.day between $start and $end or f.day between $start_then and $end_then)"
    text = batch.statement("moments_many", days, ("slot", "person_group", "person_id"), query, wanted)
    frame = generation.cursor().execute(text, wanted).df()
    for definition, level, own in batch.parts(frame, ("slot", "person_group")):
        for key, rows in cells(own, [*level, "slot"]):
            found[definition.id].periods[level, key[:-1], int(present(key[-1]))] = Sums(definition.measure.kind, rows)


def _alone(
    definition: Definition,
    level: Breakdown,
    query: Query,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    counted: BatchSums,
) -> None:
    """A metric with a vote or with units of its own: the catalogue's statement, cut by week and by period."""
    asked = replace(query, by=level, start=grid.start(grid.other), end=grid.days[1])
    for key, rows in cells(cut(definition, asked, PERIOD, grid, generation, known), [*level, "slot"]):
        counted.periods[level, key[:-1], int(present(key[-1]))] = Sums(definition.measure.kind, rows)
    weeks = week_cube.of_metric(definition, level, query, grid, generation, known)
    counted.weeks |= {(level, key): table for key, table in weeks.items()}
