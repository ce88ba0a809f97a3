"""JSON whose fields and rows stand apart, as query tools answer: read as records, recognised by inspect, every row accounted for."""

import json

import duckdb
import pytest

from data.files.json_shapes.headed import headed
from data.inspection.look import inspect
from tests.readers.inspected import as_pasted
from tests.readers.loading import load

NAMES = ["ticket_id", "created_at", "subject"]
ROWS = [["t1", "2026-03-01T10:00:00Z", "where is it"], ["t2", "2026-03-02T10:00:00Z", None]]
RECORDS = [dict(zip(NAMES, row)) for row in ROWS]
NAMED = [{"name": name, "type": "STRING"} for name in NAMES]
SHAPES = {
    "names and rows": {"columns": NAMES, "rows": ROWS},
    "Metabase": {"data": {"rows": ROWS, "cols": NAMED, "native_form": {"query": "select"}}, "status": "completed"},
    "ClickHouse": {"meta": NAMED, "data": ROWS, "rows": 2, "statistics": {"elapsed": 0.1}},
    "PostHog": {"columns": NAMES, "types": ["String"] * 3, "results": ROWS, "hasMore": False},
    "pandas, split": {"columns": NAMES, "index": [0, 1], "data": ROWS},
    "pandas, its own": {name: {str(n): row[k] for n, row in enumerate(ROWS)} for k, name in enumerate(NAMES)},
    "a list a column": {name: [row[k] for row in ROWS] for k, name in enumerate(NAMES)},
    "Google Sheets": {"range": "A1:C3", "majorDimension": "ROWS", "values": [NAMES, ROWS[0], ROWS[1][:2]]},
    "names in the first row": [NAMES, *ROWS],
    "BigQuery": {"schema": {"fields": NAMED}, "rows": [{"f": [{"v": value} for value in row]} for row in ROWS]},
    "Analytics": {
        "dimensionHeaders": NAMED[:2],
        "metricHeaders": NAMED[2:],
        "rows": [{"dimensionValues": [{"value": a}, {"value": b}], "metricValues": [{"value": c}]} for a, b, c in ROWS],
        "totals": [{"dimensionValues": [{"value": "RESERVED_TOTAL"}], "metricValues": [{"value": "9"}]}],
        "metadata": {"timeZone": "Europe/Berlin"},
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_gives_the_same_records(shape):
    assert headed(SHAPES[shape]) == (RECORDS, [])


PLAIN = [
    RECORDS,
    {"tickets": RECORDS, "count": 2},
    {"id": 1, "tags": ["a", "b"], "seen": [1, 2]},
    {"a": {"x": 1}, "b": {"x": 2}},
    {"columns": NAMES, "rows": RECORDS},
    {"users": [{"name": "u"}], "tickets": RECORDS},
]


@pytest.mark.parametrize("document", PLAIN)
def test_records_with_their_own_keys_are_left_as_they_are(document):
    assert headed(document) is None


def test_a_row_that_does_not_fit_is_refused_and_counted(tmp_path):
    path = tmp_path / "tickets.json"
    path.write_text(json.dumps({"columns": NAMES, "rows": [ROWS[0], ["t9", "2026-03-02T10:00:00Z"], ROWS[1]]}))
    loaded = load(path, "table", table="support_tickets", columns={name: name for name in NAMES})
    assert loaded.account() == (3, 2, 1)
    assert loaded.rows("select row, ticket_id from src_support_tickets order by row") == [(1, "t1"), (3, "t2")]
    assert loaded.refusals()[0][3] == "a row does not fit the names of its columns"


def test_bigquery_inner_records_and_times_are_read_and_proposed(tmp_path):
    path = tmp_path / "nps.json"
    fields = [
        {"name": "response_id", "type": "STRING"},
        {"name": "submitted_at", "type": "TIMESTAMP"},
        {"name": "How likely are you to recommend us?", "type": "INTEGER"},
        {"name": "customer", "type": "RECORD", "fields": [{"name": "customer_id", "type": "STRING"}]},
    ]
    rows = [
        {
            "f": [
                {"v": f"r{n}"},
                {"v": f"{1772359200 + 86400 * n:.9E}"},
                {"v": str(n * 7 % 11)},
                {"v": {"f": [{"v": f"c{n}"}]}},
            ]
        }
        for n in range(11)
    ]
    path.write_text(json.dumps({"schema": {"fields": fields}, "rows": rows, "totalRows": "11"}))
    with duckdb.connect() as con:
        found = inspect(path, con)
    loaded = as_pasted(path, found)
    assert loaded.rows("select score, responded_at::date::varchar, id_customer_id from src_survey_answers where score = 10") == [
        (10, "2026-03-04", "c3")
    ]  # fmt: skip
