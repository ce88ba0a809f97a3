"""Periods, control chart, mix: the company's own normal range."""

import numpy as np
import pytest

from metrics.statistics.core import Note
from metrics.statistics.groups.mix import kitagawa, kitagawa_by_group
from metrics.statistics.weeks.control_chart import laney
from metrics.statistics.weeks.periods import Reach, period_changes
from metrics.statistics.weeks.shocks import Case
from metrics.statistics.weeks.steps import old_steps

TWELVE = [0.702, 0.711, 0.694, 0.688, 0.705, 0.716, 0.699, 0.690, 0.708, 0.697, 0.701, 0.712]


def test_laney():
    """docs/STATISTICS.md E, Laney p′: twelve weeks, n = 6000."""
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
    """docs/STATISTICS.md E, Kitagawa, and trap T1: mobile 40→70 %, each device +2, the total −4: rate +2.0, mix −6.0."""
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
    still = [
        kitagawa_by_group(visits(rng, 0.4, (0.6, 0.8)), visits(rng, 0.4, (0.6, 0.8))).estimate(1) for _ in range(200)
    ]
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


WEEKS = np.arange(-60, 4)


def case(value, noise, diff=0.02, sampling=0.0025**2, **more) -> Case:
    """Four weeks against the four before, all of them as large."""
    weight = np.where(WEEKS >= 0, 0.25, np.where(WEEKS >= -4, -0.25, 0.0))
    return Case("m", np.asarray(value, float), np.asarray(noise, float), 0.45, weight, diff, sampling, **more)


def judged(*cases: Case):
    return period_changes(cases, WEEKS, [0.002] * len(cases))


def drawn(seed: int, sd: float, phi: float, weeks: int = 60) -> np.ndarray:
    rng, shock = np.random.default_rng(seed), np.zeros(weeks + 40)
    for week in range(1, weeks + 40):
        shock[week] = phi * shock[week - 1] + np.sqrt(1 - phi**2) * rng.normal(0, sd)
    return shock[40:]


def test_fewer_than_26_weeks_are_no_normal_range():
    short = np.where(np.arange(60) < 35, np.nan, 0.7 + drawn(1, 0.01, 0))
    (found,) = judged(case(short, np.full(60, 1e-5)))
    assert found.comparison.estimate.note is Note.NO_NORMAL_RANGE
    assert (found.comparison.estimate.value, found.comparison.estimate.low, found.normal, found.unusual) == (
        0.02,
        None,
        None,
        None,
    )


def test_what_never_happened_is_not_judged_and_teaches_nothing():
    """No error in 60 weeks nor since: no member of the family. One that begins is judged by its sampling alone: 1.96 · .25 points."""
    never, begun = judged(case(np.zeros(60), np.full(60, 1e-7), diff=0.0), case(np.zeros(60), np.full(60, 1e-7)))
    assert never.comparison.test.p is None and never.comparison.estimate.note is Note.NO_VARIATION
    assert begun.normal == pytest.approx(1.96 * 0.0025, rel=1e-3)


def test_the_range_is_that_of_the_shock_that_made_the_weeks():
    """Thirty metrics with shocks of 1 point, φ 0, and no noise: √(.25² + 2·1²/4) = .75 points, so ±1.47; known to within a tenth."""
    found = judged(*(case(0.7 + drawn(seed, 0.01, 0.0), np.full(60, 1e-10)) for seed in range(30)))
    assert np.mean([one.normal for one in found]) == pytest.approx(
        1.96 * np.hypot(0.0025, np.sqrt(0.5) * 0.01), rel=0.1
    )


def test_a_season_leaves_the_difference():
    """A pure cycle of 4 points about the year: what it makes of the difference is taken out of it."""
    week = np.arange(-60, 4)
    season = 0.04 * np.sin(2 * np.pi * week / 52.18)
    made = season[week >= 0].mean() - season[(week < 0) & (week >= -4)].mean()
    value = 0.7 + season[:60] + drawn(3, 0.002, 0.0)
    (found,) = judged(case(value, np.full(60, 1e-8), diff=made))
    assert found.season == pytest.approx(made, abs=0.003)
    assert not found.unusual


