"""Differences of two shares: independent, or dependent through the same persons."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from metrics.statistics.core import Comparison, Estimate, Note, Test, two_sided, untestable, welch_df
from metrics.statistics.jackknife import jackknife, ratios
from metrics.statistics.levels.shares import grouped_share
from metrics.statistics.moments import Moments


def square_and_add(first: Estimate, second: Estimate, correlation: float = 0.0) -> Estimate:
    """first − second from the two intervals: Newcombe's method 10 and its extension to dependent estimates.

    low = d − √(l₁² − 2ρ·l₁·u₂ + u₂²) with the distances l, u of the limits from their values (Newcombe, Statistics in
    Medicine 1998, 17, 873; Zou, American Journal of Epidemiology 2007 and Statistics in Medicine 2008 for ρ ≠ 0). Works
    for any two estimates that have limits.
    """
    lacking = next((e.note for e in (first, second) if e.value is None or e.low is None or e.high is None), None)
    if first.value is None or second.value is None:
        return Estimate(None, note=lacking)
    gap = first.value - second.value
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return Estimate(gap, note=lacking)
    below = _distance(first.value - first.low, second.high - second.value, correlation)
    above = _distance(first.high - first.value, second.value - second.low, correlation)
    return _with_se(Estimate(gap, gap - below, gap + above), first, second, correlation)


def _distance(a: float, b: float, correlation: float) -> float:
    return math.sqrt(max(a * a - 2 * correlation * a * b + b * b, 0.0))


def _with_se(gap: Estimate, first: Estimate, second: Estimate, correlation: float) -> Estimate:
    if first.se is None or second.se is None:
        return gap
    df = welch_df(first.se, first.df, second.se, second.df)
    return replace(gap, se=_distance(first.se, second.se, correlation), df=df)


def newcombe(first: Estimate, second: Estimate) -> Comparison:
    """Difference of two independent shares (Newcombe 1998) with the score test of equality.

    Takes two results of `wilson` or `clustered_share` at the same level. The test pools the shares and uses each
    n_eff; with clusters it refers to t (Welch–Satterthwaite), else to z.
    """
    gap = square_and_add(first, second)
    if gap.value is None or first.value is None or second.value is None or not first.n_eff or not second.n_eff:
        return Comparison(gap, untestable(gap.note or Note.EMPTY))
    pooled = (first.value * first.n_eff + second.value * second.n_eff) / (first.n_eff + second.n_eff)
    se = math.sqrt(pooled * (1 - pooled) * (1 / first.n_eff + 1 / second.n_eff))
    if se == 0:
        return Comparison(gap, untestable(Note.NO_VARIATION))
    return Comparison(gap, Test(gap.value / se, gap.df, two_sided(gap.value / se, gap.df)))


def dependent_shares(first: Moments, second: Moments, level: float = 0.95) -> Comparison:
    """Difference of two shares over the same person groups (before v after, stage v stage, UX v CX).

    Intervals of both on the jackknife's n_eff, joined with the jackknife's correlation; test by the jackknife's t.
    """
    before, after = (grouped_share(m.n, m.y, m.total("c"), level) for m in (first, second))
    return _dependent(before, after, np.vstack([first.n, first.y, second.n, second.y]))


def _dependent(first: Estimate, second: Estimate, sums: np.ndarray) -> Comparison:
    result = jackknife(sums, lambda s: np.stack([ratios(s[1], s[0]), ratios(s[3], s[2])]), at_once=True)
    known = bool(np.isfinite(result.covariance).all())
    gap = square_and_add(first, second, result.correlation() if known else 0.0)
    if gap.value is None or not known:
        return Comparison(gap, untestable(gap.note or Note.UNDEFINED))
    plain = result.combine([1, -1])
    if plain.se is None:
        return Comparison(gap, untestable(plain.note or Note.UNDEFINED))
    statistic = gap.value / plain.se
    gap = replace(gap, se=plain.se, df=plain.df)
    return Comparison(gap, Test(statistic, plain.df, two_sided(statistic, plain.df)))
