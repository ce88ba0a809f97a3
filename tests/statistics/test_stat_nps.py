"""NPS: worked values of metrics.md and docs/STATISTICS.md."""

import numpy as np
import pytest
from scipy import stats

from metrics.statistics.core import Note
from metrics.statistics.levels.nps import (
    NpsCounts,
    clustered_counts,
    grouped_counts,
    nps,
    nps_difference,
)
from metrics.statistics.moments import NpsMoments


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "low", "high", "unit"),
    [
        (50, 20, 100, 14.1, 44.2, 0.05),
        (200, 80, 400, 22.2, 37.4, 0.05),
        (15, 6, 30, 0.7, 53.9, 0.05),
        (5, 2, 10, -19, 65, 0.5),
    ],
)
def test_adjusted_wald(promoters, detractors, n, low, high, unit):
    """metrics.md, Loyalty: worked intervals at 95 %."""
    found = nps(NpsCounts(promoters, detractors, n))
    assert found.value == pytest.approx(30.0)
    assert (found.low, found.high) == pytest.approx((low, high), abs=unit)


def test_with_design_effect():
    """docs/STATISTICS.md E, NPS with deff: 50/20 of 100, deff 2."""
    found = nps(NpsCounts(50, 20, 100, deff=2))
    assert (found.low, found.high) == pytest.approx((7.30, 49.30), abs=5e-3)
    assert found.n_eff == 50


def test_a_design_effect_below_one_never_narrows():
    """By chance persons may look more alike than answers drawn singly: 100 answers are worth 100, never 200."""
    lucky, plain = nps(NpsCounts(50, 20, 100, deff=0.5)), nps(NpsCounts(50, 20, 100))
    assert lucky.n_eff == 100 and (lucky.low, lucky.high) == (plain.low, plain.high)


def test_difference():
    """docs/STATISTICS.md E, NPS difference: 50/20 v 40/30, n = 100 each; metrics.md: z = 1.73, not significant."""
    found = nps_difference(NpsCounts(50, 20, 100), NpsCounts(40, 30, 100))
    assert found.estimate.value == pytest.approx(20)
    assert (found.estimate.low + found.estimate.high) / 2 == pytest.approx(19.42, abs=5e-3)
    assert (found.estimate.low, found.estimate.high) == pytest.approx((-2.55, 41.39), abs=5e-3)
    assert found.test.statistic == pytest.approx(1.7323, abs=5e-5)
    assert found.test.p == pytest.approx(0.0832, abs=5e-5)


def test_difference_with_clusters_refers_to_t():
    """Equal standard errors on 9 df each: Welch–Satterthwaite gives 18."""
    side = NpsCounts(50, 20, 100, deff=2, df=9)
    found = nps_difference(side, side)
    assert found.estimate.df == pytest.approx(18)
    assert found.estimate.high == pytest.approx(stats.t.ppf(0.975, 18) * found.estimate.se)
    assert found.test.p == 1


def test_clip():
    """docs/STATISTICS.md E, NPS clip: 10 of 10 promoters 47.5…100; unclipped 106.3."""
    counts = NpsCounts(10, 0, 10)
    found = nps(counts)
    assert (found.low, found.high) == (pytest.approx(47.5, abs=0.05), 100)
    centre, se = counts.adjusted()
    assert centre + stats.norm.ppf(0.975) * se == pytest.approx(106.3, abs=0.05)


def test_promoters_and_detractors_are_not_independent():
    """docs/STATISTICS.md, last line: 250/75 of 1000: 17.5, adjusted 14.09–20.81; Wald 14.14–20.86; independent is wrong."""
    found = nps(NpsCounts(250, 75, 1000))
    assert found.value == pytest.approx(17.5)
    assert (found.low, found.high) == pytest.approx((14.09, 20.81), abs=5e-3)
    z, p, d = stats.norm.ppf(0.975), 0.25, 0.075
    wald = 17.5 + 100 * z * np.sqrt((p + d - (p - d) ** 2) / 1000) * np.array([-1, 1])
    wrong = 17.5 + 100 * z * np.sqrt((p * (1 - p) + d * (1 - d)) / 1000) * np.array([-1, 1])
    assert wald == pytest.approx([14.14, 20.86], abs=5e-3)
    assert wrong == pytest.approx([14.36, 20.64], abs=5e-3)
    assert found.high - found.low > np.ptp(wrong)