def test_an_old_step_is_found_and_a_season_or_a_wandering_series_is_none():
    noise = np.full(60, 0.005**2)
    level = np.where(np.arange(60) < 25, 0.6, 0.7)
    assert old_steps(level + drawn(5, 0.01, 0.4), noise) == (25,)
    assert old_steps(0.7 + 0.04 * np.sin(np.arange(60) / 8.3) + drawn(6, 0.01, 0.4), noise) == ()
    seen = (0.7 + drawn(seed, 0.01, 0.8) + np.random.default_rng(seed).normal(0, 0.005, 60) for seed in range(60))
    assert sum(bool(old_steps(value, noise)) for value in seen) <= 2
    assert old_steps(np.full(60, 0.7), np.zeros(60)) == ()


def test_a_level_that_came_back_is_two_old_steps_and_no_part_of_what_is_normal():
    """Nine weeks of an NPS fifty points lower, 120 answers a week: without them as wide a range as if they had not been."""
    noise = np.full(60, 7.0**2)
    plain = 30 + np.random.default_rng(4).normal(0, 7, 60)
    event = plain - np.where((np.arange(60) >= 17) & (np.arange(60) < 26), 50, 0)
    assert old_steps(plain, noise) == ()
    assert old_steps(event, noise) == (17, 26)
    more = {"diff": 1.0, "sampling": 3.5**2}
    quiet, through, ignored = (
        judged(case(value, noise, steps=steps, **more))[0].normal
        for value, steps in ((plain, ()), (event, (17, 26)), (event, ()))
    )
    assert through == pytest.approx(quiet, rel=0.15)
    assert ignored > 2 * quiet


def test_a_survey_of_every_quarter_is_judged_by_its_waves():
    """One week of thirteen has answers: five waves span a year, so the change is judged; two waves say nothing of what is normal."""
    value = np.full(60, np.nan)
    value[[7, 20, 33, 46, 59]] = [0.71, 0.70, 0.69, 0.71, 0.70]
    noise = np.where(np.isnan(value), np.nan, 0.01**2)
    (found,) = judged(case(value, noise, sampling=2 * 0.01**2))
    assert 1.96 * np.hypot(0.01, 0.01) < found.normal < 2 * 1.96 * np.hypot(0.01, 0.01)
    value[[7, 20, 33]] = np.nan
    (found,) = judged(case(value, noise, sampling=2 * 0.01**2))
    assert found.comparison.estimate.note is Note.NO_NORMAL_RANGE


def test_after_an_old_step_the_range_is_that_of_the_weeks_beside_it():
    noise, shock = np.full(60, 1e-8), drawn(8, 0.01, 0.0)
    stepped = 0.7 + shock - np.where(np.arange(60) < 30, 0.1, 0.0)
    plain, through, ignored = (
        judged(case(value, noise, steps=steps))[0].normal
        for value, steps in ((0.7 + shock, ()), (stepped, old_steps(stepped, noise)), (stepped, ()))
    )
    assert through == pytest.approx(plain, rel=0.15)
    assert ignored > 2 * plain


def test_what_could_have_been_seen_is_seen_four_times_in_five():
    reach = Reach(np.zeros(1), np.array([0.01]), np.ones(1))
    assert reach.limit(0.05) == pytest.approx(0.0196, rel=1e-3)
    assert reach.seen(0.05) == pytest.approx(0.0196 + 0.00842, rel=1e-3)
    assert reach.power(reach.seen(0.05), 0.05) == pytest.approx(0.8)
    assert reach.beyond(0.0196) == pytest.approx(0.05, rel=1e-3)
