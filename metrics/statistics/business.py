"""What a change is worth: net present value, break-even, and the chain of uncertain links from cause to money."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from metrics.statistics.core import Note

DECILE = float(stats.norm.ppf(0.9))


def npv(rate: float, flows: Sequence[float]) -> float:
    """Σ flow_t/(1+rate)^t, the first flow now (t = 0), the others at the ends of years 1, 2, …"""
    return sum(flow / (1 + rate) ** year for year, flow in enumerate(flows))


def annuity(rate: float, years: int) -> float:
    """Present value of 1 at the end of each of `years` years."""
    return sum((1 + rate) ** -year for year in range(1, years + 1))


def break_even(outlay: float, rate: float, years: int) -> float | None:
    """Yearly flow at which the outlay is just repaid; None without a year to repay in."""
    return outlay / annuity(rate, years) if years > 0 else None


def payback(outlay: float, yearly: float) -> tuple[float | None, Note | None]:
    """Years until the undiscounted flow has repaid the outlay, or None with the note "never_pays"."""
    return (None, Note.NEVER_PAYS) if yearly <= 0 else (outlay / yearly, None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Low, base and high as P10, P50 and P90 of the result itself, and its mean."""

    p10: float | None
    p50: float | None
    p90: float | None
    mean: float | None
    note: Note | None = None


def of_replicates(values: ArrayLike) -> Outcome:
    """The outcome of a chain computed once per bootstrap replicate, so that correlations between links survive."""
    drawn = np.asarray(values, dtype=float)
    drawn = drawn[np.isfinite(drawn)]
    if drawn.size == 0:
        return Outcome(None, None, None, None, Note.EMPTY)
    p10, p50, p90 = np.quantile(drawn, [0.1, 0.5, 0.9])
    return Outcome(float(p10), float(p50), float(p90), float(drawn.mean()))


@dataclass(frozen=True, slots=True)
class Link:
    """A positive factor known by its P10 and P90, taken as lognormal."""

    p10: float
    p90: float

    @property
    def log_mean(self) -> float:
        """Mean of the logarithm: the log of the median √(P10·P90)."""
        return math.log(self.p10 * self.p90) / 2

    @property
    def log_sd(self) -> float:
        """Standard deviation of the logarithm, ln(P90/P10)/(2·1.2816)."""
        return math.log(self.p90 / self.p10) / (2 * DECILE)


def chain(links: Sequence[Link]) -> Outcome:
    """The product of independent lognormal links: its own P10, P50, P90 and mean.

    Multiplying the lows instead gives a value far below the P10 (three links: the 1.3 % quantile).
    """
    centre, sd = sum(link.log_mean for link in links), math.sqrt(sum(link.log_sd**2 for link in links))
    p10, p50, p90 = (math.exp(centre + side * DECILE * sd) for side in (-1, 0, 1))
    return Outcome(p10, p50, p90, math.exp(centre + sd**2 / 2))


def chain_quantile(links: Sequence[Link], value: float) -> float:
    """Probability that the product of the links stays below `value` > 0."""
    centre, sd = sum(link.log_mean for link in links), math.sqrt(sum(link.log_sd**2 for link in links))
    return float(stats.norm.cdf((math.log(value) - centre) / sd))


def union_of_fixes(shares: Sequence[float]) -> float:
    """Part removed by several overlapping fixes, 1 − Π(1 − share): never their sum."""
    return 1 - math.prod(1 - share for share in shares)


def margin_lost(margin: ArrayLike, leave: ArrayLike, leave_reference: ArrayLike) -> float:
    """Expected margin lost, Σ margin·(P(leave | state) − P(leave | reference)), in the unit of the margin."""
    gap = np.asarray(leave, dtype=float) - np.asarray(leave_reference, dtype=float)
    return float((np.asarray(margin, dtype=float) * gap).sum())
