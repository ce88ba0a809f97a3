"""The tables of what people save in the users' database, which no build touches: decisions, cases, follow-ups, sendings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from data.errors import UserError
from data.sqlfile import sql
from data.store.user_records import Users

FOLDER = "data/store/decisions_sql"
SCHEMA = 7  # the newest tables_N.sql; a database of an older one is brought up to it, one step after the other
LONGEST = 2000  # letters of a field


@dataclass(frozen=True)
class Saved(Users):
    """What is saved, of any kind. Every method raises UserError where the file cannot be used."""

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """As of all users' records, with these tables brought up to date first."""
        with super().open() as con:
            (held,) = con.execute("pragma user_version").fetchone()
            for step in range(held + 1, SCHEMA + 1):
                for statement in filter(None, (part.strip() for part in sql(FOLDER, f"tables_{step}").split(";"))):
                    con.execute(statement)
                con.execute(f"pragma user_version = {step}")
            yield con


def refuse(given: Mapping[str, object], statuses: Sequence[str]) -> None:
    """Raise UserError for a status that is none of these, and for a text that is too long."""
    if given.get("status", statuses[0]) not in statuses:
        raise UserError("there is no such status", where="status", found=given["status"], allowed=", ".join(statuses))
    for name, value in given.items():
        if isinstance(value, str) and len(value) > LONGEST:
            raise UserError("this is too long", where=name, found=f"{len(value)} letters", allowed=f"{LONGEST}")


def now() -> str:
    """The moment of a change, as it is written down."""
    return datetime.now(UTC).isoformat(timespec="seconds")
