"""Stage rules: the first rule in file order, by path or event name; goals at or after entering; what fits none is shown."""

import pytest

from report.words.reasons import reason_text
from tests.core.company import block, table

JOURNEY = r"""
    [[journey]]
    name = "Purchase"

    [[journey.stage]]
    name = "Find"
    paths = ["/", "/shop/cart/help", "re:^/search(/|\\?|$)"]
    events = ["search"]
    goal = "path:/product/*"

    [[journey.stage]]
    name = "Evaluate"
    paths = ["/product/*", "/list?view=detail*", "help.example.com/*"]

    [[journey.stage]]
    name = "Buy"
    paths = ["/shop/*", "/basket"]
    events = ["add_to_cart"]
    goal = ["event:purchase", "order"]
"""
# url → the stage it belongs to
PAGES = {
    "https://shop.example.com": "Find",
    "https://shop.example.com/": "Find",
    "/?utm=x": "Find",
    "/search": "Find",
    "/search?q=chair": "Find",
    "/searching": None,
    "/product/chair": "Evaluate",
    "/product/chair/": "Evaluate",
    "/product/chair#top": "Evaluate",
    "https://help.example.com/faq": "Evaluate",
    "https://shop.example.com/faq": None,
    "/list?view=detail&page=2": "Evaluate",
    "/list?view=grid": None,
    "/basket": "Buy",
    "/basket/": "Buy",
    "/basket/?step=2": "Buy",
    "/basketball": None,
    "/shop/cart": "Buy",
    "/shop/cart/help": "Find",
    "/shop/a/b/c": "Buy",
}


@pytest.fixture(scope="module")
def mapped(module_company):
    """Each page seen once by its own visitor; then events without a page."""
    rows = [f"2026-03-02T10:00  p{n}  page_view  {url}" for n, url in enumerate(PAGES)]
    rows += [
        "2026-03-02T10:00  e1  Search  -",
        "2026-03-02T10:00  e2  add_to_cart  /product/x",
        "2026-03-02T10:00  e3  wave  -",
        "2026-03-02T10:00  e4  wave  -",
    ]
    return module_company(journey=JOURNEY, web_events="occurred_at  anonymous_id  event_name  url\n" + "\n".join(rows))


@pytest.mark.parametrize("url", PAGES)
def test_a_page_belongs_to_the_first_rule_it_fits(mapped, url):
    """* crosses /, re: is taken as written, a rule with ? needs the query, one with a host needs the host; / at the end is nothing."""
    number = list(PAGES).index(url)
    found = mapped.rows("select stage from visits where session_key like $key", {"key": f"a:p{number}@%"})
    assert found == ([(PAGES[url],)] if PAGES[url] else [])


def test_an_event_name_and_its_page_compete_by_file_order(mapped):
    """add_to_cart is a rule of Buy, its page of Evaluate, which stands before: Evaluate. Names are compared in lower case."""
    assert mapped.rows("select stage from visits where session_key like 'a:e1@%'") == [("Find",)]
    assert mapped.rows("select stage from visits where session_key like 'a:e2@%'") == [("Evaluate",)]


def test_what_fits_no_rule_is_counted_and_shown(mapped):
    """Four pages and one event name are in nobody's stage: each listed with how often it was seen."""
    assert set(mapped.rows("select kind, what, times from unmapped")) == {
        ("page", "/searching", 1),
        ("page", "/faq", 1),
        ("page", "/list", 1),
        ("page", "/basketball", 1),
        ("event", "wave", 2),
    }


VISITS = table("""
    event_id  occurred_at       anonymous_id  customer_id  event_name   url
    1         2026-03-02T10:00  a             -            page_view    /product/x
    2         2026-03-02T10:01  a             -            page_view    /
    3         2026-03-02T10:00  b             -            page_view    /
    4         2026-03-02T10:01  b             -            page_view    /product/x
    5         2026-03-02T10:00  c             -            page_view    /basket
    6         2026-03-02T10:01  c             -            purchase     -
    7         2026-03-02T10:00  d             -            page_view    /basket
    8         2026-03-02T10:01  d             -            page_view    /
    9         2026-03-02T10:00  e             k5           page_view    /basket
    10        2026-03-02T10:00  f             k6           page_view    /basket
    """)
ORDERS = table("""
    order_id  ordered_at        customer_id
    o5        2026-03-02T10:10  k5
    o6        2026-03-02T18:00  k6
    """)


@pytest.fixture(scope="module")
def goals(module_company):
    return module_company(
        journey=JOURNEY,
        files={"events.csv": VISITS, "orders.csv": ORDERS},
        sources=block("events", "events.csv", "web_events") + block("orders", "orders.csv", "orders"),
    )


