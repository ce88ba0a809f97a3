"""What help people needed: times with what is still open, reopenings, the backlog, who had to come back, contacts per visit."""

from datetime import date

import pytest

from report.words.reasons import reason_text
from tests.core.company import warned

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    tickets = ["payment"]
    [[journey.stage]]
    name = "Engage"
    paths = ["/help"]
    tickets = ["delivery"]
"""
END = "2026-03-31T00:00"  # an event at this moment: the end of the data
EVENTS = f"occurred_at  url\n{END}  /cart"
# Freireich et al., Blood 1963, 6-MP: weeks to relapse, and weeks of those still in remission. Here hours to a reply.
REPLIED, OPEN = (6, 6, 6, 7, 10, 13, 16, 22, 23), (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)


def at(hours: float, day: int = 31) -> str:
    """A time so many hours after the start of a day of March 2026; negative: before it."""
    minutes = round((day * 24 + hours) * 60)
    return f"2026-03-{minutes // 1440:02}T{minutes % 1440 // 60:02}:{minutes % 60:02}"


def freireich() -> str:
    """One ticket a patient: replied to after so many hours, or open for so many hours at the end of the data."""
    lines = ["ticket_id  customer_id  created_at  first_reply_at  status"]
    lines += [f"r{n}  r{n}  2026-03-20T00:00  {at(hours, 20)}  open" for n, hours in enumerate(REPLIED)]
    return "\n".join(lines + [f"o{n}  o{n}  {at(-hours)}  -  open" for n, hours in enumerate(OPEN)])


def test_open_tickets_are_censored_not_dropped(company):
    """Freireich's 21: median 23 (13 … not reached), published. Without the open ones it would read 10."""
    built = company(journey=JOURNEY, web_events=EVENTS, support_tickets=freireich())
    cell = built.one("first_response_p50")
    assert (cell.value, cell.low, cell.high, cell.n, cell.persons) == (23, 13, None, 21, 21)
    assert cell.state == "few" and "12 of 21 are still open" in warned(cell)[0]


def test_a_percentile_beyond_the_curve_is_not_reached(company):
    """The same 21: nine of ten had no reply yet. No value; it surely takes more than 35 hours, the longest wait seen."""
    built = company(journey=JOURNEY, web_events=EVENTS, support_tickets=freireich())
    cell = built.one("first_response_p90")
    assert (cell.value, cell.low, cell.high, cell.state) == (None, 35, None, "immature")
    assert "not reached: 43 % by now" in reason_text(cell.reason) and "57 % are still open" in reason_text(cell.reason)


def test_closed_without_a_reply_competes(company):
    """Ten tickets, all over: four replied to after 1, 2, 3, 4 h, five closed unanswered and one merged after half an hour.

    Half of the ten never hears from anybody: the median is not reached, and no waiting will change that. Censoring the
    six would give 2 h, dropping them too.
    """
    rows = ["ticket_id  customer_id  created_at  first_reply_at  solved_at  status  tags"]
    rows += [f"a{n}  a{n}  {at(0, 20)}  {at(n, 20)}  {at(9, 20)}  closed  -" for n in (1, 2, 3, 4)]
    rows += [f"b{n}  b{n}  {at(0, 20)}  -  {at(0.5, 20)}  closed  {'merged' if n == 5 else '-'}" for n in range(6)]
    built = company(journey=JOURNEY, web_events=EVENTS, support_tickets="\n".join(rows))
    cell = built.one("first_response_p50")
    assert (cell.value, cell.state, cell.n) == (None, "no_data", 9)  # the merged one is no request of its own
    assert cell.persons == 9
    assert "40 % by now" in reason_text(cell.reason) and "60 % ended without it" in reason_text(cell.reason)
    solved = built.one("resolution_p50")
    assert (solved.value, solved.n) == (
        0.5,
        9,
    ) and "1 merged into another ticket are not in n; the merging ends their wait" in warned(solved)


def test_a_ticket_opened_again_is_not_solved(company):
    """Ten were solved after 5 h; four of them are open again: six of ten are solved by 5 h, the median is 5, p90 not reached."""
    rows = ["ticket_id  customer_id  created_at  solved_at  status  reopens"]
    rows += [f"{n}  {n}  {at(0, 20)}  {at(5, 20)}  {'open' if n < 4 else 'solved'}  {int(n < 4)}" for n in range(10)]
    built = company(journey=JOURNEY, web_events=EVENTS, support_tickets="\n".join(rows))
    assert built.one("resolution_p50").value == 5
    assert built.one("resolution_p90").state == "immature"
    assert (built.one("reopen_rate").value, built.one("reopen_rate").n) == (0.4, 10)


