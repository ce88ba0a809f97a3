"""Change between periods judged against the company's own normal range: weeks have shocks that all persons share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from metrics.statistics.core import Comparison, Estimate, Note, Test, critical, missing, untestable

WEEKS_NEEDED = 26
LEAST_DF = 2.0  # below, the weeks were too noisy to say what is normal: an interval would be as wide as the scale
RHO_LIMIT = 0.9  # a stronger autocorrelation cannot be told from a trend in so few weeks
RHO_USUAL, RHO_SPREAD = 0.5, 0.3  # what is believed of ρ before the weeks speak: most of them cannot tell 0 from .9
LAGS = 6  # further apart, a slow change would pass for a shock
SHARES = (np.arange(64) + 0.5) / 64  # quantiles over which the uncertain τ² is averaged
FAR, MANY = 0.999, 1e6


@dataclass(frozen=True, slots=True)
class WeeklyShock:
    """Variance τ² of the shock common to a week, its lag-1 autocorrelation, and what they were estimated from.

    `raw` is τ² with the weeks' own sampling noise still in it, `noise` that noise: τ² is raw − noise, 0 at least, and its
    error is that of `raw`, with `df` degrees of freedom. `weeks` counts the complete weeks.
    """

    tau2: float | None
    rho: float
    raw: float
    df: float
    weeks: int
    noise: float = 0.0
    note: Note | None = None


def weekly_shock(value: ArrayLike, sampling_variance: ArrayLike) -> WeeklyShock:
    """τ² and ρ by moments from the weeks before the period judged.

    `value` and `sampling_variance` have shape (weeks,), in order, already adjusted for season and holidays; NaN marks
    an incomplete or left-out week. With D_h the mean squared difference at lag h, E D_h = 2τ²(1−ρ^h) + noise. ρ is
    D₂/D₁ − 1 without the noise, pulled towards ½ ± .3 as far as the weeks leave it open (delta method), held in 0…0.9;
    τ² ≥ 0 is the least-squares fit of 2τ²(1−ρ^h) to six lags. Fewer than 26 weeks: note "no_normal_range".
    """
    x, s = np.asarray(value, dtype=float), np.asarray(sampling_variance, dtype=float)
    weeks = int((~np.isnan(x)).sum())
    lagged = [_lagged(x, s, lag) for lag in range(1, LAGS + 1)] if weeks >= WEEKS_NEEDED else []
    if not lagged or not lagged[0][2] or not lagged[1][2]:
        return WeeklyShock(None, 0.0, 0.0, 0.0, weeks, note=Note.NO_NORMAL_RANGE)
    count = lagged[0][2]
    rho = _autocorrelation(*lagged[0][:2], *lagged[1][:2], 2 * count / 3)
    expected = np.array([2 * (1 - rho**lag) if lagged[lag - 1][2] else 0.0 for lag in range(1, LAGS + 1)])
    weight = expected / (expected @ expected)
    raw, tau2 = (float(weight @ [part[place] for part in lagged]) for place in (0, 1))
    noise, tau2 = raw - tau2, max(tau2, 0.0)
    return WeeklyShock(tau2, rho, raw, _worth(raw, tau2, count), weeks, noise)


def _worth(raw: float, tau2: float, count: int) -> float:
    """Degrees of freedom of `raw` from `count` first differences. Six lags of independent noise are worth one each (by
    simulation 1.1), the squares of shocks that hang together 2/3 (.6 to .7)."""
    if raw <= 0:
        return 2 * count / 3
    shared = (tau2 / raw) ** 2
    return count / (1 + shared / 2)


def _lagged(x: np.ndarray, s: np.ndarray, lag: int) -> tuple[float, float, int]:
    """Mean squared difference at a lag, the same less its sampling part, and of how many."""
    square, noise = (x[lag:] - x[:-lag]) ** 2, s[lag:] + s[:-lag]
    known = ~np.isnan(square + noise)
    if not known.any():
        return 0.0, 0.0, 0
    return float(square[known].mean()), float((square - noise)[known].mean()), int(known.sum())


def _autocorrelation(first: float, excess: float, second: float, excess_2: float, df: float) -> float:
    """ρ̂ = excess₂/excess₁ − 1 and what is usual, weighted by how much each knows. The two squares correlate by about ½."""
    if excess <= 0:
        return RHO_USUAL
    rho = excess_2 / excess - 1
    near = float(np.clip(rho, 0.0, RHO_LIMIT))
    spread = 2 / df * (second**2 + (1 + near) ** 2 * first**2 - (1 + near) * first * second) / excess**2
    own, usual = 1 / max(spread, 1e-12), 1 / RHO_SPREAD**2
    return float(np.clip((own * rho + usual * RHO_USUAL) / (own + usual), 0.0, RHO_LIMIT))


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
    """now − before with Var = sampling + τ²·shock_factor (2τ²/k for k weeks against k, ρ = 0).

    `now` and `before` carry their sampling `se`. p and interval are averaged over what τ² could be, which is estimated and
    never below 0: a t would have tails for a variance smaller than the sampling part. `df` is that of the t with the same
    99.9 % limit, for intervals at other levels. `normal` is ± what passes without comment, `unusual` whether the change
    lies beyond it.
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
    spread = _spreads(now.se**2 + before.se**2, factor, shock)
    se, half = math.sqrt(variance), _limit(spread, level)
    df = _t_with(_limit(spread, FAR) / se, FAR)
    if df < LEAST_DF:
        return PeriodChange(Comparison(Estimate(change, note=Note.TOO_NOISY), untestable(Note.TOO_NOISY)), None, None)
    estimate = Estimate(change, change - half, change + half, None, None, se, df)
    p = float(_beyond(abs(change), spread))
    return PeriodChange(Comparison(estimate, Test(change / se, df, p)), half, bool(abs(change) > half))


def _spreads(sampling: float, factor: float, shock: WeeklyShock) -> np.ndarray:
    """Standard errors of the change for the values τ² could have, equally likely: raw·ν/χ²(ν) less the noise."""
    raw = shock.raw * shock.df / special.chdtri(shock.df, 1 - SHARES)
    return np.sqrt(sampling + factor * np.maximum(raw - shock.noise, 0.0))


def _beyond(size: float, spread: np.ndarray) -> float:
    """Two-sided probability of a change at least this large, averaged over the spreads."""
    return float(2 * special.ndtr(-size / spread).mean())


def _limit(spread: np.ndarray, level: float) -> float:
    """The size a change stays below with probability `level`."""
    top = float(spread.max()) * critical(level)
    return float(optimize.brentq(lambda size: _beyond(size, spread) - (1 - level), 0.0, top * (1 + 1e-9)))


def _t_with(ratio: float, level: float) -> float:
    """The degrees of freedom of the t whose two-sided critical value is `ratio`."""
    if ratio <= critical(level, MANY):
        return MANY
    return float(optimize.brentq(lambda df: critical(level, df) - ratio, 0.5, MANY))


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
