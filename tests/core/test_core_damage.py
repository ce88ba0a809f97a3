"""A store that somebody or something damaged: the last good state serves and says so, to readers that run and to ones that start."""

import os
import shutil
from pathlib import Path

import pytest

from commands.data import main as data_main
from commands.metrics import main as metrics_main
from data.build.build import build
from data.store.generations import Store, asking, current_name, open_generation
from data.store.sound import Damaged, fault_of, is_damage
from tests.core.company import write_company
from ui.session import source

DAYS = "occurred_at  anonymous_id  url\n" + "\n".join(f"2026-03-{day:02}  a{day}  /cart" for day in range(1, 11))


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A store of two states: ten visits in March, then an eleventh in April."""
    folder = tmp_path_factory.mktemp("two")
    for more in ("", "\n2026-04-20  new  /cart"):
        build(write_company(folder, web_events=DAYS + more), None, folder / "store")
    return folder


@pytest.fixture
def store(two, tmp_path):
    """A copy to damage."""
    return Path(shutil.copytree(two / "store", tmp_path / "store"))


def newest(store: Path) -> Path:
    return store / current_name(store)


def write(path: Path, at: float, share: float) -> None:
    """Zeros over a share of a file."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(int(at * size))
        file.write(bytes(int(share * size)))


ACTS = {
    "cut to half": lambda store: os.truncate(newest(store), newest(store).stat().st_size // 2),
    "cut to nothing": lambda store: os.truncate(newest(store), 0),
    "zeroed": lambda store: write(newest(store), 0, 1),
    "its end zeroed": lambda store: write(newest(store), 0.5, 0.5),
    "gone": lambda store: newest(store).unlink(),
    "April's events gone": lambda store: next((store / "parts").glob("events-2026-04-*")).unlink(),
    "April's events cut": lambda store: os.truncate(next((store / "parts").glob("events-2026-04-*")), 40),
}
POINTERS = {
    "no text": lambda store: (store / "CURRENT").write_bytes(b"\xff\xfe\x00"),
    "no generation": lambda store: (store / "CURRENT").write_text("latest"),
    "empty": lambda store: (store / "CURRENT").write_text(""),
    "gone": lambda store: (store / "CURRENT").unlink(),
    "a folder": lambda store: [(store / "CURRENT").unlink(), (store / "CURRENT").mkdir()],
}


def visits(generation) -> int:
    """Visits, and events in parts: equal in a whole generation."""
    (counted,) = generation.cursor().execute("select count(*) from visits").fetchall()
    assert generation.cursor_with("events").execute("select count(*) from events").fetchall() == [counted]
    return counted[0]


@pytest.mark.parametrize("act", ACTS)
def test_a_damaged_generation_gives_way_to_the_last_good_one(act, store, two, monkeypatch, capsys):
    """Ten visits instead of eleven, said by a reader that runs, one that starts, the health route and each command; the next
    build heals it."""
    running = Store(store)
    assert visits(running.generation()) == 11
    ACTS[act](store)
    found = running.generation()
    kept = act == "gone"  # the process still has the file that left the disk
    assert (visits(found), found.name == current_name(store)) == ((11, True) if kept else (10, False))
    assert ("gone from the disk" if kept else "an earlier state serves") in found.trouble
    assert running.generation() is found
    fresh = asking(store, lambda generation: (visits(generation), generation.trouble), lambda text: None)
    assert fresh[0] == 10 and "an earlier state serves" in fresh[1]
    monkeypatch.setattr(source, "store", lambda: running)
    assert source.health() == (f"degraded: {found.trouble}", 200)
    assert data_main(["doctor", "--store", str(store)]) == 0
    assert metrics_main(["show", "completion_rate", "--all", "--store", str(store)]) == 0
    said = capsys.readouterr()
    assert "Traceback" not in said.err and "! The newest data cannot be read" in said.out
    assert said.err.count("note: The newest data cannot be read") >= 2 and str(store) not in said.err
    assert build(two / "sources.toml", None, store).generation
    assert (
        visits(running.generation()) == 11 and running.generation().trouble is None and source.health() == ("ok", 200)
    )


@pytest.mark.parametrize("act", POINTERS)
def test_a_pointer_that_cannot_be_read_leaves_the_newest_generation_serving(act, store, two):
    """Eleven visits, running and fresh, with the sentence that the pointer does not say which is the newest."""
    running = Store(store)
    before = running.generation().name
    POINTERS[act](store)
    for generation in (running.generation(), open_generation(store)):
        assert (generation.name, visits(generation)) == (before, 11)
        assert "does not say which of its states is the newest" in generation.trouble
    assert build(two / "sources.toml", None, store).generation
    assert running.generation().trouble is None


def test_where_nothing_can_be_read_each_command_says_so_in_one_sentence(store, monkeypatch, capsys):
    """Both generations zeroed: exit code 2 and one line; the health route says 503; nothing is taken for a store not yet made."""
    running = Store(store)
    monkeypatch.setattr(source, "store", lambda: running)
    for path in store.glob("gen-*"):
        write(path, 0, 1)
    for command in (data_main, metrics_main):
        words = ["doctor"] if command is data_main else ["show", "nps_relationship"]
        assert command([*words, "--store", str(store)]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and "nothing of this store can be read" in said and "data build" in said
    assert source.health() == ("nothing of the store can be read", 503)


def test_damage_that_shows_only_when_it_is_read_leads_to_the_last_good_state(store):
    """Tables overwritten while the size and time stay as they were: the error of the question is told from other errors, and the
    reader is elsewhere when it asks again. Where the store is whole nothing is left for an error's sake."""
    running = Store(store)
    path = newest(store)
    before = path.stat()
    write(path, 0.2, 0.5)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert fault_of(path) is None and fault_of(path, thorough=True).kind == "tables"
    opened = open_generation(store)
    with pytest.raises(Exception) as raised:
        for (table,) in opened.cursor().execute("select table_name from duckdb_tables()").fetchall():
            opened.cursor().execute(f'select bit_xor(hash(t)) from "{table}" t').fetchall()
    assert is_damage(raised.value)
    assert not running.distrust(ValueError("no such file of checksums")) and running.distrust(raised.value)
    assert visits(running.generation()) == 10
    assert not running.distrust(raised.value)  # it is elsewhere already


def test_parts_missing_from_every_generation_leave_the_tables_serving(store):
    """March's events gone: no generation is whole, so the newest serves what its tables answer and says what it cannot."""
    next((store / "parts").glob("events-2026-03-*")).unlink()
    generation = Store(store).generation()
    assert (
        generation.name == current_name(store) and "what needs single events cannot be answered" in generation.trouble
    )
    assert generation.cursor().execute("select count(*) from visits").fetchall() == [(11,)]
    with pytest.raises(Exception) as raised:
        generation.cursor_with("events").execute("select count(*) from events").fetchall()
    assert is_damage(raised.value)
    assert is_damage(Damaged("x"))
