"""A generation open for reading, and a store as who reads for long sees it."""

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import duckdb
from pyarrow import dataset

from data import room
from data.errors import UserError
from data.sqlfile import sql
from data.store.names import PARTS, current_name
from data.store.sound import Damaged, choose, is_damage, look_of

PEOPLE_EVENTS = "create or replace temp view people_events as {text}"  # beside the parts, as the other populations beside their tables
NONE_YET = (
    "Run: python -m data build. It publishes nothing where no record was loaded, and then says why; "
    "python -m data inspect FILE shows what is wrong with a file"
)
GONE = "The file of the data served is gone from the disk: it serves until the app ends. Run: python -m data build."
T = TypeVar("T")
_CONFINING = threading.Lock()


# Whom a generation is shown to: nobody has said (who asks holds the store: one answer is protected by itself), a viewer of groups (no two
# answers together tell of a few people), or one with the right to single persons (nothing is withheld)
GROUPS, PERSONS_TOO = "groups", "persons"


@dataclass(frozen=True)
class Generation:
    """One published state of the data, open for reading."""

    name: str
    path: Path
    connection: duckdb.DuckDBPyConnection
    trouble: str | None = None  # a sentence where this is not the newest state, or not whole
    shows: str = field(default="", kw_only=True)  # "", GROUPS or PERSONS_TOO
    seen: str = field(default="", kw_only=True)  # what part of it is seen, where it is a part (data/store/narrowed.py)

    @property
    def key(self) -> str:
        """What an answer is kept under: the generation, and what part of it was asked for whom."""
        return " ".join(part for part in (self.name, self.seen, self.shows) if part)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one call: a connection refuses concurrent use."""
        return self.connection.cursor()

    def parts(self, table: str) -> list[Path]:
        """The Parquet files of a table kept in parts, oldest first; none in a store of a version that had no parts."""
        rows = self.cursor().execute(
            "select part from parts where table_name = $table order by from_t", {"table": table}
        )
        return [self.path.parent / PARTS / part for (part,) in rows.fetchall()]

    def cursor_with(self, table: str) -> duckdb.DuckDBPyConnection:
        """A cursor that sees a table kept in parts under its name. By way of Arrow: a connection that may read a
        folder may also write there."""
        cursor = self.cursor()
        self._bring(cursor, table)
        if table == "events":
            cursor.execute(
                PEOPLE_EVENTS.format(
                    text=re.sub(r"--.*", "", sql("data/model", "pop_events")).replace("int_people", "people")
                )
            )
        return cursor

    def _bring(self, cursor: duckdb.DuckDBPyConnection, table: str) -> None:
        """Put the rows of a table kept in parts under its name."""
        cursor.register(table, dataset.dataset(self.parts(table)))


def open_generation(store: Path, thorough: bool = False) -> Generation:
    """Open the current generation read-only, unable to touch files; where it is damaged the newest that is not, and says so in
    `trouble`. `thorough`: every block is read first. Raises UserError where there is none."""
    for _ in range(5):
        choice = choose(store, thorough)
        if choice is None:
            raise UserError("there is no store yet", file=store, fix=NONE_YET)
        try:
            connection = duckdb.connect(str(store / choice.name), read_only=True)
        except duckdb.Error:
            continue  # swept between the two looks: the pointer names a newer one by now
        confine(connection)
        return Generation(choice.name, store / choice.name, connection, choice.trouble)
    raise UserError("the current generation cannot be opened", file=store, fix="Build again")


def asking(store: Path, ask: Callable[[Generation], T], say: Callable[[str], None]) -> T:
    """What `ask` answers of the current generation; of the last good one where damage shows only while it is read. `say` is told
    where that is not the newest."""
    with room.told(store):
        return _asking(store, ask, say)


def _asking(store: Path, ask: Callable[[Generation], T], say: Callable[[str], None]) -> T:
    try:
        return ask(_told(open_generation(store), say))
    except Exception as error:
        if not is_damage(error):
            raise
    try:
        return ask(_told(open_generation(store, thorough=True), say))
    except Exception as error:
        if isinstance(error, Damaged) or not is_damage(error):
            raise
        raise Damaged("the store cannot be read", file=store, fix="Run: python -m data build") from None


def _told(generation: Generation, say: Callable[[str], None]) -> Generation:
    if generation.trouble:
        say(generation.trouble)
    return generation


def confine(connection: duckdb.DuckDBPyConnection) -> None:
    """A query can read no other file, write none, and not undo this. One process shares these settings for one file."""
    with _CONFINING:
        if not connection.execute("select current_setting('lock_configuration')").fetchall()[0][0]:
            connection.execute("set global enable_external_access = false")
            connection.execute("set global TimeZone = 'UTC'")
            room.bound(connection)
            connection.execute("set global lock_configuration = true")


class Store:
    """A store as a long-running reader sees it: follows the pointer, lets old generations go, leaves a damaged one for the last good one."""

    def __init__(self, path: Path):
        self.path = path
        self._open: Generation | None = None
        self._parts: list[Path] = []  # of the open generation
        self._seen: tuple[object, ...] = ()  # what the pointer and the files looked like when it was opened
        self._lock = threading.Lock()

    def generation(self) -> Generation:
        """The current generation; the same object until another one is published or this one is damaged."""
        with self._lock:
            if self._open is None or self._look() != self._seen:
                return self._serve(self._next())
            return self._open

    def distrust(self, error: BaseException) -> bool:
        """Of an error a question ended in: whether it comes of damage, and another generation serves from now on."""
        if not is_damage(error):
            return False
        with self._lock:
            before, self._open = self._open, None
            with suppress(UserError):
                return self._serve(self._next()).name != (before and before.name)
            return False

    def _serve(self, generation: Generation) -> Generation:
        if generation is not self._open:
            self._open, self._parts = generation, []
            with suppress(duckdb.Error):
                self._parts = generation.parts("events")
        self._seen = self._look()
        return generation

    def _next(self) -> Generation:
        """What serves from now on. An open one that should serve and whose file is gone serves on: this process still has it."""
        now = self._open
        if now is not None and self._wanted() in (now.name, None) and not look_of(now.path):
            return now if now.trouble == GONE else replace(now, trouble=GONE)
        found = open_generation(self.path, thorough=True)
        return now if now is not None and (found.name, found.trouble) == (now.name, now.trouble) else found

    def _wanted(self) -> str | None:
        try:
            return current_name(self.path)
        except UserError:
            return None

    def _look(self) -> tuple[object, ...]:
        """What tells that something was published or written to: the pointer and its file, the open generation's file and parts."""
        name = self._wanted()
        files = [*([self.path / name] if name else []), *([self._open.path] if self._open else []), *self._parts]
        return (name, *(look_of(file) for file in files))
