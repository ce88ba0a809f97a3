"""What help costs and what time is lost: money only where the company says what a contact costs, time only beyond matched visits."""

import math
from statistics import NormalDist

import pytest

from report import numbers
from report.words.reasons import reason_text
from tests.core.company import SETTINGS, warned
from tests.core.test_core_service import JOURNEY

COSTS = SETTINGS + "cost_per_contact = { voice = 9.0, chat = 5, other = 4.0 }\n"
VISITS = (
    "occurred_at  customer_id  url\n"
    + "\n".join(f"2026-03-02T10:00  c{n}  /cart" for n in range(10))
    + "\n2026-04-09T10:00  z  /help"
)
TICKETS = """
    ticket_id  customer_id  created_at        contact_via  category  tags
    a          c1           2026-03-03T10:00  voice        payment   -
    b          c1           2026-03-05T10:00  Voice        payment   -
    c          c2           2026-03-03T10:00  email        payment   -
    d          c3           2026-03-03T10:00  chat         payment   -
    e          c4           2026-03-03T10:00  voice        payment   -
    spam       c5           2026-03-03T10:00  voice        payment   spam
    other      c6           2026-03-03T10:00  voice        delivery  -
    stranger   x            2026-03-03T10:00  voice        payment   -
"""


def test_cost_to_serve_is_per_person_in_the_stage(company):
    """Ten known people in Buy: 9 + 9, 4, 5 and 9 for its counted tickets. Spam, another stage's ticket and a stranger's cost it nothing: 3.60."""
    built = company(journey=JOURNEY, settings=COSTS, web_events=VISITS, support_tickets=TICKETS)
    buy = built.one("cost_to_serve", stages=("Buy",))
    assert (buy.n, buy.value) == (10, pytest.approx(3.6))
    assert buy.low < 3.6 < buy.high
    assert built.value("select sum(cost) from tickets where ticket_id in ('b', 'c', 'd')") == 9 + 4 + 5


def test_one_amount_holds_for_every_contact(company):
    built = company(
        journey=JOURNEY, settings=SETTINGS + "cost_per_contact = 2.5\n", web_events=VISITS, support_tickets=TICKETS
    )
    assert built.one("cost_to_serve", stages=("Buy",)).value == pytest.approx(5 * 2.5 / 10)


def test_without_a_cost_it_says_what_to_set(company):
    """Not 0: not collected, with the setting by name."""
    cell = company(journey=JOURNEY, web_events=VISITS, support_tickets=TICKETS).one("cost_to_serve", stages=("Buy",))
    assert (cell.state, cell.value) == ("not_collected", None)
    assert "cost_per_contact" in reason_text(cell.reason) and "[company]" in reason_text(cell.reason)


PEOPLE = 200
MINUTES = [
    3 * math.exp(0.8 * NormalDist().inv_cdf((i + 0.5) / PEOPLE)) for i in range(PEOPLE)
]  # lognormal, median 3 min, σ .8


def visits(name: str, friction: bool, minutes: list[float], device: str = "desktop", day: int = 2) -> list[str]:
    """One visit of one person each: two pages so many minutes apart, with an error between them or not."""
    rows = []
    for i, length in enumerate(minutes):

        def moment(part: float, length: float = length) -> str:
            seconds = part * length * 60
            return f"2026-03-{day:02}T10:{int(seconds // 60):02}:{seconds % 60:09.6f}"

        rows += [
            f"{name}{i}  {moment(0)}  page_view  /cart  {device}",
            f"{name}{i}  {moment(1)}  page_view  /cart/b  {device}",
        ]
        rows += [f"{name}{i}  {moment(0.5)}  js_error  /cart  {device}"] if friction else []
    return rows


def events(*rows: list[str]) -> str:
    return "\n".join(["anonymous_id  occurred_at  event_name  url  device", *(row for part in rows for row in part)])


@pytest.fixture(scope="module")
def same(module_company):
    """Visits with and without an error take the same times, and nobody writes but one."""
    return module_company(
        journey=JOURNEY,
        web_events=events(visits("f", True, MINUTES), visits("s", False, MINUTES)),
        support_tickets="ticket_id  created_at  first_reply_at  category\nt  2026-03-02T12:00  2026-03-02T20:00  delivery",
    )


