"""A cell's weeks as values with their sampling variance."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.catalogue.definition import Definition
from metrics.rules.privacy import least_persons
from metrics.statistics.levels import means, nps
from metrics.statistics.moments import Moments, NpsMoments

SHARES = ("c", "n", "y", "nn", "ny", "yy")
BELIEVED = 10  # rows by which a week's share is pulled to that of all weeks, for its variance only
Columns = dict[str, np.ndarray]
SCORES = ("c", "n", "p", "d", "nn", "np", "nd", "pp", "dd", "pd")


@dataclass(frozen=True, eq=False)
class Weeks:
    """Shape (weeks,): numbers of the weeks, value, its sampling variance and the rows it is made of; NaN where nothing is known.

    `few` says of which weeks too few people are known for a value of the week's own to be told. They teach what is normal as all
    others do: what they are worth is in their variance. `alike`: standardised to one mix of ways of asking, not as measured; `opened`
    are positions from which on the level may be another, since the way of asking changed there all at once.
    """

    number: np.ndarray
    value: np.ndarray
    noise: np.ndarray
    size: np.ndarray
    few: np.ndarray | None = None
    alike: bool = False
    opened: tuple[int, ...] = ()

    @property
    def own(self) -> np.ndarray:
        """The values of the weeks that can be told one by one, NaN elsewhere."""
        return self.value if self.few is None else np.where(self.few, np.nan, self.value)

    def mean(self, numbers: list[int]) -> float | None:
        """The mean over all rows of the named weeks, None where there are none."""
        part = np.isin(self.number, numbers) & ~np.isnan(self.value) & (self.size > 0)
        return float(np.average(self.value[part], weights=self.size[part])) if part.any() else None


def weeks(definition: Definition, sums: pd.DataFrame | None, first: int, end: int) -> Weeks:
    """Every week from `first` to before `end` of one cell's moments by week."""
    numbers = np.arange(first, end)
    if sums is None or sums.empty:
        empty = np.full(numbers.shape, np.nan)
        return Weeks(numbers, empty, empty, empty)
    table = _table(sums, first, end)
    value, noise = _shares(table) if definition.measure.kind == "share" else _one_by_one(definition, table)
    return Weeks(numbers, value, noise, table["n"], table["c"] < least_persons(definition))


def _table(sums: pd.DataFrame, first: int, end: int) -> Columns:
    """Each column over all weeks from `first` to before `end`, 0 where nothing is known of one."""
    week = sums.index.to_numpy()
    seen = (week >= first) & (week < end)
    found = {}
    for name, column in zip(sums.columns, sums.to_numpy(dtype=float).T):
        found[name] = np.zeros(end - first)
        found[name][week[seen] - first] = np.nan_to_num(column[seen])
    return found


def _shares(table: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Value and variance, all weeks at once. What a row and a person are worth is taken from all weeks: that of one week says little
    where few answered, nothing where all of them agree, and would go up and down with the value."""
    c, n, y, nn, ny, yy = (table[name] for name in SHARES)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = y / n
        near = (y + BELIEVED * y.sum() / n.sum()) / (n + BELIEVED)
        spread = np.maximum(yy - 2 * near * ny + near**2 * nn, 0.0)
        own = near * (1 - near) * n
        together = max(float(np.nansum(spread) / np.nansum(own)), 1.0) if np.nansum(own) > 0 else 1.0
    return p, near * (1 - near) / np.where(n > 0, n, np.nan) * together


def _one_by_one(definition: Definition, table: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Value and variance of scores and means; what a row is worth is taken from all weeks, as for shares."""
    found = np.full((2, len(table["n"])), np.nan)
    for place in np.flatnonzero(table["n"] > 0).tolist():
        row = {name: float(column[place]) for name, column in table.items()}
        if definition.measure.kind == "nps":
            estimate = nps.nps(nps.clustered_counts(NpsMoments(*(np.array([row[name]]) for name in SCORES))))
        else:
            estimate = means.ratio_of_sums(Moments(*(np.array([row[name]]) for name in SHARES)), row["vv"])
        found[:, place] = estimate.value, np.nan if estimate.se is None else estimate.se**2
    size = table["n"]
    known = np.isfinite(found[1]) & (size > 0)
    of_a_row = float((found[1] * size**2)[known].sum() / size[known].sum()) if known.any() else np.nan
    return found[0], np.where(size > 0, of_a_row / np.where(size > 0, size, 1.0), np.nan)
