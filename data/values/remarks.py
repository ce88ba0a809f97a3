"""What was noticed of values while they were cast, written down for the questions a build asks (data/doubts_sql): one row a file,
column and kind of remark, with how many records it is about."""

import duckdb

TABLE = """create table remarks (source VARCHAR, file VARCHAR, contract_table VARCHAR, "column" VARCHAR, kind VARCHAR,
           example VARCHAR, records BIGINT, "of" BIGINT)"""
KINDS = (
    "placeholder_id",  # ids taken off, since they stand for nobody: example is the word
    "rounded_id",  # ids a spreadsheet rounded, taken off
    "open_number",  # a sign before three digits that may be the decimals' or the thousands'
    "no_time",  # the zero of a calendar, taken as no time
    "restarted_key",
)  # a key that begins anew in each file or form, told apart by it


def remark(
    con: duckdb.DuckDBPyConnection,
    source: str,
    file: str,
    table: str,
    column: str,
    kind: str,
    example: str | None,
    records: int,
    of: int,
) -> None:
    """Write one down. Raises ValueError for a kind that has no question."""
    if kind not in KINDS:
        raise ValueError(kind)
    con.execute(
        "insert into remarks values (?, ?, ?, ?, ?, ?, ?, ?)", [source, file, table, column, kind, example, records, of]
    )
