"""What a ticket was about, which tickets count, and how often one problem is counted."""

from datetime import date

import pytest

from data.doctor import examine
from metrics.compute.run import run
from metrics.query.query import Query
from tests.core.company import warned

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    tickets = ["catalogue", "tag:search"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    tickets = ["payment*", "tag:checkout"]
    goal = "order"
    [[journey.stage]]
    name = "Engage"
    paths = ["/help"]
    tickets = ["delivery", "tag:late"]
"""
VISITS = """
    occurred_at       customer_id  url
    2026-03-02T10:00  k1           /cart
    2026-03-02T10:10  k1           /help
    """
TICKETS = """
    ticket_id  created_at        customer_id  category        tags             order_id  stage_hint
    category   2026-03-02T11:00  k1           Payment failed  late|search      o1        Find
    tag        2026-03-02T13:00  k1           other           checkout|search  o1        Engage
    tag order  2026-03-02T15:00  k1           other           late|checkout    o1        Find
    order      2026-03-02T17:00  k1           other           -                o1        Find
    before     2026-03-02T19:00  k1           -               -                -         Find
    72 hours   2026-03-05T10:10  k1           -               -                -         -
    too late   2026-03-05T12:11  k1           -               -                -         -
    hint       2026-03-02T11:00  k9           -               -                -         find
    nothing    2026-03-02T11:00  k8           other           -                -         -
    """
CAUSES = {
    "category": ("Buy", "category"),
    "tag": ("Find", "tag"),
    "tag order": ("Buy", "tag"),
    "order": ("Buy", "order"),
    "before": ("Engage", "before"),
    "72 hours": ("Engage", "before"),
    "too late": (None, "none"),
    "hint": ("Find", "hint"),
    "nothing": (None, "none"),
}


@pytest.fixture(scope="module")
def desk(module_company):
    return module_company(
        journey=JOURNEY,
        web_events=VISITS,
        support_tickets=TICKETS,
        orders="order_id  ordered_at  customer_id\no1  2026-03-02T10:05  k2",
    )


@pytest.mark.parametrize("ticket", CAUSES)
def test_the_cause_by_category_then_tag_then_order_then_the_stage_before(desk, ticket):
    """Category; tags in the order of journey.toml (search stands in Find, checkout in Buy, late in Engage); the order's
    stage; the last stage of the 72 hours before; the record's own hint; else unmapped."""
    assert desk.rows("select stage, stage_basis from tickets where ticket_id = $id", {"id": ticket}) == [CAUSES[ticket]]


def test_a_ticket_also_knows_the_stage_before_and_all_it_touched(desk):
    """Its cause is Buy, the person was last in Engage, and had been in both: cause adds up, touching need not."""
    assert desk.rows("select stage, stage_before, stages_touched from tickets where ticket_id = 'category'") == [
        ("Buy", "Engage", ["Buy", "Engage"])
    ]
    assert desk.value("select count(*) from tickets") == len(CAUSES)


def test_the_unmapped_reason_is_shown(desk):
    """Two tickets nothing maps: one with a reason, one without."""
    assert [row for row in desk.rows("select kind, what, times from unmapped order by what") if row[0] == "ticket"] == [
        ("ticket", "(no category)", 1),
        ("ticket", "other", 1),
    ]


def test_what_is_no_call_for_help_leaves_every_rate(company):
    """Merged, spam, outbound, machine-made and internal tickets are kept with the reason, and not counted."""
    built = company(
        journey=JOURNEY,
        support_tickets="""
        ticket_id  created_at        customer_id  category  tags             status
        real       2026-03-02T10:00  k1           payment   -                solved
        merged     2026-03-02T10:00  k2           payment   closed_by_merge  closed
        spam       2026-03-02T10:00  k3           payment   -                spam
        deleted    2026-03-02T10:00  k4           payment   -                Deleted
        outbound   2026-03-02T10:00  k5           payment   outbound         solved
        machine    2026-03-02T10:00  k6           payment   auto_created     solved
        internal   2026-03-02T10:00  k7           payment   internal         solved
        """,
    )
    reasons = dict(built.rows("select ticket_id, excluded_because from tickets"))
    assert reasons == {
        "real": None,
        "merged": "merged into another ticket",
        "spam": "spam or deleted",
        "deleted": "spam or deleted",
        "outbound": "started by the company",
        "machine": "created by a machine",
        "internal": "internal",
    }
    assert built.rows("select ticket_id from tickets where counted") == [("real",)]


def test_the_same_contact_through_two_channels_within_the_hour_is_one(company):
    """k1 calls at 10:00 and mails about the same at 10:59: one contact. k2 mails an hour later to the minute: two. Spam between
    does not count as a first one. Two strangers in one hour are two. The same channel twice is two requests (k5), and so are
    two topics (k6) and two of which nobody says what they were about (k7); a shared tag is a topic where a category lacks (k8),
    a third ticket in between does not hide the first (k9)."""
    built = company(
        journey=JOURNEY,
        support_tickets="""
        ticket_id  created_at        customer_id  contact_via  category  tags      status
        a1         2026-03-02T10:00  k1           phone        Payment   -         solved
        a2         2026-03-02T10:59  k1           email        payment   -         solved
        b1         2026-03-02T10:00  k2           phone        payment   -         solved
        b2         2026-03-02T11:00  k2           email        payment   -         solved
        c1         2026-03-02T10:00  k3           email        payment   -         spam
        c2         2026-03-02T10:10  k3           chat         payment   -         solved
        d1         2026-03-02T10:00  -            email        payment   -         solved
        d2         2026-03-02T10:10  -            chat         payment   -         solved
        e1         2026-03-02T10:00  k5           email        payment   -         solved
        e2         2026-03-02T10:10  k5           Email        payment   -         solved
        f1         2026-03-02T10:00  k6           email        payment   vip       solved
        f2         2026-03-02T10:10  k6           chat         delivery  vip       solved
        g1         2026-03-02T10:00  k7           email        -         -         solved
        g2         2026-03-02T10:10  k7           chat         -         -         solved
        h1         2026-03-02T10:00  k8           email        -         late|de   solved
        h2         2026-03-02T10:10  k8           chat         -         en|late   solved
        i1         2026-03-02T10:00  k9           phone        payment   -         solved
        i2         2026-03-02T10:20  k9           phone        delivery  -         solved
        i3         2026-03-02T10:40  k9           email        payment   -         solved
        """,
    )
    left_out = built.rows("select ticket_id, excluded_because from tickets where not counted order by ticket_id")
    assert left_out == [
        ("a2", again := "same contact through another channel"),
        ("c1", "spam or deleted"),
        ("h2", again),
        ("i3", again),
    ]


def test_every_ticket_left_out_is_told_with_its_reason(company):
    """Of seven tickets two were merged, one is spam, one the company's own tester's: in doctor, and beside every number of the period."""
    built = company(
        journey=JOURNEY,
        people="customer_id  staff_test\nk6  true",
        support_tickets="""
        ticket_id  created_at        customer_id  category  tags             status
        1          2026-03-02T10:00  k1           payment   -                solved
        2          2026-03-02T10:00  k2           payment   closed_by_merge  closed
        3          2026-03-02T10:00  k3           payment   closed_by_merge  closed
        4          2026-03-02T10:00  k4           payment   -                spam
        5          2026-03-02T10:00  k5           payment   -                solved
        6          2026-03-02T10:00  k6           payment   -                solved
        7          2026-04-02T10:00  k7           delivery  -                solved
        """,
    )
    assert [(row["reason"], row["tickets"], row["of"]) for row in examine(built.store.generation())["left_out"]] == [
        ("merged into another ticket", 2, 7),
        ("spam or deleted", 1, 7),
        ("staff or test people", 1, 7),
    ]
    said = "4 of 6 tickets of the period are not counted: 2 merged into another ticket, 1 spam or deleted, 1 staff or test people"
    march, april = (
        run(
            Query(("contact_rate_gross",), start=date(2026, month, 1), end=date(2026, month, 28)),
            built.store.generation(),
        )
        for month in (3, 4)
    )
    assert said in warned(march)
    assert not [text for text in warned(april) if "not counted" in text]


def test_contact_rate_counts_persons_of_the_stage_with_a_ticket_of_the_stage(company):
    """Ten customers in Buy: k0 writes twice about payment, k1 once; k2 writes about delivery, k11 was never in Buy: 2 of 10."""
    events = "occurred_at  customer_id  url\n" + "\n".join(f"2026-03-02T10:00  k{n}  /cart" for n in range(10))
    tickets = """ticket_id  created_at        customer_id  category
        1          2026-03-02T12:00  k0           payment
        2          2026-03-03T12:00  k0           payment
        3          2026-03-03T12:00  k1           payment
        4          2026-03-03T12:00  k2           delivery
        5          2026-03-03T12:00  k11          payment
        """
    built = company(journey=JOURNEY, web_events=events + "\n2026-03-20T10:00  -  /", support_tickets=tickets)
    assert built.shown("contact_rate", "stage") == {"Find": "no_data", "Buy": (0.2, 10), "Engage": "no_data"}


def test_times_come_from_the_status_changes_where_the_ticket_has_none(company):
    """First reply, the last solution, and how often it was reopened."""
    built = company(
        support_tickets="ticket_id  created_at\n1  2026-03-02T10:00",
        ticket_status_changes="""
        ticket_id  changed_at        status
        1          2026-03-02T11:00  first_reply
        1          2026-03-02T12:00  solved
        1          2026-03-02T13:00  reopened
        1          2026-03-02T14:00  solved
        """,
    )
    assert built.rows(
        "select strftime(first_reply_at, '%H:%M'), strftime(solved_at, '%H:%M'), reopens from tickets"
    ) == [("11:00", "14:00", 1)]
