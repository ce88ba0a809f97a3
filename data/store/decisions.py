"""Decisions that people signed: kept in the users' own database, which no build touches. Two who change one at a time are told so."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from data.errors import UserError
from data.sqlfile import sql
from data.store.saved.database import FOLDER, Saved, now, refuse

STATUSES = ("open", "in progress", "done", "dropped")
EDITED = ("owner", "other_side", "due", "status", "notes")


@dataclass(frozen=True)
class Decision:
    """A signed finding. What was claimed never changes: `metric` of `stage` was `value` (`low` to `high`, `n`) from `first_day` to
    `last_day`, on the wrong side of `line` (`below`: too low). Who does what by when does, with a version a change."""

    claim: str
    worth: str
    journey: str
    stage: str
    metric: str
    metric_version: int
    line: float
    below: bool
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    first_day: str
    last_day: str
    generation: str
    owner: str
    other_side: str
    due: str
    status: str = "open"
    notes: str = ""
    id: str = ""
    version: int = 1
    signed_at: str = ""
    signed_by: str = ""
    updated_at: str = ""
    updated_by: str = ""


@dataclass(frozen=True)
class Decisions(Saved):
    """The signed decisions in the users' database. Every method raises UserError where the file cannot be used."""

    def add(self, decision: Decision, who: str) -> str:
        """Keep a new decision; returns its id. When this returns, it is on the disk."""
        _check(asdict(decision))
        given = asdict(decision) | {"id": secrets.token_hex(6), "signed_at": now(), "signed_by": who}
        with self.open() as con:
            con.execute(sql(FOLDER, "add"), given)
        return str(given["id"])

    def all(self) -> list[Decision]:
        """Every decision, those not closed first, the one due next on top."""
        with self.open() as con:
            return _rows(con, sql(FOLDER, "all"), {})

    def save(self, id: str, version: int, who: str, **changed: str) -> Decision:
        """Change who, when, status or notes of the version that was read. Raises UserError where somebody else changed it meanwhile, and
        says who and when; nothing is overwritten."""
        if odd := set(changed) - set(EDITED):
            raise UserError(
                "this of a decision is not changed", where=", ".join(sorted(odd)), allowed=", ".join(EDITED)
            )
        _check(changed)
        with self.open() as con:
            held = _rows(con, sql(FOLDER, "one"), {"id": id})
            if not held:
                raise UserError("there is no such decision", found=id)
            before = held[0]
            at, wanted = now(), {name: getattr(before, name) for name in EDITED} | changed
            done = con.execute(sql(FOLDER, "save"), wanted | {"id": id, "version": version, "at": at, "who": who})
            if done.rowcount != 1:
                raise UserError(
                    f"{before.updated_by} changed this decision meanwhile, at {before.updated_at}",
                    fix="Nothing of yours was saved: look at it as it is now, and change it again",
                )
            for name in EDITED:
                if wanted[name] != getattr(before, name):
                    change = {"field": name, "before": getattr(before, name), "after": wanted[name]}
                    con.execute(
                        sql(FOLDER, "change"), change | {"id": id, "version": version + 1, "at": at, "who": who}
                    )
            (after,) = _rows(con, sql(FOLDER, "one"), {"id": id})
            return after

    def changes(self, id: str) -> list[dict[str, str]]:
        """What was changed of a decision, the newest first: at, who, field, before, after."""
        with self.open() as con:
            names = ("at", "who", "field", "before", "after")
            return [dict(zip(names, row)) for row in con.execute(sql(FOLDER, "changes"), {"id": id})]


def _rows(con: sqlite3.Connection, text: str, parameters: dict[str, Any]) -> list[Decision]:
    found = con.execute(text, parameters)
    names = [column[0] for column in found.description]
    known = {field.name for field in fields(Decision)}
    rows = [{name: value for name, value in zip(names, row) if name in known} for row in found]
    return [Decision(**row | {"below": bool(row["below"])}) for row in rows]


def _check(given: dict[str, Any]) -> None:
    """Refuse what no decision may hold."""
    refuse(given, STATUSES)
    if "due" in given:
        try:
            datetime.strptime(given["due"], "%Y-%m-%d")
        except ValueError:
            raise UserError(
                "this is no date", where="due", found=given["due"], allowed="a date as 2026-03-31"
            ) from None
