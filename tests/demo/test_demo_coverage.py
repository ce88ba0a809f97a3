"""The traps of recording, through the product: double tagging (T5), crawlers (T4), the consent banner (T10) leave no change."""

from datetime import date, timedelta

import pytest

from data.build.build import build
from data.demo import generate
from data.store.generations import Generation, open_generation
from metrics.compute.run import run
from metrics.query.query import Query
from report.findings.findings import findings
from tests.core.company import noted

FIRST = date(2025, 5, 26)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Generation:
    folder = tmp_path_factory.mktemp("coverage")
    generate(folder / "company", people=6000, days=280, seed=101, effects="T4,T5,T10")
    assert build(folder / "company" / "sources.toml", None, folder / "store").generation
    return open_generation(folder / "store")


def weeks(first: int, last: int) -> dict:
    return {"start": FIRST + timedelta(7 * (first - 1)), "end": FIRST + timedelta(7 * last - 1), "compare": "previous"}


def rows(store: Generation, text: str) -> list[tuple]:
    return store.cursor().execute(text).fetchall()


def test_every_crawler_is_found_and_nobody_else(store):
    """The simulated crawlers, and only they, come from Virginia; a third of them do not say what they are."""
    found = dict(
        rows(store, "select bot_basis, count(distinct session_key) from visits where region = 'Virginia' group by all")
    )
    assert found == {"declared": 312, "behaviour": 156}
    assert rows(store, "select count(*) from visits where is_bot and region <> 'Virginia'") == [(0,)]
    asked = run(Query(("completion_rate",), by=("stage",)), store).cell("completion_rate", stage="Find")
    counted = rows(
        store,
        "select count(*), sum(goal_reached::int) from visits "
        "where stage = 'Find' and region <> 'Virginia' and not staff_test",
    )[0]
    assert (asked.n, round(asked.value * asked.n)) == counted


def test_a_doubled_tag_changes_neither_views_nor_bounce(store):
    """Week 12 sends each page view of the web twice: views a visit stay within 10 % of the weeks beside it."""
    views = dict(
        rows(
            store,
            "select cast((day - date '2025-05-26') // 7 as integer) + 1, avg(page_views) from visits group by all",
        )
    )
    assert 0.9 < views[12] / ((views[11] + views[13]) / 2) < 1.1


def test_the_breaks_are_named_and_no_other(store):
    found = rows(store, "select kind, day, until from breaks order by day")
    assert found == [
        ("doubled", date(2025, 8, 11), date(2025, 8, 17)),
        ("bots", date(2025, 10, 6), date(2025, 10, 26)),
        ("linked", date(2026, 1, 5), None),
    ]


def test_joined_figures_keep_their_values_and_lose_their_difference_at_the_banner(store):
    across = run(Query(("contact_rate", "conversion_visit"), **weeks(33, 36)), store).cells
    assert all(
        cell.compare.value is not None and cell.compare.diff is None and "linked to a person" in noted(cell)
        for cell in across
    )
    after = run(Query(("conversion_visit",), **weeks(37, 40)), store).cells[0]
    assert after.compare.diff is not None


def test_the_overview_says_it(store):
    said = findings(Query(("completion_rate",), **weeks(33, 36)), store, [], [])
    assert any(
        f.claim.startswith("Since 5 January 2026 4")
        and f.evidence == "Joined figures are not compared across that date."
        for f in said
    )
