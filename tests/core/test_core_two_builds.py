"""Two builds in one store, whatever number each one's process has: a living one is never swept, a dead one always."""

import os
import subprocess
import sys

import pytest

from data.build.build import build
from data.errors import UserError
from data.store import locks
from data.store.generations import building, open_generation
from data.store.sweep import dead
from tests.core.company import ROOT, write_company

EVENTS = "occurred_at  anonymous_id  url\n2026-03-02  a  /cart\n2026-03-03  b  /cart"
# A build that waits in its folder, and says which it is
WAITING = """
import sys
from pathlib import Path
from data.store.generations import building
with building(Path(sys.argv[1])) as folder:
    (folder / "spill").write_text("half done")
    print(folder.name, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def company(tmp_path):
    """sources.toml of two visits, and the store beside it."""
    return write_company(tmp_path, web_events=EVENTS), tmp_path / "store"


def test_a_living_build_keeps_its_folder_and_a_killed_one_loses_it(company):
    """Another build publishes beside one that works: nothing of it is touched. Killed -9, it is gone after the next."""
    sources, store = company
    command = [sys.executable, "-c", WAITING, str(store)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        folder = store / other.stdout.readline().strip()
        assert build(sources, None, store).generation
        assert (folder / "spill").read_text() == "half done" and not dead(folder)
        other.kill()
        other.wait()
        assert dead(folder)
        assert build(sources, None, store).generation
        assert not list(store.glob("building-*"))


def test_who_is_dead_is_told_by_the_lock_and_not_by_a_process_number(company):
    """A folder that names a number some living process has: swept, for nobody holds its lock. One without a lock of an older
    version: kept for a day, since nothing tells whether its build lives; an empty one never got so far."""
    sources, store = company
    (reused := store / f"building-1-{os.getpid()}").mkdir(parents=True)
    (reused / locks.FILE).touch()
    (older := store / f"building-2-{os.getpid()}").mkdir()
    (older / "generation.duckdb").touch()
    (empty := store / "building-3-1").mkdir()
    assert [dead(folder) for folder in (reused, older, empty)] == [True, False, True]
    assert build(sources, None, store).generation
    assert [folder.exists() for folder in (reused, older, empty)] == [False, True, False]
    os.utime(older, (0, 0))
    assert dead(older)


def test_what_a_running_build_has_written_is_not_among_the_parts_until_it_is_published(company):
    """A build that ends in an error leaves neither a folder nor a part behind, and the store serves as before."""
    sources, store = company
    build(sources, None, store)
    before = sorted(path.name for path in (store / "parts").iterdir())
    with pytest.raises(ZeroDivisionError), building(store) as folder:
        (folder / "parts").mkdir()
        (folder / "parts" / "events-2026-04-0.parquet").write_text("half a part")
        raise ZeroDivisionError
    assert sorted(path.name for path in (store / "parts").iterdir()) == before
    assert not list(store.glob("building-*"))
    assert open_generation(store).trouble is None


def test_a_store_another_process_holds_is_waited_for_and_then_said(tmp_path):
    """A process that stopped while it held the store ends the waiting in one sentence, not in a build that hangs."""
    with locks.alone(tmp_path), pytest.raises(UserError, match="another process has held this store"):
        with locks.alone(tmp_path, patience=0.05):
            pass
