"""Parquet files of one schema are read as one: row for row and refusal for refusal what each alone gives."""

import duckdb
import pytest

from data.build import file_batches
from data.build import load as loading
from data.settings.sources import Source
from data.values.cast import Outcome
from tests.readers.loading import load
from tests.readers.test_reader_ga4 import AT, as_parquet, event

BOUGHT = {"transaction_id": "T1", "purchase_revenue": 49.5}


def days(folder) -> None:
    """Two files: a twin in the first, an event without a time and the same order again in the second."""
    as_parquet(
        folder / "day1.parquet",
        [
            event(),
            event(),
            event("purchase", AT + 5, ecommerce=BOUGHT),
            event("web_vitals", AT + 7, params={"lcp_ms": 2300}),
        ],
    )
    as_parquet(
        folder / "day2.parquet",
        [event(at=-1), event("purchase", AT + 9, ecommerce=BOUGHT), event("purchase", AT + 11, ecommerce=BOUGHT)],
    )


def landed(loaded) -> list[list[tuple]]:
    questions = (
        "select * exclude (load) from src_web_events order by file, row",
        "select * exclude (load) from src_orders",
        "select * exclude (load) from src_page_vitals",
        "select * from refusals order by file, row, reason",
        "select file, rows_in, loaded, refused, problem, notes from loads order by file",
    )
    return [loaded.rows(text) for text in questions]


def test_files_read_as_one_give_what_each_alone_gives(tmp_path, monkeypatch):
    days(tmp_path)
    files = sorted(tmp_path.glob("*.parquet"))
    assert file_batches.runs(duckdb.connect(), Source("web", "ga4", "*"), files) == [files]
    as_one = load(tmp_path, "ga4", "*.parquet")
    monkeypatch.setattr(file_batches, "MOST_ROWS", 1)  # so that none fits beside another
    alone = load(tmp_path, "ga4", "*.parquet")
    assert landed(as_one) == landed(alone)
    assert as_one.rows("select file, rows_in, loaded, refused, notes is not null from loads order by file") == [
        ("day1.parquet", 4, 4, 0, True),
        ("day2.parquet", 3, 2, 1, False),
    ]
    assert as_one.refusals()[0][:3] == (1, "bad", "occurred_at")


@pytest.mark.parametrize("content", [b"PAR1 and then nothing", b"not Parquet at all", b""])
def test_a_damaged_file_among_them_is_refused_alone(tmp_path, content):
    days(tmp_path)
    (tmp_path / "day15.parquet").write_bytes(content)
    loaded = load(tmp_path, "ga4", "*.parquet")
    assert loaded.rows("select file, loaded from loads where problem is null order by file") == [
        ("day1.parquet", 4),
        ("day2.parquet", 2),
    ]
    assert loaded.rows("select file from loads where problem is not null") == [("day15.parquet",)]


def test_a_file_without_events_among_them_is_refused_alone(tmp_path):
    days(tmp_path)
    as_parquet(tmp_path / "day3.parquet", [event() | {"event_name": None, "event_params": None}])
    loaded = load(tmp_path, "ga4", "*.parquet")
    assert loaded.rows("select file, rows_in, loaded, problem is not null from loads order by file") == [
        ("day1.parquet", 4, 4, False),
        ("day2.parquet", 3, 2, False),
        ("day3.parquet", 1, 0, True),
    ]


def test_what_is_said_of_values_is_said_of_every_file_read_with_them(tmp_path, monkeypatch):
    """A question that only a file can answer makes each be read alone."""
    days(tmp_path)
    cast = loading.cast_batch

    def noted(question):
        def cast_and_say(con, batch, stamp):
            cast(con, batch, stamp)
            return Outcome(question, ["its dates are counts of days"] if batch.table == "web_events" else [])

        return cast_and_say

    monkeypatch.setattr(loading, "cast_batch", noted(None))
    assert (
        load(tmp_path, "ga4", "*.parquet").notes().count("its dates are counts of days (in all 2 files read with it)")
        == 2
    )
    monkeypatch.setattr(loading, "cast_batch", noted("occurred_at: which?"))
    assert load(tmp_path, "ga4", "*.parquet").problem().count("occurred_at: which?") == 2
