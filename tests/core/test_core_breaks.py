"""Breaks in what is recorded: doubled tags, crawlers that do not say so, a consent banner. Found, and no change of customers."""

from datetime import date, timedelta

import pytest

from metrics.catalogue.load import definition
from metrics.rules import recording_breaks
from metrics.rules.recording_breaks import Break
from report.words.warnings import note_text

JOURNEY = '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\npaths = ["/cart*"]\ngoal = "path:/cart/done"\n'
MONDAY = date(2026, 1, 5)


def csv(*rows: tuple) -> str:
    heads = "occurred_at,anonymous_id,session_id,customer_id,url,event_name,country,region,is_bot\n"
    return heads + "".join(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def web(company, text: str):
    source = '\n[[source]]\nname = "web"\nreader = "table"\npath = "web.csv"\ntable = "web_events"\n'
    return company(journey=JOURNEY, files={"web.csv": text}, sources=source)


def test_a_page_view_sent_again_within_a_second_counts_once(company):
    """a views the cart, the tag fires again 4 ms later; b comes back after two seconds: that is a second view.

    a  10:00:00.000  10:00:00.004            one view
    b  10:00:00.000  10:00:02.000            two
    c  10:00:00.000  another page at .004    two pages, one view each
    """
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at              anonymous_id  session_id  url
        2026-03-02T10:00:00.000  a             1           /cart
        2026-03-02T10:00:00.004  a             1           /cart
        2026-03-02T10:00:00.000  b             2           /cart
        2026-03-02T10:00:02.000  b             2           /cart
        2026-03-02T10:00:00.000  c             3           /cart
        2026-03-02T10:00:00.004  c             3           /cart/pay
        """,
    )
    rows = built.rows("select right(session_key, 1), page_views, session_events from visits order by 1")
    assert rows == [("1", 1, 1), ("2", 2, 2), ("3", 2, 2)]
    assert built.account("web_events.csv") == (6, 6, 0)  # nothing is refused: the record came in


def crawl(crawlers: int, people: int, *, stay: int = 30) -> list[tuple]:
    """Crawlers of Virginia: one page each. People of Bavaria: two pages, `stay` seconds apart; every tenth sees one only."""
    rows = [
        (f"2026-01-06T10:00:{i:02d}", f"bot{i}", f"b{i}", None, "/cart", None, "US", "Virginia", None)
        for i in range(crawlers)
    ]
    for i in range(people):
        rows.append((f"2026-01-07T11:00:{i % 60:02d}", f"man{i}", f"m{i}", None, "/cart", None, "DE", "Bavaria", None))
        if i % 10:
            rows.append(
                (
                    f"2026-01-07T12:0{stay // 60}:{stay % 60:02d}",
                    f"man{i}",
                    f"m{i}",
                    None,
                    "/cart/done",
                    None,
                    "DE",
                    "Bavaria",
                    None,
                )
            )
    return rows


def kinds(built) -> list[tuple]:
    return built.rows("select coalesce(bot_basis, 'person'), region, count(*) from visits group by all order by all")


def test_a_crawler_that_does_not_say_so_is_known_by_its_behaviour(company):
    """25 visitors of one place, each once, one page, no time, nothing done; 40 people elsewhere, of whom 4 left at once.

    The 4 are people: where they come from others stay. Completion is that of people: 36 of 40.
    """
    built = web(company, csv(*crawl(25, 40)))
    assert kinds(built) == [("behaviour", "Virginia", 25), ("person", "Bavaria", 40)]
    cell = built.one("completion_rate")
    assert (cell.value, cell.n) == (0.9, 40)
    assert built.rows("select kind, day, until from breaks") == [("bots", MONDAY, MONDAY + timedelta(6))]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (crawl(19, 40), "too few to judge a place by"),
        ([(*row[:7], "Bavaria", row[8]) for row in crawl(25, 40)], "the same place as people who stay"),
        (
            [
                (*row[:6], *crawl(1, 1)[0][6:]) if row[1] in {f"man{n}" for n in range(20, 30)} else row
                for row in crawl(25, 40)
            ],
            "25 of a place's 35 visitors gone at once: not nearly all",
        ),
        ([(*row[:6], None, None, None) for row in crawl(25, 40)], "no place known"),
        ([(*row[:3], f"C{row[1]}", *row[4:]) for row in crawl(25, 40)], "signed in"),
        (
            [(row[0], None, *row[2:]) for row in crawl(25, 40)],
            "no cookie: each event stands alone, who refused consent is no bot",
        ),
        (crawl(30, 20), "a source that hardly ever records more than one page"),
    ],
)
def test_people_are_not_taken_for_crawlers(company, rows, why):
    """Whatever is missing to tell a crawler from a person, the visit stays a person's."""
    rows = [(*row[:6], "DE" if row[7] == "Bavaria" and row[6] == "US" else row[6], *row[7:]) for row in rows]
    assert {basis for basis, *_ in kinds(web(company, csv(*rows)))} == {"person"}, why


def weekly(shares: list[int]) -> list[tuple]:
    """60 visits a week, the given number of them signed in; every visit adds to the cart and one in two is done."""
    rows = []
    for week, signed in enumerate(shares):
        for i in range(60):
            day, who = MONDAY + timedelta(7 * week + i % 7), f"w{week}v{i}"
            customer = f"C{week}-{i}" if i < signed else None
            rows.append((f"{day}T10:00:00", who, who, customer, "/cart", None, "DE", "North", None))
            rows.append(
                (
                    f"{day}T10:01:00",
                    who,
                    who,
                    customer,
                    "/cart/done" if i % 2 else "/cart/pay",
                    None,
                    "DE",
                    "North",
                    None,
                )
            )
    return rows


@pytest.fixture(scope="module")
def banner(module_company):
    """Eight weeks with two thirds of the visits linked, then seven with one third: a consent banner on 2 March."""
    return web(module_company, csv(*weekly([40, 41, 39, 40, 40, 41, 39, 40, 20, 21, 19, 20, 20, 20, 20])))


def test_a_fall_of_the_linked_share_is_a_break_from_its_week_on(banner):
    """One row: from Monday of the ninth week, 67 % before, 33 % after, still so."""
    rows = banner.rows("select kind, day, until, round(before, 2), round(after, 2), text from breaks")
    assert rows == [("linked", date(2026, 3, 2), None, 0.67, 0.33, "33 % of visits are linked to a person, not 67")]


def test_joined_figures_are_not_compared_across_the_break_and_others_are(banner):
    """February against March: completion is compared, contact rate keeps both values and has no difference."""
    across = {"start": date(2026, 3, 2), "end": date(2026, 3, 29), "compare": "previous"}
    assert banner.one("completion_rate", **across).compare.diff == 0
    found = recording_breaks.blocked(
        definition("contact_rate"),
        (across["start"], across["end"]),
        (date(2026, 2, 2), date(2026, 3, 1)),
        banner.store.generation(),
    )
    assert note_text(found) == "since 2 March 2026 33 % of visits are linked to a person, not 67: not compared"
    within = (date(2026, 4, 6), date(2026, 4, 12)), (date(2026, 3, 30), date(2026, 4, 5))
    assert recording_breaks.blocked(definition("contact_rate"), *within, banner.store.generation()) is None


def test_a_steady_share_and_a_slow_climb_are_no_break(company):
    """Two points more every week is growth, not a banner."""
    assert web(company, csv(*weekly([30 + w for w in range(14)]))).rows("select * from breaks") == []


ONE = Break(date(2026, 3, 2), date(2026, 3, 29), "volume", 2.0, 3.0, 1.0, "3 events a visit are recorded, not 2")
FEBRUARY, MARCH, HALF = (
    (date(2026, 2, 2), date(2026, 3, 1)),
    (date(2026, 3, 2), date(2026, 3, 29)),
    (date(2026, 3, 16), date(2026, 4, 12)),
)


@pytest.mark.parametrize(
    ("now", "then", "parted"),
    [
        (MARCH, FEBRUARY, True),
        (HALF, MARCH, True),
        (HALF, FEBRUARY, True),
        (MARCH, MARCH, False),
        (FEBRUARY, FEBRUARY, False),
        ((date(2026, 3, 30), date(2026, 4, 5)), FEBRUARY, False),
    ],
)
def test_two_periods_are_alike_where_the_break_covers_both_or_neither(now, then, parted):
    """Before and after an episode may be compared with each other, only not with the episode."""
    assert recording_breaks.parts(ONE, now, then) is parted


@pytest.mark.parametrize(
    ("kind", "metric", "blocked"),
    [
        ("linked", "contact_rate", True),
        ("linked", "unhappy_though_smooth", True),
        ("linked", "conversion_visit", True),
        ("linked", "conversion", True),
        ("linked", "contact_rate_gross", True),
        ("linked", "no_fuss_rate", True),
        ("linked", "response_share", True),
        ("linked", "completion_rate", False),
        ("linked", "csat_t2b_5", False),
        ("volume", "error_rate", True),
        ("volume", "dwell_p50", True),
        ("volume", "completion_rate", False),
        ("volume", "csat_t2b_5", False),
        ("hollow", "completion_rate", True),
        ("hollow", "contact_rate", True),
        ("bots", "completion_rate", False),
        ("doubled", "error_rate", False),
    ],
)
def test_a_break_touches_what_it_moves(kind, metric, blocked):
    """Joined figures by the linked share, counts of events by the volume; what was taken out touches nothing."""
    assert recording_breaks.blocks(kind, definition(metric)) is blocked