def test_unanimity_at_low_confidence_misses_its_value():
    """docs/STATISTICS.md C, intervals: 1000 of 1000 promoters at 80 %: 99.43–99.97."""
    found = nps(NpsCounts(1000, 0, 1000), level=0.8)
    assert (found.low, found.high) == pytest.approx((99.43, 99.97), abs=5e-3)


def test_one_answer_each_is_plain():
    group, once = np.arange(100) % 40, np.ones(100)
    moments = NpsMoments.from_persons(group, once, np.arange(100) < 50, np.arange(100) >= 80)
    assert nps(clustered_counts(moments)) == nps(NpsCounts(50, 20, 100))


def test_everybody_asked_twice_and_consistent_counts_once():
    """Fifty persons answer twice alike: deff is 2 (times C/(C−1) · N/N), the interval that of fifty answers."""
    group, twice = np.arange(50) % 40, np.full(50, 2)
    moments = NpsMoments.from_persons(group, twice, 2 * (np.arange(50) < 25), 2 * (np.arange(50) >= 40))
    counts = clustered_counts(moments)
    assert (counts.promoters, counts.detractors, counts.n, counts.df) == (50, 20, 100, 49)
    assert counts.deff == pytest.approx(2 * 50 / 49)
    plain = nps(NpsCounts(50, 20, 100))
    assert nps(counts).high - nps(counts).low > 1.4 * (plain.high - plain.low)


def test_undefined():
    assert nps(NpsCounts(0, 0, 0)).note is Note.EMPTY
    assert nps(clustered_counts(NpsMoments.empty())).value is None
    alone = nps(clustered_counts(NpsMoments.from_persons([1], [4], [2], [1])))
    assert (alone.value, alone.low, alone.note) == (25.0, None, Note.ONE_CLUSTER)
    unanimous = nps(clustered_counts(NpsMoments.from_persons([1, 2, 3], [4, 4, 4], [4, 4, 4], [0, 0, 0])))
    assert (unanimous.value, unanimous.n_eff, unanimous.note) == (100, 3, Note.BOUNDARY)
    assert nps_difference(NpsCounts(0, 0, 0), NpsCounts(1, 0, 2)).test.note is Note.EMPTY


def test_groups_alone_agree_with_persons():
    """600 persons, up to three answers each, alike within a person: two routes to the same design effect."""
    rng = np.random.default_rng(21)
    n, kind = rng.integers(1, 4, 600), rng.choice(3, 600, p=[0.5, 0.3, 0.2])
    moments = NpsMoments.from_persons(np.arange(600) % 40, n, n * (kind == 0), n * (kind == 2))
    by_person, by_group = clustered_counts(moments), grouped_counts(moments.n, moments.p, moments.d, 600)
    assert by_group.deff == pytest.approx(by_person.deff, rel=0.5)
    assert by_group.df == 39
    assert nps(by_group).value == nps(by_person).value
    assert nps_difference(by_group, by_person).estimate.value == 0


def test_groups_that_cannot_tell():
    one, ten = np.eye(1, 40)[0], np.full(40, 10.0)
    alone = grouped_counts(4 * one, one, one, persons=3)
    assert (nps(alone).low, nps(alone).note) == (None, Note.ONE_GROUP)
    assert nps_difference(alone, NpsCounts(5, 2, 10)).test.note is Note.ONE_GROUP
    assert nps(grouped_counts(ten, ten, 0 * ten, persons=100)).n_eff == 100
    assert nps(grouped_counts(0 * ten, 0 * ten, 0 * ten, persons=0)).note is Note.EMPTY
