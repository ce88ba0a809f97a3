"""Parquet files of one source that are alike are read as one relation: a hundred daily files cost little more than one."""

from pathlib import Path

import duckdb

from data.files.prepare import engine_name
from data.readers import READERS
from data.settings.sources import Source

MOST_ROWS = 500_000  # read at once: what must be held of them at a time stays small, and a changed file has few others read again


def runs(con: duckdb.DuckDBPyConnection, source: Source, paths: list[Path]) -> list[list[Path]]:
    """The paths in order, in runs that can be read as one: Parquet with one schema, and a reader that can."""
    if not hasattr(READERS[source.reader], "read_many"):
        return [[path] for path in paths]
    found: list[list[Path]] = []
    last, rows = None, 0
    for path in paths:
        shape, count = _shape(con, path)
        if shape is None or shape != last or rows + count > MOST_ROWS:
            found.append([])
            rows = 0
        found[-1].append(path)
        last, rows = shape, rows + count
    return found


def _shape(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[str | None, int]:
    """The file's schema as text and its number of records; None where it is no Parquet or holds nothing."""
    if not path.is_file():  # a pipe would be waited for without end
        return None, 0
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PAR1":
                return None, 0
        names = {"path": engine_name(path)}
        shape = con.execute(
            "select string_agg(concat_ws(':', name, type, num_children, converted_type, logical_type), ',') "
            "from parquet_schema($path)",
            names,
        ).fetchall()[0][0]
        rows = con.execute("select num_rows from parquet_file_metadata($path)", names).fetchall()[0][0]
    except (OSError, duckdb.Error):
        return None, 0  # read alone, it says what is wrong with it
    return (shape, rows) if rows else (None, 0)
