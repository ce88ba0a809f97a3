"""Generations: a store is published whole, by a pointer; readers see the old one or the new one, never a mix."""

import os
import re
import secrets
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pyarrow import dataset

from data.errors import UserError
from data.sqlfile import sql

POINTER, SALT, PARTS = "CURRENT", "salt", "parts"
KEPT = 3
PEOPLE_EVENTS = "create or replace temp view people_events as {text}"  # beside the parts, as the other populations beside their tables
NAME = re.compile(r"^gen-(\d+)\.duckdb$")
DEFAULT = Path(".store")
_CONFINING = threading.Lock()


@dataclass(frozen=True)
class Generation:
    """One published state of the data, open for reading."""

    name: str
    path: Path
    connection: duckdb.DuckDBPyConnection

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one call: a connection refuses concurrent use."""
        return self.connection.cursor()

    def parts(self, table: str) -> list[Path]:
        """The Parquet files of a table kept in parts, oldest first."""
        rows = self.cursor().execute(
            "select part from parts where table_name = $table order by from_t", {"table": table}
        )
        return [self.path.parent / PARTS / part for (part,) in rows.fetchall()]

    def cursor_with(self, table: str) -> duckdb.DuckDBPyConnection:
        """A cursor that sees a table kept in parts under its name. By way of Arrow: a connection that may read a
        folder may also write there."""
        cursor = self.cursor()
        cursor.register(table, dataset.dataset(self.parts(table)))
        if table == "events":
            cursor.execute(
                PEOPLE_EVENTS.format(
                    text=re.sub(r"--.*", "", sql("data/model", "pop_events")).replace("int_people", "people")
                )
            )
        return cursor


def salt(store: Path) -> str:
    """The store's secret for hashing e-mails and phones: made once, readable by the owner only."""
    if value := os.environ.get("THROUGHLINE_SALT"):
        return value
    file = store / SALT
    if not file.exists():
        written = store / f"{SALT}.{os.getpid()}"
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(secrets.token_hex(32))
        with suppress(FileExistsError):  # another build was faster: its salt is the store's
            os.link(written, file)  # whole or not at all, however the process ends
        written.unlink()
    return file.read_text()


def new_folder(store: Path) -> Path:
    """Where a build works: a folder no reader looks at, named by the process so that a dead one can be told."""
    folder = store / f"building-{time.time_ns()}-{os.getpid()}"
    try:
        folder.mkdir(parents=True)
    except (NotADirectoryError, FileExistsError):
        raise UserError("this is not a folder", file=store, fix="Name a folder with --store") from None
    except OSError as error:
        raise UserError(
            f"cannot be written to: {error.strerror}", file=store, fix="Name another folder with --store"
        ) from None
    return folder


def publish(store: Path, built: Path) -> str:
    """Make a closed, checkpointed file the current generation. Atomic: rename, then replace the pointer."""
    _sync(built)
    name = f"gen-{time.time_ns()}.duckdb"
    built.rename(store / name)
    pointer = store / f"{POINTER}.{os.getpid()}"
    pointer.write_text(name)
    _sync(pointer)
    pointer.replace(store / POINTER)
    _sync(store)
    sweep(store)
    return name


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(store: Path) -> None:
    """Remove what no reader can need: all but the newest generations, parts none of them names, dead builds."""
    current = current_name(store)
    generations = sorted((p for p in store.iterdir() if NAME.match(p.name)), key=lambda p: p.name)
    for path in generations[:-KEPT]:
        if path.name != current:
            path.unlink(missing_ok=True)
    for folder in store.glob("building-*"):
        if not _alive(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for file in (*store.glob(f"{POINTER}.*"), *store.glob(f"{SALT}.*")):
        if not _runs(file.suffix.removeprefix(".")):
            file.unlink(missing_ok=True)
    _sweep_parts(store)


def _sweep_parts(store: Path) -> None:
    """Delete parts that no kept generation names and that no running build can have just written."""
    named, building = set(), list(store.glob("building-*"))
    for path in (p for p in store.iterdir() if NAME.match(p.name)):
        try:
            with duckdb.connect(str(path), read_only=True) as con:
                named |= {part for (part,) in con.execute("select part from parts").fetchall()}
        except duckdb.Error:
            return  # what cannot be asked may need any of them; it goes with its age
    for path in (store / PARTS).glob("*.parquet") if len(building) <= 1 else ():
        if path.name not in named:
            path.unlink(missing_ok=True)


def _alive(folder: Path) -> bool:
    """Whether the process that made a build folder still runs."""
    match = re.match(r"building-\d+-(\d+)$", folder.name)
    return match is not None and _runs(match[1])


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def current_name(store: Path) -> str | None:
    """The generation the pointer names, or None before the first build."""
    try:
        return (store / POINTER).read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot be read: {error}", file=store / POINTER, fix="Build again") from None


def open_generation(store: Path) -> Generation:
    """Open the current generation read-only, unable to touch files. Raises UserError where there is none."""
    for _ in range(5):
        name = current_name(store)
        if name is None or not NAME.match(name):
            raise UserError(
                "there is no store yet",
                file=store,
                fix="Run: python -m data build. It publishes nothing where no record was loaded, and then says why; python -m data inspect FILE shows what is wrong with a file",
            )
        try:
            connection = duckdb.connect(str(store / name), read_only=True)
        except duckdb.Error:
            continue  # swept between the two looks: the pointer names a newer one by now
        _confine(connection)
        return Generation(name, store / name, connection)
    raise UserError("the current generation cannot be opened", file=store / str(name), fix="Build again")


def _confine(connection: duckdb.DuckDBPyConnection) -> None:
    """A query can read no other file, write none, and not undo this. One process shares these settings for one file."""
    with _CONFINING:
        if not connection.execute("select current_setting('lock_configuration')").fetchall()[0][0]:
            connection.execute("set global enable_external_access = false")
            connection.execute("set global TimeZone = 'UTC'")
            connection.execute("set global lock_configuration = true")


class Store:
    """A store as a long-running reader sees it: follows the pointer, lets old generations go."""

    def __init__(self, path: Path):
        self.path = path
        self._open: Generation | None = None
        self._lock = threading.Lock()

    def generation(self) -> Generation:
        """The current generation; the same object until another one is published."""
        name = current_name(self.path)
        with self._lock:
            if self._open is None or (name is not None and name != self._open.name):
                self._open = open_generation(self.path)
            return self._open
