"""Differences inside strata: two periods within each way of asking, combined; a part beside the rest of its whole.

Where events are few the jackknife's error is itself left to chance, down to 0: it is never taken below that of independent
people who all have the pooled value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from metrics.statistics.core import Comparison, Estimate, Note, symmetric, untestable, zero_test
from metrics.statistics.jackknife import jackknife

Value = Callable[[np.ndarray], np.ndarray]  # totals (quantities, strata) → (strata,)


def share_of(totals: np.ndarray) -> np.ndarray:
    """Σy/Σn a stratum, from totals of shape (2 or more, strata): n and y. Also of a mean."""
    found: np.ndarray = totals[1] / totals[0]
    return found


def share_spread(totals: np.ndarray) -> np.ndarray:
    """p(1 − p) a stratum: the variance of one row."""
    p = totals[1] / totals[0]
    found: np.ndarray = p * (1 - p)
    return found


def score_of(totals: np.ndarray) -> np.ndarray:
    """NPS a stratum, −100…100, from totals of shape (3, strata): n, promoters and detractors."""
    found: np.ndarray = 100 * (totals[1] - totals[2]) / totals[0]
    return found


def score_spread(totals: np.ndarray) -> np.ndarray:
    """The variance of one row's +100, 0 or −100."""
    found: np.ndarray = 1e4 * ((totals[1] + totals[2]) / totals[0] - ((totals[1] - totals[2]) / totals[0]) ** 2)
    return found


def mean_spread(totals: np.ndarray) -> np.ndarray:
    """The variance of one row's value, from totals of shape (3, strata): n, Σv and Σv²."""
    found: np.ndarray = np.maximum(totals[2] / totals[0] - (totals[1] / totals[0]) ** 2, 0.0)
    return found


def within_strata(
    now: np.ndarray, then: np.ndarray, value: Value, persons: np.ndarray, spread: Value, level: float = 0.95
) -> Comparison:
    """Σ w·(now − then)/Σ w over strata with Mantel–Haenszel's weights w = n₁n₀/(n₁+n₀), jackknife by person, t.

    `now` and `then` have shape (quantities, strata, G): additive sums by person group, the first of them n; `value` maps totals
    (quantities, strata) to the value of each stratum, `spread` to the variance of one row; `persons` (2, strata, G) are the
    people of both. A stratum that only one period has weighs nothing, a small one little. Greenland & Robins, Biometrics 1985;
    the weights are estimated anew in every replicate. `sides` are both periods standardised to that one mix, so each lies within its
    strata's values and their difference is the one returned.
    """
    quantities, strata, groups = now.shape
    sums = np.concatenate([now.reshape(-1, groups), then.reshape(-1, groups)])
    result = jackknife(sums, lambda totals: _pooled(totals.reshape(2, quantities, strata), value))
    n1, n0 = now[0].sum(axis=1), then[0].sum(axis=1)
    used = (n1 > 0) & (n0 > 0)
    weight = n1[used] * n0[used] / (n1[used] + n0[used])
    rows = spread((now + then).sum(axis=2)[:, used])
    least = (
        float(weight**2 @ (rows * (1 / persons.sum(axis=2)[:, used]).sum(axis=0)) / weight.sum() ** 2)
        if used.any()
        else 0.0
    )
    found = _compared(result.estimate(level=level), least, result.df, level)
    if not used.any():
        return found
    first, second = (float(weight @ value(side.sum(axis=2)[:, used]) / weight.sum()) for side in (now, then))
    return replace(found, sides=(first, second))


def beside_rest(
    part: np.ndarray, whole: np.ndarray, value: Value, persons: tuple[float, float], spread: Value, level: float = 0.95
) -> Comparison:
    """A part minus the rest of the whole it is in, jackknife by person, t: a person may have rows on both sides.

    Both have shape (quantities, G), the first n; `value` and `spread` as above, of a single stratum; `persons` are those of the
    part and of the whole.
    """
    quantities = part.shape[0]
    result = jackknife(np.vstack([part, whole - part]), lambda totals: _gap(totals.reshape(2, quantities, 1), value))
    rest = max(persons[1] - persons[0], 0.0)
    least = float(spread(whole.sum(axis=1)[:, None])[0]) * (1 / persons[0] + 1 / rest) if persons[0] and rest else 0.0
    return _compared(result.estimate(level=level), least, result.df, level)


def _compared(gap: Estimate, least: float, df: int, level: float) -> Comparison:
    """The gap on its own error or the least variance there can be, whichever is larger."""
    if gap.value is not None and least > (gap.se or 0.0) ** 2 and df > 0:
        gap = symmetric(gap.value, least**0.5, df=df, level=level)
    return Comparison(gap, zero_test(gap) if gap.se is not None else untestable(gap.note or Note.UNDEFINED))


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
