"""LMG and the cluster-robust regression: swiss (Mosteller & Tukey 1977) and statsmodels."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from statsmodels.api import OLS, add_constant

from metrics.statistics.core import Note
from metrics.statistics.groups.importance import clustered_regression
from metrics.statistics.groups.ranking import ranked

SWISS = np.loadtxt(Path(__file__).with_name("swiss.csv"), delimiter=",", skiprows=1)
FERTILITY, DRIVERS = SWISS[:, 0], SWISS[:, 1:]
NO_CONTROLS = np.empty((len(SWISS), 0))


def test_swiss():
    """docs/STATISTICS.md E, LMG: swiss; Grömping's relaimpo on the same data, R² .7067350."""
    found = ranked([DRIVERS], FERTILITY, NO_CONTROLS)
    published = [0.0570912, 0.1711730, 0.2601347, 0.1055702, 0.1127659]
    assert found.share == pytest.approx(published, abs=5e-8)
    assert found.share.sum() == pytest.approx(0.7067350, abs=5e-8)
    assert found.r2 == pytest.approx(OLS(FERTILITY, add_constant(DRIVERS)).fit().rsquared_adj)


def test_by_all_orders_of_entry():
    """The second route: average the gain in statsmodels' R² over the 3! orders, after one control."""
    control, drivers = DRIVERS[:, :1], DRIVERS[:, 1:4]

    def r2(chosen):
        return OLS(FERTILITY, add_constant(np.column_stack([control, drivers[:, chosen]]))).fit().rsquared

    gains = np.zeros(3)
    for order in permutations(range(3)):
        for place, driver in enumerate(order):
            gains[driver] += (r2(list(order[: place + 1])) - r2(list(order[:place]))) / 6
    found = ranked([drivers], FERTILITY, control)
    assert found.share == pytest.approx(gains)
    assert found.r2_controls == pytest.approx(r2([]))


def test_a_driver_without_effect_gets_a_share_and_no_significance():
    """docs/STATISTICS.md C, drivers: coefficient 0 and r = .7 to the true driver: about a quarter of R², and p > .05."""
    rng = np.random.default_rng(18)
    true = rng.normal(size=4000)
    idle = 0.7 * true + np.sqrt(1 - 0.49) * rng.normal(size=4000)
    outcome, both = true + rng.normal(size=4000), np.column_stack([true, idle])
    share = ranked([both], outcome, np.empty((4000, 0))).share
    assert share[1] / share.sum() == pytest.approx(0.24, abs=0.02)
    tested = clustered_regression(both, outcome, np.arange(4000))
    assert tested.p[0] < 1e-6
    assert tested.p[1] > 0.05


def test_clustered_regression_is_that_of_statsmodels():
    person = np.arange(47) % 11
    found = clustered_regression(DRIVERS, FERTILITY, person)
    oracle = OLS(FERTILITY, add_constant(DRIVERS)).fit(cov_type="cluster", cov_kwds={"groups": person}, use_t=True)
    assert found.coefficient == pytest.approx(oracle.params[1:])
    assert found.se == pytest.approx(oracle.bse[1:])
    assert found.p == pytest.approx(oracle.pvalues[1:])
    assert found.df == 10


def test_what_cannot_be_fitted_says_why():
    assert ranked([DRIVERS[:5]], FERTILITY[:5], NO_CONTROLS[:5]).note is Note.TOO_FEW_ROWS
    assert ranked([np.column_stack([DRIVERS, DRIVERS[:, 0] * 2])], FERTILITY, NO_CONTROLS).note is Note.COLLINEAR
    assert ranked([np.ones((47, 1))], FERTILITY, NO_CONTROLS).note is Note.COLLINEAR
    assert clustered_regression(DRIVERS[:5], FERTILITY[:5], np.arange(5)).note is Note.TOO_FEW_ROWS
    assert clustered_regression(DRIVERS, FERTILITY, np.zeros(47)).note is Note.ONE_CLUSTER
    assert clustered_regression(np.ones((47, 1)), FERTILITY, np.arange(47)).note is Note.COLLINEAR
