"""Shares and their differences: golden rows of docs/STATISTICS.md (E) and agreement with statsmodels."""

import numpy as np
import pytest
from statsmodels.api import OLS
from statsmodels.stats.proportion import proportion_confint

from metrics.statistics.core import Note
from metrics.statistics.groups.differences import dependent_shares, newcombe, square_and_add
from metrics.statistics.jackknife import jackknife, ratio
from metrics.statistics.levels.shares import clustered_share, grouped_share, linearised_se, wilson
from metrics.statistics.moments import Moments

ROWS = np.array([2, 2, 3, 3, 4, 4, 5, 5])
YES = np.array([0, 2, 1, 3, 0, 4, 1, 5])
EIGHT = Moments.from_persons(np.arange(8), ROWS, YES)


def bounds(estimate):
    return pytest.approx((estimate.low, estimate.high), abs=6e-6)


def test_eight_persons_linearised():
    """docs/STATISTICS.md E, clustered share (computed, two routes)."""
    found = clustered_share(EIGHT)
    assert found.value == pytest.approx(0.571429, abs=5e-7)
    assert np.sqrt(found.value * (1 - found.value) / 28) == pytest.approx(0.093522, abs=5e-7)
    assert linearised_se(EIGHT) == pytest.approx(0.172480, abs=5e-7)
    assert found.se == pytest.approx(0.172480, abs=5e-7)
    assert found.deff == pytest.approx(3.40136, abs=5e-6)
    assert found.n_eff == pytest.approx(8.232, abs=5e-4)
    assert found.df == 7
    assert bounds(found) == (0.22648, 0.85860)


def test_eight_persons_with_z_and_iid():
    """docs/STATISTICS.md E: Wilson on n_eff .26864–.82877; iid Wilson .39071–.73491, far too narrow."""
    assert bounds(wilson(16, 28, deff=3.40136)) == (0.26864, 0.82877)
    assert bounds(wilson(16, 28)) == (0.39071, 0.73491)


def test_eight_persons_jackknife():
    """docs/STATISTICS.md E: delete-one jackknife .177118."""
    found = jackknife(np.vstack([EIGHT.y, EIGHT.n]), lambda s: ratio(s[0], s[1])).estimate()
    assert found.se == pytest.approx(0.177118, abs=5e-7)
    assert found.df == 7


def test_linearised_se_is_that_of_statsmodels():
    """docs/STATISTICS.md E: the linearised standard error equals statsmodels' clustered OLS without its row correction."""
    values = np.concatenate([[1.0] * y + [0.0] * (n - y) for n, y in zip(ROWS, YES, strict=True)])
    persons = np.repeat(np.arange(8), ROWS)
    fit = OLS(values, np.ones(28)).fit(cov_type="cluster", cov_kwds={"groups": persons})
    assert linearised_se(EIGHT) == pytest.approx(fit.bse[0], rel=1e-9)


def test_wilson_with_design_effect():
    """docs/STATISTICS.md E, Wilson with deff: 300 of 1000, deff 4.

    Its iid upper bound is printed as .32913; it is .3291239, here and in statsmodels, so .32912 is asserted.
    """
    found = wilson(300, 1000, deff=4)
    assert found.n_eff == 250
    assert bounds(found) == (0.24657, 0.35948)
    assert bounds(wilson(300, 1000)) == (0.27241, 0.32912)


