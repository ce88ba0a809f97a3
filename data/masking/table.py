"""The build's step: what people wrote, masked in the landing tables before anything is made of it, and counted."""

from collections import Counter
from functools import partial

import duckdb
import pyarrow as pa

from data.masking import mask
from data.masking.orders import Orders
from data.masking.shown import refused, shape_of_path

WRITTEN = (("survey_answers", "comment"), ("support_tickets", "subject"), ("support_tickets", "body"))
RARE = 5  # what was seen fewer times than this is shown without its end


def mask_landing(con: duckdb.DuckDBPyConnection, orders: Orders) -> None:
    """Mask comments, subjects and messages. Creates masked_words: field, kind, times."""
    con.execute("create table masked_words (field VARCHAR, kind VARCHAR, times BIGINT)")
    for table, column in WRITTEN:
        rows = con.execute(
            f"select {column}, count(*) from src_{table} where {column} is not null group by all"
        ).fetchall()
        counted: Counter[str] = Counter()
        changed = []
        for text, times in rows:
            found = mask(text, orders)
            if found.kinds:
                changed.append((text, found.text))
                counted.update({kind: count * times for kind, count in found.kinds.items()})
        _replace(con, f"src_{table}", column, changed)
        for kind, times in sorted(counted.items()):
            con.execute("insert into masked_words values (?, ?, ?)", [column, kind, times])


def mask_refused(con: duckdb.DuckDBPyConnection, orders: Orders) -> None:
    """Mask the cells that were refused, once nothing asks for them any more: they are only shown."""
    cells = con.execute("select distinct found from refusals where found is not null").fetchall()
    _replace(
        con, "refusals", "found", [(cell, shown) for (cell,) in cells if (shown := str(refused(cell, orders))) != cell]
    )


def mask_unmapped(con: duckdb.DuckDBPyConnection) -> None:
    """What no rule maps, without what could name somebody: rare ends of paths left out, the rest masked; what is then alike is one row."""
    rows = con.execute("select journey, kind, what, times from fct_unmapped").fetchall()
    seen: Counter[tuple[str, ...]] = Counter()
    for journey, kind, what, times in rows:
        if kind == "page":
            parts = (what or "").split("/")
            seen.update({(journey, "/".join(parts[: i + 1])): times for i in range(len(parts))})
    merged: Counter[tuple[str, ...]] = Counter()
    for journey, kind, what, times in rows:
        shown = mask(what).text
        if kind == "page":
            shown = shape_of_path(what, partial(_common, seen, journey))
        merged[journey, kind, shown] += times
    if len(merged) == len(rows) and all((row[0], row[1], row[2]) in merged for row in rows):
        return
    names = ("journey", "kind", "what", "times")
    columns = list(zip(*((*key, times) for key, times in merged.items())))
    con.register("shown", pa.table(dict(zip(names, map(pa.array, columns)))))
    con.execute("delete from fct_unmapped")
    con.execute("insert into fct_unmapped select * from shown")
    con.unregister("shown")


def _common(seen: Counter[tuple[str, ...]], journey: str, start: str) -> bool:
    return seen[journey, start] >= RARE


def _replace(con: duckdb.DuckDBPyConnection, table: str, column: str, changed: list[tuple[str, str]]) -> None:
    """Every value on the left becomes the one on the right."""
    if not changed:
        return
    before, after = zip(*changed)
    con.register("masks", pa.table({"before": pa.array(before, pa.string()), "after": pa.array(after, pa.string())}))
    con.execute(f"update {table} set {column} = masks.after from masks where {table}.{column} = masks.before")
    con.unregister("masks")
