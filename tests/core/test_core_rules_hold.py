"""Rules a small slip would break: a contact belongs to its journey, 72 hours are 72, six customers share no address, a day is over when it is,
and it is the company's day; what opens an occasion, who votes in it, what is a rage click."""

from datetime import date

from metrics.catalogue.load import definition
from metrics.rules.maturity import complete_until
from tests.core.company import BLANK, SETTINGS

TWO = "".join(
    f"""
    [[journey]]
    name = "{name}"
    [[journey.stage]]
    name = "Buy"
    paths = ["/{path}"]
    tickets = ["{name}"]
    """
    for name, path in (("Shop", "cart"), ("Lease", "lease"))
)
LATER = "2026-03-20T10:00  later  /cart"


def test_a_contact_of_another_journey_is_none_of_this_one(company):
    """Ten people in Buy of the shop; four days later two write about it, five about Buy of the lease: 2 of 10, whatever the stage is called,
    and 10 € a contact are 2 € a person."""
    events = (
        "occurred_at  customer_id  url\n"
        + "\n".join(f"2026-03-02T10:00  k{n}  /cart" for n in range(10))
        + "\n"
        + LATER
    )
    tickets = "ticket_id  created_at  customer_id  category\n" + "\n".join(
        f"{n}  2026-03-06T10:00  k{n}  {'Shop' if n < 2 else 'Lease'}" for n in range(7)
    )
    events += "\n2026-05-20T10:00  later  /cart"
    built = company(
        journey=TWO, web_events=events, support_tickets=tickets, settings=SETTINGS + "cost_per_contact = 10.0\n"
    )
    assert built.one("contact_rate", journey="Shop", stages=("Buy",), end=date(2026, 3, 9)).value == 0.2
    assert built.one("cost_to_serve", journey="Shop", stages=("Buy",), end=date(2026, 3, 9)).value == 2.0


def test_what_serving_costs_is_counted_for_30_days(company):
    """Five people come on 2 March at 10:00. Contacts at 09:59 on 1 April count, those at 10:01 do not: 3 of 10 € over five people."""
    tickets = [f"{n}  2026-04-01T{'09:59' if n < 3 else '10:01'}  k{n}  Shop" for n in range(5)]
    built = company(
        journey=TWO,
        settings=SETTINGS + "cost_per_contact = 10.0\n",
        web_events="occurred_at  customer_id  url\n"
        + "\n".join(f"2026-03-02T10:00  k{n}  /cart" for n in range(5))
        + "\n2026-05-20T10:00  later  /cart",
        support_tickets="\n".join(["ticket_id  created_at  customer_id  category", *tickets]),
    )
    found = built.one("cost_to_serve", journey="Shop", stages=("Buy",), end=date(2026, 3, 9))
    assert (found.n, found.value) == (5, 6.0)


def test_a_contact_counts_for_72_hours_after_an_occasion(company):
    """An occasion ends at 10:00 on the 2nd: contacts at 09:59 and 10:01 on the 5th are one in and one out."""
    events = "occurred_at  customer_id  url\n2026-03-02T10:00  in  /cart\n2026-03-02T10:00  out  /cart\n" + LATER
    built = company(
        journey=TWO,
        web_events=events,
        support_tickets="""ticket_id  created_at        customer_id  category
        1          2026-03-05T09:59  in           Shop
        2          2026-03-05T10:01  out          Shop
        """,
    )
    assert built.rows(
        "select contacts from occasions where journey = 'Shop' and day < date '2026-03-10' order by contacts"
    ) == [(0,), (1,)]


def test_an_address_of_six_customers_is_nobodys(company):
    """Five customers with one address are one household, as one person; six are a mailbox, and stay six people."""

    def persons(customers: int) -> int:
        people = "customer_id  email\n" + "\n".join(f"k{n}  info@example.com" for n in range(customers))
        events = "occurred_at  customer_id  url\n" + "\n".join(
            f"2026-03-02T10:00  k{n}  /cart" for n in range(customers)
        )
        return company(journey=TWO, people=people, web_events=events).value(
            "select count(distinct person_id) from visits"
        )

    assert (persons(5), persons(6)) == (1, 6)


def test_a_window_of_seven_days_is_over_on_the_eighth(company):
    """The data end on the 20th, perhaps at noon: of visits of the 12th seven whole days are over, of the 13th they are not."""
    events = (
        "occurred_at  customer_id  url\n"
        + "\n".join(f"2026-03-{day}T10:00  k{day}{n}  /cart" for day in (12, 13) for n in range(6))
        + "\n"
        + LATER
    )
    built = company(
        journey=TWO,
        web_events=events,
        support_tickets=f"ticket_id  created_at  customer_id  category\n1  2026-03-01T10:00  {BLANK}  Shop",
    )
    counted = [
        built.one("contact_rate", stages=("Buy",), start=date(2026, 3, day), end=date(2026, 3, day)).n
        for day in (12, 13)
    ]
    assert counted == [6, 0]
    until = complete_until(definition("contact_rate"), "Shop", built.store.generation())
    assert until == date(2026, 3, 12)


