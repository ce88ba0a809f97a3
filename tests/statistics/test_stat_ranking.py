"""Whether drivers may be ranked: blocks in the order of time, mtcars by hand, no order where the first is first by chance."""

import numpy as np
import pytest

from metrics.statistics.core import Note
from metrics.statistics.groups.importance import clustered_regression
from metrics.statistics.groups.ranking import ranked

# Motor Trend 1974 (R's mtcars): miles per gallon, gross horsepower, weight
MPG = [21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4]  # fmt: skip
HP = [110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65, 97, 150, 150, 245, 175, 66, 91, 113, 264, 175, 335, 109]  # fmt: skip
WT = [2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78]  # fmt: skip


def test_mtcars():
    """lm(mpg ~ wt + hp): −3.87783, −.03177, R² .8267855; the parts from the published correlations −.8676594, −.7761684 and .6587479:
    half of the own r² and half of what it adds to the other's."""
    drivers = np.column_stack([WT, HP])
    found = ranked([drivers], np.array(MPG), np.empty((32, 0)))
    assert clustered_regression(drivers, np.array(MPG), np.arange(32)).coefficient == pytest.approx(
        [-3.87783, -0.03177], abs=5e-6
    )
    assert found.share.sum() == pytest.approx(0.8267855, abs=5e-8)
    own_wt, own_hp = 0.8676594**2, 0.7761684**2
    assert found.share == pytest.approx(
        [(own_wt + 0.8267855 - own_hp) / 2, (own_hp + 0.8267855 - own_wt) / 2], abs=2e-7
    )


def made(n: int = 3000):
    """Friction makes people wait, waiting makes them unhappy; idle goes along with friction and does nothing; a control shifts everything."""
    rng = np.random.default_rng(5)
    control = rng.integers(0, 2, n).astype(float)
    friction = rng.normal(size=n) + control
    wait = 0.8 * friction + rng.normal(size=n)
    idle = rng.normal(size=n)
    y = 7 - 1.0 * wait - 0.5 * control + rng.normal(size=n)
    return friction[:, None], np.column_stack([wait, idle]), y, control[:, None]


def test_what_friction_does_by_way_of_waiting_is_frictions():
    """In one block waiting takes it; in blocks of time friction keeps its total effect, and what waiting adds stands beside."""
    friction, service, y, control = made()
    blocks = ranked([friction, service], y, control)
    at_once = ranked([np.column_stack([friction, service])], y, control)
    alone = ranked([friction], y, control)
    assert blocks.share[0] == pytest.approx(alone.share[0], rel=1e-9)
    assert blocks.share[0] > at_once.share[0]
    assert blocks.share.sum() == pytest.approx(at_once.share.sum()), "together they add the same"
    assert blocks.p[2] > 0.05 >= blocks.p[0], "what does nothing has a part and no significance"
    assert (blocks.low <= blocks.share).all() and (blocks.share <= blocks.high).all()
    assert blocks.order and blocks.r2_low > 0.02


def test_no_order_where_the_first_is_first_by_chance_or_hardly_anything_is_explained():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(600, 3))
    even = x[:, 0] + x[:, 1] + rng.normal(size=600)
    none = rng.normal(size=600)
    fixed = rng.normal(size=(600, 1))
    twins = ranked([x], even, fixed)
    assert twins.r2_low > 0.02 and twins.top < 0.9 and not twins.order
    noise = ranked([x], none, fixed)
    assert not noise.order and noise.r2_low < 0.02 and (noise.share > 0).all() and (noise.p > 0.02).all()


def test_the_same_data_give_the_same_order_and_what_cannot_be_divided_says_so():
    friction, service, y, control = made(400)
    first, second = (ranked([friction, service], y, control) for _ in range(2))
    assert (first.low == second.low).all() and first.top == second.top
    assert ranked([np.column_stack([friction, friction])], y, control).note is Note.COLLINEAR
    assert ranked([friction], np.ones(400), control).note is Note.TOO_FEW_ROWS
