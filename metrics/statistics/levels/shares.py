"""One share with its interval: Wilson, on the effective sample size where a person counts more than once."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from metrics.statistics.core import Estimate, Note, critical, missing
from metrics.statistics.jackknife import jackknife, ratios
from metrics.statistics.moments import Moments


def wilson(successes: float, n: float, *, deff: float = 1.0, df: float | None = None, level: float = 0.95) -> Estimate:
    """Share of `n` rows with Wilson's score interval on n_eff = n / deff, deff floored at 1.

    Wilson, JASA 1927; with a design effect Korn & Graubard, Survey Methodology 1998; `df` replaces z by t. Stays
    within 0…1 and has width at 0 and 1. `se` is √(p(1−p)/n_eff).
    """
    if n <= 0:
        return missing(Note.EMPTY)
    share, n_eff = successes / n, n / max(deff, 1.0)
    low, high = wilson_bounds(share, n_eff, critical(level, df))
    return Estimate(share, low, high, n, n_eff, math.sqrt(share * (1 - share) / n_eff), df)


def wilson_bounds(share: float, n_eff: float, crit: float) -> tuple[float, float]:
    """Wilson's limits of a share seen in `n_eff` independent rows, at the critical value `crit`."""
    squared = crit**2 / n_eff
    centre = (share + squared / 2) / (1 + squared)
    half = crit * math.sqrt(share * (1 - share) / n_eff + squared / (4 * n_eff)) / (1 + squared)
    # rounding may leave the exact 0 or 1, or the share itself, a last digit outside
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))


def linearised_se(moments: Moments) -> float | None:
    """Standard error of Σy/Σn clustered by person, √(C/(C−1)·Σ(y_i − p·n_i)²)/N; None below two persons."""
    persons = moments.total("c")
    if persons < 2:
        return None
    return math.sqrt(persons / (persons - 1) * moments.residual_square()) / moments.total("n")


def clustered_share(moments: Moments, level: float = 0.95) -> Estimate:
    """Share from the moments: iid Wilson when every person has one row, else Wilson on n_eff with t(C−1).

    deff is the linearised variance over the iid one, floored at 1. At 0 or 1 nothing varies, so the worst case is
    taken: rows of a person identical, deff = Σn_i²/N (note "boundary").
    """
    rows, persons, successes = moments.total("n"), moments.total("c"), moments.total("y")
    if rows <= 0:
        return missing(Note.EMPTY)
    if even(persons, rows, moments.total("nn")):
        return wilson(successes, rows, level=level)
    se = linearised_se(moments)
    if se is None:
        return Estimate(successes / rows, n=rows, note=Note.ONE_CLUSTER)
    return _on_n_eff(successes, rows, se**2, moments.total("nn") / rows, persons - 1, level)


def even(persons: float, rows: float, squares: float) -> bool:
    """Whether every person has one row and all rows one weight; with weights scaled to a mean of 1, sums are whole up to rounding."""
    return math.isclose(persons, rows, rel_tol=1e-9) and math.isclose(squares, rows, rel_tol=1e-9)


def grouped_share(n: np.ndarray, y: np.ndarray, persons: float, level: float = 0.95) -> Estimate:
    """Share Σy/Σn where only sums by group are stored: Wilson on the jackknife's n_eff with t(G−1).

    `n`, `y` have shape (G,); `persons` is the number of distinct persons, needed at 0 and 1, where each person then
    counts once.
    """
    rows, successes = float(n.sum()), float(y.sum())
    if rows <= 0:
        return missing(Note.EMPTY)
    result = jackknife(np.vstack([n, y]), lambda sums: ratios(sums[1], sums[0]), at_once=True)
    if result.groups < 2:
        return Estimate(successes / rows, n=rows, note=Note.ONE_GROUP)
    return _on_n_eff(successes, rows, float(result.covariance[0, 0]), rows / max(persons, 1), result.df, level)


def _on_n_eff(successes: float, rows: float, variance: float, worst: float, df: float, level: float) -> Estimate:
    share = successes / rows
    iid = share * (1 - share) / rows
    if iid > 0:
        return wilson(successes, rows, deff=variance / iid, df=df, level=level)
    found = wilson(successes, rows, deff=worst, df=df, level=level)
    return Estimate(found.value, found.low, found.high, rows, found.n_eff, None, df, Note.BOUNDARY)


def exact_bounds(
    share: np.ndarray, n_eff: np.ndarray | float, level: float = 0.95, df: float | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Clopper & Pearson's limits (Biometrika 1934) of shares seen in `n_eff` independent rows, which need not be whole; with `df`
    n_eff is first reduced by (z/t)² (Korn & Graubard, Survey Methodology 1998). Never short of the level, also of few rows.
    """
    tail, rows = (1 - level) / 2, np.asarray(n_eff, dtype=float) * (critical(level) / critical(level, df)) ** 2
    yes = np.asarray(share, dtype=float) * rows
    no = rows - yes
    with np.errstate(invalid="ignore"):
        low = np.where(yes > 1e-9, special.betaincinv(np.maximum(yes, 1e-9), no + 1, tail), 0.0)
        high = np.where(no > 1e-9, special.betaincinv(yes + 1, np.maximum(no, 1e-9), 1 - tail), 1.0)
    return low, high
