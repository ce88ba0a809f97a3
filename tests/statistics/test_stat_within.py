"""Two periods asked in different mixes of ways: what changed within each way."""

import numpy as np
import pytest

from metrics.statistics.core import Note
from metrics.statistics.groups.differences import dependent_shares
from metrics.statistics.groups.within import (
    beside_rest,
    mean_spread,
    score_of,
    score_spread,
    share_of,
    share_spread,
    within_strata,
)
from metrics.statistics.moments import Moments


def by_group(n: float, y: float, groups: int = 40) -> np.ndarray:
    """n answers of which y, spread evenly over the person groups."""
    return np.array([[n / groups] * groups, [y / groups] * groups])


def shares(now: np.ndarray, then: np.ndarray):
    """The difference of shares; everybody answers once."""
    return within_strata(now, then, share_of, np.stack([now[0], then[0]]), share_spread)


def stacked(*strata: np.ndarray) -> np.ndarray:
    return np.stack(strata, axis=1)


def test_mantel_haenszel_of_statistics_md():
    """docs/STATISTICS.md E, ATT by strata: MH .0449."""
    exposed = stacked(by_group(1000, 20), by_group(3000, 330))
    control = stacked(by_group(36_000, 360), by_group(9000, 450))
    assert shares(exposed, control).estimate.value == pytest.approx(0.0449, abs=5e-5)


def test_a_shift_of_the_mix_is_no_change():
    """Web 60 %, phone 80 %, in both periods; from 70 : 30 to 30 : 70. Pooled it looks like 66 → 74."""
    then = stacked(by_group(700, 420), by_group(300, 240))
    now = stacked(by_group(300, 180), by_group(700, 560))
    assert now[1].sum() / now[0].sum() - then[1].sum() / then[0].sum() == pytest.approx(0.08)
    assert shares(now, then).estimate.value == pytest.approx(0)


def test_a_way_that_only_one_period_knows_weighs_nothing():
    then = stacked(by_group(400, 200), by_group(0, 0))
    now = stacked(by_group(400, 220), by_group(4000, 4000))
    assert shares(now, then).estimate.value == pytest.approx(0.05)
    apart = shares(stacked(by_group(0, 0)), stacked(by_group(10, 5)))
    assert (apart.estimate.value, apart.estimate.note, apart.test.p) == (None, Note.UNDEFINED, None)


def test_nps_within_ways():
    """+10 in each of two ways that stand 40 apart, at different mixes."""

    def way(n, promoters, detractors):
        return np.array([[n / 40] * 40, [promoters / 40] * 40, [detractors / 40] * 40])

    then = stacked(way(1000, 300, 300), way(200, 120, 40))
    now = stacked(way(200, 70, 50), way(1000, 650, 150))
    assert within_strata(
        now, then, score_of, np.stack([now[0], then[0]]), score_spread
    ).estimate.value == pytest.approx(10)


def test_its_error_is_that_of_repeated_samples():
    """Independent people in two ways: the jackknife's standard error is the spread of 400 repetitions, and 95 % intervals hold."""
    rng, true, found = np.random.default_rng(3), 0.04, []

    def side(sizes, rates):
        people = [rng.integers(0, 40, size) for size in sizes]
        said = [rng.random(size) < rate for size, rate in zip(sizes, rates)]
        return np.stack(
            [
                np.array([np.bincount(g, minlength=40), np.bincount(g, weights=s, minlength=40)])
                for g, s in zip(people, said)
            ],
            axis=1,
        )

    for _ in range(400):
        gap = shares(side((300, 900), (0.64, 0.84)), side((900, 300), (0.60, 0.80))).estimate
        found.append((gap.value, gap.se, gap.low <= true <= gap.high))
    values, errors, holds = map(np.array, zip(*found))
    assert values.mean() == pytest.approx(true, abs=3 * values.std() / 20)
    assert errors.mean() == pytest.approx(values.std(), rel=0.12)
    assert 0.915 <= holds.mean() <= 0.975  # two-sided 99 % acceptance for 400 runs


def test_a_part_beside_its_rest_is_tested_as_its_complement():
    """Shares of a part and of all: the gap, its error and p of two dependent shares; a person may stand on both sides."""
    rng = np.random.default_rng(5)
    n = rng.integers(20, 60, 40).astype(float)
    part, whole = np.array([n, np.floor(n * 0.5)]), np.array([n * 3, np.floor(n * 1.2)])
    found = beside_rest(part, whole, share_of, (1e9, 3e9), share_spread)  # so many people that their own chance is none
    rest = (whole - part).sum(axis=1)
    assert found.estimate.value == pytest.approx(part[1].sum() / n.sum() - rest[1] / rest[0])

    def moments(table):
        return Moments(
            np.full(40, 10.0), table[0], table[1], table[0] ** 2 / 10, table[0] * table[1] / 10, table[1] ** 2 / 10
        )

    oracle = dependent_shares(moments(part), moments(whole - part))
    assert (found.estimate.se, found.test.p) == (pytest.approx(oracle.estimate.se), pytest.approx(oracle.test.p))


def test_a_part_that_is_everything_has_no_rest():
    whole = by_group(400, 200)
    assert beside_rest(whole, whole, share_of, (400, 400), share_spread).test.p is None


def test_no_event_is_no_certainty():
    """0 of 300 beside 1 %: the jackknife finds no variation in the cell, people of the pooled rate would miss by .6 points."""
    part, whole = np.array([np.full(40, 7.5), np.zeros(40)]), np.array([np.full(40, 150.0), np.full(40, 1.5)])
    found = beside_rest(part, whole, share_of, (300, 6000), share_spread)
    assert found.estimate.se == pytest.approx(np.sqrt(0.01 * 0.99 * (1 / 300 + 1 / 5700)))
    assert found.test.p > 0.05
    then = stacked(by_group(60, 0), by_group(60, 0))
    now = stacked(by_group(60, 1), by_group(60, 0))
    gap = shares(now, then).estimate
    assert gap.low < 0 < gap.high and gap.se >= np.sqrt(2 * (1 / 120) * (119 / 120) / 60) / 2 * 0.99


def test_rare_events_of_equal_parts_are_seldom_told_apart():
    """Twenty cells of 300 people, 2 % each, 200 tables: at 5 % false discoveries, hardly more than one table in twenty has one."""
    from metrics.statistics.weeks.looks import benjamini_hochberg

    rng, tables = np.random.default_rng(8), 0
    for _ in range(200):
        cells = []
        for _ in range(20):
            group, hit = rng.integers(0, 40, 300), rng.random(300) < 0.02
            cells.append(np.array([np.bincount(group, minlength=40), np.bincount(group, weights=hit, minlength=40)]))
        whole = sum(cells)
        p = [beside_rest(cell, whole, share_of, (300, 6000), share_spread).test.p for cell in cells]
        tables += min(benjamini_hochberg(p)) <= 0.05
    assert tables <= 20  # one-sided 99 % limit of 5 % in 200 is 9 %


def test_spreads_are_variances_of_a_row():
    rng = np.random.default_rng(1)
    answers = rng.integers(0, 11, 500)
    promoters, detractors = (answers >= 9).sum(), (answers <= 6).sum()
    each = np.where(answers >= 9, 100, np.where(answers <= 6, -100, 0))
    assert score_spread(np.array([[500.0], [promoters], [detractors]]))[0] == pytest.approx(each.var())
    assert mean_spread(np.array([[500.0], [answers.sum()], [(answers**2).sum()]]))[0] == pytest.approx(answers.var())
    assert share_spread(np.array([[500.0], [promoters]]))[0] == pytest.approx((answers >= 9).var())
