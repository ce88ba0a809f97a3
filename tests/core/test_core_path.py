"""One person's path: only with the right, in order, nothing that names the person, the newest visits of many."""

from datetime import datetime, timedelta

import pytest

from data.errors import UserError
from metrics.analyses.person_path import Moment, Visit, path_of
from metrics.query.query import Rights

MAY = Rights(see_persons=True)
JOURNEY = """
[[journey]]
name = "Shop"
[[journey.stage]]
name = "Find"
paths = ["/", "/search*"]
goal = "path:/product*"
[[journey.stage]]
name = "Buy"
paths = ["/product*", "/checkout*", "/u/*"]
surveys = ["checkout"]
goal = "event:purchase"
[[survey]]
name = "checkout"
kind = "transactional"
[[promise]]
name = "On the day"
stage = "Buy"
evidence = "orders: delivered_at <= promised_at"
"""
EVENTS = """
event_id  occurred_at           event_name  url                                        target      session_id  customer_id
1         2026-03-02T10:00:00Z  page_view   https://shop.example/                      -           s1          wilma
2         2026-03-02T10:01:00Z  page_view   https://shop.example/product/7             -           s1          wilma
3         2026-03-02T10:01:05Z  page_view   https://shop.example/product/7             -           s1          wilma
4         2026-03-02T10:02:00Z  rage_click  https://shop.example/checkout              button.pay  s1          wilma
5         2026-03-02T10:03:00Z  page_view   https://shop.example/                      -           s1          wilma
6         2026-03-09T09:00:00Z  page_view   https://shop.example/u/wilma@mail.example    -           s2          wilma
7         2026-03-09T09:01:00Z  purchase    https://shop.example/checkout/8812345678   -           s2          wilma
8         2026-03-20T09:01:00Z  page_view   https://shop.example/                      -           s3          bob
"""
ANSWERS = """
response_id  responded_at          survey    metric  score  scale_min  scale_max  customer_id  session_id  comment
r1           2026-03-03T08:00:00Z  checkout  csat    2      1          5          wilma          s1          call wilma@mail.example
"""
TICKETS = """
ticket_id  created_at            first_reply_at        solved_at             customer_id  category  subject
t1         2026-03-04T12:00:00Z  2026-03-04T15:00:00Z  2026-03-06T12:00:00Z  wilma          payment   where is it
"""
ORDERS = """
order_id  ordered_at            amount  promised_at           delivered_at          customer_id
o1        2026-03-09T09:01:00Z  20.00   2026-03-12T12:00:00Z  2026-03-14T12:00:00Z  wilma
"""


@pytest.fixture(scope="module")
def shop(module_company):
    return module_company(
        journey=JOURNEY, web_events=EVENTS, survey_answers=ANSWERS, support_tickets=TICKETS, orders=ORDERS
    )


def person(company, customer: str) -> int:
    return company.value("select person_id from person_map where kind = 'customer_id' and value = $c", {"c": customer})


def test_a_path_is_in_order_and_each_thing_stands_at_its_moment(shop):
    """Two visits, an answer, a request for help, an order and its broken promise: newest first."""
    path = path_of(person(shop, "wilma"), "Shop", shop.store.generation(), MAY)
    said = [(type(e).__name__ if isinstance(e, Visit) else e.kind, f"{e.at:%m-%d %H:%M}") for e in path.entries()]
    assert said == [
        ("promise", "03-12 12:00"),
        ("order", "03-09 09:01"),
        ("Visit", "03-09 09:00"),
        ("ticket", "03-04 12:00"),
        ("answer", "03-03 08:00"),
        ("Visit", "03-02 10:00"),
    ]
    promise, ticket = path.moments[0], next(m for m in path.moments if m.kind == "ticket")
    assert promise.rows[0]["outcome"] == "broken"
    assert ticket.rows[0]["solved_at"] - ticket.at == timedelta(days=2)


def test_a_visit_runs_forward_by_stage_and_counts_as_the_metrics_do(shop):
    """Find, Buy, Find again: three stretches; the same page twice in a row is one mark; the friction is Buy's."""
    first = path_of(person(shop, "wilma"), "Shop", shop.store.generation(), MAY).visits[-1]
    assert [(s.stage, [(m.kind, m.what, m.times) for m in s.marks]) for s in first.stretches] == [
        ("Find", [("view", "/", 1)]),
        ("Buy", [("view", "/product/7", 2), ("rage", "button.pay", 1)]),
        ("Find", [("view", "/", 1)]),
    ]
    assert {t.stage: (t.friction, t.reached) for t in first.stages} == {"Find": (0, True), "Buy": (1, False)}


def test_nothing_on_a_path_names_the_person(shop):
    """Neither the address in a page's path nor that in the answer, neither the number of the order nor any id."""
    path = path_of(person(shop, "wilma"), "Shop", shop.store.generation(), MAY)
    text = repr(path)
    assert (
        "wilma" not in text and "8812345678" not in text and "o1" not in text and str(person(shop, "wilma")) not in text
    )
    assert [m.what for m in path.visits[0].stretches[0].marks] == ["/u/…", ""]
    assert next(m for m in path.moments if m.kind == "answer").rows[0]["comment"] == "call [e-mail]"


def test_no_path_without_the_right_and_none_of_nobody(shop):
    with pytest.raises(UserError, match="right see_persons"):
        path_of(person(shop, "wilma"), "Shop", shop.store.generation(), Rights())
    with pytest.raises(UserError, match="nobody of this name"):
        path_of(17, "Shop", shop.store.generation(), MAY)


def test_who_refused_has_no_path(company):
    """consent = false in people: not even with the right."""
    shop = company(
        journey=JOURNEY, web_events=EVENTS, people="customer_id  consent\nwilma          false\nbob          true"
    )
    assert path_of(person(shop, "bob"), "Shop", shop.store.generation(), MAY).total == 1
    with pytest.raises(UserError, match="do not want"):
        path_of(person(shop, "wilma"), "Shop", shop.store.generation(), MAY)


def test_of_many_visits_the_newest_are_shown_and_all_are_counted(company):
    """450 visits: 400 on the axis, 30 with their pages, moments only since the oldest of those; the total says 450."""
    start = datetime(2026, 1, 1)
    visits = [
        f"{i}  {start + timedelta(hours=6 * i):%Y-%m-%dT%H:%M:%SZ}  page_view  https://shop.example/  -  s{i}  eve"
        for i in range(450)
    ]
    shop = company(
        journey=JOURNEY,
        web_events="\n".join(["event_id  occurred_at  event_name  url  target  session_id  customer_id", *visits]),
        orders="order_id  ordered_at            customer_id\nold       2026-01-02T00:00:00Z  eve\nnew       2026-04-22T00:00:00Z  eve",
    )
    path = path_of(person(shop, "eve"), "Shop", shop.store.generation(), MAY)
    assert (path.total, path.shown, len(path.visits)) == (450, 30, 400)
    assert sum(bool(v.stretches) for v in path.visits) == 30
    assert path.visits[0].at == start + timedelta(hours=6 * 449) and path.first == start
    assert [e.at.month for e in path.entries() if isinstance(e, Moment)] == [4]
