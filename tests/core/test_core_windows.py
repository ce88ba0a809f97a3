"""Rates about people have a fixed window: they do not grow with the period, and knowing somebody by their requests does not raise them."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from tests.core.company import block
from tests.core.test_core_service import JOURNEY

START, WEEKS = datetime(2025, 1, 6), 52
STRETCHES = (4, 13, 40)


@pytest.fixture(scope="module")
def steady(module_company):
    """400 known people who come every week or so for a year; after one visit in twenty they write about it two days later, and on one
    visit in thirty they meet an error. Nothing changes over the year."""
    random = np.random.default_rng(12)
    events, tickets = ["occurred_at,customer_id,event_name,url"], ["created_at,ticket_id,customer_id,category"]
    for person in range(400):
        day = random.uniform(0, 7)
        while day < 7 * WEEKS:
            at = START + timedelta(days=day)
            events.append(f"{at:%F %T},k{person},page_view,/cart")
            if random.random() < 1 / 30:
                events.append(f"{at + timedelta(minutes=1):%F %T},k{person},js_error,/cart")
            if random.random() < 1 / 20:
                tickets.append(f"{at + timedelta(days=2):%F %T},t{len(tickets)},k{person},payment")
            day += random.exponential(7) + 0.5
    return module_company(
        journey=JOURNEY,
        files={"e.csv": "\n".join(events), "t.csv": "\n".join(tickets)},
        settings='[company]\nname = "S"\ncost_per_contact = 10\n',
        sources=block("e", "e.csv", "web_events") + block("t", "t.csv", "support_tickets"),
    )


@pytest.mark.parametrize("metric", ["contact_rate", "cost_to_serve", "unbroken_journey_rate"])
def test_no_rate_about_people_grows_with_the_period(steady, metric):
    """4, 13 and 40 weeks of the same people: the intervals meet, and the values are within a third of each other. Counted in the period,
    nine in ten would have asked for help within 40 weeks, and one in five within 4."""
    end = (START + timedelta(days=7 * 46 - 1)).date()
    stage = () if metric == "unbroken_journey_rate" else ("Buy",)
    cells = [
        steady.one(metric, stages=stage, start=end - timedelta(days=7 * weeks - 1), end=end) for weeks in STRETCHES
    ]
    assert all(one.low <= other.high for one in cells for other in cells), [cell.value for cell in cells]
    assert max(cell.value for cell in cells) < 1.33 * min(cell.value for cell in cells)


def test_knowing_people_by_their_requests_does_not_raise_the_rate(company):
    """10,000 people, one visit a quarter over three quarters. One in ten logs in. Of 1,000 a fifth writes within the week each time, of
    9,000 one in 77: 3.15 % of all visits. Whoever wrote is linked from then on, and those are mostly the fifth.

    Among all linked before, the third quarter reads more than 4.5 %; among those known by a login, what is true.
    """
    random = np.random.default_rng(7)
    events, tickets = ["occurred_at,anonymous_id,customer_id,url"], ["created_at,ticket_id,anonymous_id,email,category"]
    for person in range(10_000):
        often, known = person % 10 == 0, random.random() < 0.1
        for quarter in range(3):
            at = START + timedelta(days=91 * quarter + random.uniform(0, 80))
            events.append(f"{at:%F %T},b{person},{f'k{person}' if known else ''},/cart")
            if random.random() < (0.2 if often else 0.0115 / 0.9):
                tickets.append(
                    f"{at + timedelta(days=2):%F %T},t{len(tickets)},b{person},p{person}@example.com,payment"
                )
    built = company(
        journey=JOURNEY,
        files={"e.csv": "\n".join(events), "t.csv": "\n".join(tickets)},
        sources=block("e", "e.csv", "web_events") + block("t", "t.csv", "support_tickets"),
    )
    third = {"start": date(2025, 7, 7), "end": date(2025, 9, 24)}
    naive, people = built.rows(
        """
        select avg(case when exists (select 1 from tickets t where t.person_id = v.person_id and t.created_at > v.started_at
                                     and t.created_at < v.started_at + interval '7 days') then 1.0 else 0.0 end), count(*)
        from visits v where linked_before and day between $start and $end""",
        third,
    )[0]
    cell = built.one("contact_rate", stages=("Buy",), **third)
    assert naive > 0.045 and people > 1.3 * cell.n
    assert cell.low < 0.0315 < cell.high and cell.value < 0.042
