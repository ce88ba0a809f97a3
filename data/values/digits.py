"""Digits of other scripts (Arabic ٥, Persian ۵, Devanagari ५, full width ５) as those that numbers are read by."""

from dataclasses import replace

import duckdb

from data.contract import Table
from data.values.batch import Batch

ZEROS = (0x0660, 0x06F0, 0x0966, 0xFF10)
OTHERS = "".join(chr(zero + digit) for zero in ZEROS for digit in range(10))
SIGNS = {"٫": ".", "٬": ","}  # Arabic: before the decimals, between thousands
LATIN = {ord(other): str(place % 10) for place, other in enumerate(OTHERS)} | {
    ord(sign): plain for sign, plain in SIGNS.items()
}


def latin(text: str) -> str:
    """The text with digits 0 to 9 in place of those of other scripts."""
    return text if text.isascii() else text.translate(LATIN)


def with_latin_digits(con: duckdb.DuckDBPyConnection, batch: Batch, table: Table) -> Batch:
    """The batch with its columns of numbers in digits 0 to 9; as it came where none holds others. Ids and texts stay as written."""
    types = {row[0]: row[1] for row in con.execute(f"describe {batch.relation}").fetchall()}
    columns = [
        name for name, kind in table.fillable.items() if kind in ("number", "whole") and types.get(name) == "VARCHAR"
    ]
    if not columns:
        return batch
    held = ", ".join(f"coalesce(bool_or(regexp_matches(\"{name}\", '[{OTHERS}]')), false)" for name in columns)
    found = con.execute(f"select {held} from {batch.relation}").fetchall()[0]
    odd = [name for name, other in zip(columns, found) if other]
    if not odd:
        return batch
    source, target = OTHERS + "".join(SIGNS), "0123456789" * len(ZEROS) + "".join(SIGNS.values())
    made = ", ".join(f"translate(\"{name}\", '{source}', '{target}') as \"{name}\"" for name in odd)
    con.execute(f"create or replace temp table _latin_digits as select * replace ({made}) from {batch.relation}")
    return replace(batch, relation="_latin_digits")
