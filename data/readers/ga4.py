"""The `ga4` reader: Google Analytics 4 as BigQuery exports it (Parquet, NDJSON, JSON) or Fivetran flattens it (CSV)."""

import duckdb

from data.cast import Batch
from data.config import Source
from data.errors import FileProblem
from data.files import InputFile
from data.readers.base import Reading
from data.readers.ga4_shapes import create_events
from data.sqlfile import run_sql
from data.tabular import Relation, is_json, open_csv, open_json, open_parquet

NAME = "ga4"
SQL = "data/readers/sql"
EXTRAS = (
    ("ga4_page_vitals", "page_vitals", "_ga4_vitals"),
    ("ga4_orders", "orders", "_ga4_orders"),
    ("ga4_exposures", "exposures", "_ga4_exposures"),
)


def read(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile) -> Reading:
    """Web events, and what some of them are besides: page vitals, orders, exposures.

    GA4 has no event id: it is the hash of visitor, microsecond, name and batch position; exact twins are numbered.
    """
    relation = _open(con, source, file)
    create_events(con, relation, file)
    run_sql(con, SQL, "ga4_twins")
    run_sql(con, SQL, "ga4_web_events")
    batches = [Batch("web_events", "_ga4_web", nulls=())]
    for name, table, view in EXTRAS:
        run_sql(con, SQL, name)
        if con.execute(f"select 1 from {view} limit 1").fetchone():
            batches.append(Batch(table, view, nulls=()))
    twins = con.execute("select count(*) from _ga4_twins").fetchone()[0]
    notes = [f"{twins:,} events have a twin with the same visitor, microsecond and name"] if twins else []
    return Reading(relation.records, batches, relation.broken, notes)


def _open(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile) -> Relation:
    if file.kind == "parquet":
        return open_parquet(con, file, "_ga4_raw")
    if is_json(file):
        return open_json(con, file, "_ga4_raw", records=source.records)
    relation = open_csv(con, file, "_ga4_raw", delimiter=source.delimiter)
    if "timestamp" not in relation.columns or "user_pseudo_id" not in relation.columns:
        problem = FileProblem(
            "not a GA4 export",
            file=file.label,
            found=", ".join(relation.columns[:12]),
            allowed="BigQuery's event export, or Fivetran's event table",
            fix='Use reader = "table" and name its columns',
        )
        problem.records = relation.records
        raise problem
    return relation
