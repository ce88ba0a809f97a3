"""GA4: BigQuery's export as NDJSON, JSON and Parquet in, web events, vitals, orders and exposures out."""

import datetime as dt
import json
from pathlib import Path

import duckdb
import pytest

from tests.readers.loading import FIXTURES, load, ndjson

AT = 1782900000000000  # 2026-07-01 10:00 UTC in microseconds


def event(name: str = "page_view", at: int = AT, *, pseudo: str | None = "11.22", **more) -> dict:
    """An event as BigQuery writes it to JSON: numbers as text. `params` are event_params."""
    params = {"ga_session_id": 9, "page_location": "https://shop.example/cart"} | more.pop("params", {})
    kinds = {str: "string_value", int: "int_value", float: "double_value"}
    return {
        "event_date": "20260701",
        "event_timestamp": str(at),
        "event_name": name,
        "user_pseudo_id": pseudo,
        "user_id": None,
        "event_params": [
            {"key": key, "value": {kinds[type(value)]: str(value) if isinstance(value, int) else value}}
            for key, value in params.items()
            if value is not None
        ],
        "device": {"category": "mobile", "language": "de-de", "web_info": {"browser": "Chrome"}},
        "geo": {"country": "Germany", "region": "(not set)"},
        "platform": "WEB",
    } | more


def as_parquet(path: Path, records: list[dict]) -> Path:
    """The same events as BigQuery's Parquet export holds them: nested and typed."""
    rows = path.with_suffix(".rows")
    ndjson(rows, *records)
    columns = """{event_timestamp: 'BIGINT', event_name: 'VARCHAR', user_pseudo_id: 'VARCHAR', user_id: 'VARCHAR',
      platform: 'VARCHAR', event_params: 'STRUCT("key" VARCHAR, "value" STRUCT(string_value VARCHAR, int_value BIGINT,
      float_value DOUBLE, double_value DOUBLE))[]',
      device: 'STRUCT(category VARCHAR, "language" VARCHAR, web_info STRUCT(browser VARCHAR))',
      geo: 'STRUCT(country VARCHAR, region VARCHAR)',
      app_info: 'STRUCT("version" VARCHAR)', ecommerce: 'STRUCT(transaction_id VARCHAR, purchase_revenue DOUBLE)'}"""
    duckdb.connect().execute(
        f"copy (select * from read_json('{rows}', format = 'newline_delimited', columns = {columns})) "
        f"to '{path}' (format parquet)"
    )
    return path


def test_an_event_gives_time_page_session_person_and_device(tmp_path):
    loaded = load(
        ndjson(
            tmp_path / "e.ndjson",
            event(user_id="C1", params={"page_referrer": "https://a.example/", "page_title": "Cart"}),
        ),
        "ga4",
    )
    assert loaded.rows(
        "select occurred_at, event_name, session_id, url, referrer, touch_channel, device, country, region, language, "
        "id_customer_id, id_anonymous_id, properties from src_web_events"
    ) == [
        (
            dt.datetime(2026, 7, 1, 10),
            "page_view",
            "11.22.9",
            "https://shop.example/cart",
            "https://a.example/",
            "web",
            "mobile",
            "Germany",
            None,
            "de-de",
            "C1",
            "11.22",
            '{"page_title":"Cart"}',
        )
    ]


def test_parquet_ndjson_and_a_json_array_give_the_same_rows(tmp_path):
    records = [
        event(),
        event("rage_click", AT + 5, params={"target": "button.pay", "x": 10, "y": 2.5}),
        event(
            "purchase", AT + 9, params={"currency": "EUR"}, ecommerce={"transaction_id": "T1", "purchase_revenue": 49.5}
        ),
        event("web_vitals", AT + 11, params={"lcp_ms": 2300, "cls": 0.12}),
        event(pseudo=None, at=AT + 20),
    ]
    (tmp_path / "e.json").write_text(json.dumps(records))
    files = [as_parquet(tmp_path / "e.parquet", records), ndjson(tmp_path / "e.ndjson", *records), tmp_path / "e.json"]
    query = (
        "select event_id, occurred_at, event_name, session_id, url, target, x, y, properties from src_web_events "
        "order by row",
        "select lcp_ms, cls, url from src_page_vitals",
        "select order_id, amount, currency from src_orders",
    )
    results = [[load(file, "ga4").rows(text) for text in query] for file in files]
    assert results[0] == results[1] == results[2]
    assert results[0][1] == [(2300.0, 0.12, "https://shop.example/cart")] and results[0][2] == [("T1", 49.5, "EUR")]
    assert results[0][0][1][5:8] == ("button.pay", 10.0, 2.5)


