"""Users' own records in a small SQLite database that no build touches: beside the store, readable by its owner only."""

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.errors import UserError
from data.sqlfile import sql

FILE = "users.sqlite"
MOST = 100_000  # openings: the oldest beyond go
PATIENCE = 5.0  # seconds to wait for another process's write
WHERE = "THROUGHLINE_USERS"


def users_file(store: Path) -> Path:
    """Where the records are: THROUGHLINE_USERS, else users.sqlite in the store's folder."""
    return Path(os.environ.get(WHERE) or store / FILE)


@dataclass(frozen=True)
class Users:
    """The records in one file, made at the first use. Every method raises UserError where the file cannot be used."""

    file: Path

    def opened(self, who: str, person: str, view: str, generation: str) -> None:
        """Write one line of the audit log; when this returns, the line is on the disk."""
        line = {
            "opened_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "who": who,
            "person": person,
            "view": view,
            "generation": generation,
        }
        with self.open() as con:
            con.execute(sql("data/store/user_records_sql", "opening_add"), line)
            con.execute(sql("data/store/user_records_sql", "openings_bound"), {"most": MOST})

    def openings(self) -> list[dict[str, Any]]:
        """The audit log, newest first: opened_at (UTC, ISO), who, person (the key in the address), view, generation."""
        with self.open() as con:
            found = con.execute(sql("data/store/user_records_sql", "openings"))
            names = [column[0] for column in found.description]
            return [dict(zip(names, row)) for row in found]

    def end(self, session: str, until: float) -> None:
        """Write down that a session was ended by signing out, until its token would end it anyway (Unix seconds)."""
        with self.open() as con:
            con.execute(sql("data/store/user_records_sql", "ended_forget"), {"now": time.time()})
            con.execute(sql("data/store/user_records_sql", "ended_add"), {"session": session, "until": until})

    def ended(self, session: str) -> bool:
        """Whether somebody signed out of this session."""
        with self.open() as con:
            found = con.execute(sql("data/store/user_records_sql", "ended"), {"session": session})
            return found.fetchone() is not None

    def secret(self, name: str) -> bytes:
        """A secret of 32 bytes, made once and kept."""
        with self.open() as con:
            con.execute(
                sql("data/store/user_records_sql", "secret_add"), {"name": name, "value": secrets.token_hex(32)}
            )
            return bytes.fromhex(
                con.execute(sql("data/store/user_records_sql", "secret"), {"name": name}).fetchall()[0][0]
            )

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one piece of work, committed as a whole. A connection each: SQLite's are bound to a thread."""
        try:
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as con:
                con.execute("pragma journal_mode = wal")
                con.execute("pragma synchronous = full")
                con.executescript(sql("data/store/user_records_sql", "tables"))
                with con:
                    yield con
        except (sqlite3.Error, OSError) as error:
            raise UserError(
                f"users' records cannot be kept: {getattr(error, 'strerror', None) or error}",
                file=self.file.name,
                fix=f"Make it writable for the app, or name another file by {WHERE}",
            ) from None
