"""Change between periods judged against the company's own normal range: weeks have shocks that all persons share."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Comparison, Estimate, Note, missing, symmetric, untestable, zero_test

WEEKS_NEEDED = 26
LEAST_DF = 2.0  # below, the weeks were too noisy to say what is normal: an interval would be as wide as the scale
RHO_LIMIT = 0.9  # a stronger autocorrelation cannot be told from a trend in so few weeks


@dataclass(frozen=True, slots=True)
class WeeklyShock:
    """Variance τ² of the shock common to a week, its lag-1 autocorrelation, and what they were estimated from.

    `first` is the mean squared first difference of the weeks, `df` its degrees of freedom, `weeks` the complete weeks.
    """

    tau2: float | None
    rho: float
    first: float
    df: float
    weeks: int
    note: Note | None = None


def weekly_shock(value: ArrayLike, sampling_variance: ArrayLike) -> WeeklyShock:
    """τ² and ρ by moments from the weeks before the period judged.

    `value` and `sampling_variance` have shape (weeks,), in order, already adjusted for season and holidays; NaN marks
    an incomplete or left-out week. With d_h the differences at lag h, E d_h² = 2τ²(1−ρ^h) + s_t² + s_(t−h)², so
    D₂/D₁ = 1+ρ and τ² = D₁/(2(1−ρ)) with the sampling part taken off. ρ is held in 0…0.9, τ² at ≥ 0. Squares of
    overlapping differences are worth 2/3 of their number. Fewer than 26 weeks: note "no_normal_range".
    """
    x, s = np.asarray(value, dtype=float), np.asarray(sampling_variance, dtype=float)
    weeks = int((~np.isnan(x)).sum())
    if weeks < WEEKS_NEEDED:
        return WeeklyShock(None, 0.0, 0.0, 0.0, weeks, Note.NO_NORMAL_RANGE)
    (first, excess, count), (_, excess_2, count_2) = _lagged(x, s, 1), _lagged(x, s, 2)
    if not count or not count_2:
        return WeeklyShock(None, 0.0, 0.0, 0.0, weeks, Note.NO_NORMAL_RANGE)
    rho = float(np.clip(excess_2 / excess - 1, 0.0, RHO_LIMIT)) if excess > 0 else 0.0
    return WeeklyShock(max(excess, 0.0) / (2 * (1 - rho)), rho, first, 2 * count / 3, weeks)


def _lagged(x: np.ndarray, s: np.ndarray, lag: int) -> tuple[float, float, int]:
    square, noise = (x[lag:] - x[:-lag]) ** 2, s[lag:] + s[:-lag]
    known = ~np.isnan(square + noise)
    if not known.any():
        return 0.0, 0.0, 0
    return float(square[known].mean()), float((square - noise)[known].mean()), int(known.sum())


def shock_factor(weeks: int, base_weeks: int, rho: float, gap: int = 0) -> float:
    """Variance of the difference of two means of weekly shocks, in τ²: 1/k + 1/k₀ when ρ = 0.

    The base of `base_weeks` weeks ends `gap` whole weeks before the period of `weeks` weeks begins.
    """
    weight = np.concatenate([np.full(base_weeks, -1 / base_weeks), np.zeros(gap), np.full(weeks, 1 / weeks)])
    lag = np.abs(np.subtract.outer(np.arange(weight.size), np.arange(weight.size)))
    correlation = rho**lag if rho > 0 else (lag == 0).astype(float)
    return float(weight @ correlation @ weight)


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """The change with interval and test, and the half-width of what is normal for the company (None: not known yet)."""

    comparison: Comparison
    normal: float | None
    unusual: bool | None


def period_change(now: Estimate, before: Estimate, shock: WeeklyShock, weeks: int, base_weeks: int | None = None,
                  gap: int = 0, level: float = 0.95) -> PeriodChange:
    """now − before with Var = sampling + τ²·shock_factor (2τ²/k for k weeks against k, ρ = 0) and a t interval.

    `now` and `before` carry their sampling `se`. Degrees of freedom by Satterthwaite, since τ² is estimated and the
    sampling part is not. `normal` is ± what passes without comment, `unusual` whether the change lies beyond it.
    """
    if now.value is None or before.value is None:
        note = now.note if now.value is None else before.note
        return PeriodChange(Comparison(missing(note, n=None), untestable(note)), None, None)
    change = now.value - before.value
    note = shock.note or next((e.note or Note.UNDEFINED for e in (now, before) if e.se is None), None)
    if note is not None:
        return PeriodChange(Comparison(Estimate(change, note=note), untestable(note)), None, None)
    factor = shock_factor(weeks, base_weeks or weeks, shock.rho, gap)
    variance = now.se**2 + before.se**2 + factor * shock.tau2
    if variance <= 0:
        note = Note.NO_VARIATION
        return PeriodChange(Comparison(Estimate(change, note=note), untestable(note)), None, None)
    df = _df(variance, factor, shock)
    if df < LEAST_DF:
        return PeriodChange(Comparison(Estimate(change, note=Note.TOO_NOISY), untestable(Note.TOO_NOISY)), None, None)
    estimate = symmetric(change, math.sqrt(variance), df=df, level=level)
    estimate = replace(estimate, n=None)
    normal = estimate.high - change
    return PeriodChange(Comparison(estimate, zero_test(estimate)), normal, bool(abs(change) > normal))


def _df(variance: float, factor: float, shock: WeeklyShock) -> float:
    """Satterthwaite: V = S + b·τ̂², τ̂² = (D₁ − noise)/(2(1−ρ)), Var(D₁) = 2·D₁²/ν."""
    moved = factor * shock.first / (2 * (1 - shock.rho))
    return shock.df * (variance / moved) ** 2 if moved > 0 else 1e6


def step_week(value: ArrayLike) -> int | None:
    """Where a series changes its level once: the position of the first value of the new level.

    `value` has shape (weeks,), in order; NaN is not known. The split with the smallest sum of squares around the two
    means (Hinkley, Biometrika 1970); None with fewer than two known values or none that differ. An estimate of when, not
    a test of whether.
    """
    series = np.asarray(value, dtype=float)
    places = np.flatnonzero(~np.isnan(series))
    known = series[places]
    if known.size < 2 or np.ptp(known) == 0:
        return None
    total, n = known.sum(), known.size
    first = np.arange(1, n)
    sums = np.cumsum(known)[:-1]
    between = sums**2 / first + (total - sums) ** 2 / (n - first)
    return int(places[1 + int(np.argmax(between))])
