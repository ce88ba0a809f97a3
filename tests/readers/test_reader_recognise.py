"""A file says whose it is; and inspect shows what would come of it, to the block to paste."""

import tomllib
from pathlib import Path

import duckdb
import pytest

from data.errors import FileProblem
from data.files.prepare import prepare
from data.inspection import inspect, render
from data.readers import READERS
from data.readers.recognise import recognise
from data.settings.sources import load_sources
from tests.readers.loading import FIXTURES, load, ndjson
from tests.readers.qualtrics_export import SATISFIED, export
from tests.readers.test_reader_ga4 import as_parquet, event
from tests.readers.test_reader_zendesk import TICKET


def best(path: Path, scratch: Path):
    return recognise(prepare(path, path.name, scratch), duckdb.connect())[0]


@pytest.mark.parametrize("file", sorted(path.relative_to(FIXTURES).as_posix() for path in FIXTURES.glob("*/*")))
def test_every_real_export_is_recognised_by_itself(file, tmp_path):
    match = best(FIXTURES / file, tmp_path)
    assert match.reader == file.split("/")[0] and match.confidence >= 0.9 and match.evidence


def test_parquet_is_recognised_by_its_columns(tmp_path):
    assert best(as_parquet(tmp_path / "e.parquet", [event()]), tmp_path).reader == "ga4"


def test_an_unknown_table_is_nobodys(tmp_path):
    (tmp_path / "x.csv").write_text("id,status,created_at\n1,open,2026-01-01\n")
    matches = recognise(prepare(tmp_path / "x.csv", "x.csv", tmp_path), duckdb.connect())
    assert [match.reader for match in matches] == ["table"]


def test_yaml_is_no_table(tmp_path):
    (tmp_path / "x.yml").write_text("http_interactions:\n- request:\n    method: get\n")
    with pytest.raises(FileProblem, match="YAML"):
        best(tmp_path / "x.yml", tmp_path)
    found = inspect(tmp_path / "x.yml")
    assert "YAML" in found["problem"] and "YAML" in render(found)


def test_inspect_shows_reader_account_refusals_and_masked_rows(tmp_path):
    file = export(
        tmp_path / "checkout.csv",
        [("Q1", SATISFIED, "QID1"), ("Q2", "Why?", "QID2_TEXT")],
        [
            {"Q1": "5", "ExternalReference": "CUSTOMER77", "Q2": "Write to jane.roe@example.com or +49 30 23125 100"},
            {"Q1": "1", "Status": "1"},
        ],
    )
    found = inspect(file)
    assert found["matches"][0]["reader"] == "qualtrics" and (found["rows_in"], found["loaded"], found["refused"]) == (
        2,
        1,
        1,
    )
    assert [(row["reason"], row["records"]) for row in found["refusals"]] == [("a preview, a test or spam", 1)]
    sample = found["tables"]["survey_answers"]["sample"][0]
    assert sample["metric"] == "csat" and sample["id_customer_id"] == "CUS…"
    text = render(found)
    for secret in ("CUSTOMER77", "jane.roe", "23125"):
        assert secret not in text
    assert "2 in, 1 loaded, 1 refused" in text and 'reader = "qualtrics"' in text


def test_an_unknown_table_gets_a_mapping_with_evidence_and_its_dates_asked(tmp_path):
    (tmp_path / "telecom.csv").write_text(
        "NPS_SCORE,CUSTOMER_RESPONSE_DATE,Comments,CUSTOMER_ID,colour\n"
        "9,03/07/2026,Good,C1,red\n0,04/07/2026,Bad,C2,blue\n"
    )
    found = inspect(tmp_path / "telecom.csv")
    mapping = {row["column"]: row["from"] for row in found["mapping"]}
    assert mapping == {
        "score": "NPS_SCORE",
        "responded_at": "CUSTOMER_RESPONSE_DATE",
        "comment": "Comments",
        "customer_id": "CUSTOMER_ID",
    }
    assert found["constants"] == {"survey": "telecom", "metric": "nps", "scale_min": 0.0, "scale_max": 10.0}
    assert found["unused"] == ["colour"] and all(row["evidence"] for row in found["mapping"])
    assert any("day and month cannot be told apart" in question for question in found["questions"])
    assert (found["rows_in"], found["loaded"]) == (2, 0)  # not before the question is answered


