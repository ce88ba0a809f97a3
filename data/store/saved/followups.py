"""Unhappy answers that somebody looks after: owner, status, notes, in the users' database. Of a person nothing is kept but the key of the answer;
who is held out follows from a secret and the person's number, and is written nowhere."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, fields
from datetime import date

from data.errors import UserError
from data.sqlfile import sql
from data.store.saved.database import FOLDER, Saved, now, refuse

STATUSES = ("open", "contacted", "solved", "closed")
EDITED = ("owner", "status", "notes")
SECRET = "followup_holdout"
MOST_HELD = 0.5  # of the people: more would leave most of the unhappy alone


@dataclass(frozen=True)
class Followup:
    """One answer, who looks after it and how far they are."""

    answer: str
    journey: str
    stage: str
    owner: str
    status: str = "open"
    notes: str = ""
    version: int = 1
    opened_at: str = ""
    opened_by: str = ""
    updated_at: str = ""
    updated_by: str = ""


@dataclass(frozen=True)
class Holdout:
    """From `since` on this share of people is not contacted, so that what contacting does can be told from what time does."""

    share: float
    since: date
    who: str


@dataclass(frozen=True)
class Followups(Saved):
    """The answers looked after. Every method raises UserError where the file cannot be used."""

    def take(self, followup: Followup, who: str) -> None:
        """Somebody looks after an answer from now on. Raises UserError where somebody does already."""
        refuse({"status": followup.status, "owner": followup.owner, "notes": followup.notes}, STATUSES)
        with self.open() as con:
            held = con.execute(sql(FOLDER, "followup_one"), {"answer": followup.answer}).fetchone()
            if held:
                raise UserError(f"{held[3]} looks after this answer already", fix="Change it where it is listed")
            con.execute(sql(FOLDER, "followup_add"), asdict(followup) | {"at": now(), "who": who})

    def all(self, journey: str) -> list[Followup]:
        """Every answer looked after, those not closed first, the oldest on top."""
        with self.open() as con:
            found = con.execute(sql(FOLDER, "followup_all"), {"journey": journey})
            names = [column[0] for column in found.description]
            known = {field.name for field in fields(Followup)}
            return [Followup(**{k: v for k, v in zip(names, row) if k in known}) for row in found]

    def change(self, before: Followup, who: str, **changed: str) -> None:
        """Change the version that was read. Raises UserError where somebody changed it meanwhile; nothing is overwritten."""
        if odd := set(changed) - set(EDITED):
            raise UserError("this is not changed", where=", ".join(sorted(odd)), allowed=", ".join(EDITED))
        refuse(changed, STATUSES)
        at, wanted = now(), {name: getattr(before, name) for name in EDITED} | changed
        given = wanted | {"answer": before.answer, "version": before.version, "at": at, "who": who}
        with self.open() as con:
            if con.execute(sql(FOLDER, "followup_save"), given).rowcount != 1:
                raise UserError(
                    "somebody else changed this meanwhile", fix="Nothing of yours was saved: look at it as it is now"
                )
            for name in EDITED:
                if wanted[name] != getattr(before, name):
                    change = {"field": name, "before": getattr(before, name), "after": wanted[name]}
                    more = {"answer": before.answer, "version": before.version + 1, "at": at, "who": who}
                    con.execute(sql(FOLDER, "followup_change"), change | more)

    def hold_out(self, share: float, who: str) -> None:
        """From today on hold out this share of people; 0 ends it."""
        if not 0 <= share <= MOST_HELD:
            raise UserError("a share of people", where="holdout", found=share, allowed=f"0 to {MOST_HELD}")
        with self.open() as con:
            con.execute(sql(FOLDER, "holdout_add"), {"at": now(), "who": who, "share": share})

    def holdout(self) -> Holdout | None:
        """The share in force, None where nobody is held out."""
        with self.open() as con:
            row = con.execute(sql(FOLDER, "holdouts")).fetchone()
        if row is None or not row[2]:
            return None
        return Holdout(float(row[2]), date.fromisoformat(row[0][:10]), row[1])

    def salt(self) -> bytes:
        """The secret by which people are held out: made once, so that who is stays so."""
        return self.secret(SECRET)


def held_out(person: int | str, share: float, salt: bytes) -> bool:
    """Whether a person is held out: by a number from 0 to 1 that hangs on the secret and the person alone, so that raising the
    share keeps everybody who was held out."""
    digest = hashlib.blake2b(str(person).encode(), key=salt[:64], digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64 < share
