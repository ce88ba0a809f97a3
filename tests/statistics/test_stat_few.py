"""Few people, heavy users, ends of the scale, unequal amounts: values by hand or by a second route."""

import numpy as np
import pytest
from scipy import stats

from metrics.statistics.core import Note
from metrics.statistics.jackknife import Jackknife, jackknife, ratio
from metrics.statistics.levels import few, nps
from metrics.statistics.levels.money import mean_money
from metrics.statistics.levels.shares import clustered_share, exact_bounds, wilson
from metrics.statistics.levels.skewed import Amounts, gamma_limits
from metrics.statistics.moments import Moments, NpsMoments

ROWS = np.array([2, 2, 3, 3, 4, 4, 5, 5])
YES = np.array([0, 2, 1, 3, 0, 4, 1, 5])


def test_degrees_of_freedom_of_equal_and_of_unequal_persons():
    """Ten with two rows: 9. Eight with one row and one with nine, all their rows alike: Σn² = 89, Σn⁴ = 6569: 89²/6569 − 1 < 1 → 1."""
    assert few.unequal(Moments.from_persons(np.arange(10), np.full(10, 2), np.ones(10))).df(1.0) == pytest.approx(9)
    heavy = few.unequal(Moments.from_persons(np.arange(9), [1] * 8 + [9], np.zeros(9)))
    assert (heavy.n2, heavy.n4, heavy.df(1.0)) == (89, 6569, 1.0)
    assert heavy.df(0.0) == pytest.approx(17**2 / 89 - 1)


def test_bias_of_the_linearised_variance_by_simulation():
    """Equal persons: 1 − 1/C. One of nine brings half of the rows: the plain variance is expected at what the formula says."""
    assert few.unequal(Moments.from_persons(np.arange(8), np.full(8, 3), np.zeros(8))).bias(0.4) == pytest.approx(
        1 - 1 / 8
    )
    rows = np.array([1.0] * 8 + [8])
    known = few.unequal(Moments.from_persons(np.arange(9), rows, np.zeros(9)))
    drawn = np.random.default_rng(4).normal(size=(40_000, 9)) * rows
    plain = ((drawn - rows * drawn.sum(axis=1, keepdims=True) / 16) ** 2).sum(axis=1) / 16**2
    assert plain.mean() / (rows**2).sum() * 16**2 == pytest.approx(known.bias(1.0), rel=0.03)
    assert known.bias(1.0) < 0.5


def test_an_answer_each_is_plain_wilson():
    assert few.share(Moments.from_persons(np.arange(100) % 40, np.ones(100), np.arange(100) < 30)) == wilson(30, 100)


def test_heavy_users_widen_more_than_the_design_effect_alone():
    plain, careful = (method(Moments.from_persons(np.arange(8), ROWS, YES)) for method in (clustered_share, few.share))
    assert plain.value == careful.value
    assert careful.low < plain.low and careful.high > plain.high
    assert careful.df < plain.df == 7


def test_all_five_of_five_still_has_an_interval():
    """Five people, five stars each: t(4) on five yes-or-no answers, from 1 + 4·(5/(5 + t²)) to 5."""
    found = few.rating(Moments.from_persons(np.arange(5), np.ones(5), np.full(5, 5.0)), 125, 1, 5)
    crit = stats.t.ppf(0.975, 4)
    assert (found.value, found.high, found.note, found.se) == (5, 5, Note.BOUNDARY, None)
    assert found.low == pytest.approx(1 + 4 * 5 / (5 + crit**2))


def test_a_mean_never_leaves_its_scale_and_nears_t_in_the_middle():
    answers = np.tile([1.0, 2, 3, 4, 5], 80)
    moments = Moments.from_persons(np.arange(400) % 40, np.ones(400), answers)
    found, half = (
        few.rating(moments, float(answers @ answers), 1, 5),
        stats.t.ppf(0.975, 399) * answers.std(ddof=1) / 20,
    )
    assert (found.low, found.high) == pytest.approx((3 - half, 3 + half), abs=3e-3)
    high = np.r_[np.full(19, 5.0), 1.0]
    near = few.rating(Moments.from_persons(np.arange(20), np.ones(20), high), float(high @ high), 1, 5)
    assert 1 <= near.low < near.value < near.high <= 5


