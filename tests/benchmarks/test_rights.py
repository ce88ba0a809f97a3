"""The numbers of a viewer are those of a store that holds only what they may see: the short version of `python -m benchmarks rights`."""

from random import Random

import pytest

from benchmarks.assistant.measure import Found, fuzzed, leaks, under_rights, unlike
from benchmarks.rights import cases, compare
from data.build.build import build
from data.demo import generate
from data.store.generations import open_generation
from data.store.narrowed import SETTINGS, WHOLE
from report.answers.desk import Reply


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rights")
    generate(folder / "demo", people=1500, days=120)
    assert build(folder / "demo" / "sources.toml", None, folder / "store").generation
    return folder / "store"


def test_random_access_files_and_questions(store, monkeypatch):
    """Thirty-two questions of some four access files: every number the same, and of most there is one."""
    monkeypatch.setattr(compare, "EACH", 8)
    found = compare.compare(store, 32, seed=15)
    assert not found.unlike, found.unlike[0]
    assert sum(found.counts.values()) == 32 and found.counts["cells: equal"] >= 8, found.counts


def test_a_rule_that_is_broken_is_seen(store, monkeypatch):
    """The comparison can fail: where the product forgets the regions it tells so."""
    from data.store import narrowed

    monkeypatch.setattr(narrowed, "_OPEN", type(narrowed._OPEN)())
    monkeypatch.setattr(narrowed.Grant, "limits", property(lambda grant: ("segment",) if grant.segment else ()))
    monkeypatch.setattr(
        cases, "group", lambda world, draw: {"segments": ["B2B"], "regions": [world.values["region"][0]]}
    )
    assert compare.compare(store, 8, seed=1).unlike


def test_every_table_of_a_store_is_described(store):
    """What is seen whole is named; anything else is of rows, or of settings that name a stage."""
    cursor = open_generation(store).cursor()
    columns: dict[str, set[str]] = {}
    for table, column in cursor.execute(
        "select table_name, column_name from duckdb_columns() where not internal"
    ).fetchall():
        columns.setdefault(table, set()).add(column)
    for table in WHOLE & set(columns):
        assert not {"stage", "segment", "region"} & columns[table] or table in ("people", "topics"), table
    for table in SETTINGS & set(columns):
        assert "stage" in columns[table] and "person_id" not in columns[table], table
    unsure = {
        t
        for t, names in columns.items()
        if t not in WHOLE | SETTINGS and not {"journey", "stage", "segment", "region"} & names
    }
    assert unsure <= {
        "exposures",
        "people_exposures",
        "invitations",
        "people_invitations",
        "person_map",
        "shared_ids",
        "loads",
        "refusals",
        "masked_words",
        "web_daily",
    }


def test_cases_are_the_same_for_a_seed(store):
    world = cases.world(open_generation(store))
    assert [cases.question(world, Random(3)) for _ in range(2)][0] == cases.question(world, Random(3))


def test_assistants_get_the_same_numbers_under_any_rights_and_a_sentence_for_junk(store):
    """The short version of `python -m benchmarks mcp`, without the process in between (tests/exports asks one)."""
    found = Found()
    under_rights(store, cases.world(open_generation(store)), 5, 4, found)
    fuzzed(store, 40, 4, found)
    assert not found.wrong, found.wrong[0]
    asked = sum(count for name, count in found.counts.items() if "as printed" not in name)  # which are asked once more
    assert asked == 45 and found.counts["random arguments: one sentence"] > 20, found.counts


def test_a_leak_is_seen():
    """A number of a stage nobody granted, and a count in a withheld cell, are told."""
    cell = {
        "state": "suppressed",
        "value": None,
        "low": None,
        "high": None,
        "n": 3,
        "persons": 3,
        "by": {"stage": "Buy"},
    }
    assert leaks(Reply({"cells": [cell]}), [{"stages": ["Find"]}]) == [
        "a count in a cell that is suppressed",
        "stage Buy is granted to nobody",
    ]
    one = {"value": 0.5, "n": 3, "warning_codes": [{"numbers": {"share": 0.1}}]}
    near = {"value": 0.5, "n": 3, "warning_codes": [{"numbers": {"share": 0.1 + 1e-16}}]}
    assert not [*unlike([one], [near])] and [*unlike([one], [near | {"value": 0.5 + 1e-9}])]
