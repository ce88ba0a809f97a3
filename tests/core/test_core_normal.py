"""The normal range of a share by week: Laney's limits of the weeks before the period, none where too little is known."""

from datetime import date, timedelta

import numpy as np
import pytest

from metrics.analyses.control_limits import normal_ranges
from metrics.query.query import Query
from metrics.statistics.weeks.control_chart import laney
from report.words.warnings import note_text

JOURNEY = """
[[journey]]
name = "Shop"
[[journey.stage]]
name = "Buy"
paths = ["/buy*"]
goal = "path:/done*"
"""
FIRST, EASTER = date(2026, 1, 5), 12  # a Monday; the week of 30 March, with Easter Sunday in it
WEEKS = 34


def reached(week: int) -> int:
    """Of 20 visits of a week: 10 or so, 2 in the week of Easter, all in the last four."""
    return 2 if week == EASTER else 20 if week >= 30 else (9, 10, 12, 11, 8)[week % 5]


@pytest.fixture(scope="module")
def shop(module_company):
    rows = []
    for week in range(WEEKS):
        for n in range(20):
            when = f"{FIRST + timedelta(days=7 * week + n % 7)}T10:0"
            rows.append(f"{week}-{n}  {when}0:00Z  page_view  https://x.example/buy  s{week}-{n}  c{week}-{n}")
            if n < reached(week):
                rows.append(f"{week}-{n}d  {when}1:00Z  page_view  https://x.example/done  s{week}-{n}  c{week}-{n}")
    return module_company(
        journey=JOURNEY,
        web_events="\n".join(["event_id  occurred_at  event_name  url  session_id  customer_id", *rows]),
    )


def ask(shop, start_week: int, metric: str = "completion_rate"):
    start, end = FIRST + timedelta(days=7 * start_week), FIRST + timedelta(days=7 * WEEKS - 1)
    return normal_ranges(Query((metric,), "Shop", ("Buy",), start, end), shop.store.generation())[metric]


def test_the_range_is_learnt_from_the_weeks_before_the_period_without_holidays(shop):
    """Period from week 30: 30 weeks before it, less those of New Year … Whitsun; what the period itself does changes nothing."""
    found = ask(shop, 30)
    whitsun = EASTER + 7
    taught = [w for w in range(30) if w not in (EASTER, whitsun)]
    expected = laney([reached(w) / 20 for w in taught], [20] * len(taught))
    assert found.learnt == 28 and len(found.limits) == WEEKS
    low, high = found.limits[FIRST + timedelta(days=7 * 31)]
    assert (low, high) == pytest.approx((expected.low[0], expected.high[0]))
    assert low < 0.5 < high < reached(31) / 20
    assert found.limits[FIRST + timedelta(days=7 * EASTER)][0] > reached(EASTER) / 20


def test_with_fewer_than_26_weeks_there_is_no_range_yet(shop):
    found = ask(shop, 27)
    assert found.limits == {} and "no normal range yet: 25 complete weeks" in note_text(found.reason)


def test_no_range_for_what_is_no_share(shop):
    assert ask(shop, 30, "dwell_p50").limits == {} and "no share" in note_text(ask(shop, 30, "dwell_p50").reason)


def test_no_range_across_a_break_in_what_is_recorded(shop, monkeypatch):
    """Weeks before the break teach nothing about the weeks after it."""
    from metrics.rules import recording_breaks

    one = recording_breaks.Break(FIRST + timedelta(days=70), None, "hollow", 0.1, 0.4, 0.3, "many empty visits")
    monkeypatch.setattr(recording_breaks, "breaks", lambda generation: (one,))
    assert "18 complete weeks" in note_text(ask(shop, 30).reason)


def test_laney_learns_from_the_weeks_it_is_told_to():
    """The last two weeks get limits by their own n, and move neither centre nor width."""
    share, n = [0.50, 0.55, 0.48, 0.52, 0.90, 0.90], [400, 400, 400, 400, 400, 100]
    found, base = laney(share, n, learnt=np.arange(6) < 4), laney(share[:4], n[:4])
    assert found.centre == base.centre and found.sigma_z == base.sigma_z
    assert found.high[:4] == pytest.approx(base.high)
    assert found.high[5] - found.centre == pytest.approx(2 * (found.high[4] - found.centre))
