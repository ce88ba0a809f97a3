"""What the server says around Streamlit: health, headers, no store, a new generation while it runs."""

import shutil
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from data.build.build import build
from data.errors import UserError
from data.store.generations import Generation, current_name, open_generation
from metrics.compute.run import run
from metrics.query.query import Query
from tests.app.company import write_company
from tests.app.served import open_page, server
from ui.session import serving, source
from ui.session.memoize import once


def test_health_and_headers(address):
    """The health route answers, and every answer carries the headers Streamlit does not send."""
    with urllib.request.urlopen(address + "/health") as answer:
        assert answer.read() == b"ok"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_running_app_picks_up_a_new_generation(tmp_path: Path, browser):
    """Publish a second build with one week more while the page is open: the next run shows it."""
    sources = write_company(tmp_path)
    build(sources, None, tmp_path / "store")
    with server(tmp_path / "store") as address:
        page = browser.new_context().new_page()
        open_page(page, address + "/data")
        before = page.locator(".st-key-headline h1").inner_text()
        with (tmp_path / "help.csv").open("a") as more:
            more.write("t9999,2026-07-20T10:00:00Z,c3,payment\n")
        build(sources, None, tmp_path / "store")
        open_page(page, address + "/data")
        after = page.locator(".st-key-headline h1").inner_text()
        page.context.close()
    assert int(after.split(" ")[0].replace(",", "")) == int(before.split(" ")[0].replace(",", "")) + 1


def test_the_first_start_builds_from_the_named_sources(tmp_path: Path, browser):
    """No store yet: the server builds one from THROUGHLINE_SOURCES before it answers."""
    sources = write_company(tmp_path)
    with server(tmp_path / "fresh", THROUGHLINE_SOURCES=str(sources)) as address:
        page = browser.new_context().new_page()
        open_page(page, address + "/")
        assert "Small shop" in page.locator(".st-key-foot").inner_text()
        page.context.close()
    shutil.rmtree(tmp_path / "fresh")


def test_a_question_asked_by_many_at_once_is_answered_once():
    """Two visitors who come while the first answer is being computed wait for it; an error is nobody's answer."""
    asked, gate = [], threading.Event()

    @once(8)
    def slow(number: int) -> int:
        asked.append(number)
        gate.wait(5)
        if number < 0:
            raise ValueError
        return number * 2

    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(slow, 21) for _ in range(3)]
        gate.set()
        assert [answer.result() for answer in answers] == [42, 42, 42] and asked == [21]
    for _ in range(2):
        with pytest.raises(ValueError):
            slow(-1)
    assert asked == [21, -1, -1]


def test_an_answer_is_kept_under_the_generation_it_is_made_of():
    """Not under one looked up before: another may be published, or other rights given, while it is worked out; and nobody's cache holds one."""
    part, wide = (Generation("gen-1", Path("x"), duckdb.connect(), seen=seen) for seen in ("part", ""))

    @once(8)
    def name(question: str, seen: Generation) -> str:
        return f"{question} {source.generation().key}"

    def asked(seen: Generation) -> str:
        with source.held(seen):
            return name("q", seen)

    assert (asked(part), asked(wide), asked(part)) == ("q gen-1 part", "q gen-1", "q gen-1 part")
    assert all(isinstance(one, str) for key in name.cache for one in key)


def older(store: Path) -> None:
    """Make the current generation look like one of an older version: another model, and a column less."""
    with duckdb.connect(str(store / current_name(store))) as con:
        con.execute("update made set model = 'older'")
        con.execute("alter table visits drop column goal_reached")


def test_a_store_of_another_version_is_made_again_from_its_own_sources(tmp_path: Path, monkeypatch):
    """Not from the simulated company that may lie beside it; and where the sources are gone it serves what it can."""
    sources, store = write_company(tmp_path), tmp_path / "store"
    build(sources, None, store)
    (store / "demo").mkdir()
    (store / "demo" / "sources.toml").write_text("nothing a build could read")
    monkeypatch.chdir(tmp_path / "store")
    monkeypatch.setenv("THROUGHLINE_STORE", str(store))
    first = current_name(store)
    serving.prepare()
    assert current_name(store) == first  # made by this version: nothing to do
    older(store)
    sources.rename(tmp_path / "away.toml")
    serving.prepare()
    assert current_name(store) == first
    with pytest.raises(UserError, match="another version"):
        run(Query(("completion_rate",)), open_generation(store))
    (tmp_path / "away.toml").rename(sources)
    serving.prepare()
    assert current_name(store) != first and run(Query(("completion_rate",)), open_generation(store)).cells
