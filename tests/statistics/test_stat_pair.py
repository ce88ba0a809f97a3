"""The pair and the composite: the worked values of metrics.md and docs/STATISTICS.md B."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.core import Estimate, Note
from metrics.statistics.groups.composite import side_score, verdict
from metrics.statistics.jackknife import jackknife
from metrics.statistics.levels.pair import attributable, attributable_if_seen, grouped_pair, pair
from metrics.statistics.levels.shares import wilson

WORKED = [205, 120, 48, 39]


def test_pair():
    """metrics.md, the pair: 205/120/48/39 of 412: 36.9 %, 44.8 %, 75.5 % (68.2–81.5), with friction 4.3 % (−2…11)."""
    found = pair(WORKED, seed=1)
    assert found.n == 412
    assert found.unhappy_of_smooth.value == pytest.approx(0.369, abs=5e-4)
    assert found.unhappy_of_struggled.value == pytest.approx(0.448, abs=5e-4)
    though = found.unhappy_though_smooth
    assert (though.value, though.low, though.high) == pytest.approx((0.755, 0.682, 0.815), abs=5e-4)
    part = found.unhappy_attributable_to_friction
    assert part.value == pytest.approx(0.043, abs=5e-4)
    assert (part.low, part.high) == pytest.approx((-0.02, 0.11), abs=5e-3)
    assert found.satisfied_though_hard.value == pytest.approx(48 / 253)


def recorded(seen: float, people: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """What a recording makes of a world in which friction on .3 of the occasions accounts for .44 of the unhappy, .4 of all: the four
    counts and the marked, by group of people. Written from the world's own rates, not from the formula tested."""
    rng = np.random.default_rng(seed)
    calm = 0.4 * (1 - 0.44)  # without any friction this many would still be unhappy
    rough = (0.4 - 0.7 * calm) / 0.3
    friction = rng.random(people) < 0.3
    unhappy = rng.random(people) < np.where(friction, rough, calm)
    marked = friction & (rng.random(people) < seen)
    counts, six = np.zeros((4, 40)), np.zeros((2, 40))
    group = rng.integers(0, 40, people)
    np.add.at(counts, (2 * marked + unhappy, group), 1)
    np.add.at(six, (unhappy[marked].astype(int), group[marked]), 1)
    return counts, six


def test_what_goes_with_recorded_friction_is_no_limit_and_the_what_if_finds_the_truth():
    """True 44 %; a recording that sees 30 % reads 10 %, interval and all far below; if it is said to see 30 %, the truth comes back."""
    counts, marked = recorded(0.3, 40_000, seed=5)
    naive = grouped_pair(counts, persons=40_000).unhappy_attributable_to_friction
    assert naive.value == pytest.approx(0.10, abs=0.015) and naive.high < 0.13
    blind = attributable_if_seen(counts, marked, 0.3)
    assert blind.value == pytest.approx(0.44, abs=0.03) and blind.low < 0.44 < blind.high
    whole = attributable_if_seen(counts, marked, 1.0)
    assert whole.value == pytest.approx(naive.value)
    assert naive.value < attributable_if_seen(counts, marked, 0.5).value < blind.value


def test_the_what_ifs_interval_covers():
    """Of 200 worlds of 4,000 people the 95 % interval holds the true 44 % in 181 to 197 (99 % acceptance)."""
    held = [
        (found := attributable_if_seen(*recorded(0.3, 4_000, seed), 0.3)).low < 0.44 < found.high for seed in range(200)
    ]
    assert 181 <= sum(held) <= 197


def test_a_recording_must_see_as_much_as_there_is_room_for():
    """60 of 100 marked: seeing 30 % would take 140 more among the 40 smooth."""
    counts, marked = np.zeros((4, 40)), np.zeros((2, 40))
    counts[:, :10], marked[:, :10] = [[2], [2], [3], [3]], [[3], [3]]
    assert attributable_if_seen(counts, marked, 0.3).value is None
    assert attributable_if_seen(counts, np.zeros((2, 40)), 0.5).value is None  # nothing marked: nothing to scale


def test_a_missed_goal_is_always_seen():
    """40 of 100 missed the goal and 30 of them are unhappy, none is marked otherwise: hiding friction adds nothing to see.
    Ten marked, 8 unhappy; half seen: ten more among the 50 smooth (2 + 8), of whom 10 were unhappy; left 40, 2 unhappy: b = .05.
    Unhappy 48 of 100: (48 − 100·.05)/48 = .8958."""
    counts, marked = np.zeros((4, 40)), np.zeros((2, 40))
    counts[:, 0], marked[:, 0] = [40, 10, 12, 38], [2, 8]
    counts[:, 1], marked[:, 1] = counts[:, 0], marked[:, 0]
    assert attributable_if_seen(counts, marked, 0.5).value == pytest.approx((48 - 100 * 2 / 40) / 48)


def test_same_seed_same_interval():
    assert pair(WORKED, seed=3) == pair(WORKED, seed=3)


def test_grouped_pair_agrees_with_the_bootstrap_for_independent_occasions():
    rng = np.random.default_rng(10)
    kind, group = np.repeat(np.arange(4), WORKED), rng.integers(0, 40, 412)
    table = np.zeros((4, 40))
    np.add.at(table, (kind, group), 1)
    plain, grouped = pair(WORKED, seed=1), grouped_pair(table, persons=412)
    one, other = plain.unhappy_attributable_to_friction, grouped.unhappy_attributable_to_friction
    assert other.value == pytest.approx(one.value)
    assert other.se == pytest.approx(one.se, rel=0.3)
    assert grouped.unhappy_though_smooth.value == plain.unhappy_though_smooth.value
    assert grouped.unhappy_though_smooth.low < plain.unhappy_though_smooth.value


