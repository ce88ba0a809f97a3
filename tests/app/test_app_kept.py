"""Answers kept between starts equal those asked anew, and a cache that cannot be used costs nothing but time."""

import sqlite3
import stat
from datetime import date, timedelta

import pytest

from data.store.generations import open_generation
from data.store.result_cache import Answers, answers_file
from metrics.analyses.changes import Change, changes
from metrics.query.query import Query
from ui.session import disk_cache as keeping
from ui.session.disk_cache import kept


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_STORE", str(tmp_path))
    monkeypatch.delenv("THROUGHLINE_USERS", raising=False)
    return tmp_path


def asked(generation) -> Query:
    last = generation.cursor().execute("select max(day) from visits").fetchone()[0]
    end = last - timedelta(days=last.weekday() + 1)
    return Query(("completion_rate",), start=end - timedelta(days=27), end=end, compare="previous")


def never():
    raise AssertionError("was asked although it is known")


def test_a_kept_answer_is_the_one_of_the_facts(store, folder):
    generation = open_generation(store)
    query = asked(generation)
    fresh = changes(query, generation)
    assert fresh
    first = kept(list[Change], query, generation.name, lambda: changes(query, generation))
    assert first == kept(list[Change], query, generation.name, never) == fresh


def test_another_question_generation_or_code_is_asked(folder, monkeypatch):
    assert kept(list[int], "q", "gen-1", lambda: [1]) == [1]
    assert kept(list[int], "other", "gen-1", lambda: [2]) == [2]
    monkeypatch.setattr(keeping, "_code", lambda: "changed")
    assert kept(list[int], "q", "gen-1", lambda: [3]) == [3]
    assert kept(list[int], "q", "gen-2", lambda: [4]) == [4]
    assert kept(list[int], "q", "gen-1", lambda: [5]) == [5], "answers of a generation that is gone are forgotten"


def test_dates_and_missing_parts_come_back_as_they_were(folder):
    answer = [(date(2026, 11, 1), None, float("inf"), "é")]
    for _ in range(2):
        assert kept(list[tuple[date, int | None, float, str]], "q", "gen-1", lambda: answer) == answer


def test_what_cannot_be_read_is_asked_again(folder):
    kept(list[int], "q", "gen-1", lambda: [1])
    with sqlite3.connect(answers_file(folder)) as con:
        con.execute("update answers set answer = x'c1'")
    assert kept(list[int], "q", "gen-1", lambda: [2]) == [2]
    answers_file(folder).write_bytes(b"not a database, and longer than its header is")
    assert kept(list[int], "q", "gen-1", lambda: [3]) == [3]


def test_where_nothing_can_be_written_the_answer_is_asked(folder, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_USERS", str(folder / "missing" / "users.sqlite"))
    assert kept(list[int], "q", "gen-1", lambda: [1]) == [1]
    assert not (folder / "missing").exists()


def test_only_its_owner_reads_it_and_it_does_not_grow(folder):
    answers = Answers(answers_file(folder))
    for number in range(70):
        answers.keep("gen-1", f"question {number}", b"x")
    assert stat.S_IMODE(answers.file.stat().st_mode) == 0o600
    assert answers.find("gen-1", "question 69") == b"x" and answers.find("gen-1", "question 0") is None
