"""Every file of every source through its reader into src_<contract table>, each record counted once."""

import csv
import time
from collections.abc import Callable, Collection
from pathlib import Path

import duckdb

from data.build.costs import READING, SETTLING, TAKING
from data.build.file_batches import runs
from data.build.kept import leave_out
from data.build.readings import Readings
from data.build.settle import settle
from data.contract import contract
from data.errors import FileProblem, in_words
from data.files.archives import Input
from data.files.prepare import InputFile, prepare
from data.files.tabular import count_records
from data.readers import READERS
from data.readers.base import Reading
from data.room import disk_is_full
from data.settings.sources import Source, Sources
from data.sqlfile import run_sql
from data.values.cast import Stamp, cast_batch
from data.values.remarks import TABLE as REMARKS

UNREADABLE = (duckdb.Error, csv.Error, OSError, ValueError, RecursionError, MemoryError)
Progress = Callable[[str], None]


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """The empty landing tables of the contract, and the account of what was read."""
    for table in contract().tables.values():
        columns = ", ".join(f'"{name}" {kind}' for name, kind in table.stored.items())
        con.execute(
            f"create table src_{table.name} (source VARCHAR, file VARCHAR, row BIGINT, load VARCHAR, {columns})"
        )
    con.execute(
        'create table refusals (source VARCHAR, file VARCHAR, row BIGINT, "column" VARCHAR, kind VARCHAR, '
        "reason VARCHAR, found VARCHAR, allowed VARCHAR)"
    )
    con.execute(
        "create table files (source VARCHAR, reader VARCHAR, file VARCHAR, bytes BIGINT, modified TIMESTAMP, "
        "records BIGINT, problem VARCHAR, notes VARCHAR)"
    )
    con.execute(REMARKS)


def load_sources(
    con: duckdb.DuckDBPyConnection,
    sources: Sources,
    scratch: Path,
    salt: str,
    progress: Progress = lambda text: None,
    erased: Collection[str] = (),
    kept: Readings | None = None,
    counted: Callable[[int], None] = lambda records: None,
) -> None:
    """Read all sources into `con`. A file that cannot be read is recorded with its problem; the rest goes on. `erased`: marks of people
    whose records stay out. `kept`: what earlier builds read, and where this one keeps what it reads; `counted` is told the records of
    each step."""
    load, days = str(time.time_ns()), sources.company.timezone
    for source in sources.sources:
        inputs = sources.inputs(source, scratch)
        named = {found.path: found for found in inputs if not found.problem}
        for found in inputs:
            if found.problem:
                _account(con, source, found.path, found.label, 0, found.problem, [])
        for paths in runs(con, source, list(named)):
            run = [named[path] for path in paths]
            what = f"{run[0].label}{f' to {run[-1].label}' if len(run) > 1 else ''} ({source.name})"
            key = kept and kept.key(source, run)
            if kept and key and kept.has(key):
                progress(TAKING + what)
                if (records := _take_kept(con, kept, source, run, key, load)) is not None:
                    counted(records)
                    continue
            progress(READING + what)
            before = kept.mark(con) if kept and key else {}
            if len(run) == 1 or not _load_many(con, source, run, load, salt, scratch, days):
                for found in run:
                    stamp = Stamp(source.name, found.label, load, salt, days)
                    _load_file(con, sources, source, found.path, stamp, scratch)
            counted(_records(con, source, run))
            if kept and key:
                kept.keep(con, source, run, key, before)
    progress(SETTLING)
    settle(con, [source.name for source in sources.sources if source.lines == "items"])
    leave_out(con, sources.retention, erased, salt)
    if kept:
        kept.forget(con)
    run_sql(con, "data/model", "load_account")


def _take_kept(
    con: duckdb.DuckDBPyConnection, kept: Readings, source: Source, run: list[Input], key: str, load: str
) -> int | None:
    """What an earlier build read of these files, with their account; how many records. None where nothing usable is kept."""
    files = kept.take(con, source, key, load)
    if files is None:
        return None
    paths = {found.label: found.path for found in run}
    for label, records, notes in files:
        _account(con, source, paths[label], label, records, None, [notes] if notes else [])
    return sum(records for _, records, _ in files)


def _records(con: duckdb.DuckDBPyConnection, source: Source, run: list[Input]) -> int:
    named = {"source": source.name, "files": [found.label for found in run]}
    text = "select coalesce(sum(records), 0) from files where source = $source and list_contains($files, file)"
    return int(con.execute(text, named).fetchall()[0][0])


