"""A person taken out of users' own records: of logs whom a line is about, of decisions and notes what names them."""

import re
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.contract import contract
from data.values.typed import hashed_sql

ERASED = "[erased]"
LEAST = 3  # signs: a shorter id is met in any text
# Columns that nobody writes freely: moments, ids of lines, names of the journey's parts, our own sentences. An id that looks like a year or a stage changes none.
KEPT = (
    "at signed_at updated_at opened_at due first_day last_day id generation journey stage metric field status what session claim worth"
).split()
MAIL = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+\w")
PHONE = re.compile(r"\+?\d[\d\s()/.-]{5,}\d")


@dataclass(frozen=True)
class Words:
    """What names the person: the keys of their path, their ids and names in the clear, their ids as stored (kind, value) of which
    some are hashes under `salt`; how the keys of their answers begin."""

    keys: Collection[str]
    clear: Collection[str]
    ids: Collection[tuple[str, str]]
    salt: str
    answers: Collection[str] = ()

    def pattern(self) -> re.Pattern[str] | None:
        """Whole words, in any case: a longer id is somebody else's, and part of a number is none."""
        words = sorted({*self.keys, *(word for word in self.clear if len(word) >= LEAST)}, key=len, reverse=True)
        spelled = "|".join(re.escape(word) for word in words)
        return re.compile(rf"(?<!\w)(?<!\d[.,])(?:{spelled})(?!\w)(?![.,]\d)", re.I) if words else None


def without(file: Path, words: Words) -> dict[str, int]:
    """Take a person out of users' records: table → rows changed. Lines of logs stay, without whom they are about; in what users wrote
    ids, names, and addresses whose hash is the person's give way to [erased]. A decision so changed counts as changed by somebody: who still has it open
    cannot save the words back. The file is written anew, so that nothing stays in its free pages."""
    if not file.exists():
        return {}
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as con:
        con.execute("pragma secure_delete = on")
        con.execute("begin immediate")
        changed = _looked_after(con, words.answers)
        texts = _texts(con)
        hashed = _theirs({text for rows in texts.values() for row in rows.values() for text in row.values()}, words)
        quiet = _quieter(words.pattern(), hashed)
        for table, rows in texts.items():
            for rowid, row in rows.items():
                if new := {column: quiet(text) for column, text in row.items() if quiet(text) != text}:
                    _write(con, table, rowid, new)
                    changed[table] = changed.get(table, 0) + 1
        con.execute("commit")
        con.execute("vacuum")
        con.execute("pragma wal_checkpoint(truncate)")
    return changed


def _looked_after(con: sqlite3.Connection, answers: Collection[str]) -> dict[str, int]:
    """Take out whole what colleagues kept of the person's answers: key, owner and notes are about nobody else."""
    changed: dict[str, int] = {}
    for table in ("followups", "followup_changes"):
        if not con.execute("select 1 from sqlite_master where type = 'table' and name = ?", (table,)).fetchall():
            continue
        for begins in sorted(answers):
            gone = con.execute(f"delete from {table} where substr(answer, 1, length(:a)) = :a", {"a": begins}).rowcount
            if gone:
                changed[table] = changed.get(table, 0) + gone
    return changed


def _texts(con: sqlite3.Connection) -> dict[str, dict[int, dict[str, str]]]:
    """table → row → column → text, of all that may hold words of people."""
    found = {}
    for (table,) in con.execute("select name from sqlite_master where type = 'table' and name <> 'secrets'").fetchall():
        columns = [
            row[1]
            for row in con.execute(f'pragma table_info("{table}")').fetchall()
            if row[2].lower() == "text" and row[1] not in KEPT
        ]
        listed = ", ".join(f'"{column}"' for column in columns)
        if columns:
            found[table] = {
                rowid: {column: text for column, text in zip(columns, row) if text}
                for rowid, *row in con.execute(f'select rowid, {listed} from "{table}"').fetchall()
            }
    return found


def _write(con: sqlite3.Connection, table: str, rowid: int, new: dict[str, str]) -> None:
    sets = ", ".join(f'"{column}" = :{column}' for column in new)
    newer = ", version = version + 1" if table == "decisions" else ""
    con.execute(f'update "{table}" set {sets}{newer} where rowid = :_row', new | {"_row": rowid})


def _theirs(texts: Collection[str], words: Words) -> set[str]:
    """What of these texts looks like an address or a number, and is the person's by its hash."""
    kinds = [kind for kind in contract().hashed if any(kind == held for held, _ in words.ids)]
    spelled = sorted({found for text in texts for form in (MAIL, PHONE) for found in form.findall(text)})
    theirs: set[str] = set()
    if spelled and kinds:
        with duckdb.connect() as con:
            for kind in kinds:
                text = f'select _said, {hashed_sql(kind)} from (select s as _said, trim(s) as "{kind}" from unnest($spelled) t(s))'
                rows = con.execute(text, {"spelled": spelled, "salt": words.salt}).fetchall()
                theirs |= {said for said, value in rows if (kind, value) in words.ids}
    return theirs


def _quieter(pattern: re.Pattern[str] | None, hashed: Collection[str]) -> Callable[[str], str]:
    def quiet(text: str) -> str:
        for said in sorted(hashed, key=len, reverse=True):
            text = text.replace(said, ERASED)
        return pattern.sub(ERASED, text) if pattern else text

    return quiet
