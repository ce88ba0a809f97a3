"""What part of a change in a total is a change of rates, and what part a change of the mix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Note
from metrics.statistics.jackknife import Jackknife, jackknife


@dataclass(frozen=True, eq=False)
class Decomposition:
    """Totals before and after and the two parts of their difference, with each category's contribution (k,).

    A category's mix part is counted from the average total, so that gaining weight in a better-than-average category
    is positive; the parts of all categories sum to `rate` and `mix`.
    """

    before: float | None
    after: float | None
    rate: float | None
    mix: float | None
    rate_by_category: np.ndarray
    mix_by_category: np.ndarray
    note: Note | None = None


def kitagawa(
    weight_before: ArrayLike, rate_before: ArrayLike, weight_after: ArrayLike, rate_after: ArrayLike
) -> Decomposition:
    """Kitagawa's symmetric decomposition (JASA 1955): rate Σ w̄·Δr, mix Σ r̄·Δw, no residual.

    Vectors of shape (k,): weights (any positive scale, e.g. rows) and rates by category. A category nobody was in has
    no rate there; it takes that of the other period and so contributes to the mix only.
    """
    w0, w1 = (np.asarray(w, dtype=float) for w in (weight_before, weight_after))
    if w0.sum() <= 0 or w1.sum() <= 0:
        empty = np.full(w0.shape, np.nan)
        return Decomposition(None, None, None, None, empty, empty, Note.EMPTY)
    w0, w1 = w0 / w0.sum(), w1 / w1.sum()
    r0, r1 = _filled(w0, rate_before, w1, rate_after)
    before, after = float(w0 @ r0), float(w1 @ r1)
    rate = (w0 + w1) / 2 * (r1 - r0)
    mix = (w1 - w0) * ((r0 + r1) / 2 - (before + after) / 2)
    return Decomposition(before, after, float(rate.sum()), float(mix.sum()), rate, mix)


def kitagawa_by_group(before: ArrayLike, after: ArrayLike) -> Jackknife:
    """Rate part and mix part of a difference with their covariance, delete-a-group jackknife by person.

    `before` and `after` have shape (2, k, G): rows and value sums of k categories by person group; somebody seen in both periods is in
    the same group of both, so that what repeats in them is not counted twice.
    """
    table = np.concatenate([np.asarray(before, dtype=float), np.asarray(after, dtype=float)])
    k = table.shape[1]

    def parts(totals: np.ndarray) -> np.ndarray:
        n0, y0, n1, y1 = totals.reshape(4, k)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = kitagawa(n0, y0 / n0, n1, y1 / n1)
        return np.array([np.nan, np.nan] if found.mix is None else [found.rate, found.mix])

    return jackknife(table.reshape(4 * k, -1), parts)


def _filled(w0: np.ndarray, r0: ArrayLike, w1: np.ndarray, r1: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    old, new = np.asarray(r0, dtype=float), np.asarray(r1, dtype=float)
    filled_old, filled_new = np.where(w0 > 0, old, new), np.where(w1 > 0, new, old)
    unseen = (w0 == 0) & (w1 == 0)
    return np.where(unseen, 0.0, filled_old), np.where(unseen, 0.0, filled_new)
