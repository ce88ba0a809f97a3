"""Coverage where some come often (docs/STATISTICS.md A1): 800 persons, random intercept SD 1.2 logit, 15 % heavy users."""

import numpy as np
import pytest
from scipy import stats

from benchmarks.marks import acceptance
from metrics.statistics.jackknife import jackknife, ratio
from metrics.statistics.levels.shares import clustered_share, wilson
from metrics.statistics.moments import GROUPS, Moments

RUNS, PERSONS, SD = 1000, 800, 1.2


def true_share():
    """E[logistic(.5 + 1.2·Z)] by Gauss–Hermite: the share every method is after."""
    node, weight = np.polynomial.hermite_e.hermegauss(60)
    return float(weight @ (1 / (1 + np.exp(-0.5 - SD * node))) / weight.sum())


def one_company(rng):
    rows = np.where(rng.random(PERSONS) < 0.15, rng.integers(8, 20, PERSONS), rng.integers(1, 4, PERSONS))
    share = 1 / (1 + np.exp(-0.5 - SD * rng.normal(size=PERSONS)))
    return Moments.from_persons(rng.integers(0, GROUPS, PERSONS), rows, rng.binomial(rows, share))


@pytest.fixture(scope="module")
def coverage():
    rng, truth, kept = np.random.default_rng(2024), true_share(), np.zeros((RUNS, 4))
    for run in range(RUNS):
        found = one_company(rng)
        naive, clustered = wilson(found.total("y"), found.total("n")), clustered_share(found)
        grouped = jackknife(np.vstack([found.y, found.n]), lambda s: ratio(s[0], s[1])).estimate()
        kept[run] = [*(e.low <= truth <= e.high for e in (naive, clustered, grouped)), clustered.deff]
    return dict(zip(("naive", "clustered", "jackknife", "deff"), kept.mean(axis=0), strict=True))


def test_the_naive_interval_misses_far_too_often(coverage):
    assert coverage["deff"] > 2
    assert coverage["naive"] < 0.85


@pytest.mark.parametrize("method", ["clustered", "jackknife"])
def test_coverage_is_what_it_says(coverage, method):
    low, high = acceptance(RUNS)
    assert low <= coverage[method] <= high


def test_true_share_by_simulation():
    draws = stats.norm.rvs(size=400_000, random_state=1)
    assert true_share() == pytest.approx((1 / (1 + np.exp(-0.5 - SD * draws))).mean(), abs=0.002)