def _load_many(
    con: duckdb.DuckDBPyConnection, source: Source, run: list[Input], load: str, salt: str, scratch: Path, days: str
) -> bool:
    """Files that are alike as one. False, and nothing done, where one of them has a problem: each is then read alone."""
    con.execute("set preserve_insertion_order = false")
    con.execute("begin")
    try:
        readings = READERS[source.reader].read_many(
            con, source, [prepare(found.path, found.label, scratch) for found in run]
        )
        outcomes = [cast_batch(con, batch, Stamp(source.name, "", load, salt, days)) for batch in readings.batches]
        if any(outcome.question for outcome in outcomes):
            con.execute("rollback")  # which file it is about, only reading each alone tells
            return False
        con.execute("commit")
    except (FileProblem, *UNREADABLE) as error:
        con.execute("rollback")
        if disk_is_full(error):
            raise
        return False
    for found in run:
        _account(
            con,
            source,
            found.path,
            found.label,
            readings.records[found.label],
            None,
            readings.notes.get(found.label, [])
            + [f"{note} (in all {len(run)} files read with it)" for outcome in outcomes for note in outcome.notes],
        )
    return True


def _load_file(
    con: duckdb.DuckDBPyConnection, sources: Sources, source: Source, path: Path, stamp: Stamp, scratch: Path
) -> None:
    file, records, problem, notes = None, 0, None, []
    con.execute("set preserve_insertion_order = true")
    try:
        file = prepare(path, stamp.file, scratch, source.shape, sources.limits)
        # outside of a transaction: a reader may try one way after another, and one that fails would end them all
        reading = READERS[source.reader].read(con, source, file)
        records, notes = reading.records, file.notes + reading.notes
        # Parquet rows carry their own number; only text is numbered by the order it is read in
        con.execute(f"set preserve_insertion_order = {'false' if file.kind == 'parquet' else 'true'}")
        problem = _take_whole(con, reading, stamp, notes)
    except FileProblem as error:
        records, problem = error.records, str(error)
    except UNREADABLE as error:
        if disk_is_full(error):  # says nothing of the file, and would leave it out of the numbers
            raise
        problem = str(
            FileProblem(
                f"cannot be read: {in_words(error, path)}",
                file=stamp.file,
                fix="Check how the file is written, or export it again",
            )
        )
    if problem and not records and file:
        records = _counted(file)
    _account(con, source, path, stamp.file, records, problem, notes)


def _counted(file: InputFile) -> int:
    """How many records a file refused whole holds, where they can be told apart."""
    try:
        return count_records(file)
    except (FileProblem, *UNREADABLE):
        return 0


def _take_whole(con: duckdb.DuckDBPyConnection, reading: Reading, stamp: Stamp, notes: list[str]) -> str | None:
    """All of a file's records, loaded or refused, or none of them."""
    con.execute("begin")
    try:
        problem = _take(con, reading, stamp, notes)
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise
    return problem


def _account(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    path: Path,
    label: str,
    records: int,
    problem: str | None,
    notes: list[str],
) -> None:
    size, modified = (path.stat().st_size, path.stat().st_mtime) if path.exists() else (None, None)
    con.execute(
        "insert into files values (?, ?, ?, ?, make_timestamp(cast(? * 1000000 as bigint)), ?, ?, ?)",
        [source.name, source.reader, label, size, modified, records, problem, "; ".join(notes) or None],
    )


def _take(con: duckdb.DuckDBPyConnection, reading: Reading, stamp: Stamp, notes: list[str]) -> str | None:
    """Cast what was read; adds to `notes` how values were read, and returns what only the user can answer."""
    if not reading.records:
        return str(FileProblem("the file has a header and no records", file=stamp.file, fix="Export it again"))
    outcomes = [cast_batch(con, batch, stamp) for batch in reading.batches]
    notes += [note for outcome in outcomes for note in outcome.notes]
    for broken in reading.broken:
        con.execute(
            "insert into refusals values (?, ?, ?, null, ?, ?, ?, ?)",
            [stamp.source, stamp.file, broken.row, broken.kind, broken.reason, broken.found, broken.allowed],
        )
    return next((f"{stamp.file}: column {outcome.question}" for outcome in outcomes if outcome.question), None)
