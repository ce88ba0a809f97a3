"""Periods, control chart, mix: the company's own normal range."""

import numpy as np
import pytest
from scipy import stats

from metrics.statistics.control_chart import laney
from metrics.statistics.core import Estimate, Note
from metrics.statistics.experiments import false_finding_limit
from metrics.statistics.mix import kitagawa, kitagawa_by_group
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


def visits(rng: np.random.Generator, mobile: float, rates: tuple[float, float], people: int = 2000) -> np.ndarray:
    """Rows and successes by device and group of people, a visit each."""
    device, group = rng.random(people) >= mobile, rng.integers(0, 40, people)
    table = np.zeros((2, 2, 40))
    np.add.at(table, (0, device.astype(int), group), 1)
    np.add.at(table, (1, device.astype(int), group), rng.random(people) < np.where(device, rates[1], rates[0]))
    return table


def test_the_interval_of_the_mix_part_covers():
    """T1, 200 times with 2,000 people each: true mix part −6 points, rate part +2; and 0 where the mix stayed (99 % acceptance of 200)."""
    rng = np.random.default_rng(11)
    moved = [kitagawa_by_group(visits(rng, 0.4, (0.6, 0.8)), visits(rng, 0.7, (0.62, 0.82))) for _ in range(200)]
    for part, truth in ((0, 0.02), (1, -0.06)):
        assert 181 <= sum((e := one.estimate(part)).low < truth < e.high for one in moved) <= 198
    still = [kitagawa_by_group(visits(rng, 0.4, (0.6, 0.8)), visits(rng, 0.4, (0.6, 0.8))).estimate(1) for _ in range(200)]
    assert 181 <= sum(one.low < 0 < one.high for one in still) <= 198


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
    """26 weeks alternating 0 and 2, noise ½: squared differences 4 at odd lags, 0 at even ones, less 1 for the noise.

    ρ̂ = −1/3 − 1, known to ± √.2133; with ½ ± .3 that is below 0: ρ = 0. All six lags then say 2τ²: (3 − 1 + 3 − 1 + 3 − 1)/12 = ½,
    which is the variance 1 of the weeks less their noise; with the noise in it (4 + 0 + 4 + 0 + 4 + 0)/12 = 1. Half of that is
    shock, so the 25 differences are worth 25/(1 + ½·¼) degrees of freedom.
    """
    found = weekly_shock([0, 2] * 13, [0.5] * 26)
    assert (found.tau2, found.rho, found.weeks) == (pytest.approx(0.5), 0, 26)
    assert (found.raw, found.df) == (pytest.approx(1), pytest.approx(25 / 1.125))


def test_weeks_that_cannot_tell_how_they_hang_together_take_what_is_usual():
    """No excess at lag 1 at all: ρ is ½. Much of it, exactly known: what the weeks say. In between, in between."""
    assert weekly_shock([0.7, 0.7, 0.7] * 20, [1e-4] * 60).rho == 0.5
    rng = np.random.default_rng(2)
    noisy = weekly_shock(0.7 + rng.normal(0, 0.02, 60), np.full(60, 0.02**2))
    assert 0.3 < noisy.rho < 0.7
    calm = weekly_shock(0.7 + rng.normal(0, 0.02, 2000), np.zeros(2000))
    assert calm.rho < 0.1


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
    """se .003 and .004, τ = 1 pp exactly known, four weeks each: √(.003² + .004² + 2·.01²/4) = .00866, a normal interval."""
    shock = WeeklyShock(tau2=0.01**2, rho=0.0, raw=0.01**2, df=1e7, weeks=46)
    change = period_change(Estimate(0.72, se=0.003), Estimate(0.70, se=0.004), shock, weeks=4)
    assert change.comparison.estimate.se == pytest.approx(np.sqrt(0.000075))
    assert change.normal == pytest.approx(1.96 * np.sqrt(0.000075), rel=1e-3)
    assert change.comparison.test.p == pytest.approx(2 * stats.norm.sf(0.02 / np.sqrt(0.000075)), rel=1e-2)
    assert change.unusual
    assert not period_change(Estimate(0.71, se=0.003), Estimate(0.70, se=0.004), shock, weeks=4).unusual


def test_a_shock_that_is_badly_known_widens_the_interval_as_a_t_does():
    """No sampling error, all variance is the shock's with 30 degrees of freedom: the average over τ² is Student's t(30)."""
    shock = WeeklyShock(tau2=0.01**2, rho=0.0, raw=0.01**2, df=30, weeks=46)
    change = period_change(Estimate(0.72, se=0.0), Estimate(0.70, se=0.0), shock, weeks=2)
    assert change.normal == pytest.approx(stats.t.ppf(0.975, 30) * 0.01, rel=0.01)
    assert change.comparison.estimate.df == pytest.approx(30, rel=0.1)


def test_no_variance_is_smaller_than_the_sampling_part():
    """Weeks as noisy as their sampling error, τ² = 0: the interval is hardly wider than without a shock, far out too."""
    shock = WeeklyShock(tau2=0.0, rho=0.5, raw=0.0003, df=59, weeks=59, noise=0.0004)
    change = period_change(Estimate(0.72, se=0.006), Estimate(0.70, se=0.006), shock, weeks=13)
    assert change.normal == pytest.approx(1.96 * np.hypot(0.006, 0.006), rel=0.05)
    assert change.comparison.estimate.df > 30


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


def test_noisy_weeks_are_judged_and_seldom_wrongly():
    """A stage with 650 visits a week (sampling SD 1.8 pp), weekly shock 1 pp, ρ ½, a quarter against the one before, nothing
    happened: each of 300 companies gets a normal range from 59 weeks, and 5 % of them at most an accepted false alarm."""
    rng, runs, k, noise = np.random.default_rng(4), 300, 13, 0.018
    judged = 0
    for _ in range(runs):
        drawn, shock = rng.normal(0, 0.01, 90), np.zeros(90)
        for week in range(1, 90):
            shock[week] = 0.5 * shock[week - 1] + np.sqrt(0.75) * drawn[week]
        seen = 0.7 + shock[18:] + rng.normal(0, noise, 72)
        now, before = (Estimate(seen[at].mean(), se=noise / np.sqrt(k)) for at in (slice(-k, None), slice(-2 * k, -k)))
        found = period_change(now, before, weekly_shock(seen[:-k], np.full(72 - k, noise**2)), k)
        assert found.normal is not None
        judged += found.unusual
    assert judged / runs <= false_finding_limit(runs)
