"""Shares, scores and means: all from the same sums by person (metrics/sql/moments.sql)."""

from metrics.catalogue import Definition
from metrics.estimate import Sums
from metrics.kinds import Kind, Within
from metrics.statistics import differences, few, means, nps, within
from metrics.statistics.core import Comparison, Estimate

SHARE = Within(("n", "y"), lambda found, totals: within.share_of(totals), within.share_spread)
SCORE = Within(("n", "p", "d"), lambda found, totals: within.score_of(totals), within.score_spread)
MEAN = Within(("n", "y", "vv"), lambda found, totals: within.share_of(totals), within.mean_spread)
MIN_PERSONS_DEPENDENT = 200         # five a group: below, the jackknife's correlation is noise


def share(found: Definition, sums: Sums, level: float) -> Estimate:
    return few.share(sums.moments, level)


def compare_shares(found: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float) -> Comparison:
    """The same people may stand in both periods: their correlation is used where there are enough to know it."""
    if min(now.persons, then.persons) >= MIN_PERSONS_DEPENDENT:
        return differences.dependent_shares(now.moments, then.moments, level)
    return differences.newcombe(first, second)


def score(found: Definition, sums: Sums, level: float) -> Estimate:
    return nps.nps(few.nps_counts(sums.nps_moments), level)


def compare_scores(found: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float) -> Comparison:
    return nps.nps_difference(few.nps_counts(now.nps_moments), few.nps_counts(then.nps_moments), level)


def mean(found: Definition, sums: Sums, level: float) -> Estimate:
    """On a scale whose ends the definition names, the interval keeps within them and is there also where all say the same;
    of amounts and counts that are never negative it is as skewed as they are."""
    squares = float(sums.rows["vv"].sum())
    if ends := found.measure.scale:
        return few.rating(sums.moments, squares, *ends, level)
    if not sums.rows["d"].sum():
        return few.per_row(sums.moments, float(sums.rows["top"].max()), level, squares)
    return means.ratio_of_sums(sums.moments, squares, level)


def compare_means(found: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float) -> Comparison:
    return means.difference(first, second, level=level)


KINDS = {"share": Kind("moments", share, compare_shares, within=SHARE),
         "nps": Kind("moments", score, compare_scores, within=SCORE),
         "mean": Kind("moments", mean, compare_means, within=MEAN)}
