"""The difference of two periods within each way of asking, combined: what changed when only like is set against like."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from metrics.statistics.core import Comparison, untestable, zero_test
from metrics.statistics.jackknife import jackknife

Value = Callable[[np.ndarray], np.ndarray]


def share_of(totals: np.ndarray) -> np.ndarray:
    """Σy/Σn a stratum, from totals of shape (2, strata): n and y. Also of a mean."""
    return totals[1] / totals[0]


def score_of(totals: np.ndarray) -> np.ndarray:
    """NPS a stratum, −100…100, from totals of shape (3, strata): n, promoters and detractors."""
    return 100 * (totals[1] - totals[2]) / totals[0]


def within_strata(now: np.ndarray, then: np.ndarray, value: Value, level: float = 0.95) -> Comparison:
    """Σ w·(now − then)/Σ w over strata with Mantel–Haenszel's weights w = n₁n₀/(n₁+n₀), jackknife by person, t.

    `now` and `then` have shape (quantities, strata, G): additive sums by person group, the first of them n; `value` maps
    totals (quantities, strata) to the value of each stratum. A stratum that only one period has weighs nothing, a small
    one little. Greenland & Robins, Biometrics 1985; the weights are estimated anew in every replicate.
    """
    quantities, strata, groups = now.shape
    sums = np.concatenate([now.reshape(-1, groups), then.reshape(-1, groups)])
    result = jackknife(sums, lambda totals: _pooled(totals.reshape(2, quantities, strata), value))
    gap = result.estimate(level=level)
    return Comparison(gap, zero_test(gap) if gap.se is not None else untestable(gap.note))


def beside_rest(part: np.ndarray, whole: np.ndarray, value: Value, level: float = 0.95) -> Comparison:
    """A part minus the rest of the whole it is in, jackknife by person, t: a person may have rows on both sides.

    Both have shape (quantities, G), the first n; `value` as above, of a single stratum.
    """
    quantities = part.shape[0]
    result = jackknife(np.vstack([part, whole - part]), lambda totals: _gap(totals.reshape(2, quantities, 1), value))
    gap = result.estimate(level=level)
    return Comparison(gap, zero_test(gap) if gap.se is not None else untestable(gap.note))


def _gap(totals: np.ndarray, value: Value) -> float:
    if not (totals[0, 0] > 0).all() or not (totals[1, 0] > 0).all():
        return float("nan")
    return float((value(totals[0]) - value(totals[1]))[0])


def _pooled(totals: np.ndarray, value: Value) -> float:
    n1, n0 = totals[0, 0], totals[1, 0]
    used = (n1 > 0) & (n0 > 0)
    if not used.any():
        return float("nan")
    weight = n1[used] * n0[used] / (n1[used] + n0[used])
    return float(weight @ (value(totals[0][:, used]) - value(totals[1][:, used])) / weight.sum())