def test_an_event_counted_twice_is_kept_told_apart_and_noted(tmp_path):
    loaded = load(ndjson(tmp_path / "e.ndjson", event(), event(), event(at=AT + 1)), "ga4")
    ids = [row[0] for row in loaded.rows("select event_id from src_web_events order by row")]
    assert ids[1] == ids[0] + "-2" and ids[2] not in ids[:2] and loaded.account() == (3, 3, 0)
    assert "1 events have a twin" in loaded.notes()


def test_an_event_of_two_daily_files_is_one_event(tmp_path):
    for name in ("events_1.ndjson", "events_intraday_1.ndjson"):
        ndjson(tmp_path / name, event())
    loaded = load(tmp_path, "ga4", "*.ndjson")
    assert loaded.account() == (2, 1, 1) and [kind for _, kind, *_ in loaded.refusals()] == ["superseded"]


def test_a_visitor_who_refused_cookies_has_no_id_and_no_session(tmp_path):
    loaded = load(ndjson(tmp_path / "e.ndjson", event(pseudo=None)), "ga4")
    assert loaded.rows("select session_id, id_anonymous_id from src_web_events") == [(None, None)]


def test_a_reloaded_confirmation_page_is_one_order(tmp_path):
    bought = {"transaction_id": "T1", "purchase_revenue": "49.5"}
    loaded = load(
        ndjson(
            tmp_path / "e.ndjson",
            event("purchase", ecommerce=bought),
            event("purchase", AT + 90_000_000, ecommerce=bought),
            event("purchase", AT + 5, ecommerce={"transaction_id": "(not set)"}),
        ),
        "ga4",
    )
    assert loaded.rows("select order_id, ordered_at, amount, session_id, touch_channel from src_orders") == [
        ("T1", dt.datetime(2026, 7, 1, 10), 49.5, "11.22.9", "web")
    ]
    assert loaded.one("select count(*) from src_web_events") == 3


def test_what_an_event_and_its_order_are_about_is_the_item_category(tmp_path):
    """Google's own field of the first item goes before a param of that name."""
    loaded = load(
        ndjson(
            tmp_path / "e.ndjson",
            event("add_to_cart", params={"item_category": "bulky"}),
            event("view_item", AT + 1, params={"item_category": "(not set)"}),
            event(
                "purchase",
                AT + 2,
                params={"item_category": "bulky"},
                items=[{"item_id": "7", "item_category": "small"}],
                ecommerce={"transaction_id": "T1"},
            ),
        ),
        "ga4",
    )
    assert loaded.rows("select event_name, task, product from src_web_events order by row") == [
        ("add_to_cart", "bulky", None),
        ("view_item", None, None),
        ("purchase", "small", "7"),
    ]
    assert loaded.one("select task from src_orders") == "small"


def test_dollars_are_said_to_be_dollars_where_no_other_revenue_is_given():
    loaded = load(FIXTURES / "ga4" / "fivetran_event_data.csv", "ga4")
    assert loaded.rows("select order_id, amount, currency, touch_channel from src_orders") == [
        ("txn_123", 29.99, "USD", "web")
    ]


def test_an_experiment_counts_once_a_unit_and_variant_and_a_crossing_is_seen(tmp_path):
    shown = [
        event("experiment_impression", AT + step, params={"experiment": "photos", "variant": variant})
        for step, variant in enumerate(("control", "control", "treatment"))
    ]
    loaded = load(ndjson(tmp_path / "e.ndjson", *shown), "ga4")
    assert loaded.one("select count(*) from src_web_events") == 3
    reader_gave = loaded.rows("select experiment, unit, unit_kind, variant from _ga4_exposures order by variant")
    assert reader_gave == [
        ("photos", "11.22", "anonymous_id", "control"),
        ("photos", "11.22", "anonymous_id", "treatment"),
    ]


