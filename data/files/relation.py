"""What a file becomes: a temporary table with a row a record, and the records its format makes unreadable."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from data.files.prepare import InputFile

MAX_CELL = 1_000_000  # characters; a longer cell is refused: no survey, ticket or event has one
BATCH = 20_000
STARTS = re.compile(r"""\{\s*(["'}]|\Z)|\[\s*([{\["'\]]|\Z)""")
NAMED = re.compile(r"\.(json|jsonl|ndjson|geojson)(\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Broken:
    """A record the format itself makes unreadable."""

    row: int
    reason: str
    found: str
    allowed: str | None
    kind: str = "bad"  # or excluded: it can be read, and is no record


@dataclass
class Relation:
    """A temporary table `name` with `_row` and text `columns` (or one JSON column `doc`)."""

    name: str
    columns: list[str]
    records: int
    broken: list[Broken] = field(default_factory=list)


def is_json(file: InputFile) -> bool:
    """Whether the text starts as JSON does, or with its bracket under a name of JSON: a column may be called `{x}` or `[App] Page`."""
    if file.delimiter:
        return False  # a sheet's text
    with file.text.open("r", encoding="utf-8-sig", errors="replace") as text:
        head = text.read(4096).lstrip()
    return bool(STARTS.match(head)) or head[:1] in ("{", "[") and bool(NAMED.search(file.label))


def forget(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Drop what the file before left under `name`: the engine replaces no table by a view, and no view by a table."""
    kind = con.execute(
        "select 'table' from duckdb_tables() where temporary and table_name = $name union all "
        "select 'view' from duckdb_views() where temporary and view_name = $name",
        {"name": name},
    ).fetchone()
    if kind:
        con.execute(f"drop {kind[0]} {name}")


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Append Python rows: by way of Arrow, since executemany costs a statement a row."""
    names = [row[0] for row in con.execute(f"describe {table}").fetchall()]
    for start in range(0, len(rows), BATCH):
        arrays = [pa.array(column) for column in zip(*rows[start : start + BATCH])]
        con.register("_incoming", pa.table(arrays, names=names))
        con.execute(f"insert into {table} select * from _incoming")
        con.unregister("_incoming")


def count_rows(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each of these tables holds, in one statement."""
    return dict(con.execute(" union all ".join(f"select '{name}', count(*) from {name}" for name in tables)).fetchall())


def quoted(name: str) -> str:
    return name.replace('"', '""')
