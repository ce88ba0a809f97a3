"""Bounds for arms that answer unequally often, and differences with what people did before taken out: worked by hand."""

import pytest

from metrics.statistics.core import Note
from metrics.statistics.groups.experiments import Answers, ArmSums, cuped, lee_bounds


def yes(of: int, share: float, exposed: int) -> Answers:
    return Answers((0.0, 1.0), (round(of * (1 - share)), round(of * share)), exposed)


def test_lee_bounds_of_equal_scores_and_unequal_response():
    """docs/STATISTICS.md E, Lee bounds: T2B .8 in both arms, response .10 v .08: −.05 … +.20. The interval is wider than both."""
    found = lee_bounds(yes(1000, 0.8, 10_000), yes(800, 0.8, 10_000))
    assert (found.least, found.most) == pytest.approx((-0.05, 0.20))
    assert -0.12 < found.low < -0.05 and 0.20 < found.high < 0.27


def test_lee_bounds_the_other_way_round():
    """The old arm answers more: the same 20 % are cut off there, and the signs change."""
    found = lee_bounds(yes(800, 0.8, 10_000), yes(1000, 0.8, 10_000))
    assert (found.least, found.most) == pytest.approx((-0.20, 0.05))


def test_lee_bounds_of_three_values():
    """−1, 0, 1 as 20, 30, 50 of 100 v 80 of 80 at 0, exposed 100 each: kept are the 80 lowest (mean 10/80) or the 80 highest (50/80)."""
    found = lee_bounds(Answers((-1.0, 0.0, 1.0), (20, 30, 50), 100), Answers((-1.0, 0.0, 1.0), (0, 80, 0), 100))
    assert (found.least, found.most) == pytest.approx((10 / 80, 50 / 80))


def test_where_all_answer_the_bounds_are_the_difference():
    found = lee_bounds(yes(500, 0.6, 500), yes(500, 0.5, 500))
    assert (found.least, found.most) == pytest.approx((0.1, 0.1))
    assert lee_bounds(yes(0, 0.5, 500), yes(500, 0.5, 500)) is None


def arm(pairs: list[tuple[float, float]]) -> ArmSums:
    x, y = zip(*pairs)
    return ArmSums(len(x), sum(y), sum(v * v for v in y), sum(x), sum(v * v for v in x), sum(a * b for a, b in pairs))


def test_cuped_takes_out_what_was_there_before():
    """y = 2x + 1 (new) and 2x (old) exactly, x of mean 2 and 3: the raw difference is −1, within one x it is +1 and all variance is saved."""
    made = cuped(arm([(1, 3), (2, 5), (3, 7)]), arm([(2, 4), (3, 6), (4, 8)]))
    assert made.found.estimate.value == pytest.approx(1.0) and made.saved == pytest.approx(1.0)


def test_cuped_without_a_link_saves_nothing():
    """x and y unrelated within the arms: θ = 0, the difference as it is."""
    made = cuped(arm([(1, 1), (1, 3), (3, 1), (3, 3)]), arm([(1, 0), (1, 2), (3, 0), (3, 2)]))
    assert made.found.estimate.value == pytest.approx(1.0) and made.saved == pytest.approx(0.0)
    assert cuped(arm([(1, 1)]), arm([(1, 0), (2, 0)])).found.estimate.note is Note.ONE_ROW
