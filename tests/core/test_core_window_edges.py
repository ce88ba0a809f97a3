"""Windows to the second, counted by hand: who came back on which day, who sent a form, asked for help or answered a second before the window was over or after it."""

from datetime import date

import pytest

from data.sqlfile import sql

STAGES = ("Find", "Form", "Search", "Help", "Buy", "New")
JOURNEY = "\n".join(
    [
        'help_paths = ["/help*"]\n[[journey]]\nname = "J"',
        *(
            f'[[journey.stage]]\nname = "{name}"\npaths = ["/{name.lower()}*"]\ntickets = ["{name.lower()}"]'
            + ('\nsurveys = ["buy"]\ngoal = "order"' if name == "Buy" else "")
            for name in STAGES
        ),
        '[[survey]]\nname = "buy"\nkind = "transactional"\ntrigger = "random"\n[[survey]]\nname = "yearly"\nkind = "relationship"',
        '[[promise]]\nname = "Parcel"\nstage = "Buy"\nevidence = "orders: delivered_at <= promised_at"',
    ]
)
# back after a day to the second (no), and a second more; 30, 60, 90 and 180 days, and a second beyond 30 and 90
BACK = "2026-03-02T10:00:00 2026-03-02T10:00:01 2026-03-31T10:00:00 2026-03-31T10:00:01 2026-04-30T10:00:00 2026-05-30T10:00:00 2026-05-30T10:00:01 2026-08-28T10:00:00"
MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}
APRIL_1 = {"start": date(2026, 4, 1), "end": date(2026, 4, 1)}


def written() -> dict[str, str]:
    """Ten people each who come back (r), fill forms and search (f), read help (h), buy (b), begin to use something new (x)."""
    events = ["event_id  occurred_at  session_id  customer_id  event_name  url"]
    people = ["customer_id  segment  customer_since"]
    orders = ["order_id  customer_id  ordered_at  amount  refunded  margin  promised_at  delivered_at"]
    tickets = ["ticket_id  customer_id  created_at  solved_at  status  category"]
    answers = ["response_id  survey  customer_id  responded_at  metric  scale_min  scale_max  score"]
    asked = ["invitation_id  survey  customer_id  invited_at"]

    def see(stage: str, who: str, at: str, name="page_view") -> None:
        events.append(f"e{len(events)}  {at}  s{who}{at[:13]}  {who}  {name}  /{stage.lower()}")

    def ask(who: str, created: str, stage: str) -> None:
        tickets.append(f"t{len(tickets)}  {who}  {created}  2026-03-18T10:00  solved  {stage}")

    see("Find", "old", "2025-06-01T08:00:00")
    see("Find", "end", "2026-11-20T10:00:00")
    for n in range(10):
        people += [f"{who}{n}  {who}  2025-01-01" for who in "rh"]
        people.append(f"x{n}  x  2026-01-31")
        see("Find", f"r{n}", "2026-03-01T10:00:00")
        if n < 8:
            see("Find", f"r{n}", BACK.split()[n])
        see("Form", f"f{n}", "2026-03-05T10:00:00")
        for more, upto in (("form_start", 8), ("form_submit", 4)):
            if n < upto:
                see("Form", f"f{n}", "2026-03-05T10:00:10", more)
        see("Search", f"f{n}", "2026-03-05T10:01:00")
        for second in range(2 if n < 3 else 1 if n < 9 else 0):
            see("Search", f"f{n}", f"2026-03-05T10:01:1{second}", "search")
        if n < 2:
            see("Search", f"f{n}", "2026-03-05T10:02:00", "js_error")
        see("Help", f"h{n}", "2026-03-10T10:00:00")
        if n < 5:  # three within 72 hours, one a second later, one had asked before
            ask(f"h{n}", ("2026-03-13T09:59:59", "2026-03-13T10:00:01", "2026-03-08T10:00:00")[max(0, n - 2)], "help")
        see("Buy", f"b{n}", "2026-03-15T10:00:00")
        came = "2026-03-18T20:00" if n < 6 else "2026-03-19T00:00:01"  # promised for the 18th
        orders.append(f"o{n}  b{n}  2026-03-15T10:05  100  {20 if n < 5 else '-'}  50  2026-03-18  {came}")
        orders.append(f"p{n}  b{n}  2025-06-01T10:05  100  -  30  -  -")  # 365 days before the next to the second
        orders.append(f"q{n}  b{n}  2026-06-01T10:0{'4:59' if n < 5 else '5:01'}  100  -  10  -  -")
        if n < 4:
            ask(f"b{n}", "2026-03-16T10:00", "buy")
        answers.append(f"a{n}  buy  b{n}  2026-03-15T11:00  csat  1  5  {2 if n < 4 else 5}")
        asked.append(f"i{n}  yearly  b{n}  2026-03-20T10:00")
        asked.append(f"u{n}  yearly  -  2026-03-20T10:00")  # nobody knows who
        asked.append(f"v{n}  yearly  b{n}  2026-11-10T10:00")  # may still answer
        if n < 5:  # a minute before the 30 days are over, or as they are
            answers.append(f"l{n}  yearly  b{n}  2026-04-19T{'09:59' if n < 2 else '10:00'}  nps  0  10  9")
        if n == 9:
            answers.append("m  yearly  x9  2026-04-20T10:00  nps  0  10  9")
        see("Find", f"x{n}", "2026-04-01T10:00:00")
        if n < 7:  # new within 30 days, a second later, and two who knew it
            see(
                "New",
                f"x{n}",
                "2026-05-01T09:59:59" if n < 4 else "2026-05-01T10:00:01" if n == 4 else "2026-03-20T10:00",
            )
    tables = dict(
        web_events=events,
        people=people,
        orders=orders,
        support_tickets=tickets,
        survey_answers=answers,
        survey_invitations=asked,
    )
    return {name: "\n".join(lines) for name, lines in tables.items()}


