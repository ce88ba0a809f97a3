"""One person across sources: the same kind and value of id, never a shared device, never an address in clear."""

import random

import pytest

from tests.core.company import BLANK, block, table

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    tickets = ["payment"]
    surveys = ["s"]
    goal = "order"
    [[survey]]
    name = "s"
    kind = "transactional"
"""
VISITS = """
    occurred_at       anonymous_id  customer_id  email            url
    2026-03-02T10:00  b1            -            -                /cart
    2026-03-03T10:00  b1            k1           -                /cart
    2026-03-02T10:00  b2            -            Ada@Example.COM  /cart
    2026-03-02T10:00  b3            -            -                /cart
    """
TICKETS = """
    ticket_id  created_at        email             customer_id  category
    t1         2026-03-04T10:00  ada@example.com   -            payment
    t2         2026-03-04T12:00  bob@example.com   k1           payment
    """
ANSWERS = """
    response_id  responded_at      survey  score  email              phone
    r1           2026-03-05T10:00  s       5      BOB@example.com    -
    r2           2026-03-05T10:00  s       5      -                  +49 170 1234567
    r3           2026-03-05T10:00  s       5      eve@example.com    +49 (170) 123-4567
    """


def partition(built) -> set[frozenset]:
    """Which records are one person: sets of records, whatever number the person has."""
    rows = built.rows("""select 'visit ' || split_part(session_key[3:], '@', 1) as what, person_id from visits
        union all select ticket_id, person_id from tickets union all select response_id, person_id from answers""")
    return {frozenset(what for what, person in rows if person == one) for _, one in rows}


@pytest.fixture(scope="module")
def known(module_company):
    return module_company(journey=JOURNEY, web_events=VISITS, support_tickets=TICKETS, survey_answers=ANSWERS)


def test_the_same_id_is_one_person_across_sources(known):
    """b1 logged in as k1, k1 wrote as bob, BOB answered: one person. Ada@Example.COM is ada@example.com. A phone number
    is its digits. b3 is a browser and nobody else."""
    assert partition(known) == {
        frozenset({"visit b1", "t2", "r1"}),
        frozenset({"visit b2", "t1"}),
        frozenset({"r2", "r3"}),
        frozenset({"visit b3"}),
    }
    assert known.rows("select session_key[3:4], linked from visits order by started_at desc, session_key") == [
        ("b1", True),
        ("b1", True),
        ("b2", True),
        ("b3", False),
    ]


def test_no_address_or_number_is_stored_in_clear(known):
    """Every byte of the store: generation, parts and what lies beside them."""
    for path in (path for path in known.store.path.rglob("*") if path.is_file()):
        content = path.read_bytes().lower()
        for secret in (b"ada@example", b"bob@example", b"eve@example", b"1701234567", b"170 1234567"):
            assert secret not in content, path.name


def test_two_stores_hash_differently(company, known):
    """The salt is the store's own: a hash found in one company's store says nothing about another's."""
    other = company(journey=JOURNEY, support_tickets=TICKETS)
    hashes = "select value from person_map where kind = 'email'"
    assert len(other.rows(hashes)) == 2
    assert not set(other.rows(hashes)) & set(known.rows(hashes))


def test_the_order_of_files_and_rows_does_not_matter(company, known):
    """The same tables, their rows shuffled and the sources in reverse: the same partition and the same person numbers."""

    def shuffled(text: str) -> str:
        head, *rows = table(text).splitlines()
        random.Random(3).shuffle(rows)
        return "\n".join([head, *rows])

    files = {"support_tickets": TICKETS, "survey_answers": ANSWERS, "web_events": VISITS}
    other = company(
        journey=JOURNEY,
        files={f"{name}.csv": shuffled(text) for name, text in files.items()},
        sources="".join(block(name, f"{name}.csv", name) for name in reversed(sorted(files))),
    )
    assert partition(other) == partition(known)


