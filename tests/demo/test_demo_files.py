"""The files: the same for the same seed however they are made, and in the vendors' own shapes."""

import csv
import hashlib
import json
import re
import tomllib
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from commands.data import main
from data.demo import generate


def digests(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    generate(folder, people=4_600, days=210, workers=1)
    return folder


def test_same_seed_same_bytes_whatever_the_workers(small, tmp_path):
    generate(tmp_path / "two", people=4_600, days=210, workers=2)
    assert digests(small) == digests(tmp_path / "two")


def test_first_block_of_a_larger_company_is_the_smaller_company(tmp_path):
    """People come in blocks with their own seeds: more people leave the orders of the first 4,000 as they were."""
    for name, people in (("one", 4_000), ("more", 4_300)):
        generate(tmp_path / name, people=people, days=60, workers=1)
    one, more = ((tmp_path / n / "plain/orders.csv").read_text().splitlines() for n in ("one", "more"))
    assert more[: len(one)] == one and len(more) > len(one)


def test_another_seed_is_another_company(small, tmp_path):
    generate(tmp_path, people=4_600, days=210, seed=2, workers=1)
    assert digests(small)["plain/orders.csv"] != digests(tmp_path)["plain/orders.csv"]


def test_switching_one_effect_off_leaves_other_draws_alone(small, tmp_path):
    """Without E14 nobody's orders change: only what is answered about expectations."""
    from data.demo.effects import ALL

    generate(tmp_path, people=4_600, days=210, workers=1, effects=set(ALL - {"E14"}))
    changed = {name for name, digest in digests(tmp_path).items() if digests(small)[name] != digest}
    assert changed <= {
        "truth.json",
        "qualtrics/browse-csat.csv",
        "qualtrics/browse-csat-v2.csv",
        "qualtrics/delivery-csat.csv",
    }


def test_ga4_has_the_shape_of_the_bigquery_export(small):
    file = next((small / "ga4").glob("events-*.parquet"))
    types = {
        name: kind
        for name, kind, *_ in duckdb.connect().execute(f"describe select * from read_parquet('{file}')").fetchall()
    }
    assert types["event_timestamp"] == "BIGINT" and types["event_date"] == "VARCHAR"
    assert types["event_params"] == (
        'STRUCT("key" VARCHAR, "value" STRUCT(string_value VARCHAR, int_value BIGINT, '
        "float_value DOUBLE, double_value DOUBLE))[]"
    )
    for column in ("device", "geo", "traffic_source", "ecommerce", "app_info"):
        assert types[column].startswith("STRUCT"), column
    assert {"user_pseudo_id", "user_id", "platform", "stream_id", "event_name"} <= set(types)
    at = pq.read_table(file, columns=["event_timestamp"])["event_timestamp"].to_pylist()
    assert at == sorted(at)


def test_ga4_holds_the_recipe(small):
    names = {
        n
        for (n,) in duckdb.connect()
        .execute(f"select distinct event_name from read_parquet('{small}/ga4/*.parquet')")
        .fetchall()
    }
    assert {
        "page_view",
        "session_start",
        "user_engagement",
        "purchase",
        "rage_click",
        "dead_click",
        "js_error",
        "form_error",
        "web_vitals",
    } <= names
    keys = {
        (n, k)
        for n, k in duckdb.connect()
        .execute(f"""select distinct event_name, unnest(event_params).key
                                                   from read_parquet('{small}/ga4/*.parquet')""")
        .fetchall()
    }
    assert {
        ("rage_click", "target"),
        ("js_error", "message"),
        ("web_vitals", "lcp_ms"),
        ("web_vitals", "cls"),
        ("web_vitals", "ttfb_ms"),
        ("purchase", "transaction_id"),
        ("page_view", "page_location"),
    } <= keys


def test_qualtrics_has_three_header_rows(small):
    for file in (small / "qualtrics").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            rows = list(csv.reader(text))
        assert len({len(row) for row in rows}) == 1, file.name
        ids = [json.loads(cell)["ImportId"] for cell in rows[2]]
        assert ids[0] == "startDate" and json.loads(rows[2][0])["timeZone"] == "Europe/Berlin"
        assert "_recordId" in ids and "externalDataReference" in ids
        if file.stem in ("delivery-csat", "relationship-nps"):
            assert any(name.endswith("_NPS_GROUP") for name in rows[0])


def test_qualtrics_holds_previews_and_broken_answers(company):
    status, finished = company.one(
        """select count(*) filter (Status = '1'), count(*) filter (Finished = '0') from read_csv($file,
        header = true, all_varchar = true) where ResponseId like 'R_%'""",
        file=f"{company.folder}/qualtrics/checkout-csat.csv",
    )
    assert status > 5 and finished > 20


def test_zendesk_objects_have_the_api_keys(small):
    wanted = {
        "tickets": {
            "id",
            "via",
            "created_at",
            "status",
            "requester_id",
            "tags",
            "custom_fields",
            "subject",
            "description",
        },
        "ticket_metrics": {"ticket_id", "reply_time_in_minutes", "solved_at", "reopens", "replies"},
        "users": {"id", "email", "external_id", "role"},
        "satisfaction_ratings": {"ticket_id", "score", "requester_id", "comment"},
    }
    seen = {}
    for name, keys in wanted.items():
        objects = [
            json.loads(line) for line in (small / f"zendesk/{name}.ndjson").read_text(encoding="utf-8").splitlines()
        ]
        assert all(keys <= set(o) for o in objects), name
        seen[name] = objects
    assert len({t["id"] for t in seen["tickets"]}) == len(seen["tickets"]) == len(seen["ticket_metrics"])
    users = {u["id"] for u in seen["users"]}
    assert all(t["requester_id"] in users for t in seen["tickets"])


def test_zendesk_holds_what_must_be_left_out(company):
    tags = dict(company.rows("select unnest(tags) as tag, count(*) from tickets group by 1"))
    assert min(tags["spam"], tags["system"], tags["outbound"], tags["closed_by_merge"]) > 100
    ignored = company.one(
        "select count(*) from tickets where status = 'closed' and reply_hours is null and category is not null"
    )[0]
    unknown = company.one(
        """select avg((customer is null and browser is null)::int) from tickets where category is not null"""
    )[0]
    assert ignored > 100 and 0.2 < unknown < 0.45


def test_scale_of_the_default_company(company):
    events, sessions = company.one("select count(*), count(distinct session) from ev")
    answers = sum(
        company.one(f"select count(*) from {t}")[0]
        for t in (
            "browse_csat",
            "browse_csat_v2",
            "configurator_csat",
            "checkout_csat",
            "delivery_csat",
            "relationship_nps",
        )
    )
    tickets, orders = (company.one(f"select count(*) from {t}")[0] for t in ("tickets", "orders"))
    assert 2_000_000 < events < 3_200_000 and 240_000 < sessions < 340_000
    assert 10_000 < answers < 16_000 and 15_000 < tickets < 24_000 and orders > 30_000


def test_settings_name_files_that_are_there(small):
    sources = tomllib.loads((small / "sources.toml").read_text())
    for source in sources["source"]:
        assert list(small.glob(source["path"])), source["name"]
    journey = tomllib.loads((small / "journey.toml").read_text())
    assert [s["name"] for s in journey["journey"][0]["stage"]] == ["Find", "Evaluate", "Decide", "Buy", "Engage"]
    declared = {s["name"] for s in journey["survey"]}
    assert {f.stem for f in (small / "qualtrics").glob("*.csv")} == declared


def test_truth_is_complete(company):
    ids = [claim["id"] for claim in company.truth["claims"]]
    assert ids == [f"E{i}" for i in range(1, 17)] + [f"N{i}" for i in range(1, 6)] + [f"T{i}" for i in range(1, 26)]
    for claim in company.truth["claims"]:
        assert (
            claim["size"] is not None and claim["view"] and claim["estimand"] and claim["population"] and claim["n"] > 0
        )


def test_events_scale_the_company(tmp_path):
    generate(tmp_path, events=60_000, days=140, workers=1)
    n = duckdb.connect().execute(f"select count(*) from read_parquet('{tmp_path}/ga4/*.parquet')").fetchone()[0]
    assert n == pytest.approx(60_000, rel=0.25)


def test_a_new_run_leaves_foreign_files_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    for _ in range(2):
        assert main(["demo", "--people", "150", "--days", "40", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "notes.txt").read_text() == "mine" and (tmp_path / "truth.json").exists()


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--people", "many"], "not a whole number of at least 1"),
        (["--days", "0"], "at least 1"),
        (["--effects", "E99"], "no such effect: E99"),
        (["--colour", "red"], "unrecognized arguments"),
    ],
)
def test_wrong_arguments_are_one_sentence(arguments, said, capsys, tmp_path):
    try:
        code = main(["demo", *arguments, "--out", str(tmp_path)])
    except SystemExit as ended:  # what the parser itself refuses
        code = ended.code
    message = capsys.readouterr().err
    assert code == 2 and said in message.splitlines()[-1] and "Traceback" not in message


def test_comments_read_like_people_and_name_nobody(company):
    comments = [
        c
        for (c,) in company.rows(
            "select comment from checkout_csat where comment is not null union all "
            "select comment from delivery_csat where comment is not null"
        )
    ]
    lengths = sorted(len(c.split()) for c in comments)
    assert lengths[0] == 1 and lengths[-1] > 25 and len(set(comments)) > 0.6 * len(comments)
    addresses = set(re.findall(r"[\w.]+@([\w.]+)", " ".join(comments)))
    phones = re.findall(r"\+49[\d ]+", " ".join(comments))
    assert addresses <= {"example.com", "example.com."} and phones
    assert all(p.startswith("+49 30 23125") for p in phones)
