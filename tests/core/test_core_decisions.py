"""A finding that is signed keeps its question: kept on disk, changed by one at a time, asked again of every build."""

import json
import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from data.errors import UserError
from data.store.decisions import Decisions
from data.store.saved.database import SCHEMA
from data.store.user_records import Users
from metrics.analyses.claims import Claim, Standing, retest
from metrics.analyses.stage_scores import level_query, positions
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report.findings.findings import findings
from report.findings.signing import signable
from tests.core.test_core_case import tables
from tests.core.test_core_exposure import TARGETS

SPAN = {"start": date(2026, 1, 5), "end": date(2026, 1, 18)}


def answers(day: str, satisfied: int, unhappy: int) -> str:
    rows = [
        f"d{day}{n}  {day}T10:00  after order  csat  1  5  {5 if n < satisfied else 2}"
        for n in range(satisfied + unhappy)
    ]
    return "\n".join(["customer_id  responded_at  survey  metric  scale_min  scale_max  score", *rows])


def decision(shop):
    """The one finding of the small shop, as it would be signed."""
    generation = shop.store.generation()
    known = context.read(generation)
    query = resolve(Query(("completion_rate",), start=date(2026, 1, 1), end=date(2026, 7, 1)), known)
    level, places = level_query(query, known), positions(query, generation)
    (found,) = [f for f in findings(query, generation, places, [], level) if f.stage == "Buy" and f.kind == "watch"]
    return signable(found, places, [], level, generation)


@pytest.fixture(scope="module")
def shop(module_company):
    return module_company(journey=TARGETS, **tables())


@pytest.fixture
def records(tmp_path):
    return Decisions(tmp_path / "users.sqlite")


def test_a_finding_becomes_a_decision_with_its_number(shop):
    """40 of 80 are satisfied, the minimum is 75 %."""
    one = decision(shop)
    assert (one.stage, one.metric, one.value, one.n, one.line, one.below) == ("Buy", "csat_t2b_5", 0.5, 80, 0.75, True)
    assert one.worth.startswith("Worth ")


def test_what_is_signed_is_kept_and_its_changes_are_told(shop, records):
    id = records.add(replace(decision(shop), due="2026-12-01"), "ana@example.com")
    saved = records.save(id, 1, "ben@example.com", owner="checkout", status="in progress")
    assert (saved.owner, saved.status, saved.version, saved.signed_by) == (
        "checkout",
        "in progress",
        2,
        "ana@example.com",
    )
    assert [(c["who"], c["field"], c["after"]) for c in records.changes(id)] == [
        ("ben@example.com", "owner", "checkout"),
        ("ben@example.com", "status", "in progress"),
    ]
    assert Decisions(records.file).all() == [saved]


def test_who_comes_second_is_told_and_overwrites_nothing(shop, records):
    """Two opened version 1; the first saves, the second is refused with the first one's name."""
    id = records.add(replace(decision(shop), due="2026-12-01"), "ana")
    records.save(id, 1, "ben", notes="mine")
    with pytest.raises(UserError, match="ben changed this decision meanwhile"):
        records.save(id, 1, "cleo", notes="theirs")
    assert [one.notes for one in records.all()] == ["mine"]
    assert len(records.changes(id)) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"status": "won"}, "open, in progress, done, dropped"),
        ({"due": "soon"}, "2026-03-31"),
        ({"notes": "x" * 2001}, "too long"),
        ({"claim": "x"}, "not changed"),
    ],
)
def test_what_a_decision_cannot_hold_is_refused(shop, records, changed, said):
    id = records.add(replace(decision(shop), due="2026-12-01"), "ana")
    with pytest.raises(UserError, match=said):
        records.save(id, 1, "ben", **changed)


def test_a_database_of_before_gets_the_tables_and_keeps_its_records(shop, records):
    """Users' records without decisions, as an older version left them."""
    Users(records.file).opened("ana", "p1", "words", "g1")
    with sqlite3.connect(records.file) as con:
        assert con.execute("pragma user_version").fetchone() == (0,)
    assert records.all() == []
    records.add(replace(decision(shop), due="2026-12-01"), "ana")
    assert len(Users(records.file).openings()) == 1
    with sqlite3.connect(records.file) as con:
        assert con.execute("pragma user_version").fetchone() == (SCHEMA,)


@pytest.mark.parametrize(
    ("satisfied", "unhappy", "standing"),
    [
        (40, 40, Standing.HOLDS),  # 50 %: below 75 % beyond its interval
        (56, 24, Standing.WEAKER),  # 70 %: the interval holds 75 %
        (76, 4, Standing.OVERTURNED),  # 95 %: above 75 % beyond its interval
    ],
)
def test_every_build_says_whether_it_still_holds(company, satisfied, unhappy, standing):
    """Claimed of two weeks in January; the newest two whole weeks are in March."""
    then, later = answers("2026-01-12", 30, 30), answers("2026-03-12", satisfied, unhappy)
    ends = "\n".join(later.splitlines()[1:] + ["last  2026-03-23T10:00  yearly  nps  0  10  9"])
    built = company(journey=TARGETS, survey_answers=f"{then}\n{ends}")
    claim = Claim("csat_t2b_5", 1, "Purchase", "Buy", 0.75, True, date(2026, 1, 5), date(2026, 1, 18))
    found = retest(claim, built.store.generation())
    assert (found.start, found.end) == (date(2026, 3, 9), date(2026, 3, 22))
    assert (found.standing, found.cell.n) == (standing, satisfied + unhappy)


def test_a_metric_that_is_defined_otherwise_by_now_cannot_be_told(shop):
    claim = Claim("csat_t2b_5", 0, "Purchase", "Buy", 0.75, True, **SPAN)
    assert retest(claim, shop.store.generation()).standing is Standing.CANNOT_TELL
    gone = Claim("csat_t2b_5", 1, "Purchase", "Bye", 0.75, True, **SPAN)
    assert retest(gone, shop.store.generation()).standing is Standing.CANNOT_TELL


def test_the_command_tells_every_claim(shop, cli, tmp_path, monkeypatch):
    """The same words and numbers as the page."""
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "users.sqlite"))
    Decisions(tmp_path / "users.sqlite").add(replace(decision(shop), due="2026-12-01", owner="checkout"), "ana")
    (one,) = json.loads(cli("metrics", "claims", "--store", shop.folder / "store", "--format", "json").stdout)
    assert (one["standing"], one["value"], one["owner"]) == ("holds", 0.5, "checkout")
    text = cli("metrics", "claims", "--store", shop.folder / "store").stdout
    assert "1 decision: 1 still holds." in text and "minimum 75 %" in text
