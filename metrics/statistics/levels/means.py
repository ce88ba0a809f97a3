"""Means, ratios of sums and their differences, from sums that add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from metrics.statistics.core import Comparison, Estimate, Note, missing, symmetric, untestable, welch_df, zero_test
from metrics.statistics.levels.shares import linearised_se
from metrics.statistics.moments import Moments


def mean(n: float, total: float, squares: float, level: float = 0.95) -> Estimate:
    """Mean of n independent values from Σx and Σx² with the t(n−1) interval, in the unit of x."""
    if n <= 0:
        return missing(Note.EMPTY)
    value = total / n
    if n < 2:
        return Estimate(value, n=n, note=Note.ONE_ROW)
    variance = max(squares - total * value, 0.0) / (n - 1)
    if variance == 0:
        return Estimate(value, n=n, n_eff=n, df=n - 1, note=Note.NO_VARIATION)
    return symmetric(value, math.sqrt(variance / n), df=n - 1, n=n, n_eff=n, level=level)


def ratio_of_sums(moments: Moments, squares: float | None = None, level: float = 0.95) -> Estimate:
    """Σy/Σn clustered by person, linearised (Taylor) variance, t(C−1): a mean per row, or any ratio of sums.

    For a ratio put the denominator in place of the rows. `squares` (Σ value² over rows) is what n_eff needs when the
    denominator does count rows; without it n_eff stays None.
    """
    rows, persons = moments.total("n"), moments.total("c")
    if rows <= 0:
        return missing(Note.EMPTY)
    value, se = moments.total("y") / rows, linearised_se(moments)
    if se is None:
        return Estimate(value, n=rows, note=Note.ONE_CLUSTER)
    if se == 0:
        return Estimate(value, n=rows, df=persons - 1, note=Note.NO_VARIATION)
    found = symmetric(value, se, df=persons - 1, n=rows, level=level)
    if squares is None or rows < 2:
        return found
    iid = max(squares / rows - value**2, 0.0) / (rows - 1)
    return replace(found, n_eff=rows / max(se**2 / iid, 1.0)) if iid > 0 else found


def difference(first: Estimate, second: Estimate, covariance: float = 0.0, level: float = 0.95) -> Comparison:
    """first − second from their standard errors, t with Welch–Satterthwaite df; `covariance` when persons overlap."""
    if first.value is None or second.value is None:
        note = (first.note if first.value is None else second.note) or Note.UNDEFINED
        return Comparison(missing(note, n=None), untestable(note))
    gap = first.value - second.value
    if first.se is None or second.se is None:
        note = (first.note if first.se is None else second.note) or Note.UNDEFINED
        return Comparison(Estimate(gap, note=note), untestable(note))
    variance = first.se**2 + second.se**2 - 2 * covariance
    if variance <= 0:
        return Comparison(Estimate(gap, note=Note.NO_VARIATION), untestable(Note.NO_VARIATION))
    df = welch_df(first.se, first.df, second.se, second.df)
    estimate = symmetric(gap, math.sqrt(variance), df=df, level=level)
    return Comparison(estimate, zero_test(estimate))


def placebo_p(effect: float, placebos: Sequence[float]) -> float:
    """Share of placebo dates with an effect at least as large, (1 + #{|placebo| ≥ |effect|}) / (1 + P)."""
    return (1 + sum(abs(placebo) >= abs(effect) for placebo in placebos)) / (1 + len(placebos))
