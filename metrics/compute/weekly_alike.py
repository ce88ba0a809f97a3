"""A cell's weeks standardised to the one mix of ways of asking that its difference is taken in."""

from dataclasses import replace

import numpy as np
import pandas as pd

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.compute import week_cube, weekly
from metrics.compute.cuts import Breakdown
from metrics.compute.week_grid import WeekGrid
from metrics.compute.weekly import Weeks
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.rules import comparability
from metrics.rules.comparability import InstrumentMix
from metrics.statistics.weeks.one_mix import one_mix

Cell = tuple[str | None, ...]
Ways = dict[Cell, pd.DataFrame]


def by_way(
    definition: Definition, level: Breakdown, query: Query, grid: WeekGrid, generation: Generation, known: Context
) -> dict[Cell, Ways]:
    """Cell → way of asking → moments by week. Over the ways everybody keeps one vote."""
    parts = comparability.instrument_columns(definition, known)
    added = tuple(part for part in parts if part not in level)
    found: dict[Cell, Ways] = {}
    for key, table in week_cube.of_metric(definition, (*level, *added), query, grid, generation, known, added).items():
        found.setdefault(key[: len(level)], {})[key[len(level) :]] = table
    return found


def standardised(definition: Definition, measured: Weeks, ways: Ways, instruments: InstrumentMix) -> Weeks:
    """The weeks at the mix of the difference (Mantel–Haenszel's weights of its two periods). As measured where the ways cannot be told from
    the time: then the range is wider than it need be."""
    first, end = int(measured.number[0]), int(measured.number[-1]) + 1
    names = sorted(ways, key=str)
    split = [weekly.weeks(definition, ways[name], first, end) for name in names]
    counts = [[side[name].n if name in side else 0 for side in (instruments.now, instruments.then)] for name in names]
    wanted = np.array([now * then / max(now + then, 1) for now, then in counts], dtype=float)
    spread = measured.noise * measured.size
    if not wanted.sum() or not np.isfinite(spread).any():
        return measured
    found = one_mix(
        np.array([one.value for one in split]),
        np.array([one.size for one in split]),
        wanted,
        float(np.nanmedian(spread)),
    )
    if found is None:
        return measured
    noise = np.where(np.isnan(found.value), np.nan, measured.noise * found.left)
    return replace(measured, value=found.value, noise=noise, alike=True, opened=found.opened)
