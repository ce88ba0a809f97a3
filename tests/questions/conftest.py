"""What a question's test needs: a company built from tables, and the questions its build asked."""

from collections.abc import Callable

import pytest

from data.questions import Question
from tests.core.company import build_company

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart*"]
    surveys = ["s"]
    [[survey]]
    name = "s"
    kind = "transactional"
"""


@pytest.fixture
def questions(tmp_path) -> Callable[..., list[Question]]:
    """A function: what build_company takes to the questions that are open, by name where one is given."""

    def asked(name: str = "", **what) -> list[Question]:
        built = build_company(tmp_path / "company", journey=what.pop("journey", JOURNEY), **what)
        return [question for question in built.summary.open_questions if name in ("", question.name)]

    return asked
