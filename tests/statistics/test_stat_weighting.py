"""Reweighting and matched strata: worked values of docs/STATISTICS.md E."""

import math

import numpy as np
import pytest

from metrics.statistics.core import Note
from metrics.statistics.groups.strata import att, e_value, grouped_att, standardised_difference
from metrics.statistics.levels.weighting import r_indicator, rake, raked_mean, tipping_line

CELLS = np.array([[30.0, 20], [10, 40]])
SCORES = np.array([[40.0, 10], [0, -20]])
TARGET = [[60, 40], [50, 50]]


def test_raking():
    """docs/STATISTICS.md E, raking: exact table, weights, score 6.0 → 12.0."""
    found = rake(CELLS, TARGET)
    assert found.table == pytest.approx(np.array([[40, 20], [10, 30]]), abs=1e-9)
    assert found.weight == pytest.approx(np.array([[4 / 3, 1], [1, 0.75]]))
    before, after = ((table * SCORES).sum() / table.sum() for table in (CELLS, found.table))
    assert (before, after) == pytest.approx((6.0, 12.0))


def test_raking_three_covariates_meets_every_margin():
    counts = np.random.default_rng(15).integers(5, 60, (2, 3, 4)).astype(float)
    margins = [[0.5, 0.5], [0.2, 0.3, 0.5], [0.1, 0.2, 0.3, 0.4]]
    found = rake(counts, margins)
    for axis, target in enumerate(margins):
        held = found.table.sum(axis=tuple(other for other in range(3) if other != axis)) / counts.sum()
        assert held == pytest.approx(target)


def test_raking_that_cannot_work_says_so():
    assert rake(np.zeros((2, 2)), TARGET).note is Note.EMPTY
    assert rake([[5, 5], [0, 0]], TARGET).note is Note.EMPTY_MARGIN
    assert rake([[10, 0], [0, 10]], TARGET).note is Note.NOT_CONVERGED  # rows and columns are the same people


def spread_out(cells, groups=40):
    """The cells' rows dealt to the groups in turn, so that each group looks like the whole as far as it can."""
    table = np.zeros((*cells.shape, groups))
    for at in np.ndindex(cells.shape):
        np.add.at(table[at], (np.arange(int(cells[at])) + 7 * at[0] + 13 * at[1]) % groups, 1)
    return table


def test_raked_mean_and_its_replicates():
    counts = spread_out(10 * CELLS)
    found = raked_mean(counts, counts * SCORES[..., None], TARGET)
    assert found.value == pytest.approx(12.0)
    assert found.df == 39
    assert found.low < 12 < found.high
    assert raked_mean(np.zeros((2, 2, 40)), np.zeros((2, 2, 40)), TARGET).note is Note.EMPTY


def test_reraking_each_replicate_matters():
    """When the score is the margin itself its raked mean is fixed by the target: the replicates do not vary at all."""
    counts = np.random.default_rng(16).poisson(5, (2, 2, 40)).astype(float)
    by_row = counts * np.array([100.0, 0.0])[:, None, None]
    found = raked_mean(counts, by_row, TARGET)
    assert found.value == pytest.approx(60)
    assert found.se is None or found.se < 1e-6


def test_r_indicator():
    """docs/STATISTICS.md E: half ρ = .1, half .3: .80."""
    assert r_indicator([0.1, 0.3]) == pytest.approx(0.80)
    assert r_indicator([0.1, 0.3], [50, 50]) == pytest.approx(0.80)
    assert r_indicator([]) is None


def test_tipping_line():
    """docs/STATISTICS.md C, reweighting: 12 % response, 24 answered, 15 weighted → 16.1; ten points unhappier → 7.3."""
    assert tipping_line(0.12, 24, 15) == pytest.approx(16.1, abs=0.05)
    assert tipping_line(0.12, 24, 15, shift=-10) == pytest.approx(7.3, abs=0.05)


def test_att_by_strata():
    """docs/STATISTICS.md E, ATT by strata.

    The row prints p₁ = .02 and .11 with crude .0695 and ATT .0475, SE .00475: 20 and 330 of 1000 and 3000.
    """
    found = att([1000, 3000], [20, 330], [36_000, 9000], [360, 450])
    assert found.crude == pytest.approx(0.0695, abs=5e-5)
    assert found.att.value == pytest.approx(0.0475, abs=5e-5)
    assert found.att.se == pytest.approx(0.00475, abs=5e-6)
    assert found.mantel_haenszel == pytest.approx(0.0449, abs=5e-5)
    assert found.events == pytest.approx(190)
    assert found.unmatched == 0


def test_att_leaves_out_whom_nobody_compares_with():
    found = att([1000, 3000, 500], [20, 330, 400], [36_000, 9000, 0], [360, 450, 0])
    assert found.att.value == pytest.approx(0.0475)
    assert found.unmatched == pytest.approx(500 / 4500)
    assert att([10, 0], [1, 0], [0, 10], [0, 1]).att.note is Note.NO_OVERLAP
    assert att([0], [0], [10], [1]).att.note is Note.EMPTY
    assert att([5], [0], [5], [0]).att.note is Note.NO_VARIATION


def test_grouped_att_agrees_with_the_binomial_when_everybody_counts_once():
    rng = np.random.default_rng(17)
    n1, n0 = rng.multinomial(1000, [1 / 40] * 40, 2), rng.multinomial(9000, [1 / 40] * 40, 2)
    e1, e0 = rng.binomial(n1, [[0.05], [0.15]]), rng.binomial(n0, [[0.02], [0.10]])
    grouped, plain = grouped_att(n1, e1, n0, e0), att(*(part.sum(axis=1) for part in (n1, e1, n0, e0)))
    assert grouped.att.value == pytest.approx(plain.att.value)
    assert grouped.att.se == pytest.approx(plain.att.se, rel=0.35)
    assert 20 < grouped.att.df < 39


def test_difficult_baskets_mislead_the_crude_difference():
    """Trap T18 and effect E6: struggled .08 v .04 expected of the same strata; crude .08 v .018.

    Two kinds of baskets at .01 and .05 where nobody struggled; the struggling have the second kind three times in four.
    """
    found = att([1000, 3000], [50, 270], [36_000, 9000], [360, 450])
    assert found.crude == pytest.approx(0.08 - 0.018)
    assert found.att.value == pytest.approx(0.04)


def test_balance():
    assert standardised_difference(0.5, 0.4) == pytest.approx(0.1 / math.sqrt((0.25 + 0.24) / 2))
    assert standardised_difference(1, 1) is None


def test_e_value():
    """docs/STATISTICS.md E, E-value: VanderWeele & Ding 2017, RR 3.9, lower 1.8 → 7.26 and 3.00, published."""
    assert e_value(3.9, 1.8) == pytest.approx((7.26, 3.00), abs=5e-3)
    assert e_value(1 / 3.9)[0] == pytest.approx(7.26, abs=5e-3)
    assert e_value(1.2, 0.9)[1] == 1
    assert e_value(0) == (math.inf, None)