def test_last_weeks_open_tickets_do_not_improve_the_reply_time(company):
    """Trap: forty a week, half answered in 2 h and half in 40 h. Of the last day's the slow ones are still open.

    Answered ones only, the last day would read 2 h against 40 h at the ninetieth percentile: here nothing has changed.
    """
    rows = ["ticket_id  customer_id  created_at  first_reply_at  status"]
    for day in (10, 30):
        for n in range(40):
            slow = n % 2
            reply = at(40 if slow else 2, day)
            rows.append(f"{day}-{n}  {day}-{n}  {at(0, day)}  {'-' if day == 30 and slow else reply}  open")
    built = company(journey=JOURNEY, web_events=EVENTS, support_tickets="\n".join(rows))
    found = {day: built.one("first_response_p90", start=date(2026, 3, day), end=date(2026, 3, day)) for day in (10, 30)}
    assert (found[10].value, found[10].high, found[10].state) == (
        40,
        40,
        "few",
    )  # the 90th percentile of forty: at 99.9 % it has no upper end
    assert (found[30].value, found[30].low, found[30].state) == (None, 24, "immature")


BACKLOG = """
    ticket_id  customer_id  created_at        solved_at         status  category
    1          k1           2026-03-02T10:00  2026-03-03T10:00  solved  payment
    2          k2           2026-03-02T10:00  2026-03-10T10:00  solved  payment
    3          k3           2026-03-04T10:00  2026-03-20T10:00  solved  payment
    4          k4           2026-03-05T10:00  -                 open    payment
    5          k5           2026-03-11T10:00  2026-03-16T10:00  open    payment
    6          k6           2026-03-12T10:00  -                 new     payment
    7          k7           2026-03-12T10:00  -                 spam    payment
    8          k8           2026-03-02T10:00  2026-03-02T11:00  solved  payment
    9          k9           2026-03-12T10:00  2026-03-12T11:00  solved  payment
    10         k10          2026-03-12T10:00  2026-03-12T11:00  solved  payment
    """


def test_the_backlog_is_a_stock(company):
    """Open at the end of Sunday the 8th: 2, 3, 4. Of the 15th: 3, 4, 5, 6 (5 was solved once and is open again). Of the
    month: 4, 5, 6. Weeks do not add up, and there is no interval."""
    built = company(journey=JOURNEY, web_events=EVENTS, support_tickets=BACKLOG)
    assert [built.one("backlog", start=date(2026, 3, 1), end=date(2026, 3, day)).value for day in (8, 15, 31)] == [
        3,
        4,
        3,
    ]
    assert built.shown("backlog", "week", start=date(2026, 3, 9), end=date(2026, 3, 15)) == {"2026-03-09": (4.0, 6)}
    assert built.shown("backlog", "month") == {"2026-03-01": (3.0, 9)}
    cell = built.one("backlog")
    assert (cell.value, cell.low, cell.high, cell.state) == (3, None, None, "shown") and "no interval" in warned(cell)[
        0
    ]


def recontacts() -> dict[str, str]:
    """Twelve known customers, a ticket each about payment, solved after a day; and what some of them did then.

    customer  wrote again                         any topic  same topic
    k0        2 days after, about payment         back       back
    k1        2 days after, about delivery        back       settled
    k2        8 days after, about payment         settled    settled      (the second is no starter: nothing before it? 8 days)
    k3        the same ticket was opened again    back       back
    k4…k11    –                                   settled    settled
    """
    events = [EVENTS.replace("occurred_at  url", "occurred_at  customer_id  url").replace("  /cart", "  -  /cart")]
    events += [f"2026-03-01T09:00  k{n}  /cart" for n in range(12)]
    rows = ["ticket_id  customer_id  created_at  solved_at  status  category  reopens"]
    rows += [f"{n}  k{n}  2026-03-02T10:00  2026-03-03T10:00  solved  payment  {int(n == 3)}" for n in range(12)]
    rows += [
        "20  k0  2026-03-05T10:00  2026-03-05T11:00  solved  payment  0",
        "21  k1  2026-03-05T10:00  2026-03-05T11:00  solved  delivery  0",
        "22  k2  2026-03-11T10:00  2026-03-30T11:00  solved  payment  0",
        "23  stranger  2026-03-02T10:00  2026-03-03T10:00  solved  payment  0",
    ]
    return {"web_events": "\n".join(events), "support_tickets": "\n".join(rows)}


