"""Differences of two shares: independent, paired, dependent through the same persons, part against the rest."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy import special

from metrics.statistics.core import Comparison, Estimate, Note, Test, missing, two_sided, untestable, welch_df
from metrics.statistics.jackknife import jackknife, ratio
from metrics.statistics.levels.shares import grouped_share, wilson
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


def paired_shares(
    both: float, first_only: float, second_only: float, neither: float, level: float = 0.95
) -> Comparison:
    """Difference of two shares of the same n persons, one pair each: Newcombe's paired method 10, McNemar's test.

    Counts of a 2×2 table. `se` is the Wald standard error √(b + c − (b−c)²/n)/n. Newcombe, Statistics in Medicine
    1998, 17, 2635.
    """
    n = both + first_only + second_only + neither
    if n <= 0:
        return Comparison(missing(Note.EMPTY), untestable(Note.EMPTY))
    first, second = (wilson(both + only, n, level=level) for only in (first_only, second_only))
    gap = square_and_add(first, second, _phi(both, first_only, second_only, neither))
    se = math.sqrt(max(first_only + second_only - (first_only - second_only) ** 2 / n, 0.0)) / n
    return Comparison(replace(gap, n=n, se=se, df=None), mcnemar(first_only, second_only))


def _phi(both: float, first_only: float, second_only: float, neither: float) -> float:
    """Newcombe's correlation: a positive one is continuity-corrected, an undefined one is 0."""
    n = both + first_only + second_only + neither
    margins = (both + first_only) * (second_only + neither) * (both + second_only) * (first_only + neither)
    if margins == 0:
        return 0.0
    cross = both * neither - first_only * second_only
    return (max(cross - n / 2, 0.0) if cross > 0 else cross) / math.sqrt(margins)


def mcnemar(first_only: float, second_only: float) -> Test:
    """McNemar's chi-squared (1 df, no correction) that as many changed one way as the other."""
    changed = first_only + second_only
    if changed == 0:
        return untestable(Note.NO_VARIATION)
    statistic = (first_only - second_only) ** 2 / changed
    return Test(statistic, 1, float(special.chdtrc(1, statistic)))


def mcnemar_exact(first_only: int, second_only: int) -> Test:
    """The exact binomial version, for few changers."""
    changed = first_only + second_only
    if changed == 0:
        return untestable(Note.NO_VARIATION)
    return Test(None, None, min(2 * float(special.bdtr(min(first_only, second_only), changed, 0.5)), 1.0))


def dependent_shares(first: Moments, second: Moments, level: float = 0.95) -> Comparison:
    """Difference of two shares over the same person groups (before v after, stage v stage, UX v CX).

    Intervals of both on the jackknife's n_eff, joined with the jackknife's correlation; test by the jackknife's t.
    """
    before, after = (grouped_share(m.n, m.y, m.total("c"), level) for m in (first, second))
    return _dependent(before, after, np.vstack([first.n, first.y, second.n, second.y]))


def against_the_rest(segment: Moments, total: Moments, level: float = 0.95) -> Comparison:
    """Segment minus its complement, never minus the total it is part of.

    Only plain sums are subtracted, so a person may have rows on both sides. `total` holds the segment's rows too.
    """
    rows, values = total.n - segment.n, total.y - segment.y
    inside = grouped_share(segment.n, segment.y, segment.total("c"), level)
    # persons on both sides make the rest larger than this: the smaller count is the careful one
    outside = grouped_share(rows, values, total.total("c") - segment.total("c"), level)
    return _dependent(inside, outside, np.vstack([segment.n, segment.y, rows, values]))


def _dependent(first: Estimate, second: Estimate, sums: np.ndarray) -> Comparison:
    result = jackknife(sums, lambda s: np.array([ratio(s[1], s[0]), ratio(s[3], s[2])]))
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
