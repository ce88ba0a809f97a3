"""SQL lives in .sql files. Identifiers the code itself owns may be filled in; values are always bound parameters."""

from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parent.parent


class _Names(Template):
    delimiter = "@"


@cache
def sql(folder: str, name: str) -> str:
    """The text of `folder`/`name`.sql, folders counted from the project's root."""
    return (ROOT / folder / f"{name}.sql").read_text(encoding="utf-8")


def run_sql(
    con: duckdb.DuckDBPyConnection, folder: str, name: str, parameters: dict[str, Any] | None = None, **names: str
) -> duckdb.DuckDBPyConnection:
    """Run each statement of a file. `names` fill @placeholders with identifiers or lists of them, never with values."""
    text = _Names(sql(folder, name)).substitute(names) if names else sql(folder, name)
    result = con
    for statement in con.extract_statements(text):
        wanted = {key: value for key, value in (parameters or {}).items() if f"${key}" in statement.query}
        result = con.execute(statement.query, wanted)
    return result
