"""Shares, scores and means: all from the same sums by person (metrics/sql/moments.sql)."""

from metrics.catalogue import Definition
from metrics.estimate import Sums
from metrics.kinds import Kind, Within
from metrics.statistics import differences, means, nps, shares, within
from metrics.statistics.core import Comparison, Estimate

SHARE = Within(("n", "y"), lambda found, totals: within.share_of(totals), within.share_spread)
SCORE = Within(("n", "p", "d"), lambda found, totals: within.score_of(totals), within.score_spread)
MEAN = Within(("n", "y", "vv"), lambda found, totals: within.share_of(totals), within.mean_spread)
MIN_PERSONS_DEPENDENT = 200         # five a group: below, the jackknife's correlation is noise


def share(found: Definition, sums: Sums, level: float) -> Estimate:
    return shares.clustered_share(sums.moments, level)


def compare_shares(found: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float) -> Comparison:
    """The same people may stand in both periods: their correlation is used where there are enough to know it."""
    if min(now.persons, then.persons) >= MIN_PERSONS_DEPENDENT:
        return differences.dependent_shares(now.moments, then.moments, level)
    return differences.newcombe(first, second)


def score(found: Definition, sums: Sums, level: float) -> Estimate:
    return nps.nps(nps.clustered_counts(sums.nps_moments), level)


def compare_scores(found: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float) -> Comparison:
    return nps.nps_difference(nps.clustered_counts(now.nps_moments), nps.clustered_counts(then.nps_moments), level)


def mean(found: Definition, sums: Sums, level: float) -> Estimate:
    return means.ratio_of_sums(sums.moments, float(sums.rows["vv"].sum()), level)


def compare_means(found: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float) -> Comparison:
    return means.difference(first, second, level=level)


KINDS = {"share": Kind("moments", share, compare_shares, within=SHARE),
         "nps": Kind("moments", score, compare_scores, within=SCORE),
         "mean": Kind("moments", mean, compare_means, within=MEAN)}
