"""Generations and parts without a person, as new files: a row that is only deleted stays readable in the file."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data.erasure.whose import Whose


@dataclass
class Rewritten:
    """New files by the old ones' names, and the rows that are gone by table."""

    generations: dict[str, Path] = field(default_factory=dict)
    parts: dict[str, Path] = field(default_factory=dict)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)  # file → table → rows
    unreadable: list[Path] = field(default_factory=list)  # nobody can say who is in them


def rewrite(store: Path, generations: list[Path], parts: Path, whose: Whose, scratch: Path) -> Rewritten:
    """Write each generation and each part that holds the person anew, without them, into `scratch`."""
    done = Rewritten()
    for part in sorted(parts.glob("*.parquet")):
        _part(part, whose, scratch, done)
    for path in generations:
        _generation(path, whose, scratch, done)
    return done


def _part(part: Path, whose: Whose, scratch: Path, done: Rewritten) -> None:
    with duckdb.connect() as con:
        given = {"persons": sorted(whose.persons), "part": str(part)}
        where = "list_contains($persons, person_id)"
        text = f"select count(*) filter ({where}), count(*) from read_parquet($part)"
        try:
            held, _ = con.execute(text, given).fetchall()[0]
        except duckdb.Error:
            done.unreadable.append(part)
            return
        if held:
            new = scratch / f"new-{part.name}"
            literal = str(new).replace("'", "''")
            con.execute(
                f"copy (select * from read_parquet($part) where coalesce(not {where}, true)) to '{literal}' (format parquet, compression zstd)",
                given,
            )
            with new.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()[:16]
            done.parts[part.name] = new.rename(scratch / f"{part.stem.rpartition('-')[0]}-{digest}.parquet")
            done.rows[part.name] = {"events": held}


def _generation(path: Path, whose: Whose, scratch: Path, done: Rewritten) -> None:
    """By way of memory: only rows that live are written to the new file."""
    with duckdb.connect() as con:
        con.execute("set temp_directory = '" + str(scratch / "spill").replace("'", "''") + "'")
        con.execute("attach $path as old (read_only)", {"path": str(path)})
        con.execute("attach ':memory:' as kept")
        con.execute("copy from database old to kept")
        con.execute("use kept")
        counted = _delete(con, whose)
        _name_parts(con, done)
        new = scratch / f"without-{path.name}"
        con.execute("attach $path as new", {"path": str(new)})
        con.execute("copy from database kept to new")
        con.execute("checkpoint new")
        con.execute("detach new")
    done.generations[path.name] = new
    done.rows[path.name] = dict(counted)


def _delete(con: duckdb.DuckDBPyConnection, whose: Whose) -> Counter[str]:
    counted: Counter[str] = Counter()

    def run(table: str, text: str, given: Mapping[str, object]) -> None:
        if count := con.execute(text, given).fetchall()[0][0]:
            counted[table] += count

    persons = {"persons": sorted(whose.persons)}
    named = "select table_name from duckdb_columns() where database_name = 'kept' and column_name = 'person_id'"
    real = {
        name
        for (name,) in con.execute("select table_name from duckdb_tables() where database_name = 'kept'").fetchall()
    }
    for (table,) in con.execute(named).fetchall():
        if table in real:
            run(table, f'delete from "{table}" where list_contains($persons, person_id)', persons)
    for kind, value in sorted(whose.ids):
        if "exposures" in real:
            run(
                "exposures",
                "delete from exposures where unit_kind = $kind and unit = $value",
                {"kind": kind, "value": value},
            )
    for value in sorted(whose.plain | {value for _, _, value in whose.records}):
        run(
            "refusals",
            "update refusals set found = null where found = $v or len($v) >= 6 and contains(found, $v)",
            {"v": value},
        )
        if len(value) >= 6:
            run("unmapped", "delete from unmapped where contains(what, $v)", {"v": value})
            run(
                "questions", "update questions set asks = replace(asks, $v, '…') where contains(asks, $v)", {"v": value}
            ) if "questions" in real else None
    return counted


def _name_parts(con: duckdb.DuckDBPyConnection, done: Rewritten) -> None:
    for old, new in done.parts.items():
        con.execute(
            "update parts set part = $new, rows = (select count(*) from read_parquet($file)) where part = $old",
            {"new": new.name, "file": str(new), "old": old},
        )
