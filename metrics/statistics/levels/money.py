"""Money per person: a few large ones decide the mean, so the tests see it capped and the reader sees it whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Comparison, Estimate, Note, missing, untestable
from metrics.statistics.levels.means import difference, mean
from metrics.statistics.levels.skewed import Amounts, gamma_limits, skewed_limits

TOP = 0.999


@dataclass(frozen=True, slots=True)
class MoneyMean:
    """The mean shown (`raw`), the mean tests use (`winsorised`), the cap ± in the money's unit, and persons capped."""

    raw: Estimate
    winsorised: Estimate
    cap: float | None
    capped: int


@dataclass(frozen=True, slots=True)
class MoneyDifference:
    """Raw difference of two groups, and the comparison of the means capped at one common p99.9."""

    raw: float | None
    winsorised: Comparison
    cap: float | None
    capped: int


def cap_at(values: ArrayLike, top: float = TOP) -> float | None:
    """The `top` quantile of the absolute amounts (one observed amount), None without persons."""
    amounts = np.abs(np.asarray(values, dtype=float))
    return float(np.quantile(amounts, top, method="inverted_cdf")) if amounts.size else None


def mean_money(values: ArrayLike, top: float = TOP, level: float = 0.95) -> MoneyMean:
    """Mean per person of net amounts, one entry a person (zeros included, refunds taken off), shape (persons,)."""
    amounts = np.asarray(values, dtype=float)
    cap = cap_at(amounts, top)
    if cap is None:
        return MoneyMean(missing(Note.EMPTY), missing(Note.EMPTY), None, 0)
    touched = int((np.abs(amounts) > cap).sum())
    return MoneyMean(_uneven(amounts, level), _mean(np.clip(amounts, -cap, cap), level), cap, touched)


def money_difference(first: ArrayLike, second: ArrayLike, top: float = TOP, level: float = 0.95) -> MoneyDifference:
    """first − second of independent groups; both capped at the p99.9 of all persons together, not at their own."""
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    both = np.concatenate([a, b])
    cap = cap_at(both, top)
    if cap is None or not a.size or not b.size:
        return MoneyDifference(None, Comparison(missing(Note.EMPTY), untestable(Note.EMPTY)), None, 0)
    mine, theirs = (_mean(np.clip(part, -cap, cap), level) for part in (a, b))
    capped = int((np.abs(both) > cap).sum())
    found = difference(mine, theirs, level=level)
    if capped and mine.value is not None and theirs.value is not None:
        found = replace(found, sides=(mine.value, theirs.value))
    return MoneyDifference(float(a.mean() - b.mean()), found, cap, capped)


def _mean(amounts: np.ndarray, level: float) -> Estimate:
    # around the mean, since the squares of large amounts would swallow their spread
    centre = float(amounts.mean())
    around = amounts - centre
    found = mean(amounts.size, float(around.sum()), float(around @ around), level)
    low, high = (None if limit is None else limit + centre for limit in (found.low, found.high))
    return Estimate(centre, low, high, found.n, found.n_eff, found.se, found.df, found.note)


def _uneven(amounts: np.ndarray, level: float) -> Estimate:
    """The mean with limits that know how unequal amounts are: gamma where none is negative, else corrected for skewness."""
    found = _mean(amounts, level)
    if found.value is None or not found.se:
        return found
    n, around = amounts.size, amounts - found.value
    if amounts.min() >= 0:
        sums = Amounts(float(amounts.sum()), float(amounts @ amounts), float(amounts.max()), n**2 * found.se**2)
        low, high = (limit / n for limit in gamma_limits(sums, level))
    else:
        skewness = float((around**3).mean() / (around @ around / n) ** 1.5)
        low, high = skewed_limits(found.value, found.se, skewness, n, n - 1, level)
    return replace(found, low=low, high=high)