@pytest.mark.parametrize(("yes", "n"), [(0, 7), (3, 10), (19, 20), (450, 900)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_wilson_is_that_of_statsmodels(yes, n, level):
    found = wilson(yes, n, level=level)
    assert (found.low, found.high) == pytest.approx(proportion_confint(yes, n, 1 - level, "wilson"), abs=1e-12)


def test_a_design_effect_below_one_never_narrows():
    assert wilson(30, 100, deff=0.4) == wilson(30, 100)


def test_one_row_each_is_plain_wilson():
    moments = Moments.from_persons(np.arange(100) % 40, np.ones(100), np.arange(100) < 30)
    assert clustered_share(moments) == wilson(30, 100)


def test_nobody_one_person_and_nobody_yes():
    assert clustered_share(Moments.empty()).note == "empty"
    assert clustered_share(Moments.empty()).value is None
    alone = clustered_share(Moments.from_persons([3], [5], [2]))
    assert (alone.value, alone.low, alone.note) == (0.4, None, Note.ONE_CLUSTER)
    none = clustered_share(Moments.from_persons(np.arange(10), np.full(10, 4), np.zeros(10)))
    assert none.note is Note.BOUNDARY
    assert none.value == none.low == 0
    assert none.n_eff == 10  # rows of one person count as one
    assert none.high > wilson(0, 40).high


def test_grouped_share_needs_no_squares_and_agrees_with_them():
    rng = np.random.default_rng(7)
    n, p = rng.integers(1, 6, 2000), rng.beta(2, 3, 2000)
    moments = Moments.from_persons(np.arange(2000) % 40, n, rng.binomial(n, p))
    by_group, by_person = grouped_share(moments.n, moments.y, 2000), clustered_share(moments)
    assert by_group.value == pytest.approx(by_person.value, abs=1e-12)
    assert by_group.se == pytest.approx(by_person.se, rel=0.3)
    assert by_group.df == 39


@pytest.mark.parametrize(
    ("first", "second", "n", "phi", "low", "high", "unit"),
    [
        (944, 880, 1600, (794 * 570 - 150 * 86 - 800) / (944 * 656 * 880 * 720) ** 0.5, 0.02123, 0.05870, 5e-6),
        (48, 38, 50, -24 / (48 * 2 * 38 * 12) ** 0.5, 0.0569, 0.3404, 5e-5),
        (50, 36, 50, 0, 0.1528, 0.4167, 5e-5),
        (0, 0, 50, 0, -0.0713, 0.0713, 5e-5),
    ],
)
def test_two_shares_of_the_same_persons(first, second, n, phi, low, high, unit):
    """docs/STATISTICS.md E: Newcombe 1998, Statistics in Medicine 17:2635, method 10, published; the first is Agresti's approval table.

    φ of each 2 × 2 table is worked here: (ad − bc)/√(product of the margins), a positive numerator less n/2, 0 where undefined.
    """
    found = square_and_add(wilson(first, n), wilson(second, n), phi)
    assert (found.low, found.high) == pytest.approx((low, high), abs=unit)


def test_cookie_cats_seven_day_retention():
    """docs/STATISTICS.md E, SRM row: 7-day Newcombe −1.328…−.312 points (8,279 of 45,489 v 8,502 of 44,700)."""
    found = newcombe(wilson(8279, 45_489), wilson(8502, 44_700))
    assert (100 * found.estimate.low, 100 * found.estimate.high) == pytest.approx((-1.328, -0.312), abs=5e-4)
    assert found.test.p < 0.01


def test_newcombe_published_example():
    """Newcombe 1998, Statistics in Medicine 17:873, table II: 56/70 − 48/80, method 10: .0524–.3339."""
    found = newcombe(wilson(56, 70), wilson(48, 80)).estimate
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_a_side_without_interval_gives_the_gap_and_the_reason():
    alone = clustered_share(Moments.from_persons([3], [5], [2]))
    gap = square_and_add(wilson(7, 10), alone)
    assert gap.value == pytest.approx(0.3)
    assert (gap.low, gap.note) == (None, Note.ONE_CLUSTER)
    nothing = newcombe(wilson(7, 10), wilson(0, 0))
    assert (nothing.estimate.value, nothing.test.p, nothing.estimate.note) == (None, None, Note.EMPTY)


def test_same_persons_twice_is_sharper_than_independent():
    rng = np.random.default_rng(3)
    liking = rng.normal(0, 2, 4000)
    group, once = np.arange(4000) % 40, np.ones(4000)
    before, after = (
        Moments.from_persons(group, once, rng.random(4000) < 1 / (1 + np.exp(-liking - shift))) for shift in (0.0, 0.2)
    )
    paired = dependent_shares(after, before)
    independent = newcombe(clustered_share(after), clustered_share(before)).estimate
    assert paired.estimate.value == pytest.approx(independent.value, abs=1e-12)
    assert paired.estimate.high - paired.estimate.low < 0.9 * (independent.high - independent.low)
    assert paired.test.df == 39
