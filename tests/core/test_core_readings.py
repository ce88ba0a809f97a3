"""Files of events that are as they were are not read again; what stands in the landing tables is the same to the last value."""

import hashlib
import json
import os
import stat
from pathlib import Path

import duckdb
import pytest

from data.build import readings
from data.build.costs import READING, TAKING, Costs
from data.build.load import create_tables, load_sources
from data.build.readings import Readings
from data.build.unchanged import Digests
from data.contract import contract
from data.readers import READERS
from data.settings.sources import load_sources as settings
from data.store import erased
from data.store.generations import salt
from data.store.names import READINGS
from tests.core.company import SETTINGS, block, table, write_company

MONDAY = table("event_id  occurred_at  anonymous_id  url\n1  2026-03-02T10:00  a  /cart\n2  yesterday  b  /cart")
TUESDAY = table(
    "event_id  occurred_at  anonymous_id  url\n3  2026-03-03T10:00  a  /pay?x=1\n3  2026-03-03T10:00  a  /pay?x=1"
)
ANSWERS = "survey  score  responded_at  customer_id  metric  scale_min  scale_max  comment\ns  4  2026-03-02  c1  csat  1  5  fine"
SOURCES = (
    block("web", "web/*.csv", "web_events") + '\n[[source]]\nname = "shop"\nreader = "ga4"\npath = "ga4/*.parquet"\n'
)


@pytest.fixture
def company(tmp_path, monkeypatch):
    """sources.toml of two days of events as CSV, two as a GA4 export, and an answer; any number of records is worth keeping."""
    monkeypatch.setattr(readings, "LEAST", 1)
    for folder in ("web", "ga4", "store"):
        (tmp_path / folder).mkdir()
    write_ga4(tmp_path / "ga4" / "1.parquet", "2026-03-02", "page_view", "purchase")
    write_ga4(tmp_path / "ga4" / "2.parquet", "2026-03-03", "web_vitals", "page_view")
    files = {"web/mon.csv": MONDAY, "web/tue.csv": TUESDAY}
    return write_company(tmp_path, sources=SOURCES, files=files, survey_answers=ANSWERS)


def write_ga4(file: Path, day: str, *events: str) -> None:
    """A GA4 export of a visitor's events of a day, each with its page."""
    with duckdb.connect() as con:
        con.execute(
            "copy (select epoch_us($day::timestamp) + n * 1000000 as event_timestamp, event as event_name, 'v' as user_pseudo_id, "
            "[{'key': 'page_location', 'value': {'string_value': '/p' || n}}, {'key': 'lcp_ms', 'value': {'string_value': '1200.5'}}] as event_params, "
            "{'transaction_id': 'o' || n, 'purchase_revenue': 12.5} as ecommerce "
            f"from (select unnest($events) as event, unnest(range(len($events))) as n)) to '{file}' (format parquet)",
            {"day": day, "events": list(events)},
        )


def load(sources: Path, keeping: bool = True) -> tuple[dict[str, list[str]], list[str], list[int]]:
    """The landing tables after a load, the steps that put files into them, and the records of each."""
    store, said, counted = sources.parent / "store", [], []
    read = settings(sources, READERS)
    scratch = sources.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        create_tables(con)
        kept = Readings(store, scratch, read, Digests()) if keeping else None
        load_sources(con, read, scratch, salt(store), said.append, erased.marks(store), kept, counted.append)
        if kept:
            kept.sweep()
        names = [f"src_{name}" for name in contract().tables] + ["refusals", "remarks", "loads"]
        found = {
            name: sorted(map(repr, con.execute(f"select columns(lambda c: c <> 'load') from {name}").fetchall()))
            for name in names
        }
    assert not any(scratch.iterdir())
    return found, [step for step in said if step.startswith((READING, TAKING))], counted


def kept_by(sources: Path) -> list[str]:
    folder = sources.parent / "store" / READINGS
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_only_files_of_events_that_changed_are_read_again(company):
    plain, steps, counted = load(company, keeping=False)
    assert (len(plain["src_web_events"]), len(plain["src_orders"]), len(plain["src_page_vitals"])) == (5, 1, 1)
    assert counted == [1, 2, 2, 4] and (len(plain["refusals"]), len(plain["src_survey_answers"])) == (2, 1)
    first = load(company)
    again = load(company)
    assert first[0] == again[0] == plain
    assert first[1] == steps and counted == first[2] == again[2]
    what = ["web/mon.csv (web)", "web/tue.csv (web)", "ga4/1.parquet to ga4/2.parquet (shop)"]
    assert again[1] == [f"{READING}survey_answers.csv (survey_answers)", *(TAKING + name for name in what)]

    (company.parent / "web" / "tue.csv").write_text(TUESDAY + "4,2026-03-03T11:00,b,/pay\n")
    os.utime(company.parent / "web" / "mon.csv", (0, 0))  # another date, the same content
    (company.parent / "web" / "wed.csv").write_text(MONDAY.replace("2026-03-02", "2026-03-04"))
    changed = load(company)
    assert [step.startswith(TAKING) for step in changed[1]] == [False, True, False, False, True]
    assert changed[0] == load(company, keeping=False)[0] != plain
    before = kept_by(company)
    (company.parent / "web" / "wed.csv").unlink()
    load(company)
    assert len(kept_by(company)) == 3 < len(before)  # with its file a reading goes