@pytest.fixture(scope="module")
def edges(module_company):
    return module_company(journey=JOURNEY, settings='[company]\nname = "Test"\ncost_per_contact = 7.0\n', **written())


# metric → (value, n) of the stage named, or of the whole journey, in March
COUNTED = {
    ("form_abandon_rate", "Form"): (0.5, 8),  # of eight begun, four sent; two who began none are not in it
    ("form_abandon_rate", "Search"): "no_data",
    ("search_refinement_rate", "Search"): (round(3 / 9, 4), 9),
    ("error_rate", "Search"): (0.2, 10),
    ("self_service_rate", "Help"): (round(6 / 9, 4), 9),
    ("hours_lost", "Help"): (round(100 * (3 * 120.000278 + 119.999722 + 240) / 10, 4), 10),
    ("contact_rate", "Help"): (0.4, 10),
    ("cost_to_serve", "Buy"): (2.8, 10),
    ("contacts_per_100_occasions", "Help"): (30, 10),
    ("funnel_step_conversion", "Form"): (1, 10),
    ("response_share", "Buy"): (1, 10),
    ("unhappy_though_smooth", "Buy"): (1, 4),
    ("smooth_rate_answered", "Buy"): (1, 10),
    ("adoption_rate", "Find"): (round(12 / 32, 4), 32),
    ("conversion", ""): (round(10 / 42, 4), 42),
    ("conversion_visit", ""): (round(10 / 46, 4), 46),
    ("engaged_session_ga4", ""): (round(20 / 46, 4), 46),
    ("bounce_matomo", ""): (round(36 / 46, 4), 46),
    ("contacts_per_order", ""): (90, 10),
    ("revenue_per_person", ""): (90, 10),
    ("margin_per_person", ""): (45, 10),
    ("survey_response_rate", ""): (0.2, 10),
    ("unbroken_journey_rate", ""): (round(36 / 42, 4), 42),
    ("value_of_unhappy_customers", ""): (160, 10),
    ("expected_margin_lost", ""): (0, 10),
    ("promise_kept_measured", ""): (0.6, 10),
    ("repeat_purchase_90d", ""): (1, 10),
}


@pytest.mark.parametrize(("metric", "stage"), COUNTED, ids=lambda part: part or "journey")
def test_a_number_is_that_counted_by_hand(edges, metric, stage):
    if stage:
        found = edges.shown(metric, "stage", **MARCH)[stage]
    else:
        cell = edges.one(metric, **MARCH)
        found = (round(cell.value, 4), cell.n)
    assert found == COUNTED[metric, stage]


@pytest.mark.parametrize(("days", "stayed"), [(30, 0.2), (60, 0.4), (90, 0.5), (180, 0.7)])
def test_who_came_back_did_so_after_the_first_day_and_within_the_window(edges, days, stayed):
    first = {"start": date(2026, 3, 1), "end": date(2026, 3, 1)}
    assert edges.shown(f"retention_{days}d", "segment", **first) == {"r": (stayed, 10)}
    if days == 90:
        assert edges.shown("churn_90d", "segment", **first) == {"r": (1 - stayed, 10)}


def test_visits_are_those_of_thirty_days(edges):
    """Two of ten came again a day later; the one of the 31st at 10:00 is a moment late, 30 days being over."""
    cell = edges.one("visit_frequency", stages=("Find",), **MARCH)
    assert (cell.value, cell.n) == (1.2, 10)


def test_who_begins_to_use_a_stage_does_so_within_30_days(edges):
    """Of ten two knew it; four of the other eight began in time, one a second late."""
    assert edges.shown("adoption_rate", "stage", **APRIL_1)["New"] == (0.5, 8)


def test_a_customers_first_year_is_365_days(edges):
    """Five earn 30 + 50 less a fifth given back + 10 on the last day; five 30 + 50, and 10 a second too late."""
    cell = edges.one("customer_lifetime_value", start=date(2025, 6, 1), end=date(2025, 6, 1))
    assert (cell.value, cell.n) == (80, 10)


@pytest.mark.parametrize(
    ("compare", "then"),
    [("previous", (date(2026, 1, 29), date(2026, 2, 28))), ("year", (date(2025, 3, 2), date(2025, 4, 1)))],
)
def test_what_a_period_is_compared_with_is_as_long(edges, compare, then):
    """The 31 days before, or 52 weeks earlier on the same weekdays."""
    found = edges.one("completion_rate", stages=("Buy",), compare=compare, **MARCH).compare
    assert (found.start, found.end) == then


def test_a_surveys_share_that_answered_is_of_those_who_could_be_seen_to(edges):
    """Of thirty invited ten are nobody known and ten were asked ten days ago: two of the ten others answered in time."""
    load = {row[0]: (row[5], row[6]) for row in edges.rows(sql("metrics/sql", "survey_load"), {"journey": "J"})}
    assert load["yearly"] == (30, 0.2)


def test_months_as_a_customer_are_whole_ones(edges):
    """From 31 January to 20 April it is two, not the three months that began."""
    months = [row[3] for row in edges.rows(sql("metrics/sql", "relationship_tenure"), {"journey": "J"})]
    assert sorted(months) == [2, 10, 10, 10, 10, 10]