def test_one_person_and_nobody():
    assert few.rating(Moments.from_persons([3], [4], [18]), 82, 1, 5).note is Note.ONE_CLUSTER
    assert few.rating(Moments.empty(), 0, 1, 5).note is Note.EMPTY
    assert few.share(Moments.empty()).value is None


def test_sums_without_third_powers_take_everybody_to_come_alike():
    moments = Moments.from_persons(np.arange(8), ROWS, YES)
    bare = Moments(moments.c, moments.n, moments.y, moments.nn, moments.ny, moments.yy)
    assert few.share(bare).value == few.share(moments).value
    assert (moments + bare).n4 is None and (moments + moments).n4.sum() == 2 * (ROWS**4).sum()


def test_nps_of_heavy_users_is_wider_than_its_design_effect_alone():
    moments = NpsMoments.from_persons(np.arange(10), [1] * 9 + [12], [1] * 8 + [0, 12], [0] * 8 + [1, 0])
    careful, plain = nps.nps(few.nps_counts(moments)), nps.nps(nps.clustered_counts(moments))
    assert careful.value == plain.value and careful.low < plain.low


def test_exact_limits_are_clopper_and_pearsons():
    low, high = exact_bounds(np.array([0.0, 0.3, 1.0]), 10)
    oracle = [stats.binomtest(k, 10).proportion_ci(method="exact") for k in (0, 3, 10)]
    assert (low, high) == (pytest.approx([o.low for o in oracle]), pytest.approx([o.high for o in oracle]))
    wider = exact_bounds(np.array([0.3]), 10, df=4)
    assert wider[0][0] < low[1] and wider[1][0] > high[1]


def test_gamma_limits_of_equal_counts_are_the_exact_poisson_ones():
    """Ten contacts of one each, variance 10: Garwood's limits 4.80 and 18.39 before the doubt about the variance, here t(10)."""
    wide = (stats.t.ppf(0.975, 10) / stats.norm.ppf(0.975)) ** 2
    low, high = gamma_limits(Amounts(10, 10, 1, 10 / wide))
    assert (low, high) == pytest.approx((4.795, 18.39), abs=5e-3)


def test_unequal_money_reaches_far_up_and_never_below_nothing():
    amounts = np.r_[np.zeros(97), 4.0, 8.0, 40.0]
    found = mean_money(amounts).raw
    half = stats.t.ppf(0.975, 99) * amounts.std(ddof=1) / 10
    assert 0 < found.low < found.value and found.high > 0.52 + 2 * half
    assert mean_money(np.full(9, 7.0)).raw.note is Note.NO_VARIATION


def test_money_with_refunds_beyond_the_sale_is_corrected_for_skewness():
    amounts = np.r_[np.linspace(5, 20, 60), 200.0, -10.0]
    found = mean_money(amounts).raw
    assert found.high - found.value > 1.3 * (found.value - found.low)


def test_what_varies_at_the_line():
    """98 of 98 do not vary at all; if the truth were 95 %, the variance would be .95·.05/98."""
    assert few.variance_at(0.95, 1.0, 0.0, 98, 98, 0, 1) == pytest.approx(0.95 * 0.05 / 98)
    assert few.variance_at(0.95, 0.9, 0.9 * 0.1 / 98, 98, 98, 0, 1) == pytest.approx(0.95 * 0.05 / 98)
    assert few.variance_at(1.0, 0.9, 0.01, 98, 98, 0, 1) == 0


def test_a_variance_lifted_to_the_line_keeps_the_correlation():
    found = Jackknife(np.array([0.5, 0.9]), np.array([[4.0, 1.0], [1.0, 1.0]]), 40).at_least([1.0, 4.0])
    assert found.covariance.tolist() == [[4.0, 2.0], [2.0, 4.0]]
    still = Jackknife(np.array([1.0]), np.array([[0.0]]), 40).at_least([0.25])
    assert still.estimate().se == 0.5


def test_one_heavy_person_leaves_a_jackknife_few_degrees_of_freedom():
    rng = np.random.default_rng(2)
    equal = jackknife(np.vstack([rng.normal(5, 1, 40), np.ones(40)]), lambda s: ratio(s[0], s[1]))
    heavy = jackknife(np.vstack([np.r_[rng.normal(5, 1, 39), 200.0], np.ones(40)]), lambda s: ratio(s[0], s[1]))
    assert equal.effective_df > 25 and heavy.effective_df < 2
    assert heavy.unequal().high > heavy.estimate().high
