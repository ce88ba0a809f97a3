"""What somebody saw of the Overview the last time, so that it can say what is new since: in the users' database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from data.sqlfile import sql
from data.store.saved.database import FOLDER, Saved, now

MOST = 20_000  # rows: the oldest looks beyond go


@dataclass(frozen=True)
class Look:
    """One look: the generation, when (UTC, ISO), and what was seen, as whoever kept it wrote it."""

    generation: str
    at: str
    record: str


@dataclass(frozen=True)
class Looked(Saved):
    """The looks. Every method raises UserError where the file cannot be used."""

    def look(self, who: str, scope: str, generation: str, record: str) -> Look | None:
        """Keep what is seen now, and return the last look at another generation, None at the first. The same again writes nothing within a
        day. `who` names an account or a browser and is kept as its hash; `scope` says of what the look was."""
        given = {"who": hashlib.sha256(who.encode()).hexdigest(), "scope": scope}
        with self.open() as con:
            seen = [Look(*row) for row in con.execute(sql(FOLDER, "look_all"), given)]
            before = next((one for one in seen if one.generation != generation), None)
            at = now()
            if any(one.generation == generation and one.record == record and one.at[:10] == at[:10] for one in seen):
                return before
            given |= {"generation": generation, "before": before.generation if before else generation}
            con.execute(sql(FOLDER, "look_keep"), given | {"at": at, "record": record})
            con.execute(sql(FOLDER, "look_forget"), given)
            con.execute(sql(FOLDER, "look_bound"), {"most": MOST})
        return before
