"""Means, ratios of sums, differences, money."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.api import OLS

from metrics.statistics.core import Note
from metrics.statistics.levels.means import difference, mean, placebo_p, ratio_of_sums
from metrics.statistics.levels.money import cap_at, mean_money, money_difference
from metrics.statistics.moments import Moments

VALUES = np.array([3.0, 5.0, 4.0, 9.0, 1.0])


def test_mean_is_the_t_interval_of_scipy():
    found = mean(5, VALUES.sum(), (VALUES**2).sum())
    oracle = stats.ttest_1samp(VALUES, 0).confidence_interval(0.95)
    assert (found.value, found.low, found.high) == pytest.approx((4.4, oracle.low, oracle.high))


def test_ratio_is_clustered_like_statsmodels():
    """Mean of 15 answers of 5 persons, standard error against statsmodels' clustered OLS."""
    rows = np.array([1, 2, 3, 4, 5])
    persons = np.repeat(np.arange(5), rows)
    answers = np.array([4, 2, 3, 5, 5, 4, 1, 1, 2, 2, 3, 3, 4, 3, 5.0])
    moments = Moments.from_persons(np.arange(5), rows, np.bincount(persons, answers))
    found = ratio_of_sums(moments, squares=(answers**2).sum())
    fit = OLS(answers, np.ones(15)).fit(cov_type="cluster", cov_kwds={"groups": persons})
    assert found.value == pytest.approx(answers.mean())
    assert found.se == pytest.approx(fit.bse[0], rel=1e-9)
    assert found.df == 4
    assert found.n_eff == pytest.approx(min(answers.var(ddof=1) / found.se**2, 15))


def test_revenue_per_order_is_a_ratio_of_sums():
    """Three persons, orders 1 2 1, money 10 40 10: 60/4 = 15 an order; residuals −5, 10, −5."""
    found = ratio_of_sums(Moments.from_persons([0, 1, 2], [1, 2, 1], [10, 40, 10]))
    assert found.value == 15
    assert found.se == pytest.approx(np.sqrt(3 / 2 * (25 + 100 + 25)) / 4)
    assert found.n_eff is None


def test_difference_is_welch():
    other = VALUES * 2 + 1
    found = difference(*(mean(v.size, v.sum(), (v**2).sum()) for v in (VALUES, other)))
    oracle = stats.ttest_ind(VALUES, other, equal_var=False)
    limits = oracle.confidence_interval(0.95)
    assert (found.test.statistic, found.test.p) == pytest.approx((oracle.statistic, oracle.pvalue))
    assert (found.estimate.low, found.estimate.high) == pytest.approx((limits.low, limits.high))


def test_placebo_dates():
    assert placebo_p(3, [1, -4, 2, 0.5]) == pytest.approx(2 / 5)


def test_undefined():
    assert mean(0, 0, 0).note is Note.EMPTY
    assert (mean(1, 7, 49).value, mean(1, 7, 49).note) == (7, Note.ONE_ROW)
    assert mean(3, 6, 12).note is Note.NO_VARIATION
    assert ratio_of_sums(Moments.empty()).value is None
    assert ratio_of_sums(Moments.from_persons([1], [2], [6])).note is Note.ONE_CLUSTER
    assert difference(mean(0, 0, 0), mean(5, 22, 132)).estimate.note is Note.EMPTY
    assert difference(mean(1, 7, 49), mean(5, 22, 132)).estimate.value == pytest.approx(2.6)


def test_money_is_shown_whole_and_tested_capped():
    """999 persons with 10 and one with 1,000,000: the mean shown is 1,009.99, the capped one 10."""
    amounts = np.full(1000, 10.0)
    amounts[0] = 1_000_000
    found = mean_money(amounts)
    assert (found.raw.value, found.cap, found.capped) == (pytest.approx(1009.99), 10, 1)
    assert found.winsorised.value == pytest.approx(10)


def test_money_differences_share_one_cap():
    rng = np.random.default_rng(5)
    first, second = rng.lognormal(3, 1, 3000), rng.lognormal(3, 1, 3000)
    first[0] = 1e7
    found = money_difference(first, second)
    assert found.cap == cap_at(np.concatenate([first, second]))
    assert found.raw == pytest.approx(first.mean() - second.mean())
    assert found.raw > 3000
    assert abs(found.winsorised.estimate.value) < 5
    assert found.capped == 6


def test_no_money():
    assert mean_money([]).raw.note is Note.EMPTY
    assert money_difference([], [1.0]).winsorised.test.note is Note.EMPTY