def test_what_could_be_read_otherwise_is_read_again(company, monkeypatch):
    """Another zone of the company, another setting of the source, another salt; the rules of a journey change nothing of it."""

    def taken() -> list[bool]:
        return [step.startswith(TAKING) for step in load(company)[1]]

    assert taken() == [False] * 4
    (company.parent / "journey.toml").write_text(
        '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\npaths = ["/"]\n'
    )
    assert taken() == [False, True, True, True]
    company.write_text(
        company.read_text().replace('path = "web/*.csv"', 'path = "web/*.csv"\ntimezone = "Europe/Berlin"')
    )
    assert taken() == [False, False, False, True]
    assert load(company)[0] == load(company, keeping=False)[0]
    company.write_text(company.read_text().replace(SETTINGS, SETTINGS.replace("UTC", "Asia/Tokyo")))
    assert taken() == [False] * 4
    monkeypatch.setenv("THROUGHLINE_SALT", "another")
    assert taken() == [False] * 4


def test_a_damaged_reading_is_read_again_and_one_of_a_load_that_died_serves_the_next(company, monkeypatch):
    def dies(*given: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr("data.build.load.settle", dies)
        load(company)
    plain = load(company, keeping=False)[0]
    kept = company.parent / "store" / READINGS
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700 and len(kept_by(company)) == 3
    found = load(company)
    assert found[0] == plain and [step.startswith(TAKING) for step in found[1]] == [False, True, True, True]
    for place, file in enumerate(sorted(kept.glob("*/src_web_events.parquet"))):
        if place == 0:
            os.truncate(file, 40)
        elif place == 1:  # sound as Parquet, and yet not what was written
            con = duckdb.connect()
            con.execute(f"copy (select * from read_parquet('{file}') limit 0) to '{file}.new' (format parquet)")
            os.replace(f"{file}.new", file)
        else:
            file.unlink()
    assert load(company)[0] == plain
    for account in kept.glob("*/read.json"):  # neither is one whose account names another table
        told = json.loads(account.read_text())
        told["tables"]["src_people"] = told["tables"].pop("src_web_events")
        account.write_text(json.dumps(told))
    assert load(company)[0] == plain
    assert load(company)[0] == plain and len(kept_by(company)) == 3


def test_what_may_not_stay_is_not_kept(company, monkeypatch):
    """Files with records of who was erased, with records older than they are kept, with what people wrote, beyond the room given, and small ones."""
    store = company.parent / "store"
    load(company)
    assert len(kept_by(company)) == 3
    erased.add(store, [erased.mark(salt(store), "anonymous_id", "b")])
    (company.parent / "web" / "mon.csv").write_text(MONDAY.replace("yesterday", "2026-03-02T11:00"))
    assert load(company)[0] == load(company, keeping=False)[0]
    assert len(kept_by(company)) == 2  # of Tuesday and of GA4
    (company.parent / "web" / "tue.csv").write_text(TUESDAY.replace("a,/pay", "b,/pay"))
    assert load(company)[0] == load(company, keeping=False)[0] and len(kept_by(company)) == 1

    company.write_text(company.read_text() + "\n[retention]\nevents_days = 1\n")
    assert load(company)[0] == load(company, keeping=False)[0] and kept_by(company) == []
    assert not (store / READINGS).exists()
    company.write_text(company.read_text().replace("[retention]\nevents_days = 1", "[limits]\nkept_mb = 0.0001"))
    load(company)
    assert kept_by(company) == []
    company.write_text(company.read_text().replace("kept_mb = 0.0001", "kept_mb = 1"))
    monkeypatch.setattr(readings, "LEAST", 3)
    load(company)
    assert len(kept_by(company)) == 1


def test_a_file_that_is_written_while_it_is_read_is_not_kept(company, monkeypatch):
    """Its digest is that of what was there before, and would name what is not in it."""
    monday, write = company.parent / "web" / "mon.csv", readings._write

    def meanwhile(*given):
        monday.write_text(MONDAY + "9,2026-03-02T12:00,c,/cart\n")
        return write(*given)

    monkeypatch.setattr(readings, "_write", meanwhile)
    load(company)
    monkeypatch.setattr(readings, "_write", write)
    monday.write_text(MONDAY)
    assert hashlib.sha256(monday.read_bytes()).hexdigest() == Digests().of(monday)
    assert load(company)[1][1].startswith(READING)


def test_the_time_that_taking_saves_is_not_waited_for():
    said: list[str] = []
    costs = Costs(said.append, {"reading a": 60.0, "modelling b": 30.0})
    for step in ("taking what was read of a", "modelling b"):
        costs(step)
    costs.stop()
    assert said == ["taking what was read of a (about 2 min left)", "modelling b (about 30 s left)"]
