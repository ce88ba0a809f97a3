"""Going on, coming again, taking up and staying: fixed windows from a person's first visit, one small table each."""

from datetime import date

import pytest

from metrics.codes import ReasonCode
from report.words.reasons import reason_text
from tests.core.company import block, table

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
    [[journey.stage]]
    name = "Use"
    paths = ["/use"]
"""
END = "2026-09-30T10:00  z     z9  -          page_view  /"  # the data end here
JANUARY = {"start": date(2026, 1, 1), "end": date(2026, 1, 31)}


def visits(text: str) -> dict[str, bytes]:
    """One row an event; a session is a person's name and a letter."""
    return {
        "web_events": "\n".join(
            [
                "occurred_at  session_id  customer_id  anonymous_id  event_name  url",
                *(line for line in text.strip().splitlines()),
                END,
            ]
        )
    }


GOES_ON = """
    2026-01-10T10:00  a   k1  -  page_view  /
    2026-01-10T10:05  a   k1  -  page_view  /cart
    2026-01-10T10:00  b   k2  -  page_view  /
    2026-01-16T10:00  b2  k2  -  page_view  /cart
    2026-01-10T10:00  c   k3  -  page_view  /
    2026-01-17T11:00  c2  k3  -  page_view  /cart
    2026-01-10T10:00  d   k4  -  page_view  /
    2026-01-10T10:05  d   k4  -  page_view  /use
    2026-01-10T10:00  e   -   w  page_view  /
    2026-01-10T10:01  f   k5  -  page_view  /cart
    2026-01-10T10:05  f   k5  -  page_view  /
    2026-01-11T10:00  g   k6  -  page_view  /cart
"""


def test_going_on_to_the_next_stage(company):
    """Find: k1 in the same session, k2 six days later; k3 a week and an hour later, k4 past it to Use, the browser w never, and k5 had
    been in Buy before: 2 of 6 in seven days, 1 of 6 at once. Use is the last stage. Buy's five (k1, k2, k3, k5, k6) go nowhere."""
    built = company(journey=JOURNEY, **visits(GOES_ON))
    assert built.shown("funnel_step_conversion", "stage", **JANUARY) == {
        "Find": (0.3333, 6),
        "Buy": (0, 5),
        "Use": "not_applicable",
    }
    (at_once,) = built.show(
        "funnel_step_conversion~contentsquare-went-to-the-next-stage-same-visit", stages=("Find",), **JANUARY
    )
    assert at_once.value == pytest.approx(1 / 6)
    assert (
        reason_text(built.one("funnel_step_conversion", stages=("Use",)).reason)
        == "Use is the last stage: none follows it"
    )
    assert reason_text(built.one("funnel_step_conversion").reason).endswith("needs a breakdown by stage")
    assert (
        built.one("funnel_step_conversion", stages=("Find",), start=date(2026, 9, 26), end=date(2026, 9, 30)).state
        == "immature"
    )


def to_the_goal(reached: dict[int, str], people: int) -> dict[str, str]:
    rows = [f"2026-01-10T10:00  s{n}  k{n}  -  page_view  /cart" for n in range(people)]
    return visits(
        "\n".join(
            rows
            + [
                f"{at}  {'s' if at < '2026-01-10T11' else 'again'}{n}  k{n}  -  purchase  /cart"
                for n, at in reached.items()
            ]
        )
    )


def test_half_have_reached_the_goal(company):
    """Of 20, five buy after 6 minutes, six after two hours in another visit, one after 40 days, eight never: the tenth of twenty takes two hours.
    Of those who bought, half took two hours at most too: the sixth of twelve."""
    reached = (
        {n: "2026-01-10T10:06" for n in range(5)}
        | {n: "2026-01-10T12:00" for n in range(5, 11)}
        | {11: "2026-02-19T10:00"}
    )
    built = company(journey=JOURNEY, **to_the_goal(reached, 20))
    cell = built.one("time_to_goal_p50", stages=("Buy",), **JANUARY)
    assert (cell.value, cell.n, cell.persons) == (pytest.approx(7200), 20, 20)
    assert reason_text(built.one("time_to_goal_p50", stages=("Find",)).reason) == "Find has no goal in journey.toml"


def test_a_goal_most_never_reach_has_no_median(company):
    """Eight of twenty buy within minutes; of those alone it would be six minutes. Twelve had thirty days and did not."""
    built = company(journey=JOURNEY, **to_the_goal({n: "2026-01-10T10:06" for n in range(8)}, 20))
    cell = built.one("time_to_goal_p50", stages=("Buy",), **JANUARY)
    assert (
        (cell.value, str(cell.state)) == (None, "no_data")
        and "40 % by now" in reason_text(cell.reason)
        and "60 % ended without it" in reason_text(cell.reason)
    )
    theirs = built.one("time_to_goal_p50~mixpanel-time-to-convert-median", stages=("Buy",), **JANUARY)
    assert theirs.value == pytest.approx(360, rel=0.02) and theirs.n == 8


