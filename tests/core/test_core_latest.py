"""What takes ninety days to know is asked of the latest weeks that are old enough; promises are never pooled; shares are of all requests."""

from datetime import date, timedelta

import pytest

from metrics.analyses.lists import listed
from metrics.compute.run import run
from metrics.query import period
from metrics.query.context import read
from metrics.query.query import Query
from report.words.reasons import reason_text
from tests.core.company import warned
from tests.core.test_core_service import JOURNEY

FIRST = date(2025, 1, 6)


@pytest.fixture(scope="module")
def year(module_company):
    """40 customers who come every four weeks of a year; ten of them come once only."""
    rows = ["occurred_at  customer_id  url"]
    for week in range(0, 56, 4):
        rows += [
            f"{FIRST + timedelta(days=7 * week + person % 7)}T10:00  k{person}  /cart"
            for person in range(40 if week == 36 else 30)
        ]
    rows += [f"{FIRST + timedelta(days=7 * week)}T10:00  -  /cart" for week in range(56)]
    people = "customer_id  customer_since\n" + "\n".join(f"k{person}  2024-01-01" for person in range(40))
    return module_company(journey=JOURNEY, web_events="\n".join(rows), people=people)


@pytest.mark.parametrize(("metric", "value"), [("retention_90d", 30 / 40), ("churn_90d", 10 / 40)])
def test_the_default_period_gives_the_latest_mature_weeks_and_says_so(year, metric, value):
    """Thirteen weeks end in the last whole week; of none of them 90 days are over. The latest thirteen of which they are hold week 36."""
    generation = year.store.generation()
    asked = period.with_default_period(Query((metric,)), read(generation))
    (cell,) = run(asked, generation).cells
    assert (cell.value, cell.n) == (value, 40)
    (said,) = [text for text in warned(cell) if "90 days after are over" in text]
    end = date.fromisoformat(said.split(" to ")[1][:10])
    assert end <= read(generation).last_day - timedelta(days=91) < end + timedelta(days=7)


def test_a_period_somebody_chose_is_not_moved(year):
    last = year.value("select last_day from meta")
    cell = year.one("retention_90d", start=last - timedelta(days=20), end=last)
    assert (cell.state, cell.value) == ("immature", None)


PROMISES = (
    JOURNEY
    + """
    [[promise]]
    name = "Delivered by the day"
    stage = "Buy"
    evidence = "orders: delivered_at <= promised_at"
    [[promise]]
    name = "A reply in a day"
    stage = "Buy"
    evidence = "tickets: first_reply_at <= created_at + 24 h"
"""
)


def test_promises_are_never_pooled(company):
    """Nine of ten parcels on the day, five of ten replies in time: two numbers, and no 70 %. One promise alone is itself."""
    orders = "order_id  customer_id  ordered_at  promised_at  delivered_at\n" + "\n".join(
        f"o{n}  c{n}  2026-03-01T10:00  2026-03-05  2026-03-0{9 if n == 0 else 4}T10:00" for n in range(10)
    )
    tickets = (
        "ticket_id  customer_id  created_at  first_reply_at\n"
        + "\n".join(f"t{n}  c{n}  2026-03-01T10:00  2026-03-0{1 if n < 5 else 4}T20:00" for n in range(10))
        + "\nlast  z  2026-03-20T10:00  -"
    )
    built = company(journey=PROMISES, orders=orders, support_tickets=tickets)
    for query in ({}, {"stages": ("Buy",)}):
        cell = built.one("promise_kept_measured", **query)
        assert (cell.value, cell.state) == (None, "not_applicable")
        assert "never pooled: ask by promise (A reply in a day, Delivered by the day)" in reason_text(cell.reason)
    assert built.shown("promise_kept_measured", "promise") == {
        "A reply in a day": (0.5, 10),
        "Delivered by the day": (0.9, 10),
    }
    assert built.one("promise_kept_measured", filters=(("promise", "A reply in a day"),)).value == 0.5
    one = company(
        journey=PROMISES.split('    [[promise]]\n    name = "A reply')[0], orders=orders, support_tickets=tickets
    )
    assert one.one("promise_kept_measured").value == 0.9


def test_shares_of_reasons_are_of_all_requests(company):
    """Twelve reasons, of 20 requests each the first and of 10 each the others, 130 in all: 15.4 % and 7.7 %, though ten are listed."""
    rows = [
        f"r{n}-{i}  c{n}-{i}  2026-03-01T10:00  payment {n:02}" for n in range(12) for i in range(20 if n == 0 else 10)
    ]
    built = company(
        journey=JOURNEY.replace('"payment"', '"payment*"'),
        support_tickets="ticket_id  customer_id  created_at  category\n" + "\n".join(rows),
    )
    found = listed("reasons", Query((), "J", ("Buy",)), built.store.generation())
    assert (found.n, len(found.rows)) == (130, 10)
    few = "\n".join(
        rows + [f"s{n}-{i}  d{n}-{i}  2026-03-01T10:00  payment of {n}" for n in range(3) for i in range(3)]
    )
    rare = company(
        journey=JOURNEY.replace('"payment"', '"payment*"'),
        support_tickets="ticket_id  customer_id  created_at  category\n" + few,
    )
    assert listed("reasons", Query((), "J", ("Buy",)), rare.store.generation()).n == 139
    assert [round(row["share"], 4) for row in found.rows[:2]] == [round(20 / 130, 4), round(10 / 130, 4)]