def test_a_shared_tablet_is_not_one_person(company):
    """Four customers log in on the store's tablet: they stay four, and a visit nobody logged in for is nobody's.

    Three on one browser (a family) are still taken for one; the limit is four.
    """
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at       anonymous_id  customer_id  url
        2026-03-02T09:00  tablet        k1           /cart
        2026-03-02T10:00  tablet        k2           /cart
        2026-03-02T11:00  tablet        k3           /cart
        2026-03-02T12:00  tablet        k4           /cart
        2026-03-02T13:00  tablet        -            /cart
        2026-03-02T09:00  home          k5           /cart
        2026-03-02T11:00  home          -            /cart
        """,
    )
    tablet = built.rows(
        "select person_id, linked, shared_device from visits where session_key like '%tablet%' order by started_at"
    )
    assert len({person for person, *_ in tablet}) == 5
    assert [linked for _, linked, _ in tablet] == [True, True, True, True, False]
    assert all(shared for *_, shared in tablet)
    assert built.value("select count(distinct person_id) from visits where session_key like '%home%'") == 1
    assert built.rows("select kind, value, customers from shared_ids") == [("anonymous_id", "tablet", 4)]


def linked_by_outcome(back: bool) -> dict[str, str]:
    """1,000 browsers, 300 of them logged in; 40 contact us, 12 of the known and 28 of the unknown: 4 % of each.

    The 28 give their e-mail in the ticket, which links their browser from then on. `back`: they come again afterwards.
    """
    events = ["occurred_at  anonymous_id  customer_id  url"]
    tickets = ["ticket_id  created_at  anonymous_id  email  category"]
    for n in range(1000):
        who = f"k{n}" if n < 300 else BLANK
        events.append(f"2026-03-02T10:00  b{n}  {who}  /cart")
        if n < 12 or 300 <= n < 328:
            tickets.append(f"t{n}  2026-03-02T11:00  b{n}  p{n}@example.com  payment")
            events += [f"2026-03-03T10:00  b{n}  -  /cart"] if back else []
    events.append("2026-03-20T10:00  later  -  /cart")
    return {"web_events": "\n".join(events), "support_tickets": "\n".join(tickets)}


@pytest.mark.parametrize("back", [False, True], ids=["once", "they come back"])
def test_a_contact_is_not_counted_among_those_it_made_known(company, back):
    """Among all linked now it reads 40/328 = 12.2 %; among those known before, and not by a ticket, it is 12/300 = 4 %.

    The 28 who come back are linked by then, but by having asked for help: they would ask again more often than others.
    """
    built = company(journey=JOURNEY, **linked_by_outcome(back))
    assert built.value("select count(distinct person_id) from visits where linked") == 328
    cell = built.one("contact_rate", stages=("Buy",))
    assert (cell.n, round(cell.value * cell.n)) == (300, 12)


def test_customer_status_is_that_of_the_visit_not_of_today(company):
    """Each of ten prospects visits on the 2nd, buys on the 3rd and visits on the 4th: as prospects they did convert.

    With today's status the prospects' visits would be none.
    """
    events = ["occurred_at  customer_id  url"] + [
        f"2026-03-0{day}T10:00  k{n}  /cart" for n in range(10) for day in (2, 3, 4)
    ]
    orders = ["order_id  ordered_at  customer_id"] + [f"o{n}  2026-03-03T10:10  k{n}" for n in range(10)]
    built = company(journey=JOURNEY, web_events="\n".join(events), orders="\n".join(orders))
    assert built.shown("completion_rate", "customer") == {"false": (0.5, 20), "true": (0.0, 10)}


def test_attributes_are_those_of_the_day_and_unknown_before(company):
    """k1 was a customer since January, moved from retail to business on 10 March, and nothing is on file before 1 March."""
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at       customer_id  url
        2026-01-02T10:00  k1           /cart
        2026-02-02T10:00  k1           /cart
        2026-03-02T10:00  k1           /cart
        2026-03-12T10:00  k1           /cart
        """,
        people="""
        customer_id  valid_from  segment   customer_since
        k1           2026-03-01  retail    2026-01-15
        k1           2026-03-10  business  2026-01-15
        """,
    )
    assert built.rows("select strftime(day, '%m-%d'), segment, customer from visits order by day") == [
        ("01-02", None, False),
        ("02-02", None, True),
        ("03-02", "retail", True),
        ("03-12", "business", True),
    ]


def test_a_late_sign_up_touches_the_person_and_not_the_past(company):
    """b1 visits on the 2nd and logs in on the 9th: one person, linked now; the first visit was not linked before."""
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at       anonymous_id  customer_id  url
        2026-03-02T10:00  b1            -            /cart
        2026-03-09T10:00  b1            k1           /cart
        2026-03-16T10:00  b1            -            /cart
        """,
    )
    assert built.rows("select strftime(day, '%d'), linked, linked_before from visits order by day") == [
        ("02", True, False),
        ("09", True, True),
        ("16", True, True),
    ]
    assert built.value("select count(distinct person_id) from visits") == 1


def test_exposed_persons_given_by_address_are_hashed_too(company):
    """An experiment's unit may be an e-mail address: it is stored as its hash."""
    built = company(
        web_events=VISITS,
        exposures="""
        experiment  unit             unit_kind  variant  exposed_at
        e           ada@example.com  email      a        2026-03-02
        """,
    )
    assert built.value("select e.unit = m.value from exposures e join person_map m on m.kind = 'email'") is True
