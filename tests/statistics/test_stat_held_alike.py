"""Mantel–Haenszel from rows: the golden strata, the cluster's own variance, and what could not be compared."""

import numpy as np
import pytest

from metrics.statistics.core import Note
from metrics.statistics.groups.held_alike import Rows, compared, held_alike
from metrics.statistics.moments import GROUPS


def rows(*cells: tuple[int, bool, int, int], times: int = 1) -> tuple[Rows, np.ndarray]:
    """(stratum, met, events, n) as rows, a person each who has `times` equal rows."""
    stratum = np.concatenate([np.full(n * times, s) for s, _, _, n in cells])
    met = np.concatenate([np.full(n * times, one) for _, one, _, n in cells])
    y = np.concatenate([np.repeat(np.arange(n) < events, times) for _, _, events, n in cells]).astype(int)
    person = np.repeat(np.arange(len(y) // times), times)
    group = np.random.default_rng(1).permutation(len(y) // times)[person] % GROUPS
    return Rows(met, y, person, group), stratum


def test_the_golden_strata():
    """n₁ 1000, 3000; n₀ 36000, 9000; p₀ .01 .05; p₁ .02 .11: crude .0695, Mantel–Haenszel .0449."""
    made, stratum = rows((0, True, 20, 1000), (0, False, 360, 36000), (1, True, 330, 3000), (1, False, 450, 9000))
    assert made.y[made.met].mean() - made.y[~made.met].mean() == pytest.approx(0.0695, abs=5e-5)
    assert held_alike(made, stratum).estimate.value == pytest.approx(0.0449, abs=5e-5)


def test_the_error_of_independent_people():
    """Σw²(p₁q₁/n₁ + p₀q₀/n₀)/(Σw)² by hand; 40 groups know it within a quarter."""
    cells = ((0, True, 60, 200), (0, False, 120, 600), (1, True, 90, 150), (1, False, 160, 400))
    made, stratum = rows(*cells)
    n1, n0, p1, p0 = np.array([200, 150]), np.array([600, 400]), np.array([0.3, 0.6]), np.array([0.2, 0.4])
    w = n1 * n0 / (n1 + n0)
    found = held_alike(made, stratum)
    assert found.estimate.value == pytest.approx(w @ (p1 - p0) / w.sum())
    se = np.sqrt(w**2 @ (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0)) / w.sum()
    assert found.estimate.se == pytest.approx(se, rel=0.25)
    assert found.sides[0] - found.sides[1] == pytest.approx(found.estimate.value)


def test_rows_of_the_same_people_tell_no_more():
    """Each row four times: the same difference, and the same error, not half of it."""
    cells = ((0, True, 60, 200), (0, False, 120, 600))
    once, often = (held_alike(*rows(*cells, times=times)).estimate for times in (1, 4))
    assert often.value == pytest.approx(once.value) and often.se == pytest.approx(once.se)


def test_a_stratum_of_one_side_weighs_nothing_and_is_said():
    made, stratum = rows((0, True, 60, 200), (0, False, 120, 600), (1, True, 50, 50))
    alone, only = rows((0, True, 60, 200), (0, False, 120, 600))
    assert held_alike(made, stratum).estimate.value == pytest.approx(held_alike(alone, only).estimate.value)
    assert compared(made.met, stratum) == pytest.approx(200 / 250)
    apart, two = rows((0, True, 60, 200), (1, False, 120, 600))
    found = held_alike(apart, two)
    assert found.estimate.value is None and found.estimate.note is Note.NO_OVERLAP and compared(apart.met, two) == 0.0


def test_no_two_shares_are_further_apart_than_one():
    made, stratum = rows((0, True, 30, 30), (0, False, 0, 60))
    found = held_alike(made, stratum).estimate
    assert found.value == 1 and found.low < 1 and found.high == 1
