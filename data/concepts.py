"""What SQL and Python must agree on: the groups of the jackknife, and which events are friction. Written here, filled into
the functions of data/model/functions, which every model and question calls."""

from string import Template

import duckdb

from data.groups import GROUPS
from data.sqlfile import ROOT

FRICTION = ("error", "rage", "dead")  # kinds of events (data/events.toml) that make a visit hard
FUNCTIONS = {path.stem: path for path in sorted((ROOT / "data" / "model" / "functions").glob("*.sql"))}


class _Filled(Template):
    delimiter = "@"


def statement(name: str, first_weekday: int, place: str = "") -> str:
    """The SQL that creates a function; `place` is the attached database with its dot, nothing for the one in use."""
    friction = ", ".join(f"'{kind}'" for kind in FRICTION)
    names = {"place": place, "groups": GROUPS, "first_weekday": int(first_weekday), "friction": friction}
    return _Filled(FUNCTIONS[name].read_text(encoding="utf-8")).safe_substitute(names)


def create_functions(con: duckdb.DuckDBPyConnection, place: str = "", first_weekday: int | None = None) -> None:
    """Every function, for a build or (`place`) for the generation it publishes; the week starts as cfg_company says, or as told."""
    first = (
        con.execute("select first_weekday from cfg_company").fetchall()[0][0]
        if first_weekday is None
        else first_weekday
    )
    for name in FUNCTIONS:
        con.execute(statement(name, first, place))
