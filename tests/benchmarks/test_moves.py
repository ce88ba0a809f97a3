"""The family of changes on simulated weeks whose truth is known: a short version of `python -m benchmarks moves`."""

import numpy as np
import pytest
from scipy.stats import norm

from benchmarks import mixes
from benchmarks.moves import World, member, members, oracle, watch
from metrics.analyses.change_tests import judge

RUNS = 6


@pytest.mark.parametrize(
    "world", [World(phi=0.0), World(phi=0.4), World(season=4, known=52), World(season=4, known=130)]
)
def test_nothing_is_told_where_nothing_happened(world):
    """A rule that tells one family in a hundred is outside here in one test of 700."""
    assert watch(world, RUNS).anything <= 1 / RUNS


def test_weeks_that_hang_together_widen_the_range():
    """At φ .8 at most one in ten lies beyond its range, and no range is so wide that none does."""
    found = watch(World(phi=0.8), RUNS)
    assert found.anything <= 1 / RUNS
    assert 0.01 < found.beyond <= 0.10


def test_a_fall_of_five_points_is_told():
    assert watch(World(effect=-5), RUNS).planted >= 1 - 1 / RUNS


def test_a_fall_of_five_points_is_told_after_an_old_step_of_ten():
    assert watch(World(effect=-5, old_step=10), RUNS).planted >= 0.6


def test_what_an_oracle_would_tell_by_arithmetic():
    """No shocks, 100 visits a week of 13, 70 % then 65: SE = √((.21 + .2275)/1,300) = 1.834 points, 5/1.834 − 1.96 = .766."""
    assert oracle(World(visits=100, shock=0.0, effect=-5), 0.05) == pytest.approx(norm.cdf(0.766), abs=0.001)


SPARSE = {"surveys_only": True, "stages": 1, "metric": "csat"}


@pytest.mark.parametrize(
    "world",
    [
        World(answers=400, every=13, **SPARSE),
        World(answers=150, every=4, **SPARSE),
        World(answers=8, **SPARSE),
        World(answers=28, episode=40, **SPARSE),
    ],
    ids=["quarterly", "monthly", "eight a week", "after nine weeks of another level"],
)
def test_what_a_sparse_survey_could_tell_is_near_what_two_samples_tell(world):
    """The size told four times in five, beside that of a plain test of the two samples at the same level: at most a third above it."""
    ratios = []
    for run in range(RUNS):
        family = members(world, np.random.default_rng([1, run]))
        one, found = next(pair for pair in zip(family, judge(family)) if pair[0].metric == "csat")
        ratios.append(found.seen / ((norm.isf(found.needs / 2) + norm.ppf(0.8)) * np.sqrt(one.sampling)))
    assert 1 <= np.median(ratios) <= 4 / 3


def fall(now: float, then: float, answers: int, known: int = 52):
    """A share of exactly so many answers a week, in a family of its own."""
    world = World(known=known)
    rng = np.random.default_rng(7)
    rows = np.full(known + 13, answers // 13)
    counts = np.array([*rng.binomial(rows[: known - 13], then), *_spread(then, answers), *_spread(now, answers)])
    one = member(world, "csat", "Buy", None, 0.03, rows, counts)
    (found,) = judge([one])
    return one, found


def _spread(share: float, answers: int) -> list[int]:
    """A share as counts of thirteen weeks."""
    steps = np.round(np.arange(14) * share * (answers // 13)).astype(int)
    return list(np.diff(steps))


def test_satisfaction_that_falls_from_85_to_55_is_told_however_wide_the_level():
    """150 answers a quarter: the level is known to ±8 points, which no longer keeps the fall from being told."""
    one, found = fall(0.55, 0.85, 156)
    assert one.diff == pytest.approx(-0.30, abs=0.01)
    assert found.told(0.03) and found.q < 1e-4


def test_a_few_events_are_judged_exactly():
    """Six of 156 and then none: Fisher's p is .03, so no news whatever the normal curve would say."""
    _, found = fall(0.0, 0.04, 156)
    assert not found.told(0.005)
    assert found.q is None or found.q > 0.01


def test_a_mix_of_ways_that_turned_hides_no_change():
    """From web to phone within four weeks, twelve weeks before: with the weeks as measured a change was told from 1.8 times what two samples
    need. Nothing is told where nothing happened."""
    mix = "from web to phone within 4 weeks, 12 before"
    told, _, ratio = mixes.watch(mix, 0, True, 8, seed=5)
    assert told == 0 and ratio < 1.35 < mixes.watch(mix, 0, False, 8, seed=5)[2]
    assert mixes.watch(mix, -15, True, 8, seed=6)[0] >= 0.75
