"""What somebody has put away for good, each account or browser for itself, in the users' database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from data.sqlfile import sql
from data.store.saved.database import FOLDER, Saved, now

MOST = 20_000  # rows: the oldest beyond go


@dataclass(frozen=True)
class Dismissed(Saved):
    """Every method raises UserError where the file cannot be used. `who` names an account or a browser and is kept as its hash."""

    def keep(self, who: str, what: str) -> None:
        """Put `what` away; again changes nothing."""
        with self.open() as con:
            con.execute(sql(FOLDER, "dismissed_keep"), {"who": _hash(who), "what": what, "at": now()})
            con.execute(sql(FOLDER, "dismissed_bound"), {"most": MOST})

    def has(self, who: str, what: str) -> bool:
        """Whether it was put away; looking makes no file."""
        if not self.file.exists():
            return False
        with self.open() as con:
            return bool(con.execute(sql(FOLDER, "dismissed_find"), {"who": _hash(who), "what": what}).fetchone())


def _hash(who: str) -> str:
    return hashlib.sha256(who.encode()).hexdigest()
