"""A cell's weeks as values with their sampling variance, and what is normal for them: season and holidays taken out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.catalogue import Definition
from metrics.privacy import least
from metrics.statistics import means, nps
from metrics.statistics.moments import Moments, NpsMoments
from metrics.statistics.periods import WeeklyShock, weekly_shock
from metrics.statistics.season import without_season

SHARES = ("c", "n", "y", "nn", "ny", "yy")
SCORES = ("c", "n", "p", "d", "nn", "np", "nd", "pp", "dd", "pd")


@dataclass(frozen=True, eq=False)
class Weeks:
    """Shape (weeks,): numbers of the weeks, value and its sampling variance; NaN where nothing is known."""

    number: np.ndarray
    value: np.ndarray
    noise: np.ndarray

    def mean(self, numbers: list[int]) -> float | None:
        """The plain mean of the named weeks' values, None where none of them is known."""
        found = self.value[np.isin(self.number, numbers) & ~np.isnan(self.value)]
        return float(found.mean()) if found.size else None


def weeks(definition: Definition, sums: pd.DataFrame | None, first: int, end: int) -> Weeks:
    """Every week from `first` to before `end` of one cell's moments by week."""
    numbers = np.arange(first, end)
    if sums is None or sums.empty:
        empty = np.full(numbers.shape, np.nan)
        return Weeks(numbers, empty, empty)
    table = sums.reindex(numbers).fillna(0.0)
    value, noise = _shares(table) if definition.measure.kind == "share" else _one_by_one(definition, table)
    hidden = table["c"].to_numpy() < least(definition)
    return Weeks(numbers, np.where(hidden, np.nan, value), np.where(hidden, np.nan, noise))


def _shares(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Value and variance on n_eff as metrics.statistics.shares.clustered_share has them, all weeks at once."""
    c, n, y, nn, ny, yy = (table[name].to_numpy() for name in SHARES)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = y / n
        iid = p * (1 - p) / n
        spread = np.maximum(yy - 2 * p * ny + p**2 * nn, 0.0) * c / (c - 1) / n**2
        noise = np.where(c == n, iid, np.maximum(spread, iid))
    return p, np.where((c != n) & (iid == 0), np.nan, noise)


def _one_by_one(definition: Definition, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    found = np.full((2, len(table)), np.nan)
    for place, (_, row) in enumerate(table.iterrows()):
        if row["n"] <= 0:
            continue
        if definition.measure.kind == "nps":
            estimate = nps.nps(nps.clustered_counts(NpsMoments(*([row[name]] for name in SCORES))))
        else:
            estimate = means.ratio_of_sums(Moments(*([row[name]] for name in SHARES)), row["vv"])
        found[:, place] = estimate.value, np.nan if estimate.se is None else estimate.se**2
    return found[0], found[1]


def shock(weekly: Weeks, before: int, left_out: list[int]) -> WeeklyShock:
    """The shock common to a week, from the weeks before week `before`; holiday weeks are left out, a season of a year
    is taken out where two years are known."""
    known = weekly.number < before
    numbers, value = weekly.number[known], weekly.value[known].copy()
    value[np.isin(numbers, left_out)] = np.nan
    return weekly_shock(without_season(numbers, value), weekly.noise[known])
