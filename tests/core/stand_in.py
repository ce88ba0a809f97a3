"""A generation whose visits are written row by row: real DuckDB and the real queries, without building files each time."""

from itertools import count
from pathlib import Path

import duckdb
import pandas as pd

from data.store.generations import Generation
from tests.core.company import Company

SERIAL = count()
VISIT = {
    "journey": "J",
    "stage": "Buy",
    "person_id": 0,
    "day": "2026-03-30",
    "events": 2,
    "dwell_ms": 1000,
    "has_goal": True,
    "goal_reached": False,
    "is_bot": False,
    "staff_test": False,
    "linked_before": True,
    "customer": False,
}


class StandIn:
    """A company's store with other visits in it. `generation` is asked like any other."""

    def __init__(self, company: Company) -> None:
        built = company.store.generation()
        self.con = duckdb.connect()
        self.con.execute(f"attach '{built.path}' as built (read_only)")
        for (table,) in self.con.execute(
            "select table_name from duckdb_tables() where database_name = 'built'"
        ).fetchall():
            self.con.execute(f"create table {table} as from built.{table}" + (" limit 0" if table == "visits" else ""))
        for (text,) in built.cursor().execute("select sql from duckdb_views() where not internal").fetchall():
            self.con.execute(text)  # the populations, over these tables
        for name, parts, text in (
            built.cursor()
            .execute(
                "select function_name, parameters, macro_definition from duckdb_functions() "
                "where function_type = 'macro' and not internal"
            )
            .fetchall()
        ):
            self.con.execute(f"create macro {name}({', '.join(parts)}) as {text}")

    def with_visits(self, rows: list[dict]) -> Generation:
        """The store with exactly these visits; what a row leaves out is as in VISIT."""
        self.con.execute("delete from visits")
        written = pd.DataFrame(
            [VISIT | {"session_key": f"s{number}", "visit_id": f"v{number}"} | row for number, row in enumerate(rows)]
        )
        self.con.register("written", written)
        self.con.execute(
            "insert into visits by name select * exclude (day), cast(day as date) as day, person_id % 40 as person_group from written"
        )
        self.con.unregister("written")
        return Generation(f"stand-in-{next(SERIAL)}", Path("stand-in"), self.con)
