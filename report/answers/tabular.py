"""A Result as a table of fixed columns: what a spreadsheet refreshes from, and what the library hands on as Arrow. A cell that is withheld has
no count; a column that holds nothing keeps its type, so that what was built on it stands."""

import io
import json
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from metrics.query.result import Result
from metrics.states import State
from report.neutral import neutral_in_csv
from report.rows.cells import records, view

WITHHELD = (State.SUPPRESSED, State.REFUSED)
TEXT, NUMBER, COUNT, DAY = pa.string(), pa.float64(), pa.int64(), pa.date32()
BEFORE = (("metric", TEXT),)
AFTER = (
    ("from", DAY),
    ("to", DAY),
    ("value", NUMBER),
    ("low", NUMBER),
    ("high", NUMBER),
    ("n", COUNT),
    ("persons", COUNT),
    ("state", TEXT),
    ("reason", TEXT),
    ("unit", TEXT),
    ("other_value", NUMBER),
    ("diff", NUMBER),
    ("diff_low", NUMBER),
    ("diff_high", NUMBER),
    ("p", NUMBER),
    ("q", NUMBER),
    ("standing", TEXT),
    ("warnings", TEXT),
    ("open_questions", COUNT),
    ("definition_version", COUNT),
    ("data_as_of", pa.timestamp("us", tz="UTC")),
    ("generation", TEXT),
    ("view", TEXT),
)
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
}


def table(result: Result) -> pa.Table:
    """One row a cell: metric, a column for each breakdown asked for, then interval, state and version. Rates 0–1, NPS −100…100,
    durations in seconds, times UTC."""
    names = list(dict.fromkeys([*result.query.by, *(name for cell in result.cells for name in cell.by)]))
    fields = [*BEFORE, *((name, TEXT) for name in names if name not in dict(AFTER)), *AFTER]
    return pa.Table.from_pylist(_rows(result, names), schema=pa.schema(fields))


def _rows(result: Result, names: list[str]) -> list[dict[str, Any]]:
    rows = []
    views = {metric: view(metric, result) for metric in result.definitions}
    for cell, entry in zip(result.cells, records(result)):
        other, hidden = entry.get("compare") or {}, cell.state in WITHHELD
        rows.append(
            {name: cell.by.get(name) for name in names}
            | {key: entry[key] for key in ("metric", "value", "low", "high", "state", "unit", "definition_version")}
            | {key: other.get(key) for key in ("diff", "diff_low", "diff_high", "p", "q", "standing")}
            | {key: None if hidden else entry[key] for key in ("n", "persons")}
            | {
                "from": _day(entry["period"][0]),
                "to": _day(entry["period"][1]),
                "reason": entry["reason"] or None,
                "other_value": other.get("value"),
                "warnings": "; ".join(entry["warnings"]) or None,
                "open_questions": len(entry["open_questions"]),
                "data_as_of": entry["data_as_of"] and datetime.fromisoformat(entry["data_as_of"]),
                "generation": result.generation,
                "view": views[cell.metric],
            }
        )
    return rows


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def encoded(result: Result, style: str) -> bytes:
    """The answer in a format: csv, parquet and arrow as the table, json as `metrics show --format json` prints it."""
    if style == "json":
        return json.dumps(records(result), ensure_ascii=False).encode()
    made = table(result)
    if style == "csv":
        return _csv(made)
    sink = io.BytesIO()
    if style == "parquet":
        pq.write_table(made, sink)
    else:
        with pa.ipc.new_stream(sink, made.schema) as stream:
            stream.write_table(made)
    return sink.getvalue()


def _csv(table: pa.Table) -> bytes:
    """Text that begins like a formula is marked as everywhere; numbers are written whole."""
    for place, field in enumerate(table.schema):
        if field.type == TEXT:
            marked = pa.array([neutral_in_csv(value) for value in table.column(place).to_pylist()], TEXT)
            table = table.set_column(place, field, marked)
        elif pa.types.is_timestamp(field.type):
            times = [value and value.isoformat() for value in table.column(place).to_pylist()]
            table = table.set_column(place, field.name, pa.array(times, TEXT))
    names = [str(neutral_in_csv(name)) for name in table.column_names]
    sink = io.BytesIO()
    pyarrow.csv.write_csv(
        table.rename_columns(names), sink, pyarrow.csv.WriteOptions(quoting_style="needed", quoting_header="needed")
    )
    return sink.getvalue()
