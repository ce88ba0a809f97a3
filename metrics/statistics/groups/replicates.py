"""Bootstrap replicates of person groups: one draw flows through every sum, so that links measured on the same people stay correlated."""

from __future__ import annotations

import numpy as np

from metrics.statistics.moments import GROUPS

DRAWS = 4000
SEED = 20_031  # fixed: the same question has the same answer


def weights(draws: int = DRAWS, groups: int = GROUPS, seed: int = SEED) -> np.ndarray:
    """How often each group counts in each replicate, shape (draws, groups); every row sums to `groups`.

    `groups` − 1 groups are drawn with replacement and scaled up by groups/(groups − 1), which makes the spread of a total the
    unbiased one (Rao & Wu, JASA 1988).
    """
    drawn = np.random.default_rng(seed).multinomial(groups - 1, np.full(groups, 1 / groups), size=draws)
    return np.asarray(drawn * (groups / (groups - 1)))


def totals(by_group: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Totals of sums by group, shape (s, groups), in every replicate: shape (draws, s)."""
    return np.asarray(drawn @ np.asarray(by_group, dtype=float).T)


def over(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """numerator / denominator by replicate; NaN where there is no denominator."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / np.where(denominator > 0, denominator, 1.0), np.nan)
