"""The journey's own success: who came and got through within 30 days, which no stage's completion says."""

from datetime import date

import pytest

from data.errors import UserError
from data.settings.journey import load_journeys
from report.words.reasons import reason_text

JOURNEY = """
[[journey]]
name = "J"
goal = "Buy"
[[journey.stage]]
name = "Find"
paths = ["/find*"]
goal = "path:/item*"
[[journey.stage]]
name = "Buy"
paths = ["/item*", "/cart*"]
goal = "event:purchase"
[[journey.stage]]
name = "Engage"
paths = ["/account*"]
goal = "path:/account/track*"
"""
# Came in March, to whatever stage; bought after so many days.
VISITS = """
    occurred_at       session_id  customer_id  event_name  url
    2026-03-02T10:00  a1          ann          page_view   /find
    2026-03-02T10:05  a1          ann          page_view   /item/1
    2026-03-30T10:00  a2          ann          purchase    /cart
    2026-03-02T10:00  b1          bob          page_view   /find
    2026-04-02T10:00  b2          bob          purchase    /cart
    2026-03-03T10:00  c1          cem          page_view   /cart
    2026-03-03T10:05  c1          cem          purchase    /cart
    2026-03-04T10:00  d1          dia          page_view   /find
    2026-03-04T10:01  d1          dia          page_view   /item/1
    2026-03-05T10:00  e1          eli          page_view   /account/track
    2026-03-06T10:00  f1          fay          page_view   /account
    2026-06-01T10:00  z1          zoe          page_view   /find
"""
MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}


def test_who_got_through_the_journey_in_thirty_days(company):
    """ann bought after 28 days, cem at once; bob after 31, dia and fay never; eli reached the goal of Engage, which is not the journey's: 2 of 6.
    Visits to stages say something else: bought is one of four goals they count."""
    built = company(journey=JOURNEY, web_events=VISITS)
    cell = built.one("journey_success_rate", **MARCH)
    assert (cell.value, cell.n, cell.persons) == (2 / 6, 6, 6)
    assert built.one("completion_rate", **MARCH).value != cell.value
    for name in ("segment", "device", "region"):  # a breakdown is of whoever came, not of the visit that reached it
        assert built.one("journey_success_rate", by=name, **MARCH).value == 2 / 6
    late = built.one("journey_success_rate", start=date(2026, 5, 20), end=date(2026, 6, 1))
    assert (late.value, late.state) == (None, "immature")


def test_without_its_own_word_the_last_stage_with_a_goal_is_the_journeys(company):
    """eli alone tracked: 1 of 6."""
    built = company(journey=JOURNEY.replace('goal = "Buy"\n', ""), web_events=VISITS)
    assert built.one("journey_success_rate", **MARCH).value == 1 / 6


def test_a_journey_without_any_goal_has_no_success(company):
    bare = "\n".join(line for line in JOURNEY.splitlines() if not line.startswith("goal"))
    cell = company(journey=bare, web_events=VISITS).one("journey_success_rate", **MARCH)
    assert (cell.state, reason_text(cell.reason)) == ("not_applicable", "no stage of J has a goal in journey.toml")


@pytest.mark.parametrize("written", ['"Byu"', "3", '["Buy"]'])
def test_a_goal_that_is_no_stage_is_one_sentence(tmp_path, written):
    file = tmp_path / "journey.toml"
    file.write_text(JOURNEY.replace('"Buy"\n[[', written + "\n[[", 1))
    with pytest.raises(UserError, match="the goal of a journey is one of its stages with a goal"):
        load_journeys(file)