def test_persons_with_many_occasions_widen_the_pair():
    rng = np.random.default_rng(13)
    kind, group = rng.choice(4, 60, p=np.array(WORKED) / 412), np.arange(60) % 40
    table = np.zeros((4, 40))
    np.add.at(table, (kind, group), 10)
    naive, grouped = pair(table.sum(axis=1), seed=1), grouped_pair(table, persons=60)
    width = [e.high - e.low for e in (naive.unhappy_of_smooth, grouped.unhappy_of_smooth)]
    assert width[1] > 2 * width[0]


def test_nobody_unhappy_counts_each_person_once():
    """100 persons, 800 smooth and 40 struggled occasions, all satisfied: worth 100 and 40, not 800 and 100."""
    table = np.zeros((4, 40))
    table[0], table[2] = 20, 1
    found = grouped_pair(table, persons=100)
    assert (found.unhappy_of_smooth.n_eff, found.unhappy_of_struggled.n_eff) == (100, 40)


def test_attributable_can_be_negative():
    assert attributable(np.array([100.0, 100, 90, 10])) < 0


@given(st.lists(st.integers(1, 500), min_size=4, max_size=4))
def test_one_table_and_many_tables_agree(counts):
    table = np.array(counts, dtype=float)
    assert attributable(np.column_stack([table, table])) == pytest.approx([attributable(table)] * 2)


def test_an_empty_pair_and_one_without_the_unhappy():
    assert pair([0, 0, 0, 0], seed=1).unhappy_attributable_to_friction.note is Note.EMPTY
    happy = pair([30, 0, 5, 0], seed=1)
    assert happy.unhappy_attributable_to_friction.note is Note.UNDEFINED
    assert happy.unhappy_though_smooth.note is Note.EMPTY
    assert happy.unhappy_of_smooth.value == 0


def on_scale(share, n, line, target):
    """A share on the scale where the company's line is 50 and its target 100."""
    found, slope = wilson(share * n, n), 50 / (target - line)
    return replace(found, value=50 + slope * (share - line), se=slope * found.se)


def sides(completion=0.82, csat=0.62, n=412):
    return on_scale(completion, n, 0.70, 0.90), on_scale(csat, n, 0.75, 0.85)


def test_works_but_disappoints():
    """docs/STATISTICS.md B, composite: .82 (.70, .90) → 80.0, lower 72.2; .62 (.75, .85) → −15.0, upper 4.7; n = 412."""
    ux, cx = sides()
    found = verdict(ux, cx)
    assert (ux.value, cx.value) == pytest.approx((80.0, -15.0))
    assert (found.ux_low, found.cx_high) == pytest.approx((72.2, 4.7), abs=0.05)
    assert found.state == "works_but_disappoints"
    assert found.p < 0.001


@pytest.mark.parametrize(
    ("completion", "csat", "state"),
    [(0.60, 0.88, "hard_but_loved"), (0.80, 0.88, "agree"), (0.60, 0.62, "agree"), (0.71, 0.62, "cannot_tell")],
)
def test_the_other_verdicts(completion, csat, state):
    assert verdict(*sides(completion, csat)).state == state


def test_p_is_the_larger_of_the_two():
    """Positions 60 and 40, se 5 and 10: z = 2 and 1, p = .1587."""
    found = verdict(Estimate(60, se=5), Estimate(40, se=10))
    assert found.p == pytest.approx(0.158655, abs=5e-7)
    assert found.state == "cannot_tell"
    assert verdict(Estimate(60, se=5), Estimate(70, se=10)).p is None
    assert verdict(Estimate(None, note=Note.EMPTY), Estimate(70, se=10)).state == "cannot_tell"


def test_side_score_carries_the_covariance():
    """Two metrics on the same groups, equal weight: the score is the mean of positions, and so is its jackknife."""
    rng = np.random.default_rng(14)
    a, b, n = rng.normal(0.6, 0.05, 40), rng.normal(0.8, 0.05, 40), np.ones(40)
    found = side_score(jackknife(np.vstack([a, b, n]), lambda s: s[:2] / s[2]), [0.5, 0.7], [0.7, 0.9], [1, 1])
    per_group = (50 + 50 * (a - 0.5) / 0.2 + 50 + 50 * (b - 0.7) / 0.2) / 2
    assert found.value == pytest.approx(per_group.mean())
    assert found.se == pytest.approx(per_group.std(ddof=1) / np.sqrt(40))
    assert found.df == 39


def test_lower_is_better_turns_the_scale_round():
    """Errors 6 % with the line at 8 % and the target at 4 %: half way, 75; more errors are lower. One point is 12.5 on the scale."""
    errors = jackknife(np.vstack([[0.05, 0.06, 0.07], [1.0, 1, 1]]), lambda s: s[0] / s[1])
    found, plain = side_score(errors, [0.08], [0.04], [1]), errors.estimate()
    assert (found.value, found.se) == pytest.approx((75, 1250 * plain.se))
    assert found.low < 75 < found.high


def test_side_score_without_weight_or_length():
    two = jackknife(np.vstack([[1.0, 2], [2, 1], [4, 4]]), lambda s: s[:2] / s[2])
    assert side_score(two, [0, 0], [1, 1], [0, 0]).note is Note.EMPTY
    assert side_score(two, [0, 1], [1, 1], [1, 1]).note is Note.LINE_IS_TARGET
