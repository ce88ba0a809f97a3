"""Whether a generation on the disk is whole, and which one serves where the newest is not: cut, zeroed, gone, its parts missing.

A published generation is never written to again, so a change of its size or time means somebody or something else did. DuckDB keeps a
checksum of every block and finds what was overwritten when it reads the block; reading all of them takes 5 ms a megabyte.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pyarrow import ArrowException, parquet

from data.errors import UserError
from data.store.names import GENERATION, PARTS, current_name
from data.store.sweep import generations

THOROUGH_BELOW = 1 << 30  # bytes: larger ones are read as they are asked; what is found then leads here
MARKS: tuple[str, ...] = (
    "corrupt",
    "checksum",
    "not read enough bytes",
    "not a valid duckdb",
    "could not read",
    "invalidated",
    "no such file",
)
MARKS += ("deserialize", "parquet", "cannot open file")


class Damaged(UserError):
    """What a question needs of the store cannot be read."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a generation: `tables` cannot be read, or only `parts` (single events, a month each) are missing."""

    kind: str
    why: str


def fault_of(path: Path, thorough: bool = False) -> Fault | None:
    """What is wrong with a generation on the disk; None where it is whole. `thorough`: every block of every table is read."""
    if not path.is_file():
        return Fault("tables", "it is gone")
    try:
        # by another name: DuckDB would else answer from the memory of a connection this process has open
        with tempfile.TemporaryDirectory() as folder:
            alias = Path(folder) / "look.duckdb"
            alias.symlink_to(path.resolve())
            with duckdb.connect(str(alias), read_only=True) as con:
                if thorough:
                    _read_all(con)
                parts = con.execute("select part, rows from parts").fetchall() if _has_parts(con) else []
    except (duckdb.Error, OSError, MemoryError) as error:
        return Fault("tables", "it cannot be read" if isinstance(error, MemoryError) else _why(error))
    bad = [part for part, rows in parts if not _whole_part(path.parent / PARTS / part, rows)]
    return Fault("parts", f"{len(bad)} of its {len(parts)} parts cannot be read") if bad else None


def _has_parts(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether it keeps a table in parts: stores of the first versions did not."""
    return bool(con.execute("select 1 from duckdb_tables() where table_name = 'parts'").fetchall())


def _read_all(con: duckdb.DuckDBPyConnection) -> None:
    """Tables without a row have no block to read."""
    for (table,) in con.execute("select table_name from duckdb_tables() where estimated_size > 0").fetchall():
        con.execute(f'select bit_xor(hash(t)) from "{table}" t').fetchall()


def _whole_part(part: Path, rows: int) -> bool:
    """Whether a part has its beginning, its end and its number of rows."""
    try:
        with part.open("rb") as file:
            return bool(file.read(4) == b"PAR1" and parquet.ParquetFile(file).metadata.num_rows == rows)
    except (OSError, ArrowException):
        return False


def _why(error: Exception) -> str:
    text = str(error).lower()
    return "a part of it was overwritten" if "checksum" in text else "it is cut short or no longer a store"


def is_damage(error: BaseException) -> bool:
    """Whether an error of a question comes of a store that cannot be read, and not of the question."""
    if isinstance(error, Damaged):
        return True
    named = isinstance(error, (duckdb.IOException, duckdb.InternalException, FileNotFoundError, ArrowException))
    return (named or type(error) is duckdb.Error) and any(mark in str(error).lower() for mark in MARKS)


def look_of(path: Path) -> tuple[object, ...]:
    """Size and time of a generation's file and of nothing else; what it is compared with tells whether somebody wrote to it."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return (found.st_size, found.st_mtime_ns, found.st_ino)


@dataclass(frozen=True)
class Choice:
    """Which generation serves: its name, and the sentence to say where that is not the newest, or not whole."""

    name: str
    trouble: str | None = None


def choose(store: Path, thorough: bool = False) -> Choice | None:
    """The generation to serve: the one the pointer names where it is whole, else the newest that is, else the newest whose tables are.
    None before the first build. Raises Damaged where none can be read."""
    try:
        wanted, pointer = current_name(store), None
    except UserError as error:
        wanted, pointer = None, str(error)
    if wanted is not None and not GENERATION.match(wanted):
        wanted, pointer = None, "names no generation"
    there = [path.name for path in reversed(generations(store))] if store.is_dir() else []
    if not there and wanted is None and pointer is None:
        return None
    faults: dict[str, Fault] = {}
    for name in [wanted, *there] if wanted else there:
        if name in faults:
            continue
        fault = _fault(store / name, thorough)
        if fault is None:
            return Choice(name, _said(store, wanted, name, pointer, faults))
        faults[name] = fault
    for name, fault in faults.items():
        if fault.kind == "parts":
            return Choice(name, _said(store, wanted, name, pointer, faults))
    raise Damaged(
        "nothing of this store can be read",
        file=store.name,
        found="; ".join(f"{name}: {fault.why}" for name, fault in faults.items()) or "none",
        fix="Run: python -m data build",
    )


def _fault(path: Path, thorough: bool) -> Fault | None:
    return fault_of(path, thorough and path.is_file() and path.stat().st_size < THOROUGH_BELOW)


def _said(store: Path, wanted: str | None, name: str, pointer: str | None, faults: dict[str, Fault]) -> str | None:
    if name in faults:  # no whole one is there
        return (
            f"Of the data served {faults[name].why.removeprefix('its ')}: what needs single events cannot be answered. "
            "Run: python -m data build."
        )
    if pointer or wanted is None:
        return "The store does not say which of its states is the newest: the newest that can be read serves. Run: python -m data build."
    if name != wanted:
        return f"The newest data cannot be read ({faults[wanted].why}): an earlier state serves. Run: python -m data build."
    return None
