"""The `ga4` reader: Google Analytics 4 as BigQuery exports it (Parquet, NDJSON, JSON) or Fivetran flattens it (CSV)."""

import duckdb

from data.errors import FileProblem
from data.files.prepare import InputFile
from data.files.tabular import Relation, is_json, open_csv, open_json, open_parquet, open_parquets
from data.readers.base import Reading, Readings
from data.readers.ga4_shapes import create_events
from data.readers.gone import without_gone
from data.settings.sources import Source
from data.sqlfile import run_sql
from data.values.cast import Batch
from data.values.numbers import SHAPE, number_rule, number_sql

NAME = "ga4"
RECORDS = (
    {"event_timestamp", "event_name", "event_params"},
    {"event_timestamp", "event_name", "user_pseudo_id"},
    {"timestamp", "user_pseudo_id", "bundle_sequence_id"},
    {"timestamp", "user_pseudo_id", "param_ga_session_id"},
)
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
    kept, gone = without_gone(con, relation, "web_events")
    create_events(con, kept, file.label)
    batches = _batches(con, source.decimal)
    return Reading(relation.records, batches + gone, relation.broken, _notes(con, source.decimal).get(file.label, []))


def read_many(con: duckdb.DuckDBPyConnection, source: Source, files: list[InputFile]) -> Readings:
    """Parquet files of one schema as one relation. Raises FileProblem where one of them is not a GA4 export."""
    records = open_parquets(con, files, "_ga4_raw")
    if len(records) < len(files):
        raise FileProblem("a file's records did not come back under its name", fix="Read each alone")
    names = [row[0] for row in con.execute("describe _ga4_raw").fetchall()]
    kept, gone = without_gone(con, Relation("_ga4_raw", names[2:], sum(records.values())), "web_events")
    create_events(con, kept, None)
    return Readings(records, _batches(con, source.decimal) + gone, _notes(con, source.decimal))


def _batches(con: duckdb.DuckDBPyConnection, decimal: str | None) -> list[Batch]:
    run_sql(con, SQL, "ga4_twins")
    run_sql(con, SQL, "ga4_web_events")
    batches = [Batch("web_events", "_ga4_web", nulls=())]
    for name, table, view in EXTRAS:
        run_sql(con, SQL, name)
        if table == "orders":
            _unread_amounts(con, decimal)
        if con.execute(f"select 1 from {view} limit 1").fetchone():
            batches.append(Batch(table, view, nulls=(), decimal=decimal, origin={"amount": "purchase_revenue"}))
    return batches


def _unread_amounts(con: duckdb.DuckDBPyConnection, decimal: str | None) -> None:
    """What no rule reads as a number leaves its order's amount unknown, and is kept in `_ga4_unread` to be said: the purchase happened."""
    amount = number_sql("amount", number_rule(con, "_ga4_orders", "amount", decimal, ()))
    bound = {"number_shape": SHAPE} if "$number_shape" in amount else {}
    con.execute(
        f"create or replace temp table _ga4_unread as select _file, _row, amount from _ga4_orders where amount is not null and {amount} is null",
        bound,
    )
    con.execute("update _ga4_orders set amount = null where (_file, _row) in (select (_file, _row) from _ga4_unread)")


def _notes(con: duckdb.DuckDBPyConnection, decimal: str | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file, count in con.execute("select _file, count(*) from _ga4_twins group by _file").fetchall():
        found.setdefault(file, []).append(f"{count:,} events have a twin with the same visitor, microsecond and name")
    unread = "select _file, count(*), min(amount) from _ga4_unread group by _file"
    for file, count, example in con.execute(unread).fetchall():
        said = f"{count:,} purchases have a revenue that is no number with one meaning ({example!r}): their amount is unknown"
        found.setdefault(file, []).append(said + ("" if decimal else '; state decimal = "," or "." for this source'))
    return found


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