def test_each_thing_lies_on_the_companys_day(company):
    """03:00 UTC on the 2nd is 22:00 on the 1st in New York: the visit, the order, the answer, the request and its end."""
    built = company(
        journey=TWO + '[[survey]]\nname = "after"\nkind = "relationship"\n',
        settings='[company]\nname = "Test"\ntimezone = "America/New_York"\n',
        web_events="occurred_at  customer_id  url\n2026-03-02T03:00Z  kim  /cart",
        orders="order_id  ordered_at  customer_id\no1  2026-03-02T03:00Z  kim",
        survey_answers="response_id  responded_at  customer_id  survey  metric  score\nr1  2026-03-02T03:00Z  kim  after  nps  9",
        support_tickets="""ticket_id  created_at         solved_at          status  customer_id  category
        t1         2026-03-02T03:00Z  2026-03-03T03:00Z  solved  kim          Shop
        """,
        survey_invitations="invitation_id  invited_at  customer_id  survey\ni1  2026-03-02T03:00Z  kim  after",
    )
    facts = ("visits", "orders", "answers", "tickets", "invitations")
    assert {fact: built.rows(f"select distinct day from people_{fact}") for fact in facts if fact != "tickets"} | {
        "tickets": built.rows("select distinct day from counted_tickets")
    } == dict.fromkeys(facts, [(date(2026, 3, 1),)])
    assert built.rows("select distinct ended_day from counted_tickets") == [(date(2026, 3, 2),)]


def test_what_opens_an_occasion_and_who_votes_in_it(company):
    """ann comes again after 6 days 23 hours (the same occasion) and after 7 days (another); her later answer is her vote. ben answers a
    survey that only his last visit ties to the stage: he is asked about nothing he did there, and has no vote."""
    built = company(
        journey="""
        [[journey]]
        name = "Shop"
        [[journey.stage]]
        name = "Buy"
        paths = ["/cart"]
        surveys = ["after"]
        [[survey]]
        name = "after"
        kind = "transactional"
        trigger = "random"
        [[survey]]
        name = "anywhere"
        kind = "transactional"
        trigger = "random"
        """,
        web_events="""occurred_at       customer_id  session_id  url
        2026-03-02T10:00  ann          a1          /cart
        2026-03-09T09:00  ann          a2          /cart
        2026-03-16T09:00  ann          a3          /cart
        2026-03-02T10:00  ben          b1          /cart
        """,
        survey_answers="""response_id  responded_at      customer_id  session_id  survey    metric  score  scale_min  scale_max
        r1           2026-03-02T11:00  ann          a1          after     csat    2      1          5
        r2           2026-03-09T11:00  ann          a2          after     csat    5      1          5
        r3           2026-03-02T11:00  ben          -           anywhere  csat    1      1          5
        """,
    )
    assert built.rows("select visits, answers, unhappy from occasions order by visits desc, started_at") == [
        (2, 1, False),
        (1, 0, None),
        (1, 0, None),
    ]


def test_three_clicks_within_a_second_are_one_rage_click(company):
    """Clicks at 0, 400 and 1000 ms on one button are a rage click; at 0, 400 and 1001 ms they are not; nor on two buttons."""

    def clicks(session: str, *at: int, targets: str = "ppp") -> list[str]:
        return [
            f"2026-03-02T10:00:{ms // 1000:02}.{ms % 1000:03}Z  {session}  click  /cart  {t}ay"
            for ms, t in zip(at, targets)
        ]

    rows = clicks("rage", 0, 400, 1000) + clicks("slow", 0, 400, 1001) + clicks("two", 0, 400, 1000, targets="pps")
    built = company(
        journey=TWO,
        web_events="\n".join(["occurred_at  session_id  event_name  url  target", *rows]),
    )
    assert built.rows("select right(session_key, 4), rage_clicks from visits where rage_clicks > 0") == [("rage", 1)]


def test_a_place_is_crawled_where_nineteen_in_twenty_see_one_page_and_go(company):
    """A week of 20 visitors from one country: 19 see one page and go, and are no people; with 18 of 20 they all are."""

    def visits(hollow: int) -> object:
        rows = [f"2026-03-02T{n % 24:02}:10  c{n}  IE  page_view  /cart" for n in range(20)]
        rows += [f"2026-03-02T{n % 24:02}:12  c{n}  IE  page_view  /cart?b" for n in range(hollow, 20)]
        rows += [f"2026-03-02T{h:02}:{m}  p{h}  DE  page_view  /cart" for h in range(24) for m in (20, 25)]
        built = company(
            journey=TWO, web_events="\n".join(["occurred_at  anonymous_id  country  event_name  url", *rows])
        )
        return built.value("select count(*) from people_visits where country = 'IE'")

    assert (visits(19), visits(18)) == (1, 20)
