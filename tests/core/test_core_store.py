"""Generations: published whole, picked up while running, kept few, opened without any reach beyond themselves."""

import gc
import os
import random
import subprocess
import sys
import threading
import time
import weakref
from datetime import date

import duckdb
import pytest

from data.build.build import build
from data.store.generations import Store, current_name, open_generation, salt
from metrics.analyses.verdicts import with_verdicts
from metrics.compute.run import run
from metrics.query.query import Grant, Query, Rights
from metrics.rules.access import seen
from tests.core.company import ROOT, build_company, write_company

EVENTS = "occurred_at  anonymous_id  url\n" + "\n".join(f"2026-03-{day:02}  a{day}  /cart" for day in range(1, 11))
KILLS, LATE_SECONDS = 100, 30  # on a busy machine the late kills stop after so many seconds


def counts(store: Store) -> tuple[int, int]:
    """What a reader sees of one generation: visits, and events in its parts. They are equal in every whole one."""
    generation = store.generation()
    visits = generation.cursor().execute("select count(*) from visits").fetchone()[0]
    return visits, generation.cursor_with("events").execute("select count(*) from events").fetchone()[0]


def test_a_hundred_kills_and_no_torn_read(tmp_path):
    """A build is killed -9 a hundred times at random moments, from its first line to past its last, while a reader reads.

    Every read sees ten visits and ten events; the store always serves; the next build sweeps what the dead ones left.
    """
    company = build_company(tmp_path, web_events=EVENTS)
    folder, seen, stop = tmp_path / "store", set(), threading.Event()

    def read() -> None:
        reader = Store(folder)
        while not stop.is_set():
            seen.add(counts(reader))
            time.sleep(0.03)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        published = kill_builds(tmp_path, folder)
    finally:
        stop.set()
        thread.join()
    assert seen == {(10, 10)}
    assert 1 <= published < KILLS
    build(tmp_path / "sources.toml", None, folder)
    names = sorted(path.name for path in folder.iterdir())
    assert [name for name in names if not name.startswith("gen-")] == ["CURRENT", "lock", "parts", "salt"]
    assert len(names) - 4 <= 3
    assert {path.name for path in (folder / "parts").iterdir()} == {
        path.name for path in company.store.generation().parts("events")
    }


