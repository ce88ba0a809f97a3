"""Which reader a file is for, and by what evidence. A vendor's own marks count; a bare guess does not."""

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

import duckdb

from data import readers
from data.errors import FileProblem, in_words
from data.files.prepare import InputFile, engine_name
from data.files.salvage import BAD_JSON
from data.files.tabular import head_rows, is_json, read_document
from data.readers import qualtrics_fivetran
from data.readers.qualtrics_header import read_header

SURE, LIKELY, POSSIBLE, ANY = 0.99, 0.9, 0.7, 0.1
LOOK = 50  # records looked at
ZENDESK_LISTS = {"tickets", "ticket_metrics", "satisfaction_ratings", "ticket_fields", "ticket_events"}


@dataclass(frozen=True)
class Match:
    """A reader that can read the file. `confidence` 0–1; `evidence` is what was seen."""

    reader: str
    confidence: float
    evidence: str


def recognise(file: InputFile, con: duckdb.DuckDBPyConnection) -> list[Match]:
    """The readers this file may be for, best first; `table` is always the last resort. Raises FileProblem."""
    if file.kind == "parquet":
        path = engine_name(file.path).replace("'", "''")
        try:
            columns = {row[0] for row in con.execute(f"describe select * from read_parquet('{path}')").fetchall()}
        except duckdb.Error as error:
            raise FileProblem(
                f"not a readable Parquet file: {in_words(error, file.path.absolute(), file.label)}",
                file=file.label,
                fix="Export it again",
            ) from None
        found = _by_keys(columns, "columns")
    elif is_json(file):
        found = _json(file)
    else:
        found = _csv(file)
    return sorted(
        [*found, Match("table", ANY, "any table, once its columns are named")], key=lambda match: -match.confidence
    )


def _by_keys(keys: set[str], what: str) -> list[Match]:
    """A record's keys are a vendor's own."""
    found = [
        Match(reader, LIKELY, f"{what} {', '.join(sorted(wanted))}")
        for reader, module in readers.READERS.items()
        for wanted in getattr(module, "RECORDS", ())
        if wanted <= keys
    ]
    return found[:1]


def _json(file: InputFile) -> list[Match]:
    for record in _records(file):
        held = record.get("record")
        inner: dict[str, Any] = held if isinstance(held, dict) else record
        stream = str(inner.get("stream") or record.get("_airbyte_stream") or "")
        if "zendesk" in stream.lower():
            return [Match("zendesk", SURE, f"Airbyte stream {stream}")]
        lists = sorted(key for key in ZENDESK_LISTS if isinstance(record.get(key), list))
        if lists:
            return [Match("zendesk", LIKELY, f"an API page with {', '.join(lists)}")]
        data = next((inner[key] for key in ("data", "_airbyte_data") if isinstance(inner.get(key), dict)), inner)
        if ".zendesk.com/api" in str(data.get("url", "")):
            return [Match("zendesk", SURE, "its url is Zendesk's API")]
        if found := _by_keys(set(data), "keys"):
            return found
    return []


def _records(file: InputFile) -> list[dict[str, Any]]:
    """The first records: lines where each is an object, else the items of the document."""
    with file.text.open("r", encoding="utf-8-sig", errors="replace") as text:
        lines = [line for line in islice(text, LOOK) if line.strip()]
    items = []
    for line in lines:
        try:
            items.append(json.loads(line))
        except BAD_JSON:
            continue
    if not any(isinstance(item, dict) for item in items):
        try:
            items = read_document(file)[0][:LOOK]
        except FileProblem:
            return []
    return [item for item in items if isinstance(item, dict)]


def _csv(file: InputFile) -> list[Match]:
    header = read_header(file)
    if header and header.skip == 2:
        return [Match("qualtrics", SURE, "three header rows, the third with ImportId")]
    if header and header.skip == 1:
        return [Match("qualtrics", SURE, "two header rows, the first V1, V2 …")]
    if header:
        return [Match("qualtrics", POSSIBLE, "columns ResponseId and RecordedDate or EndDate")]
    rows = head_rows(file, LOOK)
    columns = [cell.strip() for cell in rows[0]] if rows else []
    if len(columns) == 1 and (columns[0] == "---" or columns[0].endswith(":")):
        raise FileProblem(
            "this looks like YAML: settings or a recording, not records",
            file=file.label,
            found=columns[0],
            allowed="CSV, TSV, JSON, NDJSON, Parquet",
            fix="Export the records themselves",
        )
    kind = qualtrics_fivetran.kind_of(columns)
    if kind and not _mentions(rows, "zendesk.com"):
        return [Match("qualtrics", LIKELY, f"a table of Fivetran's Qualtrics connector ({kind})")]
    if _mentions(rows, "zendesk.com"):
        return [Match("zendesk", SURE, "its url is Zendesk's API")]
    if re.search(r"tickets?__tags$", file.stem.lower()) and {"value", "_dlt_parent_id"} <= set(columns):
        return [Match("zendesk", POSSIBLE, "dlt's table of the tags of tickets")]
    return _by_keys(set(columns), "columns")


def _mentions(rows: list[list[str]], text: str) -> bool:
    return any(text in cell and cell.startswith("http") for row in rows[1:] for cell in row)
