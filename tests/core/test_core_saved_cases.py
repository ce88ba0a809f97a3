"""Saved cases: every version kept, two who save at a time told so, an older database brought up to date, a decision resting on one."""

import sqlite3
from dataclasses import replace

import pytest

from data.errors import UserError
from data.sqlfile import sql
from data.store.decisions import Decisions
from data.store.saved.cases import SavedCase, SavedCases
from data.store.saved.database import FOLDER, SCHEMA
from report.cases import saved as said

SPEC = {
    "name": "Fee",
    "journey": "Purchase",
    "stage": "Buy",
    "removes": "unhappy",
    "share": 0.3,
    "assumptions": {"years": 3},
}


@pytest.fixture
def records(tmp_path):
    return SavedCases(tmp_path / "users.sqlite")


def fee(**changed) -> SavedCase:
    return SavedCase("Fee", "Purchase", SPEC | changed, "g1", "EUR", 100.0, 200.0, 300.0)


def test_every_version_is_kept_and_the_newest_is_listed(records):
    first = records.keep(fee(), "ana")
    second = records.keep(replace(first, spec=SPEC | {"share": 0.4}, low=150.0), "ben")
    assert (first.version, second.version, second.id) == (1, 2, first.id)
    assert [(one.version, one.who, one.spec["share"]) for one in records.versions(first.id)] == [
        (2, "ben", 0.4),
        (1, "ana", 0.3),
    ]
    (newest,) = records.newest("Purchase")
    assert (newest.version, newest.low) == (2, 150.0) and records.newest("Support") == []
    assert said.history(records.versions(first.id)) == [f"Version 2, {second.at[:10]}, ben: share 0.3 → 0.4"]


def test_who_saves_a_version_that_was_changed_meanwhile_is_told(records):
    read = records.keep(fee(), "ana")
    records.keep(read, "ben")
    with pytest.raises(UserError, match="ben saved version 2 of this case meanwhile"):
        records.keep(read, "ana")
    assert len(records.versions(read.id)) == 2


def test_a_database_of_the_version_before_keeps_its_decisions(tmp_path):
    """Made with the first version of the tables, one decision in it."""
    file = tmp_path / "users.sqlite"
    with sqlite3.connect(file) as con:
        con.executescript(sql(FOLDER, "tables_1"))
        con.execute("insert into decisions values ('d', 1, '2026-01-01', 'ana', '2026-01-01', 'ana', 'c', '', 'Purchase', 'Buy', 'csat_t2b_5', 1, .75, 1, .5, .4, .6, 80, '2026-01-01', '2026-01-31', 'g', 'o', '', '2026-03-01', 'open', '')")  # fmt: skip
        con.execute("pragma user_version = 1")
    records = SavedCases(file)
    kept = records.keep(fee(), "ana")
    assert [one.id for one in Decisions(file).all()] == ["d"]
    assert records.of_decision("d") is None
    records.rest_on("d", kept, "ana")
    assert records.of_decision("d") == kept
    records.rest_on("d", None, "ben")
    assert records.of_decision("d") is None
    with sqlite3.connect(file) as con:
        assert con.execute("pragma user_version").fetchone() == (SCHEMA,)


def test_cases_stand_side_by_side_with_what_they_assume_otherwise(records):
    one, other = records.keep(fee(), "ana"), records.keep(replace(fee(share=0.5), name="More"), "ana")
    assert said.differences([one, other]) == ["share: Fee: 0.3; More: 0.5"]
    assert said.row(one, None)[0] == "Fee, version 1"
    assert f"bk={one.id}.1" in said.query_of(one) and "bh=0.3" in said.query_of(one)


def test_a_case_without_a_name_is_refused(records):
    with pytest.raises(UserError, match="a name"):
        records.keep(replace(fee(), name=" "), "ana")
