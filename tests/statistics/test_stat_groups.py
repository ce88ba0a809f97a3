"""Moments and the jackknife: what adds up, covariances, empty groups; properties over many tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.core import Note
from metrics.statistics.jackknife import jackknife, ratio, ratios
from metrics.statistics.levels.nps import NpsCounts, nps
from metrics.statistics.levels.shares import clustered_share, wilson
from metrics.statistics.moments import GROUPS, Moments, NpsMoments

FIELDS = ("c", "n", "y", "nn", "ny", "yy")
persons = st.lists(st.tuples(st.integers(0, GROUPS - 1), st.integers(1, 30), st.floats(0, 1)), min_size=2, max_size=60)


def moments(people):
    group, n, share = (list(column) for column in zip(*people, strict=True))
    return Moments.from_persons(group, n, [round(k * p) for k, p in zip(n, share, strict=True)])


@given(persons, st.integers(1, 59))
def test_merging_disjoint_persons_is_the_union(people, at):
    split = min(at, len(people) - 1)
    merged, whole = moments(people[:split]) + moments(people[split:]), moments(people)
    assert all(np.array_equal(getattr(merged, name), getattr(whole, name)) for name in FIELDS)


@given(persons, st.randoms(use_true_random=False))
def test_order_does_not_matter(people, random):
    shuffled = list(people)
    random.shuffle(shuffled)
    assert clustered_share(moments(people)) == clustered_share(moments(shuffled))


@given(persons)
def test_the_interval_contains_its_value(people):
    found = clustered_share(moments(people))
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high
    assert 0 < found.n_eff <= found.n


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.floats(1, 20))))
def test_wilson_contains_its_value(drawn):
    n, yes, deff = drawn
    found = wilson(yes, n, deff=deff)
    assert found.low <= found.value <= found.high
    mirrored = wilson(n - yes, n, deff=deff)
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((found.low, found.high), abs=1e-12)


@given(st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300)).filter(lambda t: sum(t) > 0))
def test_nps_contains_its_value_except_at_the_boundary(drawn):
    """docs/STATISTICS.md C: at 95 % and not at the boundary."""
    promoters, passives, detractors = drawn
    n = promoters + passives + detractors
    found = nps(NpsCounts(promoters, detractors, n))
    assert -100 <= found.low < found.high <= 100
    if n not in drawn:
        assert found.low <= found.value <= found.high


def test_a_person_in_both_parts_breaks_the_squares_but_not_the_sums():
    """Two rows on Monday, two on Tuesday by one person: n adds to 4, Σn² must be 16, not 8."""
    day, both = Moments.from_persons([5], [2], [1]), Moments.from_persons([5], [4], [2])
    assert (day + day).total("n") == both.total("n")
    assert (day + day).total("nn") == 8
    assert both.total("nn") == 16


def test_nps_moments_give_the_score_moments():
    detractors, promoters, rows = [0, 1, 2], [3, 0, 1], [3, 2, 4]
    found = NpsMoments.from_persons([0, 1, 2], rows, promoters, detractors).scores()
    direct = Moments.from_persons([0, 1, 2], rows, np.subtract(promoters, detractors))
    assert all(np.array_equal(getattr(found, name), getattr(direct, name)) for name in FIELDS)


def test_ragged_sums_are_a_programming_error():
    with pytest.raises(ValueError, match="one length"):
        Moments(np.zeros(40), np.zeros(40), np.zeros(39), *np.zeros((3, 40)))


def test_jackknife_of_a_mean_is_the_textbook_standard_error():
    values = np.array([2.0, 4.0, 9.0, 1.0, 7.0])
    found = jackknife(np.vstack([values, np.ones(5)]), lambda s: s[0] / s[1]).estimate()
    assert found.se == pytest.approx(values.std(ddof=1) / np.sqrt(5))
    assert found.df == 4


def test_a_jackknife_of_all_groups_at_once_is_that_of_one_after_the_other():
    rng = np.random.default_rng(5)
    for _ in range(50):
        table = rng.integers(0, 9, (4, 40)) * (rng.random(40) > 0.3) * rng.random((4, 40))
        alone = jackknife(table, lambda s: np.array([ratio(s[1], s[0]), ratio(s[3], s[2])]))
        together = jackknife(table, lambda s: np.stack([ratios(s[1], s[0]), ratios(s[3], s[2])]), at_once=True)
        assert (alone.value.tolist(), alone.covariance.tolist()) == (
            together.value.tolist(),
            together.covariance.tolist(),
        )
    empty = jackknife(np.array([[0.0, 5.0], [0.0, 1.0]]), lambda s: ratios(s[1], s[0]), at_once=True)
    assert empty.groups == 1 and np.isnan(ratios(np.array([1.0, np.nan]), np.array([np.nan, 1.0]))).all()


def test_jackknife_covariance_and_difference():
    """Two means on the same five groups: covariance of means, and Var(a − b) = Var a + Var b − 2 Cov."""
    a, b = np.array([2.0, 4.0, 9.0, 1.0, 7.0]), np.array([1.0, 5.0, 8.0, 2.0, 3.0])
    found = jackknife(np.vstack([a, b, np.ones(5)]), lambda s: s[:2] / s[2])
    assert found.covariance == pytest.approx(np.cov(a, b) / 5)
    assert found.combine([1, -1]).se == pytest.approx((a - b).std(ddof=1) / np.sqrt(5))
    assert found.combine([2, 0], constant=1).value == pytest.approx(1 + 2 * a.mean())


def test_empty_groups_do_not_count():
    values = np.array([2.0, 4.0, 9.0, 1.0, 7.0])
    table = np.vstack([values, np.ones(5)])
    padded = np.zeros((2, GROUPS))
    padded[:, [3, 8, 20, 21, 39]] = table
    plain, spaced = (jackknife(t, lambda s: s[0] / s[1]).estimate() for t in (table, padded))
    assert plain == spaced


@pytest.mark.parametrize(
    ("table", "note"),
    [
        (np.zeros((2, 40)), Note.EMPTY),
        ([[3.0, 0], [5, 0]], Note.ONE_GROUP),
        ([[1.0, 2, 3], [2, 4, 6]], Note.NO_VARIATION),
        ([[1.0, 2, 3], [0, 0, 6]], Note.UNDEFINED),
    ],
)
def test_jackknife_says_why_it_has_no_interval(table, note):
    found = jackknife(table, lambda s: ratio(s[0], s[1])).estimate()
    assert found.note is note
    assert found.low is None
    assert (found.value is None) == (note is Note.EMPTY)


@settings(max_examples=25)
@given(persons)
def test_jackknife_equals_itself_under_any_order_of_groups(people):
    found = moments(people)
    table = np.vstack([found.y, found.n])
    forward, backward = (jackknife(t, lambda s: ratio(s[0], s[1])) for t in (table, table[:, ::-1]))
    assert forward.covariance == pytest.approx(backward.covariance, abs=1e-12, nan_ok=True)
