"""Business cases that people saved: every version kept, in the users' database beside the decisions that rest on them."""

from __future__ import annotations

import json
import secrets
import sqlite3
from dataclasses import asdict, dataclass, fields
from typing import Any

from data.errors import UserError
from data.sqlfile import sql
from data.store.saved.database import FOLDER, LONGEST, Saved, now


@dataclass(frozen=True)
class SavedCase:
    """One version of a case: its keys as in a CASE.toml, and what it was worth a year when it was saved (P10, P50, P90)."""

    name: str
    journey: str
    spec: dict[str, Any]
    generation: str
    currency: str
    low: float | None
    middle: float | None
    high: float | None
    id: str = ""
    version: int = 0
    at: str = ""
    who: str = ""


@dataclass(frozen=True)
class SavedCases(Saved):
    """The saved cases. Every method raises UserError where the file cannot be used."""

    def keep(self, case: SavedCase, who: str) -> SavedCase:
        """Save a new case (`id` empty), or the version after the one that was read (`id` and `version` as read). Raises UserError
        where somebody saved that version meanwhile: nothing is overwritten. When this returns, it is on the disk."""
        text = json.dumps(case.spec, ensure_ascii=False, sort_keys=True)
        if not case.name.strip():
            raise UserError("a saved case has a name", where="name")
        if max(len(text), len(case.name)) > 10 * LONGEST:
            raise UserError("this case is too long", found=f"{len(text)} letters", allowed=f"{10 * LONGEST}")
        at = now()
        given = asdict(case) | {
            "id": case.id or secrets.token_hex(6),
            "version": case.version + 1 if case.id else 1,
            "spec": text,
            "at": at,
            "who": who,
        }
        with self.open() as con:
            try:
                con.execute(sql(FOLDER, "case_add"), given)
            except sqlite3.IntegrityError:
                newest = _rows(con, "case_versions", {"id": case.id})[0]
                raise UserError(
                    f"{newest.who} saved version {newest.version} of this case meanwhile, at {newest.at}",
                    fix="Nothing of yours was saved: look at theirs, or save yours as a new case",
                ) from None
        return SavedCase(**given | {"spec": case.spec})

    def newest(self, journey: str) -> list[SavedCase]:
        """The newest version of every case of a journey, the one saved last on top."""
        with self.open() as con:
            return _rows(con, "case_all", {"journey": journey})

    def versions(self, id: str) -> list[SavedCase]:
        """Every version of a case, the newest first; none for an unknown id."""
        with self.open() as con:
            return _rows(con, "case_versions", {"id": id})

    def rest_on(self, decision: str, case: SavedCase | None, who: str) -> None:
        """From now on the decision rests on this version of a case; None: on none."""
        at = now()
        link = {"case_id": case.id if case else "", "version": case.version if case else 0}
        with self.open() as con:
            con.execute(sql(FOLDER, "case_link"), link | {"decision": decision, "at": at, "who": who})

    def of_decision(self, decision: str) -> SavedCase | None:
        """The version of a case a decision rests on."""
        with self.open() as con:
            return next(iter(_rows(con, "case_linked", {"decision": decision})), None)


def _rows(con: sqlite3.Connection, name: str, parameters: dict[str, Any]) -> list[SavedCase]:
    found = con.execute(sql(FOLDER, name), parameters)
    names = [column[0] for column in found.description]
    known = {field.name for field in fields(SavedCase)}
    rows = [{key: value for key, value in zip(names, row) if key in known} for row in found]
    return [SavedCase(**row | {"spec": json.loads(row["spec"])}) for row in rows]
