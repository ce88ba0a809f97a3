"""An open question goes with every number it touches, and is quiet once it is answered."""

import json
from dataclasses import replace

import pytest

from data.errors import UserError
from exports.cards.card import card_of, small_print
from metrics.compute.run import run
from metrics.query.query import Query
from report.rows.cells import record
from tests.core.company import block, build_company, warned, write_company
from tests.questions.conftest import JOURNEY
from ui.widgets import open_questions

FILE = (
    "response_id,responded_at,score,invited_at\n"
    + "\n".join(f"r{n},2026-03-{1 + n % 28:02}T10:{n:02},{1 + n % 5},2026-03-{1 + n % 28:02}T12:00" for n in range(40))
    + "\n"
)


def company(folder, *more: str):
    """40 answers, each given before it was asked for."""
    return build_company(
        folder,
        journey=JOURNEY,
        files={"a.csv": FILE},
        sources=block(
            "a",
            "a.csv",
            "survey_answers",
            'constants = { survey = "s", metric = "csat", scale_min = 1, scale_max = 5 }',
            *more,
        ),
    )


def test_a_severe_question_stands_beside_the_number(tmp_path):
    """In the result, its JSON and the small print of a slide; a metric of other records does not carry it."""
    generation = company(tmp_path).store.generation()
    result = run(Query(("csat_t2b_5",)), generation)
    told = "open question: a: in 40 of 40 records responded_at lies before invited_at by more than a minute"
    assert any(text.startswith(told) for text in warned(result.cells[0]))
    (entry,) = [record(cell, result) for cell in result.cells]
    assert entry["open_questions"][0]["question"] == "negative_durations:responded_at lies before invited_at"
    assert entry["open_questions"][0]["records"] == 40 and json.dumps(entry)
    assert any(text.startswith(told) for head, text in small_print(card_of(result, "breakdown")) if head == "Mind")
    other = run(Query(("completion_rate",)), generation)
    assert not other.questions["completion_rate"] and not any(
        "open question" in text for text in warned(other.cells[0])
    )


def test_an_answered_question_is_quiet(tmp_path):
    """`confirmed` by name and subject, or by name alone; it stays in the store as confirmed."""
    for place, key in enumerate(("negative_durations", "negative_durations:responded_at lies before invited_at")):
        built = company(tmp_path / str(place), f'confirmed = ["{key}"]')
        assert not built.summary.open_questions
        assert built.rows("select confirmed from questions") == [(True,)]
        assert not warned(built.one("csat_t2b_5")) or all(
            "open question" not in text for text in warned(built.one("csat_t2b_5"))
        )


def test_a_misspelt_answer_is_refused(tmp_path):
    with pytest.raises(UserError, match="negative_durations"):
        company(tmp_path, 'confirmed = ["negativ_durations"]')


def test_it_is_printed_by_build_and_doctor(tmp_path, cli):
    """`!` at build with how to answer it; in doctor and in the JSON of both."""
    sources = write_company(
        tmp_path / "company",
        journey=JOURNEY,
        files={"a.csv": FILE},
        sources=block(
            "a",
            "a.csv",
            "survey_answers",
            'constants = { survey = "s", metric = "csat", scale_min = 1, scale_max = 5 }',
        ),
    )
    store = tmp_path / "store"
    said = cli("data", "build", "--sources", sources, "--store", store).stdout
    assert any(line.startswith("! a: in 40 of 40 records") and "confirmed" in line for line in said.splitlines())
    assert "! a: in 40 of 40 records" in cli("data", "doctor", "--store", store).stdout
    assert (
        json.loads(cli("data", "doctor", "--store", store, "--format", "json").stdout)["questions"][0]["severity"]
        == "severe"
    )
    last = json.loads(
        cli("data", "build", "--sources", sources, "--store", store, "--format", "json").stdout.splitlines()[-1]
    )
    assert last["summary"] and last["questions"][0]["records"] == 40


def test_a_refused_cell_is_told_by_its_shape(tmp_path):
    """The commonest fault of a file names no value: it may be somebody's name and birth date."""
    people = (
        "when,score\n" + "\n".join(f"Erika Mustermann 12.08.{1950 + n},4" for n in range(30)) + "\n2026-03-02T10:00,4\n"
    )
    built = build_company(
        tmp_path,
        journey=JOURNEY,
        files={"a.csv": people},
        sources=block(
            "a",
            "a.csv",
            "survey_answers",
            'columns = { responded_at = "when" }',
            'constants = { survey = "s", metric = "csat", scale_min = 1, scale_max = 5 }',
        ),
    )
    (question,) = [q for q in built.summary.open_questions if q.name == "mostly_refused"]
    assert "aaaaa aaaaaaaaaa 99.99.9999" in question.asks and "Erika" not in question.asks


def test_the_notice_is_text(tmp_path):
    """What a page shows of it is escaped, and silent where all is answered."""
    (question,) = company(tmp_path).summary.open_questions
    hostile = replace(question, asks="<script>x</script> [a](http://b)")
    shown = open_questions.notice([hostile], "/data?x=1&y=2")
    assert "<script>" not in shown and "&lt;script&gt;" in shown and "Satisfied" in shown
    assert open_questions.notice([replace(question, confirmed=True)], "/data") == ""
