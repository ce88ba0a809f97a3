"""What each subscription was sent last, so that the next one says what is new: in the users' database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from data.sqlfile import sql
from data.store.saved.database import FOLDER, Saved, now


@dataclass(frozen=True)
class Sent(Saved):
    """The sendings. Every method raises UserError where the file cannot be used."""

    def last(self, name: str) -> dict[str, Any] | None:
        """The record of the last sending, None before the first."""
        with self.open() as con:
            row = con.execute(sql(FOLDER, "sent_last"), {"name": name}).fetchone()
        return None if row is None else json.loads(row[2]) | {"at": row[0], "generation": row[1]}

    def keep(self, name: str, generation: str, record: dict[str, Any]) -> None:
        """Write down what was sent; when this returns, it is on the disk."""
        at = now()
        given = {"name": name, "at": at, "generation": generation, "record": json.dumps(record, ensure_ascii=False)}
        with self.open() as con:
            con.execute(sql(FOLDER, "sent_add"), given)
