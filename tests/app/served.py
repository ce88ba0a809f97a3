"""A real server on a real store, and a real browser: helpers of the app's tests."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[2]
READY = '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'
QUIET = 250  # ms without a new run: the page has come to rest
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")


def browser_path() -> str:
    """The installed Chromium; without one the tests fail, they are not skipped."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert found, "no Chromium is installed: apt-get install --no-install-recommends chromium-headless-shell"
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(store: Path, port: int | None = None, ready: str = "/health", **environment: str):
    """A fresh `streamlit run app.py` on 127.0.0.1, once `ready` answers; yields its address, ends the process it started."""
    port = port or free_port()
    env = os.environ | {"THROUGHLINE_STORE": str(store)} | environment
    with tempfile.TemporaryFile(
        "w+", encoding="utf-8"
    ) as said:  # a file: a pipe that nobody reads stops the server once it is full
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env=env,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_healthy(address, process, said, ready)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_until_healthy(
    address: str, process: subprocess.Popen, said: TextIO, ready: str = "/health", seconds: float = 90
) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, said.seek(0) or said.read()
        try:
            with urllib.request.urlopen(address + ready, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not become healthy")


def open_page(page, address: str, content: str = ".st-key-foot") -> None:
    """Go to an address and wait until its script is done for good and its footer stands: a first run can be followed by another."""
    page.goto(address)
    page.wait_for_selector(content, timeout=60_000)
    rest(page)


def rest(page) -> None:
    """Wait until no run is going on and none follows: what was just done may not have reached the server yet."""
    for _ in range(20):
        page.wait_for_timeout(QUIET)
        page.wait_for_selector(READY, timeout=60_000)
        page.wait_for_timeout(QUIET)
        if page.locator(READY).count():
            return
    raise AssertionError(f"{page.url} does not come to rest")
