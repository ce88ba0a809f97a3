"""Delete-a-group jackknife: the general variance engine for anything computed from sums by person group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Estimate, Note, missing, symmetric

Statistic = Callable[[np.ndarray], Any]


@dataclass(frozen=True, eq=False)
class Jackknife:
    """k estimates from the same persons: value (k,), covariance (k, k), and the number of non-empty groups."""

    value: np.ndarray
    covariance: np.ndarray
    groups: int
    replicates: np.ndarray | None = None

    @property
    def effective_df(self) -> float:
        """Degrees of freedom by how unequally the groups weigh in the first variance, between 1 and groups − 1.

        Of G normal deviations d of one size, 3·(Σd²)²/Σd⁴ is near G + 2; where one heavy person makes the variance, near 3
        (Johnson & Rust, Proceedings of the ASA Survey Research Methods Section 1992).
        """
        if self.replicates is None or not self.covariance[0, 0] > 0:
            return float(self.df)
        away = (self.replicates[:, 0] - self.replicates[:, 0].mean()) ** 2
        return float(min(max(3 * away.sum() ** 2 / (away**2).sum() - 2, 1.0), self.df))

    @property
    def df(self) -> int:
        """Degrees of freedom: non-empty groups − 1."""
        return self.groups - 1

    def estimate(self, index: int = 0, level: float = 0.95) -> Estimate:
        """The index-th value with its t interval."""
        weights = np.zeros(len(self.value))
        weights[index] = 1.0
        return self.combine(weights, level=level)

    def unequal(self, level: float = 0.95) -> Estimate:
        """The first value with the t interval of `effective_df`: where few people weigh heavily."""
        found = self.estimate(level=level)
        return (
            found
            if found.value is None or found.se is None
            else symmetric(found.value, found.se, df=self.effective_df, level=level)
        )

    def combine(self, weights: ArrayLike, constant: float = 0.0, level: float = 0.95) -> Estimate:
        """constant + Σ weight · value, e.g. weights (1, −1) for a difference of the first two."""
        used = np.asarray(weights, dtype=float)
        at = np.flatnonzero(used)
        value = float(constant + used[at] @ self.value[at])
        variance = float(used[at] @ self.covariance[np.ix_(at, at)] @ used[at])
        return _interval(value, variance, self.groups, level)

    def at_least(self, variances: ArrayLike) -> Jackknife:
        """The same with no variance below these, shape (k,); correlations stay."""
        own = np.diag(self.covariance)
        wider = np.sqrt(
            np.where(own > 0, np.maximum(np.asarray(variances, dtype=float) / np.where(own > 0, own, 1.0), 1.0), 1.0)
        )
        new = self.covariance * np.outer(wider, wider)
        new[np.diag_indices_from(new)] = np.maximum(own, variances)
        return replace(self, covariance=new)

    def correlation(self, first: int = 0, second: int = 1) -> float:
        """Correlation of two of the estimates; 0 where one of them does not vary."""
        spread = self.covariance[first, first] * self.covariance[second, second]
        return float(np.clip(self.covariance[first, second] / np.sqrt(spread), -1, 1)) if spread > 0 else 0.0


def jackknife(sums: ArrayLike, statistic: Statistic, at_once: bool = False) -> Jackknife:
    """Delete-a-group jackknife of any function of sums.

    `sums` has shape (s, G): s additive quantities by person group. `statistic` maps their totals, shape (s,), to a
    number or a vector of k numbers; NaN where undefined. With `at_once` it also maps totals of shape (s, G) to (G,) or (k, G)
    numbers, each from its own column, which is the same and takes a tenth of the time. Groups in which every sum is 0 hold nobody and do not count.
    Covariance (G−1)/G · Σ (θ₋g − θ̄)(θ₋g − θ̄)ᵀ, t with G−1 degrees of freedom (Wolter, Introduction to Variance
    Estimation, 2007, ch. 4).
    """
    table = np.atleast_2d(np.asarray(sums, dtype=float))
    table = table[:, np.any(table != 0, axis=0)]
    totals, groups = table.sum(axis=1), table.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.atleast_1d(np.asarray(statistic(totals), dtype=float))
        if groups < 2:
            return Jackknife(value, np.full((value.size, value.size), np.nan), groups)
        replicates = (
            np.ascontiguousarray(np.atleast_2d(statistic(totals[:, None] - table)).T, dtype=float)
            if at_once
            else np.array([np.atleast_1d(statistic(totals - table[:, g])) for g in range(groups)], dtype=float)
        )
        around = replicates - replicates.mean(axis=0)
        return Jackknife(value, (groups - 1) / groups * around.T @ around, groups, replicates)


def ratio(numerator: float, denominator: float) -> float:
    """numerator / denominator, NaN where there is no denominator: what a statistic returns when undefined."""
    return numerator / denominator if denominator else float("nan")


def ratios(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """As `ratio`, of numbers or vectors of one length."""
    found: np.ndarray = np.where(denominator == 0, np.nan, numerator / denominator)
    return found


def _interval(value: float, variance: float, groups: int, level: float) -> Estimate:
    if groups == 0:
        return missing(Note.EMPTY)
    if not np.isfinite(value):
        return missing(Note.UNDEFINED, n=None)
    if groups == 1:
        return Estimate(value, note=Note.ONE_GROUP)
    if not np.isfinite(variance):  # one replicate lacks its denominator
        return Estimate(value, note=Note.UNDEFINED)
    if variance <= 0:
        return Estimate(value, note=Note.NO_VARIATION)
    return symmetric(value, float(np.sqrt(variance)), df=groups - 1, level=level)
