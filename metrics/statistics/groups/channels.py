"""Do channels give the same experience at the same task? Standardised to one mix, judged by equivalence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Estimate, Note, critical, missing, upper_tail
from metrics.statistics.groups.meta import RandomEffects, random_effects
from metrics.statistics.jackknife import Jackknife, jackknife


def standardise(n: ArrayLike, y: ArrayLike, mix: ArrayLike | None = None) -> Jackknife | Note:
    """Rates of k channels on one mix of tasks: Σ_s mix_s·y_cs/n_cs, with their covariances by jackknife.

    `n` and `y` have shape (k, strata, G): rows and value sums by channel, stratum and person group. `mix` (strata,) is
    the common mix, by default that of all channels together. Strata some channel never served cannot be compared and
    leave the mix; with none left: the note "no_overlap".
    """
    rows, values = np.asarray(n, dtype=float), np.asarray(y, dtype=float)
    totals = rows.sum(axis=2)
    served = (totals > 0).all(axis=0)
    if not served.any():
        return Note.NO_OVERLAP if totals.sum() > 0 else Note.EMPTY
    weight = np.where(served, totals.sum(axis=0) if mix is None else np.asarray(mix, dtype=float), 0.0)
    if weight.sum() <= 0:
        return Note.NO_OVERLAP
    weight, shape = weight[served] / weight.sum(), rows[:, served].shape[:2]
    half = shape[0] * shape[1]

    def rates(sums: np.ndarray) -> np.ndarray:
        standardised: np.ndarray = (sums[half:].reshape(shape) / sums[:half].reshape(shape)) @ weight
        return standardised

    flat = (part[:, served].reshape(half, -1) for part in (rows, values))
    return jackknife(np.vstack(list(flat)), rates)


class Equality(StrEnum):
    """What the 90 % interval of a difference says against ± margin."""

    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Verdict, the 1 − 2α interval it is read from, and the larger of the two one-sided p-values (TOST)."""

    verdict: Equality
    interval: Estimate
    p: float | None


def equivalence(difference: Estimate, margin: float, alpha: float = 0.05) -> Equivalence:
    """Two one-sided tests (Schuirmann 1987): equivalent iff the 1 − 2α interval lies inside ± margin (> 0).

    Different iff it lies wholly outside. `difference` brings value, se and df.
    """
    if difference.value is None or not difference.se:
        return Equivalence(Equality.CANNOT_TELL, missing(difference.note or Note.NO_VARIATION, difference.n), None)
    half = critical(1 - 2 * alpha, difference.df) * difference.se
    low, high = difference.value - half, difference.value + half
    found = Estimate(difference.value, low, high, difference.n, difference.n_eff, difference.se, difference.df)
    distance = (margin - abs(difference.value)) / difference.se
    p = upper_tail(distance, difference.df)
    if -margin < low and high < margin:
        return Equivalence(Equality.EQUIVALENT, found, p)
    outside = low > margin or high < -margin
    return Equivalence(Equality.DIFFERENT if outside else Equality.CANNOT_TELL, found, p)


def spread_between(rates: Sequence[Estimate], level: float = 0.95) -> RandomEffects:
    """Standard deviation τ between channels (DerSimonian–Laird) of their standardised rates, sampling noise removed."""
    known = [(rate.value, rate.se**2) for rate in rates if rate.value is not None and rate.se]
    return random_effects([value for value, _ in known], [variance for _, variance in known], level)
