"""Whom an id names: the person, all ids the store knows them by, and their records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data.contract import contract
from data.errors import UserError
from data.sqlfile import sql
from data.values.typed import hashed_sql

RECORDS = ("response_id", "ticket_id", "order_id")


@dataclass
class Whose:
    """A person over all generations: their numbers, their ids (kind, value as stored), their records (name, source, value)."""

    persons: set[int] = field(default_factory=set)
    ids: set[tuple[str, str]] = field(default_factory=set)
    records: set[tuple[str, str, str]] = field(default_factory=set)
    unreadable: list[Path] = field(default_factory=list)  # generations that could not be asked

    @property
    def plain(self) -> set[str]:
        """The ids in the clear, as files may hold them."""
        return {value for kind, value in self.ids if kind not in contract().hashed}


def stored_ids(who: str, salt: str) -> dict[str, str]:
    """What an id would be stored as, by kind."""
    found = {kind: who for kind in contract().linking if kind not in contract().hashed}
    with duckdb.connect() as con:
        for kind in contract().hashed:
            text = f'select {hashed_sql(kind)} from (select trim($who) as "{kind}")'
            ((value,),) = con.execute(text, {"who": who, "salt": salt}).fetchall()
            if value:
                found[kind] = value
    return found


def whose(generations: Sequence[Path], who: str, kind: str | None, salt: str, person: int | None = None) -> Whose:
    """The person an id names, newest generation first. `person`: the number an address names. Raises UserError where it names nobody, or
    several people under several kinds of id."""
    asked = {name: value for name, value in stored_ids(who, salt).items() if kind in (None, name)}
    found = Whose()
    named: dict[int, str] = {}  # person → the kind of id
    for path in generations:
        try:
            with duckdb.connect(str(path), read_only=True) as con:
                named |= {number: name for name, number in _named(con, asked, who, kind, person) if number not in named}
        except duckdb.Error:
            found.unreadable.append(path)
    if len(set(named)) > 1 and len(set(named.values())) > 1:
        raise UserError(
            "several people are known by this, each under another kind of id",
            where="PERSON",
            found=", ".join(sorted(set(named.values()))),
            fix="Say which with --kind",
        )
    found.persons = set(named)
    for _ in range(2):  # an older generation may know them under other ids, and these under another number
        for path in generations:
            if path not in found.unreadable:
                with duckdb.connect(str(path), read_only=True) as con:
                    _more(con, found)
    if not found.persons:
        raise UserError(
            "nobody of this store is known by this",
            where="PERSON",
            allowed=", ".join((*contract().linking, *RECORDS)),
            fix="Use an id as a source writes it",
        )
    return found


def _named(
    con: duckdb.DuckDBPyConnection, asked: dict[str, str], who: str, kind: str | None, person: int | None
) -> list[tuple[str, int]]:
    """(kind of id, person) of everybody it names here."""
    pairs = {"kinds": list(asked), "ids": list(asked.values())}
    rows: list[tuple[str, int]] = con.execute(sql("data/erasure/sql", "named"), pairs).fetchall() if asked else []
    for table, name in (("answers", "response_id"), ("tickets", "ticket_id"), ("orders", "order_id")):
        if kind in (None, name):
            text = f"select distinct person_id from {table} where {name} = $who and person_id is not null"
            rows += [(name, number) for (number,) in con.execute(text, {"who": who}).fetchall()]
    if person is not None and con.execute("select 1 from person_map where person_id = $p", {"p": person}).fetchall():
        rows.append(("address", person))
    return rows


def _more(con: duckdb.DuckDBPyConnection, found: Whose) -> None:
    """Add what a generation knows of them. An id that many share is nobody's, and stays."""
    kinds, ids = (list(part) for part in zip(*sorted(found.ids))) if found.ids else ([], [])
    given = {"persons": sorted(found.persons), "kinds": kinds, "ids": ids}
    for number, kind, value in con.execute(sql("data/erasure/sql", "ids"), given).fetchall():
        found.persons.add(number)
        found.ids.add((kind, value))
    for table, name in (("answers", "response_id"), ("tickets", "ticket_id"), ("orders", "order_id")):
        text = f"select distinct source, {name} from {table} where list_contains($persons, person_id) and {name} is not null"
        found.records |= {
            (name, source, value) for source, value in con.execute(text, {"persons": sorted(found.persons)}).fetchall()
        }
