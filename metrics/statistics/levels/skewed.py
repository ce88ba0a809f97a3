"""The mean of amounts that are never negative and unequal: revenue per buyer, cost to serve, contacts per order.

A symmetric interval misses the truth far too often there, nearly always by ending too low: the few large amounts that are not in
the sample are missing from its variance, too. The interval here is Fay & Feuer's for a weighted sum of rare events (Statistics in
Medicine 1997): gamma limits that keep above 0 and whose upper end allows for one more amount as large as the largest seen. Its
variance is that seen, times (t/z)² with the degrees of freedom of the number of equal amounts that would be as uncertain,
(Σy)²/Σy² (Kish), which is small where a few amounts decide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.statistics.core import critical

LEAST_DF = 1.5  # below two equal amounts' worth


@dataclass(frozen=True, slots=True)
class Amounts:
    """Sums over persons: Σy ≥ 0, Σy², the largest y, and the variance of Σy."""

    total: float
    squares: float
    largest: float
    variance: float

    @property
    def effective(self) -> float:
        """How many equal amounts would be as uncertain."""
        return self.total**2 / self.squares


def gamma_limits(amounts: Amounts, level: float = 0.95) -> tuple[float, float]:
    """Limits of the expected Σy, in its unit. Needs Σy > 0 and a variance above 0."""
    low, high = gamma_draws(amounts, np.array([(1 - level) / 2, (1 + level) / 2]), level)
    return float(low[0]), float(high[1])


def gamma_draws(amounts: Amounts, below: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Quantiles of the lower and of the upper gamma distribution of the expected Σy at the probabilities `below`."""
    variance = amounts.variance * (critical(level, max(amounts.effective, LEAST_DF)) / critical(level)) ** 2
    high, more = amounts.total + amounts.largest, variance + amounts.largest**2
    return _gamma(amounts.total, variance, below), _gamma(high, more, below)


def _gamma(mean: float, variance: float, below: np.ndarray) -> np.ndarray:
    """Quantiles of the gamma distribution with this mean and variance."""
    quantiles: np.ndarray = variance / mean * special.gammaincinv(mean**2 / variance, below)
    return quantiles


def skewed_limits(
    mean: float, se: float, skewness: float, n: float, df: float, level: float = 0.95
) -> tuple[float, float]:
    """mean ± t·se with Hall's cubic correction for skewness (JRSS B 1992): for amounts that may be negative."""
    a, b = skewness / 3, skewness / 6
    root, half = math.sqrt(n), critical(level, df)

    def inverse(y: float) -> float:
        return (
            root
            * (math.copysign(abs(1 + 3 * a / root * (y - b / root)) ** (1 / 3), 1 + 3 * a / root * (y - b / root)) - 1)
            / a
            if abs(a) > 1e-9
            else y
        )

    return mean - se * inverse(half), mean - se * inverse(-half)
