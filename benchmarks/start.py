"""python -m benchmarks start: how long somebody waits for the first screen, at the first start and at later ones.

A server of its own and a real browser that is already open. The first start has an empty store, so it makes the simulated
company and builds it; installing is not in it.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.errors import UserError
from data.sqlfile import ROOT
from exports.image.browser import find_browser

LONGEST = 600  # seconds until a start is given up
SCREEN = ".st-key-foot"  # the Overview stands once its footer does


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the server to its health and to the whole Overview in the browser."""

    what: str
    healthy: float
    screen: float


def measure(later: int, say: Callable[[str], None], store: Path | None = None) -> list[Start]:
    """A first start and `later` more on what it made; with `store`, later starts on that store only. Raises UserError where
    no browser can be driven or no start comes to its end."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise UserError(
            "this needs a browser to drive", where="start", fix="pip install -r requirements-dev.txt"
        ) from None
    with tempfile.TemporaryDirectory(prefix="start-") as made, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto("about:blank")
        names = ([] if store else ["first start"]) + [f"later start {place}" for place in range(1, later + 1)]
        found = []
        for name in names:
            say(name)
            found.append(_start(name, page, store or Path(made) / "store"))
        browser.close()
    return found


def _start(what: str, page, store: Path) -> Start:
    with _served(store) as (address, begun, process):
        while not _healthy(address):
            if process.poll() is not None or time.monotonic() - begun > LONGEST:
                raise UserError("the server did not become healthy", where=what, found=f"exit code {process.poll()}")
            time.sleep(0.1)
        healthy = time.monotonic() - begun
        page.goto(address)
        page.wait_for_selector(SCREEN, timeout=LONGEST * 1000)
        return Start(what, healthy, time.monotonic() - begun)


@contextmanager
def _served(store: Path) -> Iterator[tuple[str, float, subprocess.Popen]]:
    """`streamlit run app.py` on a free port of this machine, ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env=os.environ | {"THROUGHLINE_STORE": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}", begun, process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + "/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
