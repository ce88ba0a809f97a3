"""Views that somebody saved by name, each person their own: a page and its parameters, in the users' database."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass

from data.errors import UserError
from data.sqlfile import sql
from data.store.saved.database import FOLDER, LONGEST, Saved, now

MOST = 100  # of one person: a list nobody finds anything in helps nobody
NAME = 80  # letters


@dataclass(frozen=True)
class SavedView:
    """A page and the parameters of its address, under a name."""

    id: str
    name: str
    page: str
    address: str
    at: str


@dataclass(frozen=True)
class SavedViews(Saved):
    """The saved views. Every method raises UserError where the file cannot be used. `who` names an account, or whoever sits at this machine,
    and is kept as its hash: nobody is shown or changes another's."""

    def all(self, who: str) -> list[SavedView]:
        """Somebody's views by name; looking makes no file."""
        if not self.file.exists():
            return []
        with self.open() as con:
            return [SavedView(*row) for row in con.execute(sql(FOLDER, "view_all"), {"who": _hash(who)})]

    def keep(self, who: str, name: str, page: str, address: str) -> None:
        """Save a view; one of the same name gives way. Raises UserError for a name that is empty or too long, and beyond MOST views."""
        held = self.all(who)
        name = _named(name)
        if len(address) > LONGEST:
            raise UserError("this view has too many filters", found=f"{len(address)} letters", allowed=f"{LONGEST}")
        if len(held) >= MOST and name not in {one.name for one in held}:
            raise UserError(f"{MOST} views are saved already", fix="Delete one of them first")
        given = {"who": _hash(who), "name": name, "page": page, "address": address, "at": now()}
        with self.open() as con:
            con.execute(sql(FOLDER, "view_keep"), given | {"id": secrets.token_hex(6)})

    def rename(self, who: str, id: str, name: str) -> None:
        """Another name for a view. Raises UserError where another view of theirs has it."""
        name = _named(name)
        try:
            with self.open() as con:
                con.execute(sql(FOLDER, "view_rename"), {"who": _hash(who), "id": id, "name": name})
        except UserError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError) or "UNIQUE" in str(error):
                raise UserError(f"another view of yours is called {name}", fix="Choose another name") from None
            raise

    def delete(self, who: str, id: str) -> None:
        """A view away."""
        with self.open() as con:
            con.execute(sql(FOLDER, "view_delete"), {"who": _hash(who), "id": id})


def _hash(who: str) -> str:
    return hashlib.sha256(who.encode()).hexdigest()


def _named(name: str) -> str:
    """The name without blanks around it."""
    name = " ".join(name.split())
    if not name:
        raise UserError("a saved view has a name", where="name")
    if len(name) > NAME:
        raise UserError("this name is too long", where="name", found=f"{len(name)} letters", allowed=f"{NAME}")
    return name
