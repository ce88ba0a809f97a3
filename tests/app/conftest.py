"""One small company with clicks, answers and tickets of the same people, served once for all browser tests."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.app.company import write_company
from tests.app.served import browser_path, server


@pytest.fixture(autouse=True)
def main_module():
    """Streamlit's AppTest leaves its script as the process's main module, and a process spawned later would run it again."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built store of the small company."""
    from data.build.build import build

    folder = tmp_path_factory.mktemp("served")
    summary = build(write_company(folder), None, folder / "store")
    assert summary.generation and not summary.failed_checks, summary
    return folder / "store"


@pytest.fixture(scope="session")
def address(store: Path):
    with server(store) as where:
        yield where


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()