def test_without_an_effect_of_friction_nothing_is_lost(same):
    """The same lognormal times on both sides: 0. Time over the median reads E[(X − 3)⁺] = 1.76 min a visit all the same."""
    lost = same.one("struggle_time", stages=("Buy",))
    assert lost.value == pytest.approx(0, abs=0.01) and lost.n == PEOPLE
    assert same.one("hours_lost", stages=("Buy",)).value == pytest.approx(0, abs=0.001)
    naive = same.one("struggle_time~time-on-task-dashboards-time-over-the-median", stages=("Buy",))
    assert naive.value / 60 == pytest.approx(1.76, abs=0.03)


def test_time_and_waiting_are_added_and_told_apart(module_company):
    """200 visits with an error take 2 min longer than 200 without: 120 s each; 400 min on 400 visits are 1.67 h per 100. Two tickets
    waited 3 h and 5 h for a reply: 2 h per 100 visits more."""
    tickets = "ticket_id  created_at  first_reply_at  category\na  2026-03-02T12:00  2026-03-02T15:00  payment\nb  2026-03-02T12:00  2026-03-02T17:00  payment"
    longer = [length + 2 for length in MINUTES]
    built = module_company(
        journey=JOURNEY,
        web_events=events(visits("f", True, longer), visits("s", False, MINUTES)),
        support_tickets=tickets,
    )
    assert built.one("struggle_time", stages=("Buy",)).value == pytest.approx(120, abs=0.1)
    cell = built.one("hours_lost", stages=("Buy",))
    assert cell.value == pytest.approx(100 * (200 * 2 / 60 + 8) / 400, abs=0.01)
    assert warned(cell)[0].startswith("1.67 h in visits, 2.00 h waiting for a first reply (2 tickets")


def test_where_friction_is_is_not_what_it_costs(module_company):
    """Phones: 40 slow visits, 30 with an error; desktops: 40 fast ones, 10 with an error; an error changes nothing on either.
    The crude difference is 2 min, the matched one 0."""
    built = module_company(
        journey=JOURNEY,
        web_events=events(
            visits("a", True, [6.0] * 30, "mobile"),
            visits("b", False, [6.0] * 10, "mobile"),
            visits("c", True, [2.0] * 10),
            visits("d", False, [2.0] * 30),
        ),
    )
    cell = built.one("struggle_time", stages=("Buy",))
    assert cell.value == pytest.approx(0)
    assert warned(cell)[0].startswith("crude difference +120.0 s")
    by = built.rows("select friction, avg(dwell_ms) / 6e4 from visits group by friction order by friction")
    assert [(friction, round(minutes, 2)) for friction, minutes in by] == [(False, 3.0), (True, 5.0)]


def test_friction_nobody_records_is_no_zero(company):
    """Visits and a ticket, and no source of errors or rage clicks."""
    built = company(
        journey=JOURNEY,
        web_events=events(visits("s", False, [3.0] * 10)),
        support_tickets="ticket_id  created_at\nt  2026-03-02T12:00",
    )
    assert (built.one("hours_lost", stages=("Buy",)).state, built.one("struggle_time", stages=("Buy",)).state) == (
        "not_collected",
        "no_data",
    )


def test_a_small_amount_keeps_its_cents():
    """0.27 a person is not 0.3, and 1,250 needs no cents."""
    assert (numbers.number(0.27, "money"), numbers.number(1250.4, "money")) == ("0.27", "1,250")


def test_times_are_minutes_rounded_and_hours_before_them():
    """45.72 s are 0:46, not cut to 0:45; 59.96 s are a minute; from an hour on nobody has to divide by sixty."""
    for seconds, shown, printed in (
        (2.4, "0:02.4", "0:02.4 min"),
        (45.72, "0:46", "0:46 min"),
        (59.96, "1:00", "1:00 min"),
        (96, "1:36", "1:36 min"),
        (3599.6, "1 h 00", "1 h 00 min"),
        (273600 + 3599, "77 h 00", "77 h 00 min"),
    ):
        assert (numbers.number(seconds, "seconds"), numbers.value(seconds, "seconds")) == (shown, printed)
    assert numbers.unit_sign("seconds") == " min"


def test_a_negative_time_is_written_as_one():
    """Seven tenths of a second less is not minus a minute and 59."""
    assert (numbers.value(-0.7, "seconds"), numbers.value(125.04, "seconds")) == ("−1 s", "2:05 min")
