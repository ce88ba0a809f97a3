"""A prepared file as a relation of text columns, one row a record, `_row` counting records from 1.

What the file's own format makes unreadable comes back as `Broken` records, so that nothing is lost.
"""

import duckdb

from data.errors import FileProblem, in_words
from data.files.csv_table import head_rows, open_csv, sniff_delimiter, unique_names
from data.files.json_table import looks_like_lines, open_json, read_document
from data.files.layout import csv_rows, layout
from data.files.prepare import InputFile, engine_name
from data.files.relation import MAX_CELL, Broken, Relation, forget, insert_rows, is_json

__all__ = [
    "MAX_CELL",
    "Broken",
    "Relation",
    "count_records",
    "forget",
    "head_rows",
    "insert_rows",
    "is_json",
    "open_csv",
    "open_json",
    "open_parquet",
    "open_parquets",
    "read_document",
    "sniff_delimiter",
    "unique_names",
]


def open_parquet(con: duckdb.DuckDBPyConnection, file: InputFile, name: str) -> Relation:
    """A view on the Parquet file with its own types; nested columns stay nested."""
    try:
        path = engine_name(file.path).replace("'", "''")
        _check_columns(con, file)
        forget(con, name)
        con.execute(
            f"create or replace temp view {name} as "
            f"select file_row_number + 1 as _row, * exclude (file_row_number) "
            f"from read_parquet('{path}', file_row_number = true)"
        )
        records = con.execute(f"select count(*) from {name}").fetchall()[0][0]
        columns = [row[0] for row in con.execute(f"describe {name}").fetchall()]
    except duckdb.Error as error:
        raise FileProblem(
            f"not a readable Parquet file: {in_words(error, file.path.absolute(), file.label)}",
            file=file.label,
            fix="Export it again",
        ) from None
    return Relation(name, columns[1:], records)


def _check_columns(con: duckdb.DuckDBPyConnection, file: InputFile) -> None:
    """Refuse a width no table has, before a view of it is made."""
    width = con.execute(
        "select coalesce(max(num_children), 0) from parquet_schema($path) where column_id = 0",
        {"path": engine_name(file.path)},
    ).fetchall()[0][0]
    if width > file.limits.columns:
        raise FileProblem(
            "too many columns for a table",
            file=file.label,
            found=f"{width:,}",
            allowed=f"{file.limits.columns:,g} ([limits] columns)",
            fix="Export fewer, or raise the limit in sources.toml",
        )


def open_parquets(con: duckdb.DuckDBPyConnection, files: list[InputFile], name: str) -> dict[str, int]:
    """One view on Parquet files of one schema, `_file` naming each record's file. Returns the records of each."""
    con.execute(f"create or replace temp table {name}_names (_path VARCHAR, _file VARCHAR)")
    con.executemany(
        f"insert into {name}_names values (?, ?)", [(str(file.path.absolute()), file.label) for file in files]
    )
    paths = ", ".join("'" + engine_name(file.path).replace("'", "''") + "'" for file in files)
    forget(con, name)
    con.execute(
        f"create or replace temp view {name} as "
        f"select n._file, r.file_row_number + 1 as _row, r.* exclude (file_row_number, _path) "
        f"from read_parquet([{paths}], file_row_number = true, filename = '_path') r join {name}_names n on n._path = r._path"
    )
    return dict(con.execute(f"select _file, count(*) from {name} group by _file").fetchall())


def count_records(file: InputFile) -> int:
    """How many records a text file holds: of a CSV below its header, of NDJSON a line each; one document that is broken has none."""
    if file.kind != "text":
        return 0
    if is_json(file):
        with file.text.open("r", encoding="utf-8-sig", errors="replace") as text:
            return sum(1 for line in text if line.strip()) if looks_like_lines(file) else 0
    found = layout(file)
    with found.text.open("r", encoding="utf-8-sig", newline="", errors="replace") as text:
        return max(sum(any(row) for row in csv_rows(text, found.delimiter)) - 1, 0)
