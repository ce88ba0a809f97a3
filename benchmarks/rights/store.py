"""A store that holds only what somebody may see: a copy of a generation with every other row deleted. Written apart from the product's
own rule, row by row of the tables, so that the one can be held against the other."""

import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as parquet

from data.store.generations import PARTS, POINTER, Generation

KEPT = {"people", "questions", "coverage", "breaks", "meta", "parts", "scales", "made", "masked_words"}
COLUMNS = {"journeys": "journey", "stages": "stage", "segments": "segment", "regions": "region"}
Groups = list[dict[str, list[str] | bool]]


def only(generation: Generation, groups: Groups, folder: Path) -> Path:
    """Write the store; returns its folder."""
    folder.mkdir(parents=True)
    file = folder / generation.name
    shutil.copy(generation.path, file)
    with duckdb.connect(str(file)) as con:
        tables = con.execute("select table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            names = [name for (name, *_) in con.execute(f'describe "{table}"').fetchall()]
            if table == "people_comments" or table in KEPT or (table.startswith("cfg_") and "stage" not in names):
                continue
            con.execute(f'delete from "{table}" where not coalesce({_kept(table, names, groups)}, false)')
        stages = {row for row in con.execute("select journey, stage from visits").fetchall()}
        sessions = {row for (row,) in con.execute(f"select session_key from visits where {_free(groups)}").fetchall()}
        first = con.execute("select journey from cfg_journeys order by position limit 1").fetchall()
        seen = (
            con.execute("select session_key, stage from visits where journey = $1", list(first[0])).fetchall()
            if first
            else []
        )
        parts = [part for (part,) in con.execute("select part from parts where table_name = 'events'").fetchall()]
        con.execute("delete from cfg_journeys where journey not in (select journey from cfg_stages)")
    del stages
    _events(generation.path.parent / PARTS, folder / PARTS, parts, set(seen), sessions)
    (folder / POINTER).write_text(generation.name)
    return folder


def _kept(table: str, names: list[str], groups: Groups) -> str:
    """Which rows of a table stay."""
    settings = table.startswith("cfg_") or table in ("annotations", "outcomes")
    each = []
    for group in groups:
        wanted = []
        for key, column in COLUMNS.items():
            if key not in group or (settings and column not in ("journey", "stage")):
                continue
            listed = ", ".join("'" + str(value).replace("'", "''") + "'" for value in group[key])  # type: ignore[union-attr]
            if column in names:
                wanted.append(f"({column} in ({listed})" + (f" or {column} is null)" if settings else ")"))
            elif not settings:
                wanted.append("false")
        each.append(" and ".join(wanted) or "true")
    return "(" + ") or (".join(each) + ")"


def _free(groups: Groups) -> str:
    """Visits held by a group that is limited to no journey and no stage: of their sessions every event is seen."""
    free = [group for group in groups if "stages" not in group and "journeys" not in group]
    return _kept("visits", list(COLUMNS.values()), free) if free else "false"


def _events(there: Path, here: Path, parts: list[str], seen: set[tuple], sessions: set[str]) -> None:
    """The events of what is left, part by part."""
    here.mkdir()
    for part in parts:
        table = parquet.read_table(there / part)
        keys, stages = table.column("session_key").to_pylist(), table.column("stage").to_pylist()
        parquet.write_table(table.filter([k in sessions or (k, s) in seen for k, s in zip(keys, stages)]), here / part)