AGAIN = """
    2026-01-10T10:00  a1  k1  -  page_view  /
    2026-01-10T10:05  a1  k1  -  page_view  /cart
    2026-01-20T10:00  a2  k1  -  page_view  /
    2026-02-08T10:00  a3  k1  -  page_view  /cart
    2026-02-10T10:00  a4  k1  -  page_view  /
    2026-01-10T10:00  b1  k2  -  page_view  /
    2026-01-10T10:00  c1  k3  -  page_view  /
    2026-01-31T10:00  c2  k3  -  page_view  /
    2026-01-10T10:00  d1  k4  -  page_view  /
    2026-01-10T10:00  e1  k5  -  page_view  /
    2026-01-10T10:00  w1  -   w  page_view  /
"""


def test_visits_in_thirty_days(company):
    """k1 came on days 0, 10 and 29 (and 31), k3 twice, k2, k4, k5 once: 8 visits of 5 known people; the browser w is nobody known. In Find
    k1's days 0 and 10 only: 7. GA4 counts January alone and the browser too: 2 + 1 + 2 + 1 + 1 + 1 over 6."""
    built = company(journey=JOURNEY, **visits(AGAIN))
    assert (built.one("visit_frequency", **JANUARY).value, built.one("visit_frequency", **JANUARY).n) == (
        pytest.approx(8 / 5),
        5,
    )
    assert built.one("visit_frequency", stages=("Find",), **JANUARY).value == pytest.approx(7 / 5)
    assert built.one("visit_frequency~ga4-sessions-per-user", **JANUARY).value == pytest.approx(8 / 6)


PEOPLE = "customer_id  customer_since\n" + "\n".join(f"k{n}  2025-01-01" for n in range(1, 9)) + "\np1  2026-03-01"
TAKES_UP = """
    2025-09-01T10:00  s0  k8  -  page_view  /
    2025-12-20T10:00  o1  k1  -  page_view  /use
    2026-01-10T10:00  a1  k1  -  page_view  /use
    2026-01-10T10:00  b1  k2  -  page_view  /use
    2026-01-10T10:00  c1  k3  -  page_view  /
    2026-02-08T10:00  c2  k3  -  page_view  /use
    2026-01-10T10:00  d1  k4  -  page_view  /
    2026-02-10T10:00  d2  k4  -  page_view  /use
    2026-01-10T10:00  e1  k5  -  page_view  /
    2026-01-10T10:00  f1  k6  -  page_view  /
    2026-01-10T10:00  g1  p1  -  page_view  /use
"""


def test_taking_up_a_stage(company):
    """Use, January: k1 has used it before and is out; k2 at once, k3 after 29 days; k4 after 31, k5 and k6 never; p1 is no customer yet: 2 of 5.
    Pendo's is of all six: k1, k2, k3. In September, 90 days into the data at most, everybody would look new."""
    built = company(journey=JOURNEY, people=PEOPLE, **visits(TAKES_UP))
    ours = built.one("adoption_rate", stages=("Use",), **JANUARY)
    assert (ours.value, ours.n) == (0.4, 5)
    theirs = built.one("adoption_rate~pendo-feature-adoption", stages=("Use",), **JANUARY)
    assert (theirs.value, theirs.n) == (0.5, 6)
    assert built.one("adoption_rate", stages=("Use",), start=date(2025, 9, 1), end=date(2025, 9, 30)).n == 0


ORDERS = """
    order_id  customer_id  ordered_at        amount  refunded  margin
    a1        k1           2025-01-10T10:00  100     -         40
    a2        k1           2025-12-01T10:00  100     50        40
    a3        k1           2026-01-11T10:00  100     -         40
    b1        k2           2025-01-12T10:00  100     -         30
    c1        k3           2025-01-12T10:00  100     100       30
    d1        k4           2025-01-12T10:00  100     -         30
    e1        k5           2025-01-12T10:00  100     -         30
    f1        old          2025-01-12T10:00  900     -         300
    g1        k6           2025-02-12T10:00  100     -         -
    h1        k7           2025-12-12T10:00  100     -         90
    z1        z            2026-06-01T10:00  1       -         1
"""


