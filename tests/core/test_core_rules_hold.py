"""Rules a small slip would break: a contact belongs to its journey, 72 hours are 72, six customers share no address, a day is over when it is."""

from datetime import date

from tests.core.company import BLANK

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
    """Ten people in Buy of the shop; four days later two write about it, five about Buy of the lease: 2 of 10, whatever the stage is called."""
    events = (
        "occurred_at  customer_id  url\n"
        + "\n".join(f"2026-03-02T10:00  k{n}  /cart" for n in range(10))
        + "\n"
        + LATER
    )
    tickets = "ticket_id  created_at  customer_id  category\n" + "\n".join(
        f"{n}  2026-03-06T10:00  k{n}  {'Shop' if n < 2 else 'Lease'}" for n in range(7)
    )
    built = company(journey=TWO, web_events=events, support_tickets=tickets)
    assert built.one("contact_rate", journey="Shop", stages=("Buy",)).value == 0.2


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