def kill_builds(folder, store) -> int:
    """Start and kill builds; how many published before they were killed. The server imports once and forks each build."""
    names, moments = {current_name(store)}, random.Random(7)
    command = [sys.executable, "-c", SERVER, str(folder / "sources.toml"), str(store)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        whole = float(server.stdout.readline())
        started = time.monotonic()
        for number in range(KILLS):
            late = number % 4 == 0 and time.monotonic() - started < LATE_SECONDS
            server.stdin.write(f"{moments.uniform(0.3, 1.1) * whole if late else moments.uniform(0, 0.3) * whole}\n")
            server.stdin.flush()
            assert server.stdout.readline().strip() == "killed"
            names.add(current_name(store))
            assert open_generation(store).cursor().execute("select count(*) from visits").fetchone() == (10,)
    return len(names) - 1


# Imports once, then forks a build for each line it reads and kills it after as many seconds as the line says.
SERVER = """
import os, signal, sys, time
from pathlib import Path
from data.build.build import build
sources, store = map(Path, sys.argv[1:])
def child():
    process = os.fork()
    if not process:
        build(sources, None, store)
        os._exit(0)
    return process
start = time.time()
os.waitpid(child(), 0)
print(time.time() - start, flush=True)
for line in sys.stdin:
    process = child()
    time.sleep(float(line))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    print("killed", flush=True)
"""


def test_a_running_reader_picks_up_a_new_generation(tmp_path):
    """The same object serves the old generation until the pointer moves, then the new one; never a mix. The old one is closed with its last
    reader, whatever was asked of it and by whom: what is kept of its answers holds no engine."""
    company = build_company(tmp_path, web_events=EVENTS)
    before = company.store.generation()
    assert company.store.generation() is before
    for rights in (Rights(), Rights(grants=(Grant(stages=("Buy",)),))):
        asked = Query(
            ("completion_rate",), start=date(2026, 3, 2), end=date(2026, 3, 8), compare="previous", rights=rights
        )
        with_verdicts(run(asked, before), seen(before, rights))
    part = weakref.ref(seen(before, rights).connection)
    write_company(tmp_path, web_events=EVENTS + "\n2026-03-20  new  /cart")
    build(tmp_path / "sources.toml", None, tmp_path / "store")
    assert before.cursor().execute("select count(*) from visits").fetchone() == (10,)
    assert counts(company.store) == (11, 11)
    old = weakref.ref(before.connection)
    assert old() and part()
    del before
    gc.collect()
    assert not old() and not part()


def test_a_build_that_fails_leaves_the_old_generation_serving(tmp_path):
    """All files gone: nothing is published, ten visits still serve, and no working folder is left."""
    company = build_company(tmp_path, web_events=EVENTS)
    (tmp_path / "web_events.csv").unlink()
    assert build(tmp_path / "sources.toml", None, tmp_path / "store").generation is None
    assert counts(company.store) == (10, 10)
    assert not list((tmp_path / "store").glob("building-*"))


def test_at_most_three_generations_and_only_their_parts_are_kept(tmp_path):
    """Five builds, each with another day: three generations, and the parts they name."""
    for day in range(1, 6):
        company = build_company(tmp_path, web_events=EVENTS + f"\n2026-0{day}-20  new  /cart")
    folder = tmp_path / "store"
    kept = sorted(folder.glob("gen-*.duckdb"))
    assert len(kept) == 3
    named = set()
    for path in kept:
        with duckdb.connect(str(path), read_only=True) as con:
            named |= {part for (part,) in con.execute("select part from parts").fetchall()}
    assert {path.name for path in (folder / "parts").iterdir()} == named
    assert company.value("select count(*) from visits") == 11


def test_a_foreign_file_among_the_generations_does_not_stop_a_build(tmp_path):
    """A torn copy somebody put there is no generation; the build publishes all the same."""
    build_company(tmp_path, web_events=EVENTS)
    (tmp_path / "store" / "gen-1.duckdb").write_bytes(b"torn")
    assert build(tmp_path / "sources.toml", None, tmp_path / "store").generation


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A generation as views and the command line open it."""
    return build_company(tmp_path_factory.mktemp("opened"), web_events=EVENTS).store.generation()


FORBIDDEN = {
    "read text": "select * from read_text('/etc/hostname')",
    "read csv": "select * from read_csv('/etc/hostname')",
    "list files": "select * from glob('/etc/*')",
    "read the salt": "select * from read_text('{store}/salt')",
    "write": "copy (select 1) to '{store}/x.csv'",
    "write a part": "copy (select 1 as a) to '{store}/parts/x.parquet'",
    "export": "export database '{store}/parts'",
    "attach": "attach '{store}/other.duckdb'",
    "install": "install httpfs",
    "load": "load httpfs",
    "create": "create table t as select 1",
    "change": "delete from visits",
    "unlock": "set enable_external_access = true",
    "allow": "set allowed_directories = ['/']",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_opened_connection_reaches_nothing_beyond_its_generation(opened, what):
    """No statement reads or writes a file, changes the data or undoes this."""
    before = sorted(os.listdir(opened.path.parent / "parts"))
    with pytest.raises(duckdb.Error):
        opened.cursor().execute(FORBIDDEN[what].format(store=opened.path.parent))
    assert sorted(os.listdir(opened.path.parent / "parts")) == before


def test_a_store_without_events_still_has_the_table_of_events(company):
    """Answers only: events is an empty table, not a missing one."""
    built = company(survey_answers="survey  score\ns  9")
    assert built.store.generation().cursor_with("events").execute(
        "select count(*), min(url) from events"
    ).fetchall() == [(0, None)]


def test_the_salt_is_written_whole_and_only_the_owner_reads_it(tmp_path):
    """One salt a store: 64 hexadecimal characters, mode 600, the same for every build."""
    first = salt(tmp_path)
    assert (len(first), salt(tmp_path)) == (64, first)
    assert (tmp_path / "salt").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "salt"]
