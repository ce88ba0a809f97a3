"""Why nothing of a source, or of a file, was loaded: one sentence, always."""

from typing import Any

import duckdb

from data.masking.shown import refused
from data.sqlfile import sql

EMPTY = "nothing in it for any table"
NAMES = ("kind", "column", "reason", "found", "allowed", "records", "row", "file")


def refusals(con: duckdb.DuckDBPyConnection, source: str | None = None) -> list[dict[str, Any]]:
    """What was refused, by kind, column and reason, the commonest first. Keys: NAMES; `found` as it may be shown."""
    rows = [
        dict(zip(NAMES, row)) for row in con.execute(sql("data/inspection", "refusals"), {"source": source}).fetchall()
    ]
    return [row | {"found": refused(row["found"])} for row in rows]


def why_nothing(con: duckdb.DuckDBPyConnection, source: str | None = None) -> str:
    """The file's own problem, else the commonest refusal with row, column, found and allowed. Reads loads and refusals."""
    # several blocks may read one file: its records count once
    rows_in = con.execute(
        "select coalesce(sum(most), 0) from (select max(rows_in) as most from loads where $source is null or source = $source group by file)",
        {"source": source},
    ).fetchall()[0][0]
    problems, notes = con.execute(
        "select list(distinct problem) filter (problem is not null), list(distinct notes) "
        "filter (notes is not null) from loads where $source is null or source = $source",
        {"source": source},
    ).fetchall()[0]
    if problems:
        return str(problems[0])
    if not rows_in:
        return "the file holds no record"
    found = refusals(con, source)
    first = next((row for row in found if row["reason"] != EMPTY), None)
    if first is None:
        return "; ".join(notes or []) or f"{EMPTY} of the contract"
    where = f", column {first['column']}" if first["column"] else ""
    shown = f", found {first['found']!r}" if first["found"] else ""
    allowed = f", allowed {first['allowed']}" if first["allowed"] else ""
    return f"{first['records']:,} of {rows_in:,} records: {first['reason']}; first in row {first['row']:,}{where}{shown}{allowed}"