def test_a_rating_whose_scale_nobody_states_is_asked(tmp_path):
    (tmp_path / "x.csv").write_text(
        "rating,comment,submitted_at\n3,ok,2026-07-01T10:00:00Z\n4,fine,2026-07-02T10:00:00Z\n"
    )
    found = inspect(tmp_path / "x.csv")
    assert "metric" not in found["constants"] and any("'rating'" in question for question in found["questions"])
    assert not any("zone" in question for question in found["questions"])


@pytest.mark.parametrize(
    ("text", "table", "columns"),
    [
        (
            "Case Number,Opened At,Status,Subject\n1,2026-07-01 10:00,New,Help\n",
            "support_tickets",
            {"ticket_id", "created_at", "status", "subject"},
        ),
        (
            "timestamp,url,session_id,user_id\n2026-07-01 10:00,https://a.example/,s,C1\n",
            "web_events",
            {"occurred_at", "url", "session_id", "customer_id"},
        ),
        (
            "Order No,Order Date,Total Amount,Currency\nA1,2026-07-01,9.5,EUR\n",
            "orders",
            {"order_id", "ordered_at", "amount", "currency"},
        ),
        (
            "experiment,variant,user_id,assigned_at\nx,a,C1,2026-07-01\n",
            "exposures",
            {"experiment", "variant", "unit", "exposed_at"},
        ),
    ],
)
def test_the_table_is_proposed_by_names_and_values_and_its_block_loads(tmp_path, text, table, columns):
    file = tmp_path / "file.csv"
    file.write_text(text)
    found = inspect(file)
    block = tomllib.loads(found["sources_toml"])["source"][0]
    assert block["table"] == table and set(block["columns"]) == columns and found["loaded"] == 1
    (tmp_path / "sources.toml").write_text(found["sources_toml"])
    (source,) = load_sources(tmp_path / "sources.toml", tuple(READERS)).sources
    assert load(
        file, source.reader, table=source.table, columns=source.columns, constants=source.constants
    ).account() == (1, 1, 0)


def test_json_lines_are_mapped_by_their_keys(tmp_path):
    lines = [
        {"order_id": "A1", "ordered_at": "2026-07-01T10:00:00Z", "total": 3},
        {"order_id": "A2", "ordered_at": "2026-07-02T10:00:00Z"},
    ]
    found = inspect(ndjson(tmp_path / "orders.ndjson", *lines))
    assert found["loaded"] == 2 and list(found["tables"]) == ["orders"]


def test_columns_of_nothing_known_are_said_to_be_that(tmp_path):
    (tmp_path / "x.csv").write_text("alpha,beta\n1,2\n")
    found = inspect(tmp_path / "x.csv")
    assert (
        found["mapping"] == []
        and "no table of the contract fits" in found["questions"][0]
        and 'table = "…"' in found["sources_toml"]
    )
    assert "no table of the contract fits" in render(found)


def test_a_file_that_cannot_be_opened_is_one_sentence(tmp_path):
    for name, content in (("empty.csv", b""), ("book.xlsx", b"PK\x03\x04rest")):
        (tmp_path / name).write_bytes(content)
        assert inspect(tmp_path / name)["problem"].startswith(name)
    assert "no such file" in inspect(tmp_path / "nothing.csv")["problem"]


def test_a_vendors_block_is_short(tmp_path):
    found = inspect(ndjson(tmp_path / "My Tickets.ndjson", TICKET))
    assert tomllib.loads(found["sources_toml"])["source"] == [
        {"name": "my-tickets", "reader": "zendesk", "path": "My Tickets.ndjson"}
    ]


def test_a_path_is_taken_from_where_one_stands(tmp_path, monkeypatch):
    (tmp_path / "exports").mkdir()
    ndjson(tmp_path / "exports" / "tickets.ndjson", TICKET)
    monkeypatch.chdir(tmp_path)
    found = inspect(Path("exports/tickets.ndjson"))
    assert (found["problem"], found["loaded"]) == (None, 1)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("deep.json", b"[" * 100_000, "its brackets stand within each other too deep"),
        ("torn.parquet", b"PAR1" + bytes(30) + b"PAR1", "torn.parquet: not a readable Parquet file"),
    ],
)
def test_what_cannot_be_recognised_is_a_sentence(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    assert says in inspect(tmp_path / name)["problem"]


def test_deep_lines_and_text_that_begins_as_parquet_does_are_inspected(tmp_path):
    (tmp_path / "a.ndjson").write_text('{"a":' + "[" * 50_000 + "]" * 50_000 + '}\n{"a":1}\n')
    (tmp_path / "b.csv").write_text("PAR1,score\na,5\n")
    assert not inspect(tmp_path / "a.ndjson")["problem"] and not inspect(tmp_path / "b.csv")["problem"]
