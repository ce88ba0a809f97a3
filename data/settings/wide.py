"""Questionnaires in their usual form, one column a question: each answered cell becomes an answer of its own.

    questions = { sus = { columns = "SUS_*", metric = "sus", scale_min = 1, scale_max = 5 },
                  ease = { columns = "Q7", metric = "seq", scale_min = 1, scale_max = 7, question = "How easy was this task?" } }

The key is the question's id. Several columns are the items of one questionnaire: numbered as listed, or by the number at the end of their
names where these run from 1, else in the file's order.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from data.errors import UserError, check_keys

KEYS = ("columns", "metric", "scale_min", "scale_max", "higher_is_better", "question", "values")


@dataclass(frozen=True)
class Item:
    """One column of the file as an answer: `constants` are what every such answer carries."""

    column: str
    constants: dict[str, object]
    values: dict[str, object]


def check(spec: object, table: str | None, where: str, file: Path) -> None:
    """Refuse a block of questions that cannot be read. Raises UserError naming the key, what was found and what is allowed."""
    if not isinstance(spec, dict):
        raise UserError(
            "questions is no table",
            file=file,
            where=where,
            found=repr(spec),
            allowed='{ sus = { columns = "SUS_*", metric = "sus", … } }',
        )
    if table != "survey_answers":
        raise UserError(
            "questions belong to answers", file=file, where=where, found=repr(table), allowed='table = "survey_answers"'
        )
    for name, question in spec.items():
        own = f"{where} {name}"
        if not isinstance(question, dict):
            raise UserError(
                "a question is no table",
                file=file,
                where=own,
                found=repr(question),
                allowed='{ columns = "SUS_*", metric = "sus", … }',
            )
        check_keys(question, KEYS, file=file, where=own)
        columns = question.get("columns")
        if not (
            isinstance(columns, str)
            and columns
            or isinstance(columns, list)
            and columns
            and all(isinstance(c, str) and c for c in columns)
        ):
            raise UserError(
                "which columns of the file hold it is not said",
                file=file,
                where=f"{own}.columns",
                found=repr(columns),
                allowed='"SUS_*", a name, or a list of names in the order of the items',
            )
        if not isinstance(question.get("metric", ""), str) or not isinstance(question.get("values", {}), dict):
            raise UserError("a value of another kind than expected", file=file, where=own, found=repr(question))
        for key in ("scale_min", "scale_max"):
            if isinstance(question.get(key, 0), bool) or not isinstance(question.get(key, 0), (int, float)):
                raise UserError(
                    f"{key} is no number",
                    file=file,
                    where=f"{own}.{key}",
                    found=repr(question[key]),
                    allowed="such as 1",
                )


def items_of(questions: dict[str, dict[str, Any]], columns: list[str]) -> tuple[list[Item], list[str]]:
    """The items of a file with these columns, and the names and patterns that fit none of them."""
    found, missing = [], []
    for name, spec in questions.items():
        wanted = spec["columns"]
        listed = [wanted] if isinstance(wanted, str) else wanted
        fitting = [_fitting(one, columns) for one in listed]
        missing += [one for one, fits in zip(listed, fitting) if not fits]
        own = list(dict.fromkeys(column for fits in fitting for column in fits))
        numbers = _numbers(own) if isinstance(wanted, str) else list(range(1, len(own) + 1))
        found += [_item(name, column, number if len(own) > 1 else None, spec) for column, number in zip(own, numbers)]
    return found, missing


def _fitting(pattern: str, columns: list[str]) -> list[str]:
    exact = [column for column in columns if column.strip().lower() == pattern.strip().lower()]
    return exact or [column for column in columns if fnmatchcase(column.strip().lower(), pattern.strip().lower())]


def _numbers(columns: list[str]) -> list[int]:
    """The items' numbers: those at the end of the names where they are 1, 2, 3 …, else the order in the file."""
    ends = [re.search(r"(\d+)\D*$", column) for column in columns]
    numbers = [int(end[1]) if end else 0 for end in ends]
    return numbers if sorted(numbers) == list(range(1, len(columns) + 1)) else list(range(1, len(columns) + 1))


def _item(name: str, column: str, number: int | None, spec: dict[str, Any]) -> Item:
    fixed = {key: spec[key] for key in ("metric", "scale_min", "scale_max", "higher_is_better") if key in spec}
    return Item(
        column,
        {"question_id": name, "question": spec.get("question", column)}
        | ({"item": str(number)} if number else {})
        | fixed,
        spec.get("values", {}),
    )
