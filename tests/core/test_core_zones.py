"""When something happened: times without a zone are the company's, a day is that day in any zone."""

import pytest

from tests.core.company import block, table

JOURNEY = """
    [[journey]]
    name = "Shop"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart*"]
    surveys = ["exit"]
    tickets = ["payment"]
    goal = "order"
    [[survey]]
    name = "exit"
    kind = "transactional"
    trigger = "random"
    """


def settings(zone: str) -> str:
    return f'[company]\nname = "Z"\ntimezone = "{zone}"\n'


def late(zone: str, company):
    """One record of each kind at 23:30 on 1 March, where the company is."""
    at = "2026-03-01 23:30"
    return company(
        journey=JOURNEY,
        settings=settings(zone),
        web_events=f"occurred_at       anonymous_id  url\n{at}  a  /cart",
        survey_answers=f"responded_at      response_id  survey  metric  score  scale_min  scale_max\n{at}  r1  exit  csat  5  1  5",
        support_tickets=f"created_at        ticket_id  solved_at         status  category\n{at}  t1  2026-03-02 23:30  solved  payment",
        orders=f"ordered_at        order_id  customer_id\n{at}  o1  c1",
        survey_invitations=f"invited_at        survey  customer_id\n{at}  exit  c1",
        annotations=f"at                text\n{at}  release",
    )


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "UTC"])
def test_times_without_a_zone_are_the_companys(company, zone):
    """23:30 on 1 March is 1 March, whatever the company's zone: of visits, answers, tickets, orders, invitations and notes."""
    built = late(zone, company)
    days = {
        name: built.value(f"select day::varchar from {name}")
        for name in ("visits", "answers", "tickets", "orders", "invitations", "annotations")
    }
    assert set(days.values()) == {"2026-03-01"}, days
    assert built.value("select ended_day::varchar from tickets") == "2026-03-02"
    notes = {line["file"]: line.get("notes", "") for line in built.summary.files}
    assert f"occurred_at: times without a zone read as {zone}, the company's zone" in notes["web_events.csv"]
    assert "created_at, solved_at: times without a zone" in notes["support_tickets.csv"]


def test_a_sources_own_zone_wins_and_nothing_is_said_of_it(company):
    """22:30 UTC is 23:30 in Berlin, 23:30 UTC is the next day there; an offset in the text wins over both."""
    files = {
        "t.csv": table("""
        created_at                 ticket_id
        2026-03-01 22:30           before
        2026-03-01 23:30           after
        2026-03-01T23:30:00+01:00  offset
        """)
    }
    built = company(
        settings=settings("Europe/Berlin"),
        files=files,
        sources=block("t", "t.csv", "support_tickets", 'timezone = "UTC"'),
    )
    assert dict(built.rows("select ticket_id, day::varchar from tickets")) == {
        "before": "2026-03-01",
        "after": "2026-03-02",
        "offset": "2026-03-01",
    }
    assert not built.summary.files[0].get("notes")


@pytest.mark.parametrize(
    ("company_zone", "file_zone"),
    [
        ("Europe/Berlin", "UTC"),
        ("America/Los_Angeles", "UTC"),
        ("Europe/Berlin", "America/New_York"),
        ("America/New_York", "Asia/Tokyo"),
        ("America/Santiago", "UTC"),
        ("Pacific/Kiritimati", "UTC"),
    ],
)
@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("2026-03-05", ""),
        ("05.03.2026", 'dates = "%d.%m.%Y"'),
        ("3/5/26", 'dates = "%m/%d/%y"'),
        ("20260305", 'dates = "%Y%m%d"'),
        ("5 March 2026", 'dates = "%d %B %Y"'),
    ],
)
def test_a_date_without_a_time_never_moves(company, company_zone, file_zone, written, dates):
    """A ticket of 5 March is of 5 March, however the date is written and whatever zone the file's times would be in."""
    built = company(
        settings=settings(company_zone),
        files={"t.csv": f"created_at,ticket_id\n{written},t1\n"},
        sources=block("t", "t.csv", "support_tickets", f'timezone = "{file_zone}"', *([dates] if dates else [])),
    )
    assert built.rows("select day::varchar from tickets") == [("2026-03-05",)]


def test_a_day_whose_midnight_does_not_exist_stays_that_day(company):
    """In Santiago the clock goes from 23:59 on 7 September 2024 to 01:00: 8 September has no midnight."""
    built = company(settings=settings("America/Santiago"), support_tickets="created_at  ticket_id\n2024-09-08  t1")
    assert built.rows("select day::varchar from tickets") == [("2024-09-08",)]


def test_a_promise_of_a_day_holds_until_its_end_where_the_company_is(company):
    """Promised for 5 March, delivered that evening in Berlin: kept. The file's times are UTC; its promise is a day."""
    files = {
        "o.csv": table("""
        ordered_at        promised_at  delivered_at      order_id  customer_id
        2026-03-01 10:00  2026-03-05   2026-03-05 22:30  evening   c1
        2026-03-01 10:00  2026-03-05   2026-03-05 23:30  night     c2
        2026-03-20 10:00  -            -                 later     c3
        """)
    }
    promise = (
        JOURNEY
        + """
    [[promise]]
    name = "On the day"
    stage = "Buy"
    evidence = "orders: delivered_at <= promised_at"
    """
    )
    built = company(
        journey=promise,
        settings=settings("Europe/Berlin"),
        files=files,
        sources=block("o", "o.csv", "orders", 'timezone = "UTC"'),
    )
    assert dict(built.rows("select split_part(about, ':', 2), outcome from promises")) == {
        "evening": "kept",
        "night": "broken",
    }
