"""docs/SETTINGS.md names every key a company can write, and every column it can fill."""

import re
from dataclasses import fields

import pytest

from data.contract import contract
from data.settings import company, journey, retention, sources
from tests.core.company import ROOT

PAGE = (ROOT / "docs" / "SETTINGS.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[a-z_][a-z_0-9]*", PAGE))


@pytest.mark.parametrize(
    "keys",
    [
        [field.name for field in fields(retention.Retention)],
        company.COMPANY_KEYS,
        sources.SOURCE_KEYS,
        journey.STAGE_KEYS,
        journey.SURVEY_KEYS,
        journey.PROMISE_KEYS,
    ],
)
def test_every_key_stands_there(keys):
    assert [key for key in keys if key not in WORDS] == []


def test_every_table_and_column_stands_there():
    """And each word that may be written as a survey's kind or trigger."""
    for table in contract().tables.values():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {table.name} |"))
        named = set(re.findall(r"[a-z_][a-z_0-9]*", row))
        ids = {"customer_id", "email", "phone", "vendor_id", "anonymous_id", "account"} if "ids" in named else set()
        assert [
            column for column in table.fillable if column not in named | ids and f"ids.{column}" not in named
        ] == [], table.name
    for column in ("survey_kind", "trigger"):
        assert set(contract().allowed[column]) <= WORDS
