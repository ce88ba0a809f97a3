"""Answers kept between starts of the app: bytes by generation and question, in a small SQLite database. A cache: where it
cannot be used nothing is kept and nothing fails."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.sqlfile import sql
from data.store.user_records import users_file

FILE = "answers.sqlite"
PATIENCE = 1.0  # seconds: asking again takes little longer
MOST = 64  # answers kept of one generation


def answers_file(store: Path) -> Path:
    """Beside the users' records, where the app may write."""
    return users_file(store).with_name(FILE)


@dataclass(frozen=True)
class Answers:
    """The answers in one file, readable by its owner only."""

    file: Path

    def find(self, generation: str, question: str) -> bytes | None:
        """The answer kept, or None."""
        with suppress(sqlite3.Error, OSError), self._open() as con:
            row = con.execute(
                sql("data/store/result_cache_sql", "find"), {"generation": generation, "question": question}
            ).fetchone()
            return bytes(row[0]) if row else None
        return None

    def keep(self, generation: str, question: str, answer: bytes) -> None:
        """Keep an answer, and forget those of other generations."""
        with suppress(sqlite3.Error, OSError), self._open() as con:
            con.execute(
                sql("data/store/result_cache_sql", "keep"),
                {
                    "generation": generation,
                    "question": question,
                    "answer": answer,
                    "kept_at": datetime.now(UTC).isoformat(),
                },
            )
            con.execute(sql("data/store/result_cache_sql", "forget"), {"generation": generation, "most": MOST})

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as con:
            con.executescript(sql("data/store/result_cache_sql", "tables"))
            with con:
                yield con