def test_the_first_year_of_new_customers(company):
    """k1 leaves 40 + 20 in the year (a third order comes a year and a day after), k2, k4, k5 30, k3 gave it all back: 150 over 5. Old was a
    customer before the first order seen, k7's year is not over. k6's margin is not known: of that month there is no value."""
    built = company(
        journey=JOURNEY, orders=ORDERS, people="customer_id  customer_since\nold  2020-01-01\nk1  2025-01-10"
    )
    assert built.shown("customer_lifetime_value", "month") == {"2025-01-01": (30, 5), "2025-02-01": "no_data"}
    assert built.show("customer_lifetime_value", "month")[1].reason.code is ReasonCode.AMOUNTS_UNKNOWN
    assert built.one("customer_lifetime_value", start=date(2025, 12, 1), end=date(2025, 12, 31)).state == "immature"


def test_without_margins_it_is_said_what_to_add(company):
    bare = (
        table(ORDERS)
        .replace(",40\n", ",\n")
        .replace(",30\n", ",\n")
        .replace(",300\n", ",\n")
        .replace(",90\n", ",\n")
        .replace(",1\n", ",\n")
    )
    cell = company(journey=JOURNEY, sources=block("orders", "o.csv", "orders"), files={"o.csv": bare}).one(
        "customer_lifetime_value"
    )
    assert cell.state == "not_collected" and "add the contribution margin of each order" in reason_text(cell.reason)


def test_the_curve_of_retention(company):
    """Ten customers; one comes back after 10 days, one after 45, two after 80, one after 170: 10, 20, 40, 50 %."""
    back = {0: "2026-01-20", 1: "2026-02-24", 2: "2026-03-31", 3: "2026-03-31", 4: "2026-06-29"}
    rows = [f"2026-01-10T10:00  s{n}  k{n}  -  page_view  /" for n in range(10)] + [
        f"{day}T10:00  t{n}  k{n}  -  page_view  /" for n, day in back.items()
    ]
    built = company(
        journey=JOURNEY,
        people="customer_id  customer_since\n" + "\n".join(f"k{n}  2025-01-01" for n in range(10)),
        **visits("\n".join(rows)),
    )
    assert [built.one(f"retention_{days}d", **JANUARY).value for days in (30, 60, 90, 180)] == [0.1, 0.2, 0.4, 0.5]
    assert built.one("churn_90d", **JANUARY).value == 0.6


def test_exits_per_page_view_and_per_visit(company):
    """Find: k1 to k3 see two pages and go on, k4 sees four and leaves, k5 one and leaves: 2 of 11 views, 2 of 5 visits. Everybody in Buy leaves
    after its one page. One page view and a click on it is a bounce to Contentsquare (k5), none to Matomo."""
    rows = [
        f"2026-01-10T10:0{n}  s{k}  k{k}  -  page_view  /"
        for k, pages in enumerate((2, 2, 2, 4, 1), 1)
        for n in range(pages)
    ]
    rows += [f"2026-01-10T10:09  s{k}  k{k}  -  page_view  /cart" for k in (1, 2, 3)] + [
        "2026-01-10T10:01  s5  k5  -  click  /"
    ]
    rows += [f"2026-01-11T10:00  u{k}  u{k}  -  page_view  /cart" for k in range(2)]
    built = company(journey=JOURNEY, **visits("\n".join(rows)))
    assert built.shown("page_exit_rate", "stage", **JANUARY) == {"Find": (0.1818, 11), "Buy": (1, 5), "Use": "no_data"}
    assert built.one("page_exit_rate~contentsquare-exit-rate", stages=("Find",), **JANUARY).value == 0.4
    assert built.one("bounce_matomo", **JANUARY).value == pytest.approx(2 / 7)
    assert built.one("bounce_matomo~contentsquare-bounce-rate", **JANUARY).value == pytest.approx(3 / 7)


def test_ga4_reads_people_in_the_period(company):
    """Ten come in January; k0 to k2 buy there and then, k3 in February: ours 4 of 10, GA4's January 3 of 10."""
    rows = [f"2026-01-20T10:00  s{k}  k{k}  -  page_view  /cart" for k in range(10)] + [
        f"2026-01-20T10:05  s{k}  k{k}  -  purchase  /cart" for k in range(3)
    ]
    built = company(
        journey=JOURNEY,
        **visits("\n".join([*rows, "2026-02-05T10:00  late  k3  -  purchase  /cart"])),
        orders="order_id  customer_id  ordered_at  amount\no1  k0  2026-01-20T10:05  10",
    )
    assert built.one("conversion", **JANUARY).value == 0.4
    assert built.one("conversion~ga4-user-key-event-rate", **JANUARY).value == 0.3
