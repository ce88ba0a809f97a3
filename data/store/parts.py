"""Events as immutable Parquet parts, a month each, named by their content and shared between generations."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data.sqlfile import sql
from data.store.names import PARTS


def write_event_parts(con: duckdb.DuckDBPyConnection, scratch: Path) -> None:
    """Write each month's events into scratch/parts, from where they are published, and list them in the table `parts`."""
    con.execute(
        "create or replace table parts (table_name VARCHAR, part VARCHAR, rows BIGINT, from_t BIGINT, to_t BIGINT)"
    )
    (scratch / PARTS).mkdir()
    months = [
        month
        for (month,) in con.execute(
            "select distinct date_trunc('month', make_timestamp(t * 1000)) as m from int_events order by m"
        ).fetchall()
    ]
    # without an event one empty part, which still has its columns. Writing a part keeps one core busy, so two are written at a time
    with ThreadPoolExecutor(2) as pool:
        written = [pool.submit(_write, con.cursor(), month, scratch) for month in months or [datetime(1970, 1, 1)]]
    con.executemany("insert into parts values ('events', ?, ?, ?, ?)", [part.result() for part in written])


def _write(con: duckdb.DuckDBPyConnection, month: datetime, scratch: Path) -> list[Any]:
    """One month: its part's name, rows and bounds in milliseconds."""
    start, end = _epoch_ms(month), _epoch_ms(_next_month(month))
    file = scratch / f"part-{month:%Y-%m}.parquet"
    rows = con.execute(
        f"copy ({sql('data/model', 'parts_events')}) to '{_literal(file)}' (format parquet, compression zstd)",
        {"from_t": start, "to_t": end},
    ).fetchall()[0][0]
    name = f"events-{month:%Y-%m}-{_digest(file)}.parquet"
    file.replace(scratch / PARTS / name)
    return [name, rows, start, end]


def _next_month(month: datetime) -> datetime:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def _epoch_ms(at: datetime) -> int:
    return int(datetime(at.year, at.month, 1, tzinfo=UTC).timestamp() * 1000)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:16]


def _literal(path: Path) -> str:
    return str(path).replace("'", "''")