def test_vitals_leave_the_events_and_a_record_without_one_is_excluded(tmp_path):
    googles = [
        event("LCP", AT + step, params={"metric_id": "v3-1", "metric_value": value})
        for step, value in ((5, 1200.5), (9, 1400.5))
    ]
    loaded = load(
        ndjson(
            tmp_path / "e.ndjson", event("web_vitals", params={"inp_ms": 120}), event("web_vitals", AT + 1), *googles
        ),
        "ga4",
    )
    assert loaded.rows("select event_id = 'v3-1', lcp_ms, inp_ms from src_page_vitals order by row") == [
        (False, None, 120.0),
        (True, 1400.5, None),
    ]
    assert loaded.one("select count(*) from src_web_events") == 0
    assert [(row, kind) for row, kind, *_ in loaded.refusals()] == [(2, "excluded"), (3, "superseded")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("view_search_results", "search"),
        ("screen_view", "page_view"),
        ("exception", "js_error"),
        ("form_error", "form_error"),
    ],
)
def test_ga4s_own_names_for_what_we_count(tmp_path, given, expected):
    loaded = load(ndjson(tmp_path / "e.ndjson", event(given, params={"message": "It broke"})), "ga4")
    assert loaded.rows("select event_name, target from src_web_events") == [(expected, "It broke")]


def test_an_app_has_a_release_and_a_screen_and_a_crawler_is_flagged(tmp_path):
    app = event(
        "screen_view",
        platform="IOS",
        app_info={"version": "5.2"},
        params={"page_location": None, "firebase_screen": "Cart"},
    )
    crawler = event(at=AT + 1, device={"category": "desktop", "web_info": {"browser": "AhrefsBot"}})
    loaded = load(ndjson(tmp_path / "e.ndjson", app, crawler), "ga4")
    assert loaded.rows("select touch_channel, release, url, is_bot from src_web_events order by row") == [
        ("app", "5.2", "Cart", None),
        ("web", None, "https://shop.example/cart", True),
    ]


def test_an_event_without_a_readable_time_is_bad_and_so_is_a_cut_off_line(tmp_path):
    file = ndjson(
        tmp_path / "e.ndjson",
        event(),
        event() | {"event_timestamp": "soon"},
        event() | {"event_timestamp": "99999999999999999"},
    )
    file.write_text(file.read_text() + '{"event_name": "page_vi')
    loaded = load(file, "ga4")
    assert loaded.account() == (4, 1, 3)
    assert [(row, reason) for row, _, _, reason, _ in loaded.refusals()] == [
        (2, "missing"),
        (3, "missing"),
        (4, "not valid JSON"),
    ]


def test_params_with_quotes_make_valid_json(tmp_path):
    loaded = load(ndjson(tmp_path / "e.ndjson", event(params={'a "b"': 'say "hi"\n', "n": 3, "r": 1.5})), "ga4")
    assert json.loads(loaded.one("select properties from src_web_events")) == {'a "b"': 'say "hi"\n', "n": 3, "r": 1.5}


@pytest.mark.parametrize(
    ("name", "account"), [("velir_event.ndjson", (1, 1, 0)), ("fivetran_event_data.csv", (6, 6, 0))]
)
def test_real_exports_balance(name, account):
    loaded = load(FIXTURES / "ga4" / name, "ga4")
    assert loaded.account() == account and loaded.problem() is None
    assert loaded.one("select count(session_id) from src_web_events") == account[0]


