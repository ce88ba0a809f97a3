"""Many looks, random effects, square tables: published oracles."""

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.multitest import multipletests

from metrics.statistics.core import Note
from metrics.statistics.groups.meta import random_effects
from metrics.statistics.groups.square_tables import bowker, stuart_maxwell
from metrics.statistics.weeks.looks import (
    benjamini_hochberg,
    fcr_level,
    holm,
    in_steps,
    shrink,
)

P1995 = np.array(
    [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
)
# Colditz et al. 1994: vaccinated with and without tuberculosis, unvaccinated with and without
BCG = np.array(
    [
        (4, 119, 11, 128),
        (6, 300, 29, 274),
        (3, 228, 11, 209),
        (62, 13536, 248, 12619),
        (33, 5036, 47, 5761),
        (180, 1361, 372, 1079),
        (8, 2537, 10, 619),
        (505, 87886, 499, 87892),
        (29, 7470, 45, 7232),
        (17, 1699, 65, 1600),
        (186, 50448, 141, 27197),
        (5, 2493, 3, 2338),
        (27, 16886, 29, 17825),
    ],
    dtype=float,
)
VISION = np.array([[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]])


def test_benjamini_hochberg_1995():
    """docs/STATISTICS.md E, BH: their fifteen p-values: BH rejects 4, Holm 3; adjusted p₄ .035625."""
    assert [int((method(P1995) <= 0.05).sum()) for method in (benjamini_hochberg, holm)] == [4, 3]
    assert benjamini_hochberg(P1995)[3] == pytest.approx(0.035625, abs=5e-7)


@pytest.mark.parametrize(
    ("method", "name"),
    [(holm, "holm"), (benjamini_hochberg, "fdr_bh")],
)
def test_adjusted_p_are_those_of_statsmodels(method, name):
    p = np.random.default_rng(4).permutation(np.concatenate([P1995, P1995[:4]]))
    assert method(p) == pytest.approx(multipletests(p, method=name)[1])


def test_what_was_not_tested_is_not_part_of_the_family():
    assert holm([0.01, np.nan, 0.04]) == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert np.isnan(benjamini_hochberg([np.nan])).all()
    assert holm([]).size == 0


def test_level_after_selection():
    """docs/STATISTICS.md C: m = 40, R = 3, q = .05 → 99.625 %."""
    assert fcr_level(3, 40, 0.05) == pytest.approx(0.99625)


def test_shrinking_pulls_the_largest_most_when_it_is_noisy():
    effect, se = [10.0, 9.0, 1.0, 0.0, -1.0, 2.0], [6.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    found = shrink(effect, se)
    assert found.value[0] < found.value[1] < 9
    assert (found.sd < se).all()
    assert found.tau2 == pytest.approx(random_effects(effect, np.square(se)).tau.value ** 2)


def test_shrinking_undoes_the_winners_curse():
    """500 true effects N(0, 1) measured with noise 1: the picked ten are 2× too large raw, right on average shrunk."""
    rng = np.random.default_rng(8)
    truth = rng.normal(0, 1, 500)
    seen = truth + rng.normal(0, 1, 500)
    top = np.argsort(seen)[-10:]
    found = shrink(seen, np.ones(500))
    assert seen[top].mean() > 1.5 * truth[top].mean()
    assert found.value[top].mean() == pytest.approx(truth[top].mean(), abs=0.5)


def test_nothing_between_equal_effects():
    found = shrink([2.0, 2.0, 2.0], [1.0, 1.0, 1.0])
    assert found.value == pytest.approx([2, 2, 2])
    assert found.tau2 == 0
    assert np.isnan(shrink([2.0], [1.0]).tau2)


def test_bcg_trials():
    """docs/STATISTICS.md E, random effects DL: BCG, metafor's dat.bcg, published."""
    ill, well, ill_0, well_0 = BCG.T
    effect = np.log(ill / (ill + well)) - np.log(ill_0 / (ill_0 + well_0))
    variance = 1 / ill - 1 / (ill + well) + 1 / ill_0 - 1 / (ill_0 + well_0)
    found = random_effects(effect, variance)
    assert found.q == pytest.approx(152.2330, abs=5e-5)
    assert found.tau.value**2 == pytest.approx(0.3088, abs=5e-5)
    assert found.pooled.value == pytest.approx(-0.7141, abs=5e-5)
    assert found.pooled.se == pytest.approx(0.1787, abs=5e-5)
    assert found.i2 == pytest.approx(0.921, abs=5e-4)
    # Q-profile limits of τ² printed by metafor: 0.1197 … 1.1115
    assert (found.tau.low**2, found.tau.high**2) == pytest.approx((0.1197, 1.1115), abs=5e-5)


def test_random_effects_of_one_or_none():
    assert random_effects([], []).pooled.note is Note.EMPTY
    assert random_effects([0.3], [0.1]).tau.note is Note.ONE_ROW


def test_stuarts_vision():
    """docs/STATISTICS.md E, square table: published; Bowker 19.107 (6 df, p .0040), Stuart–Maxwell 11.957 (3, .0075)."""
    symmetric, same_margins = bowker(VISION), stuart_maxwell(VISION)
    assert (symmetric.statistic, symmetric.df) == (pytest.approx(19.107, abs=5e-4), 6)
    assert symmetric.p == pytest.approx(0.0040, abs=5e-5)
    assert (same_margins.statistic, same_margins.df) == (pytest.approx(11.957, abs=5e-4), 3)
    assert same_margins.p == pytest.approx(0.0075, abs=5e-5)


def test_square_tables_are_those_of_statsmodels():
    table = SquareTable(VISION, shift_zeros=False)
    assert bowker(VISION).statistic == pytest.approx(table.symmetry().statistic)
    assert stuart_maxwell(VISION).statistic == pytest.approx(table.homogeneity("stuart_maxwell").statistic)


def test_moving_to_and_fro_is_no_change():
    """Trap T13: a third of the detractors and a third of the promoters move, the shares stay: nothing changed."""
    there_and_back = [[60, 20, 10], [20, 80, 20], [10, 20, 60]]
    assert stuart_maxwell(there_and_back).p == 1
    assert bowker(there_and_back).p == 1


def test_nobody_moved():
    assert bowker(np.diag([4, 5, 6])).note is Note.NO_VARIATION
    assert stuart_maxwell(np.diag([4, 5, 6])).note is Note.NO_VARIATION
    assert stuart_maxwell(np.zeros((3, 3))).note is Note.NO_VARIATION


def test_an_unused_class_drops_out():
    table = np.array([[30, 10], [4, 20]])
    wider = np.zeros((3, 3))
    wider[np.ix_([0, 2], [0, 2])] = table
    assert stuart_maxwell(wider) == stuart_maxwell(table)
    assert stuart_maxwell(table).statistic == pytest.approx((10 - 4) ** 2 / 14)  # McNemar's


def test_a_family_in_two_steps_by_hand():
    """Two stages of two. Buy: .001 and .2, adjusted .002 and .2, Simes .002; Find: .5 and .6, Simes .6. Over the stages .004 and .6.

    Buy alone is picked at .004, so within it level/2 counts: 2 × .002 = .004 and 2 × .2 = .4. At .6 both stages are.
    """
    assert in_steps([0.001, 0.2, 0.5, 0.6], ["Buy", "Buy", "Find", "Find"], [1, 1, 1, 1]) == pytest.approx(
        [0.004, 0.4, 0.6, 0.6]
    )


def test_what_was_not_tested_is_no_part_and_a_heavier_one_needs_less():
    found = in_steps([0.01, None, 0.01], ["Buy", "Buy", "Buy"], [3, 1, 1])
    assert found[1] is None
    # weights 3 and 1 of mean 2: .01/1.5 and .01/.5, adjusted by step-up .0133 and .02
    assert found[0] == pytest.approx(2 * 0.01 / 1.5)
    assert found[2] == pytest.approx(0.02)


def test_a_null_family_tells_anything_as_seldom_as_asked():
    rng = np.random.default_rng(3)
    stages = np.repeat(np.arange(6), 20)
    told = [
        min(in_steps(rng.random(120).tolist(), stages.tolist(), rng.choice([0.5, 2, 4], 120).tolist())) <= 0.05
        for _ in range(1000)
    ]
    assert 0.03 <= np.mean(told) <= 0.07
