"""Alarms over many series keep their budget, and see what is large; contacting without an effect is seldom said to have one, ten points are."""

import numpy as np
import pytest

from data.store.saved.followups import held_out
from metrics.analyses.alerts.watch import level_of
from metrics.analyses.alerts.weekly import Week, unusual
from metrics.analyses.loop.effect import Arm, arms, effect, needed

SERIES, QUARTERS = 60, 2


def weeks(draw: np.random.Generator, count: int, p: float, n: int, shock: float) -> list[Week]:
    """Weeks of a share with shocks common to everybody in a week, which last a little (AR .5)."""
    level, found = 0.0, []
    for place in range(count):
        level = 0.5 * level + draw.normal(0, shock * np.sqrt(0.75))
        own = min(max(p + level, 0.001), 0.999)
        found.append(Week(place, draw.binomial(n, own) / n, n))
    return found


def alarms(draw: np.random.Generator, p: float, n: int, shock: float, jump: float = 0.0) -> int:
    """The alarms of one series over 13 looks, a run of them counted once; from the sixth week on the share is higher by `jump`."""
    held = weeks(draw, 53 + 13, p, n, shock)
    if jump:
        after = weeks(draw, 66, p + jump, n, shock)
        held = held[:58] + after[58:]
    told, before = 0, False
    for look in range(13):
        end = 53 + look
        made = unusual(held[end - 1 : end + 1], held[max(0, end - 53) : end - 1], [], share=True)
        now = made is not None and made.p <= level_of(SERIES) and abs(made.diff) >= 0.01
        told += now and not before
        before = now
    return told


def test_where_nothing_changes_a_quarter_has_at_most_one_false_alarm():
    """60 series of all kinds, two quarters: at most one a quarter, with what chance allows of two (Poisson, 99 %: 6)."""
    draw = np.random.default_rng(1)
    kinds = [(0.7, 6000, 0.01), (0.05, 900, 0.004), (0.3, 60, 0.0), (0.02, 150, 0.0), (0.9, 300, 0.02)]
    found = sum(alarms(draw, *kinds[place % len(kinds)]) for place in range(SERIES * QUARTERS))
    assert found <= 6


def test_a_release_that_breaks_is_seen_within_two_weeks():
    """Errors of 3 % become 8 % of 400 visits a week: seen at the second look in nine of ten companies."""
    draw, seen = np.random.default_rng(2), 0
    for _ in range(60):
        held = weeks(draw, 52, 0.03, 400, 0.003)
        now = [Week(52 + w, draw.binomial(400, 0.08) / 400, 400) for w in range(2)]
        made = unusual(now, held, [], share=True)
        seen += made.p <= level_of(75)
    assert seen >= 54


def test_the_time_of_year_is_no_alarm():
    """December is as it was a year before."""
    draw = np.random.default_rng(3)
    held = weeks(draw, 52, 0.05, 1000, 0.002)
    december = [Week(52 + w, 0.09, 1000) for w in range(2)]
    ago = [Week(w, 0.092, 1000) for w in range(2)]
    assert unusual(december, held, [], share=True).p < 1e-4
    assert unusual(december, held, ago, share=True).p > 0.05


def test_too_few_weeks_teach_nothing():
    draw = np.random.default_rng(4)
    assert unusual([Week(19, 0.9, 100)], weeks(draw, 19, 0.1, 100, 0.0), [], share=True) is None


def test_contacting_without_effect_is_seldom_said_to_have_one():
    """400 loops of 400 and 100 answers: the limits exclude 0 in at most 5 %, with what chance allows."""
    draw = np.random.default_rng(5)
    sure = 0
    for _ in range(400):
        first, second = draw.binomial(400, 0.4), draw.binomial(100, 0.4)
        sure += effect(Arm(500, 400, int(first)), Arm(125, 100, int(second))).sure
    assert sure / 400 <= 0.078


def test_ten_points_are_found_at_the_number_that_is_named():
    """Of the smaller arm's answers named for a fifth held out, found in nine of ten."""
    draw, size = np.random.default_rng(6), needed(0.4, 0.2)
    found = 0
    for _ in range(400):
        first, second = draw.binomial(4 * size, 0.5), draw.binomial(size, 0.4)
        found += effect(Arm(4 * size, 4 * size, int(first)), Arm(size, size, int(second))).sure
    assert 0.86 <= found / 400 <= 0.96


def test_a_person_counts_once_and_who_did_not_answer_is_no_success():
    rows = [(1, False, False), (1, False, True), (2, False, None), (3, True, True), (4, True, False)]
    assert arms(rows) == (Arm(2, 1, 1), Arm(2, 2, 1))
    few = effect(Arm(100, 29, 20), Arm(100, 90, 30))
    assert few.difference is None and few.needed > 0 and few.uneven


def test_who_is_held_out_stays_so():
    """A tenth of people, whoever asks; a fifth holds all of these; another secret holds out others."""
    salt = b"s" * 32
    tenth = {person for person in range(5000) if held_out(person, 0.1, salt)}
    fifth = {person for person in range(5000) if held_out(person, 0.2, salt)}
    assert len(tenth) == pytest.approx(500, abs=90) and tenth < fifth
    assert tenth != {person for person in range(5000) if held_out(person, 0.1, b"t" * 32)}