def test_what_is_no_ga4_export_is_one_clear_sentence(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    ndjson(tmp_path / "x.ndjson", {"a": 1}, {"a": 2})
    assert "not a GA4 export" in load(tmp_path / "x.csv", "ga4").problem()
    assert "not a GA4 export" in load(tmp_path / "x.ndjson", "ga4").problem()


def test_an_event_its_loader_marks_as_deleted_is_left_out_with_its_reason(tmp_path):
    """In Fivetran's CSV, in NDJSON, and in daily Parquet files read as one."""
    (tmp_path / "event.csv").write_text(
        "user_pseudo_id,timestamp,name,_fivetran_deleted\nu1,2025-03-01 10:00:00,page_view,false\nu2,2025-03-01 10:00:00,page_view,true\n"
    )
    ndjson(
        tmp_path / "e.ndjson",
        *(
            {
                "event_timestamp": 1740823200000000 + n,
                "event_name": "page_view",
                "user_pseudo_id": f"u{n}",
                "event_params": [],
                "_sdc_deleted_at": "2025-04-01T00:00:00Z" if n == 2 else None,
            }
            for n in range(3)
        ),
    )
    for day in (1, 2):
        duckdb.connect().execute(f"""copy (select 1740823200000000 + {day} * 86400000000 + n as event_timestamp, 'page_view' as event_name, 'u' || n as user_pseudo_id, n = 2 as _fivetran_deleted,
            [{{'key': 'page_location', 'value': {{'string_value': 'https://s.example/'}}}}] as event_params from range(3) as t(n)) to '{tmp_path}/events_2025030{day}.parquet'""")
    for pattern, account in (("event.csv", (2, 1, 1)), ("e.ndjson", (3, 2, 1)), ("*.parquet", (6, 4, 2))):
        loaded = load(tmp_path, "ga4", pattern)
        assert loaded.account() == account
        assert {row[1:3] + row[3:4] for row in loaded.refusals()} <= {
            ("excluded", "_fivetran_deleted", "deleted in the source"),
            ("excluded", "_sdc_deleted_at", "deleted in the source"),
        }


def test_params_that_are_plain_text_are_refused_with_what_they_ought_to_be(tmp_path):
    """A Parquet file whose event_params is a text and no JSON: each record is counted, and the reason names the column, not the engine's syntax."""
    duckdb.connect().execute(
        f"""copy (select 1740823200000000 + n as event_timestamp, 'page_view' as event_name, 'u' || n as user_pseudo_id,
            'page: cart' as event_params from range(3) as t(n)) to '{tmp_path}/events.parquet'"""
    )
    loaded = load(tmp_path / "events.parquet", "ga4")
    assert "event_params is no list of keys and values" in loaded.problem() and "syntax" not in loaded.problem()
    assert loaded.account() == (3, 0, 3)


def plain(record: dict) -> dict:
    """The params of an event as {key: value}."""
    return {param["key"]: next(iter(param["value"].values())) for param in record["event_params"]}


SHAPES = {
    "an object": plain,
    "a list of plain values": lambda record: [{"key": key, "value": value} for key, value in plain(record).items()],
    "a list as text": lambda record: json.dumps(record["event_params"]),
    "an object as text": lambda record: json.dumps(plain(record)),
    "an object of values": lambda record: {param["key"]: param["value"] for param in record["event_params"]},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_params_in_another_shape_are_the_same_params(tmp_path, shape):
    """Beside a record in BigQuery's own shape: page and session are read, and what has no column of its own is kept."""
    usual, other = event(params={"page_title": 'A "cart"'}), event(at=AT + 1_000_000, params={"page_title": 'A "cart"'})
    other["event_params"] = SHAPES[shape](other)
    loaded = load(ndjson(tmp_path / "e.ndjson", usual, other), "ga4")
    rows = loaded.rows("select session_id, url, properties from src_web_events order by occurred_at")
    assert rows[0] == rows[1] and rows[0][:2] == ("11.22.9", "https://shop.example/cart") and "cart" in rows[0][2]


def test_params_as_text_in_parquet_are_read_where_they_are_json(tmp_path):
    """A warehouse without lists; a text that is no JSON is still refused (below)."""
    path = tmp_path / "e.parquet"
    with duckdb.connect() as con:
        con.execute("create table e as select 'page_view' as event_name, $at::bigint as event_timestamp, '11.22' as user_pseudo_id, "
                    "$params as event_params", {"at": AT, "params": json.dumps(plain(event()))})  # fmt: skip
        con.execute(f"copy e to '{path}' (format parquet)")
    assert load(path, "ga4").rows("select session_id, url from src_web_events") == [
        ("11.22.9", "https://shop.example/cart")
    ]
