"""A build that would make what is there already makes nothing; one that must keep to little memory makes the same."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from commands.data import main
from commands.data.build import size
from data import room
from data.build import readings, resume, unchanged
from data.build.build import build
from data.build.costs import Costs, of_last_build
from data.readers import READERS
from data.settings.sources import load_sources
from data.store import erased
from data.store.generations import building, current_name
from tests.core.company import ROOT, write_company

EVENTS = "occurred_at  anonymous_id  url\n2026-03-02T10:00  a  /cart\n2026-03-03T11:00  b  /cart"
ANSWERS = "survey  score  responded_at  customer_id  metric  scale_min  scale_max\ns  4  2026-03-02  c1  csat  1  5"


def test_only_what_changed_is_built_anew_and_little_memory_makes_the_same(tmp_path, capsys, monkeypatch):
    """In one store, one build after another; what was read of the events is kept and taken again."""
    monkeypatch.setattr(readings, "LEAST", 1)
    sources = write_company(tmp_path, web_events=EVENTS, survey_answers=ANSWERS)
    store, file = tmp_path / "store", tmp_path / "web_events.csv"

    def again(*more: str) -> str | None:
        """What serves after another build."""
        assert main(["build", "--sources", str(sources), "--store", str(store), *more]) == 0
        return current_name(store)

    first = again()
    capsys.readouterr()
    assert again() == first and f"unchanged: {first} serves on" in capsys.readouterr().out
    os.utime(file, (0, 0))
    assert again("--format", "json") == first  # another date, the same content
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["unchanged"], told["generation"], told["loaded"]) == (True, first, 3)
    assert not list(store.glob("building-*"))

    second = again("--again", "--memory", "64MB")
    assert second != first
    same, plain = _tables(store / second), _tables(store / first)
    assert same == plain and len(plain) > 30

    with duckdb.connect(str(store / second), read_only=True) as con:
        rows = dict(
            con.execute("select step, rows from costs where rows is not null or step like 'modelling %'").fetchall()
        )
        lowest = con.execute("select min(peak_mb), min(cpu_seconds), min(seconds) from costs").fetchall()[0]
    assert rows["taking what was read of web_events.csv (web_events)"] == 2
    assert (rows["modelling int_events"], rows["modelling fct_answers"], rows["modelling pop_visits"]) == (2, 1, None)
    assert lowest[0] > 10 and min(lowest) >= 0
    assert main(["doctor", "--store", str(store)]) == 0
    assert "What the build took longest for" in capsys.readouterr().out

    file.write_text(file.read_text() + file.read_text().splitlines()[-1].replace("11:00", "12:00") + "\n")
    third = again()
    assert third not in (first, second) and again() == third
    (store / third).unlink()  # what is gone is built
    assert again() not in (first, second, third)


def _tables(generation: Path) -> dict[str, list[str]]:
    """Every table but those that say when and how it was made."""
    with duckdb.connect(str(generation), read_only=True) as con:
        names = [name for (name,) in con.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        return {
            name: sorted(map(repr, con.execute(f'select * from "{name}"').fetchall()))
            for name in names
            if name not in ("costs", "made", "meta", "loads")
        }


def test_what_a_build_is_made_of(tmp_path, monkeypatch):
    """Each thing that could make another store makes another digest; where a file cannot be read there is none."""
    sources, store = write_company(tmp_path, web_events=EVENTS), tmp_path / "store"
    store.mkdir()

    def made_of() -> str | None:
        journey = tmp_path / "journey.toml"
        read = load_sources(sources, READERS)
        return unchanged.fingerprint(read, journey if journey.exists() else None, store)

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + timedelta(days=1)

    seen = [made_of()]
    assert made_of() == seen[0] is not None
    (tmp_path / "journey.toml").write_text('[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\npaths = ["/"]\n')
    seen.append(made_of())
    (tmp_path / "words").mkdir()
    monkeypatch.setenv("THROUGHLINE_WORDS", str(tmp_path / "words"))
    (tmp_path / "words" / "de.toml").write_text("version = 2")
    seen.append(made_of())
    erased.add(store, ["mark"])
    seen.append(made_of())
    monkeypatch.setenv("THROUGHLINE_SALT", "another")
    seen.append(made_of())
    sources.write_text(sources.read_text() + "\n[retention]\nanswers_days = 36000\n")
    seen.append(made_of())
    monkeypatch.setattr(unchanged, "datetime", Tomorrow)  # what is kept goes by the day
    seen.append(made_of())
    assert len(set(seen)) == len(seen) and None not in seen
    (tmp_path / "web_events.csv").unlink()
    assert made_of() is None


def test_the_time_left_is_what_the_last_build_took_for_the_steps_to_come(tmp_path):
    said: list[str] = []
    costs = Costs(said.append, {"reading a": 60.0, "modelling b": 30.0, "gone": 10.0})
    for step in ("reading a", "a new step", "modelling b", "publishing"):
        costs(step)
    costs.stop()
    assert said == [
        "reading a (about 2 min left)",
        "a new step (about 40 s left)",
        "modelling b (about 40 s left)",
        "publishing (about 10 s left)",
    ]
    assert of_last_build(tmp_path) == {}


@pytest.mark.parametrize(
    "machine, limit, wanted, held",
    [
        (16 << 30, None, None, 4 << 30),
        (2 << 30, None, None, 1 << 30),
        (16 << 30, None, 3 << 30, 3 << 30),
        (16 << 30, 2 << 30, 3 << 30, 1 << 30),
        (16 << 30, 1 << 30, None, 1 << 29),
    ],
)
def test_a_build_holds_a_quarter_of_the_machine_unless_told(monkeypatch, machine, limit, wanted, held):
    """At least 1 GB, and never more than half of what the process may have."""
    monkeypatch.setattr(room.os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": machine // 4096}.__getitem__)
    monkeypatch.setattr(room, "limit", lambda: limit)
    assert room.for_build(wanted) == held


def test_a_size_is_a_number_with_its_unit():
    assert (size("2GB"), size("1.5 gb"), size("800M")) == (2 << 30, 3 << 29, 800 << 20)
    for wrong in ("2", "lots", "1MB", "-2GB"):
        with pytest.raises(argparse.ArgumentTypeError, match="is not a size"):
            size(wrong)


# Builds in processes of their own, each killed as the step begins that is named; what each said before it
KILLED = """
import json, os, signal, sys
from pathlib import Path
from data.build import resume
from data.build.build import build

