"""Net promoter score on −100…100: adjusted Wald interval, with persons who answered more than once, and differences."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from metrics.statistics.core import (
    Comparison,
    Estimate,
    Note,
    Test,
    critical,
    missing,
    two_sided,
    untestable,
    welch_df,
)
from metrics.statistics.jackknife import jackknife, ratios
from metrics.statistics.levels.shares import even, linearised_se
from metrics.statistics.moments import NpsMoments

ADDED = 3.0  # pseudo-answers of the adjusted Wald interval, spread ¾ promoters, 1½ passives, ¾ detractors
UNKNOWN_SPREAD = (Note.ONE_CLUSTER, Note.ONE_GROUP)


@dataclass(frozen=True, slots=True)
class NpsCounts:
    """Promoters, detractors and all answers, with the design effect and the degrees of freedom of its estimate."""

    promoters: float
    detractors: float
    n: float
    deff: float = 1.0
    df: float | None = None
    note: Note | None = None

    @property
    def n_eff(self) -> float:
        """Answers in independent ones; the design effect never helps."""
        return self.n / max(self.deff, 1.0)

    def raw(self) -> float:
        """100·(P − D)/n."""
        return 100 * (self.promoters - self.detractors) / self.n

    def adjusted(self) -> tuple[float, float]:
        """Centre and standard error of the adjusted Wald interval, counts scaled by n_eff/n."""
        scale, n = self.n_eff / self.n, self.n_eff + ADDED
        pro, con = ((count * scale + ADDED / 4) / n for count in (self.promoters, self.detractors))
        return 100 * (pro - con), 100 * math.sqrt((pro + con - (pro - con) ** 2) / n)


def nps(counts: NpsCounts, level: float = 0.95) -> Estimate:
    """NPS with the adjusted Wald interval on n_eff, clipped to −100…100.

    Rocks, The American Statistician 2016: n' = n+3, p' = (P+¾)/n', d' = (D+¾)/n', p'−d' ± z·√((p'+d'−(p'−d')²)/n').
    The value shown is the raw score; `se` belongs to the interval. At low confidence the interval of a unanimous
    answer can stop short of ±100, since its centre is pulled inwards.
    """
    if counts.n <= 0:
        return missing(Note.EMPTY)
    if counts.note in UNKNOWN_SPREAD:
        return Estimate(counts.raw(), n=counts.n, note=counts.note)
    centre, se = counts.adjusted()
    half = critical(level, counts.df) * se
    low, high = max(centre - half, -100.0), min(centre + half, 100.0)
    return Estimate(counts.raw(), low, high, counts.n, counts.n_eff, se, counts.df, counts.note)


def clustered_counts(moments: NpsMoments) -> NpsCounts:
    """Counts and design effect from the moments: iid when every person answered once, else linearised, t(C−1).

    Where all answers fall into one class nothing varies, so each person's answers count as identical ("boundary").
    """
    rows, persons = moments.total("n"), moments.total("c")
    pro, con = moments.total("p"), moments.total("d")
    if rows <= 0 or even(persons, rows, moments.total("nn")):
        return NpsCounts(pro, con, rows)
    se = linearised_se(moments.scores())
    if se is None:
        return NpsCounts(pro, con, rows, note=Note.ONE_CLUSTER)
    return _with_deff(pro, con, rows, se**2, moments.total("nn") / rows, persons - 1)


def grouped_counts(n: np.ndarray, p: np.ndarray, d: np.ndarray, persons: float) -> NpsCounts:
    """Counts and design effect where only sums by group are stored: jackknife of the score, t(G−1).

    `n`, `p`, `d` have shape (G,): answers, promoters, detractors; `persons` counts distinct persons, for unanimity.
    """
    rows, pro, con = (float(part.sum()) for part in (n, p, d))
    if rows <= 0:
        return NpsCounts(pro, con, rows)
    result = jackknife(np.vstack([n, p - d]), lambda sums: ratios(sums[1], sums[0]), at_once=True)
    if result.groups < 2:
        return NpsCounts(pro, con, rows, note=Note.ONE_GROUP)
    return _with_deff(pro, con, rows, float(result.covariance[0, 0]), rows / max(persons, 1), result.df)


def _with_deff(pro: float, con: float, rows: float, variance: float, worst: float, df: float) -> NpsCounts:
    iid = ((pro + con) / rows - ((pro - con) / rows) ** 2) / rows
    if iid <= 0:
        return NpsCounts(pro, con, rows, worst, df, Note.BOUNDARY)
    return NpsCounts(pro, con, rows, max(variance / iid, 1.0), df)


def nps_difference(first: NpsCounts, second: NpsCounts, level: float = 0.95) -> Comparison:
    """first − second for independent answers: raw difference, adjusted Wald interval clipped to −200…200, z or t.

    The test and the interval are both centred on the difference of the adjusted scores.
    """
    if first.n <= 0 or second.n <= 0:
        return Comparison(missing(Note.EMPTY), untestable(Note.EMPTY))
    gap = first.raw() - second.raw()
    note = next((side.note for side in (first, second) if side.note in UNKNOWN_SPREAD), None)
    if note is not None:
        return Comparison(Estimate(gap, note=note), untestable(note))
    (centre_a, se_a), (centre_b, se_b) = first.adjusted(), second.adjusted()
    centre, se, df = centre_a - centre_b, math.hypot(se_a, se_b), welch_df(se_a, first.df, se_b, second.df)
    half = critical(level, df) * se
    estimate = Estimate(gap, max(centre - half, -200.0), min(centre + half, 200.0), first.n + second.n, None, se, df)
    return Comparison(estimate, Test(centre / se, df, two_sided(centre / se, df)))
