"""What the server says around Streamlit: health, headers, no store, a new generation while it runs."""

import shutil
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.app.company import write_company
from tests.app.served import open_page, server
from ui.once import once


def test_health_and_headers(address):
    """The health route answers, and every answer carries the headers Streamlit does not send."""
    with urllib.request.urlopen(address + "/health") as answer:
        assert answer.read() == b"ok"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_running_app_picks_up_a_new_generation(tmp_path: Path, browser):
    """Publish a second build with one week more while the page is open: the next run shows it."""
    from data.build import build
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
