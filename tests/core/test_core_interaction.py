"""Sessions as other tools call them, page vitals by device, no fuss, and journeys in which nothing broke."""

import pytest

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/", "/list"]
    goal = "event:add_to_cart"
    [[journey.stage]]
    name = "Engage"
    paths = ["/help"]
    tickets = ["delivery"]
    [[survey]]
    name = "s"
    kind = "transactional"
    trigger = "random"
    [[promise]]
    name = "On the day"
    stage = "Engage"
    evidence = "orders: delivered_at <= promised_at"
"""
ACTS = {  # what a session did → events as (seconds, name, page)
    "one page": [(0, "page_view", "/")],
    "one page, 11 s": [(0, "page_view", "/"), (11, "scroll", "/")],
    "one page and a click": [(0, "page_view", "/"), (3, "click", "/")],
    "one page and the goal": [(0, "page_view", "/"), (4, "add_to_cart", "/")],
    "two pages": [(0, "page_view", "/"), (5, "page_view", "/list")],
    "one page outside": [(0, "page_view", "/"), (5, "page_view", "/about")],
}


def test_a_bounce_and_an_engaged_session_are_not_each_others_complement(company):
    """Two sessions of each kind, each its own person.

    session                 bounce (Matomo)  engaged (GA4)
    one page                yes              no
    one page, 11 s          yes              yes
    one page and a click    no               no
    one page and the goal   no               yes
    two pages               no               yes
    one page outside        no               yes     the second page belongs to no stage, and still is a page
    """
    rows = ["occurred_at  customer_id  event_name  url"]
    for name, events in ACTS.items():
        for n in (1, 2):
            rows += [f"2026-03-02T10:00:{second:02}  {name} {n}  {event}  {page}" for second, event, page in events]
    built = company(journey=JOURNEY, web_events="\n".join(rows))
    assert (built.one("bounce_matomo").value, built.one("bounce_matomo").n) == (pytest.approx(2 / 6), 12)
    assert built.one("engaged_session_ga4").value == pytest.approx(4 / 6)
    assert built.one("bounce_matomo", by="stage").state == "not_applicable"


def test_vitals_are_percentiles_of_one_device(company):
    """On phones 1, 2, … 100 hundredths of a second times 4, on desktops a quarter of it: p75 3.0 s and 0.75 s, never one number."""
    rows = ["event_id  occurred_at  anonymous_id  url  device  lcp_ms  cls"]
    for device, factor in (("mobile", 40), ("desktop", 10)):
        rows += [
            f"{device}{n}  2026-03-02T10:00  {device}{n}  /list  {device}  {n * factor}  {n / 1000}"
            for n in range(1, 101)
        ]
    built = company(journey=JOURNEY, page_vitals="\n".join(rows), web_events="occurred_at  url\n2026-03-03  /")
    assert built.one("lcp_p75").state == "not_applicable"
    found = {cell.by["device"]: cell for cell in built.show("lcp_p75", by="device", stages=("Find",))}
    assert {device: cell.n for device, cell in found.items()} == {"mobile": 100, "desktop": 100}
    assert (found["mobile"].value, found["desktop"].value) == (
        pytest.approx(3.0, rel=0.01),
        pytest.approx(0.75, rel=0.01),
    )
    assert found["mobile"].low < 3.0 < found["mobile"].high
    assert built.one("cls_p75", filters=(("device", "mobile"),)).value == pytest.approx(0.075, rel=0.01)
    assert built.one("inp_p75", filters=(("device", "mobile"),)).state == "not_collected"


def test_no_fuss_is_the_goal_without_friction_retry_or_contact(company):
    """Ten known people reach the goal of Find: two meet an error, two need a second visit, two write the day after: 4 of 10."""
    rows = ["occurred_at  customer_id  event_name  url", "2026-03-20T10:00  -  page_view  /help"]
    for n in range(10):
        if n in (2, 3):
            rows.append(f"2026-03-01T10:00  k{n}  page_view  /")
        rows += [f"2026-03-02T10:00  k{n}  page_view  /", f"2026-03-02T10:02  k{n}  add_to_cart  /"]
        rows += [f"2026-03-02T10:01  k{n}  js_error  /"] if n in (0, 1) else []
    tickets = "ticket_id  created_at  customer_id\n1  2026-03-03T10:00  k4\n2  2026-03-03T10:00  k5"
    built = company(journey=JOURNEY, web_events="\n".join(rows), support_tickets=tickets)
    assert (built.one("no_fuss_rate", stages=("Find",)).value, built.one("no_fuss_rate", stages=("Find",)).n) == (
        0.4,
        10,
    )


def test_one_break_anywhere_breaks_the_journey(company):
    """Twelve known people with two visits each: k0 meets an error in one, k1 says it fell short, k2's parcel was late, k3's in
    time, k5's not, but six weeks later. A stranger's error is nobody's journey. 9 of 12 are unbroken."""
    rows = ["occurred_at  customer_id  anonymous_id  event_name  url", "2026-04-20T10:00  -  x  js_error  /"]
    rows += [f"2026-03-0{day}T10:00  k{n}  -  page_view  /" for n in range(12) for day in (1, 2)]
    rows += ["2026-03-02T10:00:30  k0  -  js_error  /"]
    orders = """order_id  customer_id  ordered_at        promised_at       delivered_at
        1         k2           2026-03-01T12:00  2026-03-05T12:00  2026-03-09T12:00
        2         k3           2026-03-01T12:00  2026-03-05T12:00  2026-03-04T12:00
        3         k5           2026-03-01T12:00  2026-04-12T12:00  2026-04-13T12:00
        """
    answers = """customer_id  responded_at  survey  metric          scale_min  scale_max  higher_is_better  score
        k1           2026-03-03    s       disconfirmation  -1         1          yes               -1
        k4           2026-03-03    s       disconfirmation  -1         1          yes               0
        """
    built = company(journey=JOURNEY, web_events="\n".join(rows), orders=orders, survey_answers=answers)
    cell = built.one("unbroken_journey_rate")
    assert (cell.value, cell.n, cell.persons) == (9 / 12, 12, 12)
    assert built.one("unbroken_journey_rate", by="device").state == "not_applicable"