def test_who_had_to_come_back_within_seven_days_of_the_solution(company):
    """Of 12 starters 3 came back, 2 of them about the same thing. The second tickets start nothing, k2's was solved in the
    last 7 days, and nobody would see a stranger come back: none of them counts."""
    built = company(journey=JOURNEY, **recontacts())
    assert (built.one("fcr_recontact_7d").value, built.one("fcr_recontact_7d").n) == (9 / 12, 12)
    assert built.one("fcr_recontact_7d_same_topic").value == pytest.approx(10 / 12)
    late = built.one("fcr_recontact_7d", start=date(2026, 3, 25), end=date(2026, 3, 31))
    assert (late.value, late.state) == (None, "immature") and "last 7 days" in reason_text(late.reason)


def test_one_touch_is_fewer_than_two_replies_and_solved(company):
    """0, 1, 1, 1, 2 and 3 replies to solved tickets: four of six. An open one and one whose replies nobody counted are out."""
    rows = ["ticket_id  customer_id  created_at  solved_at  status  replies"]
    rows += [
        f"{n}  k{n}  2026-03-02T10:00  2026-03-03T10:00  solved  {replies}"
        for n, replies in enumerate((0, 1, 1, 1, 2, 3, "-"))
    ]
    rows += ["9  k9  2026-03-02T10:00  -  open  1"]
    built = company(journey=JOURNEY, web_events=EVENTS, support_tickets="\n".join(rows))
    assert (built.one("fcr_one_touch").value, built.one("fcr_one_touch").n) == (pytest.approx(4 / 6), 6)


def test_what_no_source_records_is_not_collected(company):
    """Tickets without replies, solutions or counts: four reasons, no 0."""
    rows = ["ticket_id  customer_id  created_at"] + [f"{n}  k{n}  2026-03-02T10:00" for n in range(10)]
    built = company(journey=JOURNEY, web_events=EVENTS, support_tickets="\n".join(rows))
    for metric, lacks in (
        ("first_response_p50", "ticket replies"),
        ("resolution_p50", "ticket solutions"),
        ("backlog", "ticket solutions"),
        ("reopen_rate", "ticket reopenings"),
        ("fcr_one_touch", "counts of agent replies"),
    ):
        cell = built.one(metric)
        assert (cell.value, cell.state) == (None, "not_collected") and lacks in reason_text(cell.reason)


def test_gross_contacts(company):
    """Ten visits to Buy by ten people, three tickets about it (two of one person, one of a stranger), 20 orders:
    30 per 100 visits, 15 per 100 orders. By device nothing: a ticket has none."""
    events = "occurred_at  customer_id  url\n" + "\n".join(f"2026-03-02T10:00  k{n}  /cart" for n in range(10))
    tickets = """ticket_id  created_at        customer_id  category
        1          2026-03-02T12:00  k0           payment
        2          2026-03-04T12:00  k0           payment
        3          2026-03-03T12:00  -            payment
        """
    orders = "order_id  customer_id  ordered_at  amount\n" + "\n".join(
        f"{n}  k{n % 10}  2026-03-02T11:00  10" for n in range(20)
    )
    built = company(journey=JOURNEY, web_events=events, support_tickets=tickets, orders=orders)
    gross = built.one("contact_rate_gross", stages=("Buy",))
    assert (gross.value, gross.n) == (pytest.approx(30), 10)
    assert built.one("contacts_per_order").value == pytest.approx(15)
    assert built.one("contact_rate_gross", by="device").state == "not_applicable"
    assert built.one("contacts_per_order", by="stage").state == "not_applicable"


def test_contacts_after_occasions(company):
    """Ten known customers in Buy on the 2nd; k0 writes twice within 72 h, k1 after four days: 20 per 100 occasions."""
    events = "occurred_at  customer_id  url\n2026-03-20T10:00  -  /cart\n" + "\n".join(
        f"2026-03-02T10:00  k{n}  /cart" for n in range(10)
    )
    tickets = """ticket_id  created_at        customer_id  category
        1          2026-03-02T12:00  k0           payment
        2          2026-03-04T12:00  k0           payment
        3          2026-03-06T12:00  k1           payment
        """
    built = company(journey=JOURNEY, web_events=events, support_tickets=tickets)
    assert (built.one("contacts_per_100_occasions").value, built.one("contacts_per_100_occasions").n) == (20, 10)
