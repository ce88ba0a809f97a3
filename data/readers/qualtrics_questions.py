"""The questions of one survey: the metric of each, and where what people wrote belongs."""

from typing import Any

import duckdb

from data.errors import UserError
from data.files.tabular import insert_rows
from data.readers.qualtrics_header import Question
from data.readers.qualtrics_metrics import Decision, decide

FEW = 2000  # distinct answers of one column worth looking at; a metric has a handful


def create_questions(
    con: duckdb.DuckDBPyConnection, options: dict[str, Any], questions: list[Question], survey: str, alone: bool = True
) -> list[str]:
    """Create _qualtrics_columns and _qualtrics_values from the cells. Returns notes: recognised, and asked.

    `alone`: the options speak of this file only, so a question they name and it has not is a mistake.
    """
    decisions = {question.column: _decide(con, options, question, survey) for question in questions}
    for question in questions:
        if not question.is_text and decisions[question.column].metric is None:
            question.is_text = _written(con, question, decisions[question.column])
    con.execute(
        "create or replace temp table _qualtrics_columns (cell VARCHAR, question_id VARCHAR, item VARCHAR, question "
        "VARCHAR, position BIGINT, is_text BOOLEAN, metric VARCHAR, scale_min DOUBLE, scale_max DOUBLE, "
        "higher_is_better BOOLEAN)"
    )
    con.execute("create or replace temp table _qualtrics_values (cell VARCHAR, answer VARCHAR, score DOUBLE)")
    insert_rows(con, "_qualtrics_columns", _rows(questions, decisions))
    insert_rows(
        con,
        "_qualtrics_values",
        [
            (column, answer.strip(), score)
            for column, decision in decisions.items()
            for answer, score in decision.scores.items()
        ],
    )
    return _notes(options if alone else {}, questions, decisions, survey)


def _decide(con: duckdb.DuckDBPyConnection, options: dict[str, Any], question: Question, survey: str) -> Decision:
    if question.is_text:
        return Decision()
    scale = _stated(options, "scales", question, survey)
    labels = {
        str(word).strip().lower(): float(score)
        for word, score in (_stated(options, "labels", question, survey) or {}).items()
    }
    answers = [
        row[0]
        for row in con.execute(
            "select trim(answer) from _qualtrics_cells where cell = $cell and trim(answer) <> '' group by 1 "
            "order by try_cast(trim(answer) as double), 1 limit $few",
            {"cell": question.column, "few": FEW},
        ).fetchall()
    ]
    metric = _stated(options, "metrics", question, survey)
    return decide(
        question.tag,
        question.wording,
        question.nps,
        answers,
        metric and str(metric).lower(),
        _range(scale, question),
        _stated(options, "higher_is_better", question, survey),
        labels,
    )


def _names(question: Question, survey: str) -> list[str]:
    """What sources.toml may call a question: survey:Q3 or Q3, by its column, its tag or its QID, in any letter case."""
    names = [name.lower() for name in (question.column, question.tag, question.key)]
    return [f"{survey.lower()}:{name}" for name in names] + names


def _stated(options: dict[str, Any], key: str, question: Question, survey: str) -> Any:
    said = {str(name).lower(): value for name, value in options.get(key, {}).items()}
    return next((said[name] for name in _names(question, survey) if name in said), None)


def _range(scale: object, question: Question) -> tuple[float, float] | None:
    if scale is None:
        return None
    if not isinstance(scale, list) or len(scale) != 2 or not scale[0] < scale[1]:
        raise UserError(
            "a scale is its lowest and its highest answer",
            file="sources.toml",
            where=f"options.scales.{question.tag}",
            found=scale,
            allowed="[1, 5]",
        )
    return float(scale[0]), float(scale[1])


def _written(con: duckdb.DuckDBPyConnection, question: Question, decision: Decision) -> bool:
    """Without ImportIds: what people wrote has spaces and hardly repeats."""
    if decision.scores or decision.note or question.key.startswith("QID"):
        return False
    spaced, different, given = con.execute(
        "select count(*) filter (trim(answer) like '% %'), count(distinct answer), count(*) from _qualtrics_cells "
        "where cell = $cell and trim(answer) <> ''",
        {"cell": question.column},
    ).fetchall()[0]
    return bool(given > 0 and spaced > given / 2 and different > given / 2)


def _rows(questions: list[Question], decisions: dict[str, Decision]) -> list[tuple[Any, ...]]:
    """A row a column. Text stands with the pick of its own question, else with the metric asked just before it."""
    picks = {(question.key, question.item): question for question in questions if not question.is_text}
    rows, before = [], None
    for question in questions:
        target = question
        if question.is_text:
            own = picks.get((question.key, question.item)) or picks.get((question.key, ""))
            target = own or (before if before and question.position == before.position + 1 else question)
        elif decisions[question.column].metric:
            before = question
        found = decisions[target.column]
        rows.append(
            (
                question.column,
                target.tag,
                target.item,
                target.wording,
                target.position,
                question.is_text,
                found.metric,
                found.low,
                found.high,
                found.higher_is_better,
            )
        )
    return rows


def _notes(
    options: dict[str, Any], questions: list[Question], decisions: dict[str, Decision], survey: str
) -> list[str]:
    """What was recognised, by which evidence; what is asked; what sources.toml names and the survey has not."""
    names = {name for question in questions for name in _names(question, survey)}
    notes = [
        f"{question.column}: {decisions[question.column].metric} ({decisions[question.column].why})"
        for question in questions
        if decisions[question.column].metric
    ]
    notes += [
        f"{question.column}: {note}" if not note.startswith(question.tag) else note
        for question in questions
        if (note := decisions[question.column].note)
    ]
    for key in ("metrics", "scales", "higher_is_better", "labels"):
        unknown = [
            name
            for name in options.get(key, {})
            if str(name).lower() not in names
            and (":" not in str(name) or str(name).lower().startswith(f"{survey.lower()}:"))
        ]
        notes += [f"options.{key} names {', '.join(unknown)}: no such question here"] if unknown else []
    return notes
