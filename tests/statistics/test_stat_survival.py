"""Kaplan–Meier and Aalen–Johansen: Freireich's trial, statsmodels and what happens beyond the curve."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from metrics.statistics.core import Note
from metrics.statistics.levels.survival import aalen_johansen, kaplan_meier

EVENTS, CENSORED = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
TIMES = np.array(EVENTS + CENSORED)
HAD = np.array([1] * 9 + [0] * 12)


def test_freireich():
    """docs/STATISTICS.md E, Kaplan–Meier: Freireich 6-MP, published."""
    curve = kaplan_meier(TIMES, HAD)
    assert curve.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    published = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert curve.survival == pytest.approx(published, abs=5e-5)
    assert curve.percentile(0.5).value == 23


def test_placebo_median_and_the_wrong_median():
    """docs/STATISTICS.md E: placebo 8; dropping the censored gives 10 (wrong)."""
    assert kaplan_meier(PLACEBO, np.ones(21)).percentile(0.5).value == 8
    assert kaplan_meier(EVENTS, np.ones(9)).percentile(0.5).value == 10


def test_standard_errors_are_those_of_statsmodels():
    curve, oracle = kaplan_meier(TIMES, HAD), SurvfuncRight(TIMES, HAD)
    assert curve.survival == pytest.approx(oracle.surv_prob)
    assert curve.se == pytest.approx(oracle.surv_prob_se)


def test_median_interval_inverts_the_exact_limits():
    """6-MP: 13 … not reached, as Brookmeyer–Crowley on the log-log scale (R's survfit, statsmodels). Placebo, nobody censored:
    the 6th and the 16th of 21, P(Bin(21, ½) ≤ 5) = .013, ≤ 6 = .039; the log-log scale says 11 in place of 12."""
    found, oracle = kaplan_meier(TIMES, HAD).percentile(0.5), SurvfuncRight(TIMES, HAD)
    assert (found.low, found.high, found.note) == (13, None, Note.HIGH_NOT_REACHED)
    assert oracle.quantile_ci(0.5, method="cloglog") == (13, np.inf)
    placebo = kaplan_meier(PLACEBO, np.ones(21)).percentile(0.5)
    assert (placebo.low, placebo.high) == (sorted(PLACEBO)[5], sorted(PLACEBO)[15]) == (4, 12)


def test_a_percentile_beyond_the_curve_is_not_reached():
    found = kaplan_meier(TIMES, HAD).percentile(0.9)
    assert (found.value, found.high, found.note) == (None, None, Note.NOT_REACHED)
    assert found.low == 35  # nine in ten have not had it in all the time observed
    assert kaplan_meier([5, 6], [0, 0]).percentile(0.5).low == 0  # two of two would be a chance of one in four
    assert kaplan_meier([6] * 6, [0] * 6).percentile(0.5).low == 6


def test_share_by_a_time():
    curve = kaplan_meier(TIMES, HAD)
    found = curve.at(12)
    assert found.value == pytest.approx(1 - 0.7529, abs=5e-5)
    assert found.low < found.value < found.high
    assert (curve.at(3).value, curve.at(3).note) == (0.0, Note.BOUNDARY)
    assert curve.at(36).note is Note.NOT_REACHED


def test_competing_endings_are_those_of_statsmodels():
    rng = np.random.default_rng(2)
    time, ending = rng.integers(1, 40, 300), rng.integers(0, 3, 300)
    oracle = CumIncidenceRight(time, ending)
    for cause in (1, 2):
        curve = aalen_johansen(time, ending, cause)
        at = np.searchsorted(oracle.times, curve.time)
        assert curve.share == pytest.approx(oracle.cinc[cause - 1][at])
        assert curve.se[:-1] == pytest.approx(oracle.cinc_se[cause - 1][at][:-1])


def test_closed_without_reply_competes():
    """Four tickets: replied after 1 h and 3 h, closed unanswered after 2 h, one open at 4 h: 1/4, then 1/2 replied.

    Taken as censored, the closed one would be counted as still to be replied to: 1/4, then 1/4 + 3/4·1/2 = 5/8.
    """
    replied = aalen_johansen([1, 3, 2, 4], [1, 1, 2, 0], cause=1)
    assert replied.share.tolist() == pytest.approx([0.25, 0.25, 0.5])
    assert kaplan_meier([1, 3, 2, 4], [1, 1, 0, 0]).share.tolist() == pytest.approx([0.25, 0.625])
    assert replied.percentile(0.6).note is Note.NOT_REACHED


def test_open_tickets_slow_the_reply_time_down():
    """Trap T16: ignoring those still open makes the last week look better."""
    replied, still_open = [1, 2, 3], [6, 6, 6, 6]
    times, had = replied + still_open, [1] * 3 + [0] * 4
    everybody = kaplan_meier(times, had).percentile(0.5)
    assert kaplan_meier(replied, [1] * 3).percentile(0.5).value == 2
    assert everybody.value is None
    assert everybody.low == SurvfuncRight(times, had).quantile_ci(0.5, method="cloglog")[0] == 1


def test_nobody():
    assert kaplan_meier([], []).percentile(0.5).note is Note.EMPTY
    assert kaplan_meier([], []).at(1).note is Note.EMPTY


def test_two_tickets_of_one_person_are_not_two_people():
    """Freireich's patients, each counted twice: the curve stays, and so does what one patient each says of its error; counted as 42
    strangers it would seem surer by √2. The jackknife over 21 persons comes near Greenwood's formula."""
    person = np.arange(TIMES.size)
    once = aalen_johansen(TIMES, HAD, cause=1, group=person)
    twice = aalen_johansen(TIMES.repeat(2), HAD.repeat(2), cause=1, group=person.repeat(2))
    strangers = aalen_johansen(TIMES.repeat(2), HAD.repeat(2), cause=1)
    assert twice.share == pytest.approx(strangers.share) and twice.df == 20
    assert strangers.se == pytest.approx(kaplan_meier(TIMES, HAD).se / np.sqrt(2))
    assert twice.se == pytest.approx(once.se) and once.se == pytest.approx(kaplan_meier(TIMES, HAD).se, rel=0.1)
    assert twice.percentile(0.5).low <= strangers.percentile(0.5).low


def test_one_group_alone_keeps_greenwoods_error():
    assert aalen_johansen(TIMES, HAD, cause=1, group=np.zeros(TIMES.size)).se == pytest.approx(
        kaplan_meier(TIMES, HAD).se
    )