resume.LOST = 0.0  # each step is made sure as it ends
sources, store, steps = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
for last in steps:
    if os.fork() == 0:
        def die(step):
            print(json.dumps([last, step]), flush=True)
            if step.startswith(last):
                os.kill(os.getpid(), signal.SIGKILL)
        build(sources, None, store, die, again=False)
        os._exit(0)
    os.wait()
"""


def test_a_killed_build_is_gone_on_with_where_it_was(tmp_path, monkeypatch):
    """Killed while reading, in the model, and while publishing: each goes on after the steps that were done; the end is value for value a plain
    build. Other settings, or a machine that was started anew, begin from nothing."""
    monkeypatch.setenv("THROUGHLINE_SALT", "one salt")
    sources, store = write_company(tmp_path, web_events=EVENTS, survey_answers=ANSWERS), tmp_path / "store"
    points = ["reading survey_answers", "modelling int_orders", "asking what", "publishing"]
    command = [sys.executable, "-c", KILLED, str(sources), str(store), *points]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said: dict[str, list[str]] = {point: [] for point in points}
    for line in done.stdout.splitlines():
        point, step = json.loads(line)
        said[point].append(step)
    assert [steps[-1].startswith(point) for point, steps in said.items()] == [True] * 4
    assert said[points[1]][0].startswith("reading web_events")  # what had not read everything begins anew
    assert said[points[2]][0].startswith("modelling int_orders") and said[points[3]][:2] == [
        "checking",
        "asking what is implausible",
    ]
    assert len(list(store.glob("building-*"))) == 1 and current_name(store) is None

    monkeypatch.setattr(resume, "BOOT", tmp_path / "boot")  # this machine was started anew: kept for the end
    (tmp_path / "boot").write_text("another")
    (killed,) = store.glob("building-*")
    other = tmp_path / "other"
    shutil.copytree(store, other)
    steps: list[str] = []
    assert build(sources, None, other, steps.append, again=False).generation and steps[0].startswith(
        "reading web_events"
    )
    monkeypatch.undo()
    monkeypatch.setenv("THROUGHLINE_SALT", "one salt")
    steps.clear()
    summary = build(sources, None, store, steps.append, again=False)
    assert steps == ["checking", "publishing"] and summary.loaded == 3 and not killed.exists()
    assert [file["file"] for file in summary.files] == ["web_events.csv", "survey_answers.csv"]
    assert _tables(store / str(summary.generation)) == _tables(other / str(current_name(other)))
    with duckdb.connect(str(store / str(summary.generation)), read_only=True) as con:
        told = [step for (step,) in con.execute("select step from costs order by place").fetchall()]
    assert len(told) == len(set(told)) and {
        "reading web_events.csv (web_events)",
        "modelling int_orders",
        "publishing",
    } <= set(told)
    assert unchanged.still_serves(store, unchanged.fingerprint(load_sources(sources, READERS), None, store))


def test_damaged_work_of_a_killed_build_is_left_and_all_is_done_anew(tmp_path):
    """Of another make, half there, or cut: an empty database to work in, and nothing of the old one."""
    (store := tmp_path / "store").mkdir()
    for place, (sign, content) in enumerate([("m", b"no database"), ("other", b"of another make"), ("m", None)]):
        with building(store) as scratch:
            (dead := store / f"building-{place}-1").mkdir()
            (dead / "lock").touch()
            (dead / resume.SIGN).write_text(f"{sign} {resume.BOOT.read_text().strip()}")
            (dead / (resume.WORK if content else f"{resume.WORK}.wal")).write_bytes(content or b"what was written")
            with resume.open_work(store, scratch, "m", True) as con:
                assert con.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]
            assert dead.exists() == (sign == "other")
            with resume.open_work(store, scratch, None, True) as con:
                con.execute("create table t as select 1")
            assert "m" in (scratch / resume.SIGN).read_text()


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path):
    """So that the next build does it whole."""
    costs = Costs(lambda text: None, {})
    with duckdb.connect() as con:
        steps = resume.Steps(con, costs)
        with pytest.raises(duckdb.Error):
            steps("one", lambda: con.execute("create table a as select 1; select no_such_column from a"))
        steps("two", lambda: con.execute("create table b as select 1"))
        steps.make_sure()
        assert [name for (name,) in con.execute("select table_name from duckdb_tables() order by 1").fetchall()] == [
            "b",
            "done",
        ]
        assert ("one" in resume.Steps(con, costs), "two" in resume.Steps(con, costs)) == (False, True)
    costs.stop()
