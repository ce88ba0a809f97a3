"""What was read of files of events, kept in the store by the content of the files: what is as it was is not read again, and a build that was
killed goes on after the files it had read. Only of files that fill no table in which people write: words lie nowhere before they are masked."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data.build.unchanged import Digests, environment
from data.contract import contract
from data.errors import UserError
from data.files.archives import Input
from data.files.prepare import engine_name
from data.files.relation import count_rows
from data.settings.sources import Source, Sources
from data.store import locks
from data.store.generations import salt
from data.store.names import READINGS

LEAST = 50_000  # records; fewer are read sooner than they are looked up
WORDLESS = {"web_events", "page_vitals", "web_daily", "orders", "exposures"}  # what a kept reading may fill
BESIDE = ("refusals", "remarks")  # what reading says of records beside the tables of the contract
ACCOUNT = "read.json"  # written last: a reading without it was never finished
Files = list[tuple[str, int, str | None]]  # label, records, notes


class Readings:
    """The kept readings of a store, for one build. A reading is known by the settings of its source, the content and names of its files,
    and all of this program that could read them otherwise."""

    def __init__(self, store: Path, scratch: Path, sources: Sources, digests: Digests) -> None:
        self._store, self._scratch, self._sources, self._digests = store, scratch, sources, digests
        self._folder = store / READINGS
        self._common: str | None = None
        self._used: dict[str, set[tuple[str, str]]] = {}  # key → the (source, file) it is of

    def key(self, source: Source, run: Sequence[Input]) -> str | None:
        """What the reading of these files is kept under; None where a file cannot be read."""
        try:
            if self._common is None:
                limits = replace(self._sources.limits, memory_mb=None, kept_mb=None)
                settings = repr((self._sources.company, limits, datetime.now(UTC).year, salt(self._store)))
                self._common = "\n".join((settings, *(f"{name} {digest}" for name, digest in environment())))
            files = [(found.label, self._digests.of(found.path)) for found in run]
        except (OSError, ValueError, UserError):
            return None
        return hashlib.sha256(f"{self._common}\n{source!r}\n{files!r}".encode()).hexdigest()[:40]

    def has(self, key: str | None) -> bool:
        """Whether there is a finished reading of this key."""
        return key is not None and (self._folder / key / ACCOUNT).is_file()

    def take(self, con: duckdb.DuckDBPyConnection, source: Source, key: str, load: str) -> Files | None:
        """Put a kept reading into the landing tables; what it says of each file. None, and nothing done, where it is damaged: it is gone then."""
        folder = self._folder / key
        con.execute("begin")
        try:
            account = json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))
            con.execute(f"set preserve_insertion_order = {'true' if account['ordered'] else 'false'}")
            for table, (rows, digest) in account["tables"].items():
                _insert(con, table, folder / f"{table}.parquet", load, rows, digest)
            con.execute("commit")
        except (duckdb.Error, OSError, ValueError, KeyError, TypeError):
            con.execute("rollback")
            shutil.rmtree(folder, ignore_errors=True)
            return None
        files = [(label, records, notes) for label, records, notes in account["files"]]
        self._used[key] = {(source.name, label) for label, _, _ in files}
        return files

    def mark(self, con: duckdb.DuckDBPyConnection) -> dict[str, int]:
        """How many rows each table holds, for `keep` to tell what came after."""
        return count_rows(con, (*(f"src_{name}" for name in contract().tables), *BESIDE, "files"))

    def keep(
        self, con: duckdb.DuckDBPyConnection, source: Source, run: Sequence[Input], key: str, before: dict[str, int]
    ) -> None:
        """Keep what the files of a run left in the tables since `before`: all of it, or nothing where a file has a problem, changed while it
        was read, is small, or has what people wrote."""
        read = con.execute(
            "select file, records, problem, notes from files where rowid >= $n", {"n": before["files"]}
        ).fetchall()
        grown = {table: rows - before[table] for table, rows in self.mark(con).items() if rows > before[table]}
        filled = {table.removeprefix("src_") for table in grown if table.startswith("src_")}
        sound = not any(problem for _, _, problem, _ in read) and len({row[0] for row in read}) == len(run)
        if not sound or sum(row[1] for row in read) < LEAST or not filled <= WORDLESS:
            return
        folder = self._scratch / f"reading-{secrets.token_hex(4)}"
        try:
            folder.mkdir(mode=0o700)
            tables = {t: _write(con, t, before[t], rows, folder) for t, rows in grown.items() if t != "files"}
            files = [(label, records, notes) for label, records, _, notes in read]
            account = {"files": files, "tables": tables, "ordered": _ordered(con)}
            (folder / ACCOUNT).write_text(json.dumps(account), encoding="utf-8")
            if all(self._digests.same(found.path) for found in run) and self._fits(folder):
                self._folder.mkdir(mode=0o700, exist_ok=True)
                shutil.rmtree(self._folder / key, ignore_errors=True)
                folder.rename(self._folder / key)
                self._used[key] = {(source.name, label) for label, _, _ in files}
        except (duckdb.Error, OSError, ValueError):
            pass  # the build goes on without it
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def forget(self, con: duckdb.DuckDBPyConnection) -> None:
        """Drop readings of files that hold records of who was erased, or older than they are kept: such files are read at each build."""
        gone = "select distinct source, file from refusals where kind in ('erased', 'retention')"
        left_out = set(con.execute(gone).fetchall())
        for key in [key for key, files in self._used.items() if files & left_out]:
            shutil.rmtree(self._folder / key, ignore_errors=True)
            del self._used[key]
        con.execute("create table kept_readings as select unnest($keys::varchar[]) as key", {"keys": list(self._used)})

    def recall(self, con: duckdb.DuckDBPyConnection) -> None:
        """What the build whose work this one goes on with took or kept."""
        self._used = {key: set() for (key,) in con.execute("select key from kept_readings").fetchall()}

    def sweep(self) -> None:
        """Drop what this build neither took nor kept: its files are no longer read, or are others now."""
        with suppress(OSError, UserError), locks.alone(self._store):
            for folder in self._folder.iterdir():
                if folder.name not in self._used:
                    shutil.rmtree(folder, ignore_errors=True)
            if not self._used:
                self._folder.rmdir()

    def _fits(self, new: Path) -> bool:
        most = self._sources.limits.kept_mb
        return most is None or _bytes(new) + _bytes(self._folder) <= most * (1 << 20)


def _write(con: duckdb.DuckDBPyConnection, table: str, start: int, rows: int, folder: Path) -> tuple[int, str]:
    """The rows of a table from `start` on as a Parquet file: their number and the file's digest. Raises ValueError where they are not `rows`."""
    file, columns = folder / f"{table}.parquet", "* exclude (load)" if table.startswith("src_") else "*"
    literal = str(file).replace("'", "''")
    written = con.execute(
        f"copy (select {columns} from {table} where rowid >= $n) to '{literal}' (format parquet, compression zstd)",
        {"n": start},
    ).fetchall()[0][0]
    if written != rows:
        raise ValueError(f"{written} rows of {table} where {rows} came")
    file.chmod(0o600)
    return rows, _digest(file)


def _insert(con: duckdb.DuckDBPyConnection, table: str, file: Path, load: str, rows: int, digest: str) -> None:
    """A kept file back into its table. Raises ValueError where it is not what was written."""
    if table.removeprefix("src_") not in WORDLESS | set(BESIDE) or _digest(file) != digest:
        raise ValueError(f"{file.name} is damaged")
    given: dict[str, Any] = {"file": engine_name(file)}
    stamp = ""
    if table.startswith("src_"):
        given, stamp = given | {"load": load}, ", $load as load"
    text = f"insert into {table} by name select *{stamp} from read_parquet($file)"
    if con.execute(text, given).fetchall()[0][0] != rows:
        raise ValueError(f"{file.name} is damaged")


def _ordered(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the rows stand in the order of their file, as only text is read."""
    return bool(con.execute("select current_setting('preserve_insertion_order')").fetchall()[0][0])


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _bytes(folder: Path) -> int:
    return sum(os.path.getsize(file) for file in folder.rglob("*") if file.is_file())