def visit(built, who: str, stage: str) -> tuple:
    """(goal reached, last stage of its session) of a visitor's visit of a stage."""
    ((found),) = built.rows(
        "select goal_reached, is_last_stage from visits where session_key like $who and stage = $stage",
        {"who": f"a:{who}@%", "stage": stage},
    )
    return found


def test_a_goal_counts_at_or_after_entering_the_stage(goals):
    """a saw the product before coming to Find and not after: not reached. b the other way round: reached."""
    assert visit(goals, "a", "Find") == (False, True)
    assert visit(goals, "b", "Find") == (True, False)


def test_goals_by_event_path_and_order(goals):
    """c bought by event; e by an order within the session; f's order came eight hours later; d did not."""
    assert [visit(goals, who, "Buy")[0] for who in "cdef"] == [True, False, True, False]


def test_drop_off_is_the_last_stage_without_its_goal(goals):
    """Buy: c and e reached it, d went on to Find, f ended there without it: 1 of 4."""
    ((dropped, visits),) = goals.rows(
        "select count(*) filter (where is_last_stage and not goal_reached), count(*) from visits where stage = 'Buy'"
    )
    assert (dropped, visits) == (1, 4)


def test_a_stage_without_a_goal_has_no_completion(goals):
    """Evaluate has no goal: not_applicable with the reason, never 0 %."""
    for metric in ("completion_rate", "drop_off_rate"):
        (cell,) = goals.show(metric, stages=("Evaluate",))
        assert (cell.state, cell.value, reason_text(cell.reason)) == (
            "not_applicable",
            None,
            "Evaluate has no goal in journey.toml",
        )


def test_dwell_is_the_time_to_the_next_event_and_capped(company):
    """10:00 Find, 10:05 Buy, 10:07 end; then a session of the source's own with three silent hours: at most 30 minutes."""
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at       anonymous_id  session_id  url
        2026-03-02T10:00  a             1           /
        2026-03-02T10:05  a             1           /basket
        2026-03-02T10:07  a             1           /basket
        2026-03-03T10:00  a             2           /basket
        2026-03-03T13:00  a             2           /basket
        """,
    )
    assert built.rows("select session_key, stage, dwell_ms // 60000, open_ended from visits order by all") == [
        ("web_events:1", "Buy", 2, True),
        ("web_events:1", "Find", 5, False),
        ("web_events:2", "Buy", 30, True),
    ]


def test_being_drawn_into_a_test_is_no_step_of_a_visit(company):
    """An assignment written down with a page of Find enters no stage and cuts no dwell: v1 came to Evaluate only, for 60 s.

    v1  10:00:00  /product/chair      10:00:10  (assignment, page /)      10:01:00  /product/table
    v2  10:00:00  (assignment, page /), nothing else
    v3  a journey whose rules name the event: there it is a step
    """
    rows = """
        occurred_at          anonymous_id  event_name             url
        2026-03-02T10:00:00  v1            page_view              /product/chair
        2026-03-02T10:00:10  v1            experiment_impression  /
        2026-03-02T10:01:00  v1            page_view              /product/table
        2026-03-02T10:00:00  v2            experiment_impression  /
        """
    built = company(journey=JOURNEY, web_events=rows)
    assert built.rows("select stage, events, dwell_ms::int from visits") == [("Evaluate", 2, 60_000)]
    named = company(
        journey=JOURNEY.replace('events = ["search"]', 'events = ["search", "experiment_impression"]'), web_events=rows
    )
    assert named.rows("select stage, events from visits order by all") == [("Evaluate", 2), ("Find", 1), ("Find", 1)]


def test_without_a_purchase_the_last_stage_with_a_goal_converts(company):
    """Apply comes first in the alphabet, Sign last in the journey: of eight visits four applied and two signed."""
    journey = """
        [[journey]]
        name = "Loan"
        [[journey.stage]]
        name = "Apply"
        paths = ["/apply*"]
        goal = "path:/apply/sent"
        [[journey.stage]]
        name = "Sign"
        paths = ["/sign*"]
        goal = "path:/sign/done"
    """
    rows = [f"2026-03-02T10:00  v{n}  page_view  /apply" for n in range(8)] + [
        f"2026-03-02T10:01  v{n}  page_view  /apply/sent" for n in range(4)
    ]
    rows += [
        f"2026-03-02T10:0{at}  v{n}  page_view  {url}"
        for n in range(2)
        for at, url in ((2, "/sign"), (3, "/sign/done"))
    ]
    built = company(journey=journey, web_events="\n".join(["occurred_at  anonymous_id  event_name  url", *rows]))
    cell = built.one("conversion_visit")
    assert (cell.n, cell.value) == (8, 0.25)
