"""Every file of every source through its reader into src_<contract table>, each record counted once."""

import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from data.cast import Stamp, cast_batch
from data.config import Source, Sources
from data.contract import contract
from data.errors import FileProblem
from data.files import prepare
from data.readers import READERS
from data.readers.base import Reading
from data.sqlfile import run_sql
from data.together import runs

Progress = Callable[[str], None]


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """The empty landing tables of the contract, and the account of what was read."""
    for table in contract().tables.values():
        columns = ", ".join(f'"{name}" {kind}' for name, kind in table.stored.items())
        con.execute(f"create table src_{table.name} (source VARCHAR, file VARCHAR, row BIGINT, load VARCHAR, {columns})")
    con.execute('create table refusals (source VARCHAR, file VARCHAR, row BIGINT, "column" VARCHAR, kind VARCHAR, '
                "reason VARCHAR, found VARCHAR, allowed VARCHAR)")
    con.execute("create table files (source VARCHAR, reader VARCHAR, file VARCHAR, bytes BIGINT, modified TIMESTAMP, "
                "records BIGINT, problem VARCHAR, notes VARCHAR)")


def load_sources(con: duckdb.DuckDBPyConnection, sources: Sources, scratch: Path, salt: str,
                 progress: Progress = lambda text: None) -> None:
    """Read all sources into `con`. A file that cannot be read is recorded with its problem; the rest goes on."""
    load, days = str(time.time_ns()), sources.company.timezone
    for source in sources.sources:
        for paths in runs(con, source, sources.files(source)):
            labels = [sources.label(path) for path in paths]
            progress(f"reading {labels[0]}{f' to {labels[-1]}' if len(paths) > 1 else ''} ({source.name})")
            if len(paths) > 1 and _load_many(con, source, list(zip(paths, labels)), load, salt, scratch, days):
                continue
            for path, label in zip(paths, labels):
                _load_file(con, source, path, Stamp(source.name, label, load, salt, days), scratch)
    _settle_repeats(con)
    run_sql(con, "data/model", "load_account")


def _load_many(con: duckdb.DuckDBPyConnection, source: Source, named: list[tuple[Path, str]], load: str, salt: str,
               scratch: Path, days: str) -> bool:
    """Files that are alike as one. False, and nothing done, where one of them has a problem: each is then read alone."""
    con.execute("set preserve_insertion_order = false")
    con.execute("begin")
    try:
        readings = READERS[source.reader].read_many(con, source, [prepare(path, label, scratch) for path, label in named])
        for batch in readings.batches:
            cast_batch(con, batch, Stamp(source.name, "", load, salt, days))
        con.execute("commit")
    except (FileProblem, duckdb.Error):
        con.execute("rollback")
        return False
    for path, label in named:
        _account(con, source, path, label, readings.records[label], None, readings.notes.get(label, []))
    return True


def _load_file(con: duckdb.DuckDBPyConnection, source: Source, path: Path, stamp: Stamp, scratch: Path) -> None:
    records, problem, notes = 0, None, []
    con.execute("set preserve_insertion_order = true")
    con.execute("begin")
    try:
        file = prepare(path, stamp.file, scratch, source.encoding)
        reading = READERS[source.reader].read(con, source, file)
        records, notes = reading.records, file.notes + reading.notes
        # Parquet rows carry their own number; only text is numbered by the order it is read in
        con.execute(f"set preserve_insertion_order = {'false' if file.kind == 'parquet' else 'true'}")
        problem = _take(con, reading, stamp)
        con.execute("commit")
    except FileProblem as error:
        con.execute("rollback")
        records, problem = error.records, str(error)
    except duckdb.Error as error:
        con.execute("rollback")
        records, problem = 0, str(FileProblem(f"cannot be read: {str(error).splitlines()[0][:200]}", file=stamp.file,
                                              fix="Check how the file is written, or export it again"))
    _account(con, source, path, stamp.file, records, problem, notes)


def _account(con: duckdb.DuckDBPyConnection, source: Source, path: Path, label: str, records: int, problem: str | None,
             notes: list[str]) -> None:
    size, modified = (path.stat().st_size, path.stat().st_mtime) if path.exists() else (None, None)
    con.execute("insert into files values (?, ?, ?, ?, make_timestamp(cast(? * 1000000 as bigint)), ?, ?, ?)",
                [source.name, source.reader, label, size, modified, records, problem, "; ".join(notes) or None])


def _take(con: duckdb.DuckDBPyConnection, reading: Reading, stamp: Stamp) -> str | None:
    if not reading.records:
        return str(FileProblem("the file has a header and no records", file=stamp.file, fix="Export it again"))
    questions = [cast_batch(con, batch, stamp) for batch in reading.batches]
    for broken in reading.broken:
        con.execute("insert into refusals values (?, ?, ?, null, 'bad', ?, ?, ?)",
                    [stamp.source, stamp.file, broken.row, broken.reason, broken.found, broken.allowed])
    return next((f"{stamp.file}: column {question}" for question in questions if question), None)


def _settle_repeats(con: duckdb.DuckDBPyConnection) -> None:
    """One row a key: the same row again is a duplicate, another version of it is superseded by the latest."""
    for table in contract().tables.values():
        made_only = set(table.key) <= set(table.made)
        keys = ", ".join(f'"{name}"' for name in table.stored_key)
        order = f'"{table.time}" desc nulls last' if table.time and table.time not in table.key else "load desc"
        content = ", ".join(f'"{name}"' for name in table.stored)
        con.execute(f"create or replace temp table _repeated as select hash(source, {keys}) as repeated "
                    f"from src_{table.name} group by 1 having count(*) > 1")
        if not con.execute("select count(*) from _repeated").fetchone()[0]:
            continue
        run_sql(con, "data/model", "settle_repeats", table=f"src_{table.name}", keys=keys, order=order, content=content,
                shown="made from file and row" if made_only else "/".join(table.key))
