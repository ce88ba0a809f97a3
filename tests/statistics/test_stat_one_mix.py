"""Weeks asked in changing mixes of ways, set to one mix: exact where there is no noise, open where ways and time cannot be told apart."""

import numpy as np
import pytest

from metrics.statistics.weeks.one_mix import one_mix

LEVEL = np.array([0.70, 0.72, 0.69, 0.71, 0.70, 0.74, 0.70, 0.71, 0.70, 0.73, 0.70, 0.72])
BY_PHONE = 0.15  # people are that much kinder on the telephone


def weeks(phone: list[int], total: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """Values and rows by web and by phone, with so many of `total` answers by phone in each of twelve weeks."""
    size = np.array([[total - n, n] for n in phone], dtype=float).T
    return np.where(size > 0, np.array([LEVEL, LEVEL + BY_PHONE]), np.nan), size


@pytest.mark.parametrize("phone", [[2, 18] * 6, [1, 2, 4, 6, 8, 9, 11, 12, 14, 16, 18, 19], [10] * 12])
@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_what_the_mix_makes_is_taken_out_of_each_week(phone, share):
    """Without noise exactly: every week is its level and the part of the 15 points that the one mix has."""
    value, size = weeks(phone)
    found = one_mix(value, size, np.array([1 - share, share]), 0.2)
    assert found.value == pytest.approx(LEVEL + share * BY_PHONE) and found.opened == ()


def test_a_week_nobody_was_asked_in_stays_unknown():
    value, size = weeks([2, 18] * 6)
    value[:, 3], size[:, 3] = np.nan, 0
    found = one_mix(value, size, np.array([1.0, 0.0]), 0.2)
    assert np.isnan(found.value[3]) and np.delete(found.value, 3) == pytest.approx(np.delete(LEVEL, 3))


def test_where_one_way_followed_another_the_level_is_left_open():
    """Seven weeks by web, then five by phone: the 15 points may be the way's or the time's. So too where only three answers of one
    week are by phone before; with eight weeks of both the ways are known well enough and nothing is open."""
    for phone, opened in (
        ([0] * 7 + [20] * 5, (7,)),
        ([0] * 6 + [3] + [20] * 5, (7,)),
        ([0] * 2 + [10] * 8 + [20] * 2, ()),
    ):
        found = one_mix(*weeks(phone), np.array([0.5, 0.5]), 0.2)
        assert found.opened == opened
        assert found.value[0] - LEVEL[0] == pytest.approx(found.value[6] - LEVEL[6])


def test_weeks_of_a_level_of_their_own_need_to_be_four():
    """By phone in the last three weeks alone: they teach nothing, and no level is left open for them."""
    found = one_mix(*weeks([0] * 9 + [20] * 3), np.array([0.0, 1.0]), 0.2)
    assert found.opened == () and np.isnan(found.value).tolist() == [False] * 9 + [True] * 3


def test_ways_that_take_turns_are_not_told_from_the_time():
    """By web in one week and by phone in the next: no week knows both, at eleven places."""
    assert one_mix(*weeks([0, 20] * 6), np.array([0.5, 0.5]), 0.2) is None


def test_what_lies_between_ways_is_no_noise_of_a_week():
    """Half by web at 40 %, half by phone at 80: of a row's variance .6 · .4 = .24 a sixth, .04, lies between them; of all by web nothing."""
    value = np.tile([[0.4], [0.8]], 12)
    size = np.tile([[10.0], [10.0]], 12)
    size[:, 5] = 20, 0
    found = one_mix(value, size, np.array([0.5, 0.5]), 0.24)
    assert found.left == pytest.approx([5 / 6] * 5 + [1] + [5 / 6] * 6)
