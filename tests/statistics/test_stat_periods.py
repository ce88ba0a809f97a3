"""Periods, control chart, mix: the company's own normal range."""

import numpy as np
import pytest
from scipy import stats

from metrics.statistics.control_chart import laney
from metrics.statistics.core import Estimate, Note
from metrics.statistics.experiments import false_finding_limit
from metrics.statistics.mix import kitagawa
from metrics.statistics.periods import WeeklyShock, period_change, shock_factor, weekly_shock

TWELVE = [0.702, 0.711, 0.694, 0.688, 0.705, 0.716, 0.699, 0.690, 0.708, 0.697, 0.701, 0.712]


def test_laney():
    """statistics.md E, Laney p′: twelve weeks, n = 6000."""
    found = laney(TWELVE, [6000] * 12)
    assert found.sigma_z == pytest.approx(1.7742, abs=5e-5)
    assert (found.p_low[0], found.p_high[0]) == pytest.approx((0.6842, 0.7196), abs=5e-5)
    assert (found.low[0], found.high[0]) == pytest.approx((0.6705, 0.7333), abs=5e-5)


def test_laney_follows_n_and_leaves_empty_weeks_open():
    found = laney([0.70, 0.72, float("nan"), 0.69], [6000, 1500, 0, 6000])
    assert found.high[1] - found.centre == pytest.approx(2 * (found.high[0] - found.centre))
    assert np.isnan(found.low[2])
    assert laney([0.7], [100]).note is Note.TOO_FEW_ROWS
    assert laney([0.0, 0.0], [100, 100]).note is Note.NO_VARIATION


def test_kitagawa():
    """statistics.md E, Kitagawa, and trap T1: mobile 40→70 %, each device +2, the total −4: rate +2.0, mix −6.0."""
    found = kitagawa([0.4, 0.6], [60, 80], [0.7, 0.3], [62, 82])
    assert (found.before, found.after) == pytest.approx((72, 68))
    assert (found.rate, found.mix) == pytest.approx((2.0, -6.0))
    # .3 · (61 − 70) and −.3 · (81 − 70): both devices moved the mix to the worse
    assert found.mix_by_category == pytest.approx([-2.7, -3.3])
    assert found.rate_by_category == pytest.approx([1.1, 0.9])


def test_kitagawa_leaves_no_residual_over_many_categories():
    rng = np.random.default_rng(6)
    w0, w1, r0, r1 = rng.random((4, 12))
    found = kitagawa(w0, r0, w1, r1)
    assert found.rate + found.mix == pytest.approx(found.after - found.before)
    assert found.mix_by_category.sum() == pytest.approx(found.mix)
    assert found.rate_by_category.sum() == pytest.approx(found.rate)


def test_a_new_category_is_mix_only():
    """Half of the visits come in a new app at 60 % where the web stays at 80 %: −10 points, all of them mix."""
    found = kitagawa([1, 0], [80, float("nan")], [0.5, 0.5], [80, 60])
    assert (found.rate, found.mix) == pytest.approx((0, -10))
    assert kitagawa([0, 0], [1, 1], [1, 1], [1, 1]).note is Note.EMPTY


def test_shock_factor_by_hand():
    """1/k + 1/k₀ without autocorrelation; one week against the next: 2(1 − ρ); a week between: 2(1 − ρ²)."""
    assert shock_factor(4, 4, 0.0) == pytest.approx(2 / 4)
    assert shock_factor(2, 4, 0.0) == pytest.approx(1 / 2 + 1 / 4)
    assert shock_factor(1, 1, 0.5) == pytest.approx(1)
    assert shock_factor(1, 1, 0.5, gap=1) == pytest.approx(2 * (1 - 0.25))


def test_shock_by_hand():
    """26 weeks alternating 0 and 2: every squared difference is 4, none at lag 2, so τ² = (4 − 2·.5)/2 and ρ = 0."""
    found = weekly_shock([0, 2] * 13, [0.5] * 26)
    assert (found.tau2, found.rho, found.weeks) == (pytest.approx(1.5), 0, 26)
    assert found.df == pytest.approx(2 / 3 * 25)


def test_shock_recovers_the_world_it_came_from():
    rng = np.random.default_rng(9)
    shock = np.zeros(4000)
    for week in range(1, 4000):
        shock[week] = 0.5 * shock[week - 1] + rng.normal(0, 0.01 * np.sqrt(0.75))
    seen = 0.7 + shock + rng.normal(0, 0.006, 4000)
    found = weekly_shock(seen, np.full(4000, 0.006**2))
    assert np.sqrt(found.tau2) == pytest.approx(0.01, rel=0.1)
    assert found.rho == pytest.approx(0.5, abs=0.1)


def test_no_normal_range_yet():
    found = weekly_shock([0.7] * 25, [1e-5] * 25)
    assert found.note is Note.NO_NORMAL_RANGE
    change = period_change(Estimate(0.72, se=0.01), Estimate(0.70, se=0.01), found, weeks=4)
    assert change.comparison.estimate.value == pytest.approx(0.02)
    assert change.comparison.estimate.low is None
    assert (change.normal, change.unusual) == (None, None)
    with_gap = weekly_shock([0.7, 0.71] * 13 + [float("nan")], [1e-5] * 27)
    assert with_gap.weeks == 26
    assert with_gap.note is None


def test_change_by_hand():
    """se .003 and .004, τ = 1 pp, four weeks each: √(.003² + .004² + 2·.01²/4) = .00866, t(30)."""
    shock = WeeklyShock(tau2=0.01**2, rho=0.0, first=2 * 0.01**2, df=30, weeks=46)
    change = period_change(Estimate(0.72, se=0.003), Estimate(0.70, se=0.004), shock, weeks=4)
    assert change.comparison.estimate.se == pytest.approx(np.sqrt(0.000075))
    assert change.comparison.estimate.df == pytest.approx(30 * (0.000075 / 0.00005) ** 2)
    assert change.normal == pytest.approx(stats.t.ppf(0.975, 67.5) * np.sqrt(0.000075))
    assert change.unusual
    assert not period_change(Estimate(0.71, se=0.003), Estimate(0.70, se=0.004), shock, weeks=4).unusual


def test_change_from_nothing():
    change = period_change(Estimate(None, note=Note.EMPTY), Estimate(0.7, se=0.1), WeeklyShock(0, 0, 0, 1, 26), weeks=4)
    assert change.comparison.estimate.note is Note.EMPTY


def test_calm_weeks_are_not_reported_as_news():
    """statistics.md C, periods: weekly shock 1 pp, ρ .5, no effect: z flags over 30 %, this an accepted 5 %."""
    rng, runs, k = np.random.default_rng(12), 600, 4
    naive = judged = 0
    for _ in range(runs):
        noise = rng.normal(0, 0.01, 80)
        shock = np.zeros(80)
        for week in range(1, 80):
            shock[week] = 0.5 * shock[week - 1] + np.sqrt(0.75) * noise[week]
        share = rng.binomial(6000, 0.7 + shock[20:]) / 6000
        variance = share * (1 - share) / 6000
        now, before = (Estimate(share[at].mean(), se=np.sqrt(variance[at].sum()) / k)
                       for at in (slice(-k, None), slice(-2 * k, -k)))
        naive += abs(now.value - before.value) > 1.96 * np.hypot(now.se, before.se)
        judged += period_change(now, before, weekly_shock(share[:-k], variance[:-k]), k).unusual
    assert naive / runs > 0.30
    assert judged / runs <= false_finding_limit(runs)
