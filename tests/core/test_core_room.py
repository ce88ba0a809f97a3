"""A full disk, too little memory: one sentence with what there is and what is needed, nothing left behind, nothing half published."""

import errno
import os
import subprocess
import sys

import duckdb
import pytest

from data import room
from data.build import build as building
from data.build.build import build
from data.errors import UserError
from data.store.generations import open_generation
from tests.core.company import ROOT, write_company

EVENTS = "occurred_at  anonymous_id  url\n2026-03-02  a  /cart\n2026-03-03  b  /cart"
# A command in an address space of so many bytes
LIMITED = """
import resource, runpy, sys
module, size = sys.argv.pop(1), int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (size, size))
runpy.run_module(module, run_name="__main__")
"""


@pytest.mark.parametrize("module, words", [("data", ["build"]), ("data", ["doctor"]), ("metrics", ["list"])])
def test_an_address_space_too_small_for_the_libraries_is_one_sentence(module, words, tmp_path):
    """A hundred megabytes: no traceback, no hang, exit code 2."""
    command = [sys.executable, "-c", LIMITED, module, str(100 << 20), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "not enough memory. Found: 100 MB for this process" in done.stderr and "at least 2.5 GB" in done.stderr


FULL = {
    "a library": OSError(errno.ENOSPC, "No space left on device"),
    "the engine": duckdb.IOException('IO Error: Could not write file "/x/generation.duckdb": No space left on device'),
    "the engine's own limit": duckdb.OutOfMemoryException("failed to offload data block (max_temp_directory_size)"),
}
SMALL = {
    "the engine": duckdb.OutOfMemoryException("Out of Memory Error: Failed to allocate block of 2097152 bytes"),
    "Python": MemoryError(),
    "a thread": RuntimeError("can't start new thread"),
}


@pytest.mark.parametrize("step", ["write_event_parts", "_copy_served", "identity.resolve"])
@pytest.mark.parametrize("what", FULL)
def test_a_disk_that_fills_in_mid_build_leaves_the_store_as_it_was(what, step, tmp_path, monkeypatch):
    """The sentence says free and needed; the folder of the build is gone, the parts are those of before, the old state serves."""
    sources, store = write_company(tmp_path, web_events=EVENTS), tmp_path / "store"
    build(sources, None, store)
    before = sorted(path.relative_to(store) for path in store.rglob("*"))

    def full(*given: object) -> None:
        raise FULL[what]

    place, _, name = step.rpartition(".")
    monkeypatch.setattr(building.identity if place else building, name, full)
    with pytest.raises(
        UserError, match="the disk of the store is full. Found: .* were free.* Allowed: at least .* free"
    ):
        build(sources, None, store)
    assert sorted(path.relative_to(store) for path in store.rglob("*")) == before
    assert open_generation(store).cursor().execute("select count(*) from visits").fetchall() == [(2,)]


@pytest.mark.parametrize("what", SMALL)
def test_too_little_memory_is_one_sentence(what, tmp_path):
    with pytest.raises(UserError, match="not enough memory"), room.told(tmp_path):
        raise SMALL[what]


def test_other_errors_stay_what_they_are(tmp_path):
    """Neither a fault of the code nor a message for the user is taken for a lack of room."""
    for error in (KeyError("disk"), UserError("no space left on device"), duckdb.BinderException("no such column")):
        with pytest.raises(type(error)) as raised, room.told(tmp_path):
            raise error
        assert raised.value is error


def test_a_file_that_met_a_full_disk_is_not_refused_as_unreadable(tmp_path, monkeypatch):
    """Left out as damaged, its records would be missing from the numbers of a store that is published all the same."""
    from data.build import load

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sources = write_company(tmp_path, web_events=EVENTS, survey_answers="survey  score\ns  9")
    monkeypatch.setattr(load, "prepare", full)
    with pytest.raises(UserError, match="the disk of the store is full"):
        build(sources, None, tmp_path / "store")


def test_the_engine_keeps_to_the_limit_of_its_container(monkeypatch):
    """Half of 1 GB and one thread; without a limit what the engine chooses."""
    with duckdb.connect() as con:
        monkeypatch.setattr(room, "limit", lambda: 1 << 30)
        room.bound(con)
        found = con.execute("select current_setting('memory_limit'), current_setting('threads')").fetchall()
        assert found == [("488.2 MiB", 1)]
