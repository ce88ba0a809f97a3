"""Which parts of a breakdown surely differ from the rest of it."""

import pytest

from metrics.analyses.cells_vs_rest import sides_of_rest
from metrics.query.query import Query

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
"""


@pytest.fixture(scope="module")
def shop(module_company):
    """Four channels of 500 visitors; 300, 225 and 225 of the first three buy, and 100 of the fourth; beside them eight who came by kiosk
    and all bought."""
    rows = ["occurred_at  customer_id  session_id  event_name  url  touch_channel"]
    for channel, n, bought in (
        ("app", 500, 300),
        ("web", 500, 225),
        ("phone", 500, 225),
        ("store", 500, 100),
        ("kiosk", 8, 8),
    ):
        for i in range(n):
            rows.append(f"2026-03-{2 + i % 20:02}T10:00  {channel}{i}  {channel}{i}  page_view  /cart  {channel}")
            rows += (
                [f"2026-03-{2 + i % 20:02}T10:01  {channel}{i}  {channel}{i}  purchase  /cart  {channel}"]
                if i < bought
                else []
            )
    return module_company(journey=JOURNEY, web_events="\n".join(rows))


def test_only_what_surely_differs_from_the_rest_has_a_side(shop):
    """App 60 % beside 37 % of the rest, store 20 % beside 50 %; web and phone, 45 % beside 42 %, do not stand out among four
    looks; eight by kiosk are too few to lean on, however well they did."""
    found = sides_of_rest(Query(("completion_rate",), by=("touch_channel",)), shop.store.generation())
    assert found == {("app",): "above", ("store",): "below"}


def test_two_parts_mirror_each_other(shop):
    """Filtered to two, each is the other's rest."""
    asked = Query(("completion_rate",), by=("touch_channel",), filters=(("touch_channel", "app,store"),))
    assert sides_of_rest(asked, shop.store.generation()) == {("app",): "above", ("store",): "below"}


def test_one_part_has_no_rest_and_a_percentile_does_not_add_up(shop):
    one = Query(("completion_rate",), by=("touch_channel",), filters=(("touch_channel", "app"),))
    assert sides_of_rest(one, shop.store.generation()) == {}
    assert sides_of_rest(Query(("dwell_p50",), by=("touch_channel",)), shop.store.generation()) is None


def test_weeks_are_not_set_against_each_other(shop):
    """They share shocks, which people alone do not show."""
    assert sides_of_rest(Query(("completion_rate",), by=("touch_channel", "week")), shop.store.generation()) is None


def test_ways_of_asking_are_not_set_against_each_other(shop):
    assert sides_of_rest(Query(("csat_t2b_5",), by=("asked_via",)), shop.store.generation()) is None


def test_what_is_too_rare_to_tell_has_no_side(module_company):
    """Two of 900 buy by app, none of 900 by web: fewer than five were to be expected in either."""
    rows = ["occurred_at  customer_id  session_id  event_name  url  touch_channel"]
    for channel, bought in (("app", 2), ("web", 0)):
        for i in range(900):
            rows.append(f"2026-03-{2 + i % 20:02}T10:00  {channel}{i}  {channel}{i}  page_view  /cart  {channel}")
            rows += (
                [f"2026-03-{2 + i % 20:02}T10:01  {channel}{i}  {channel}{i}  purchase  /cart  {channel}"]
                if i < bought
                else []
            )
    rare = module_company(journey=JOURNEY, web_events="\n".join(rows))
    assert sides_of_rest(Query(("completion_rate",), by=("touch_channel",)), rare.store.generation()) == {}
