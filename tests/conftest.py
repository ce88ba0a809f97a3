"""A small company for a test: visible tables in, the real build, numbers out."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from data import cores

cores.one_each()  # as the app and the commands do, before NumPy is loaded

from report import numbers  # noqa: E402
from tests.core.company import ROOT, Company, build_company  # noqa: E402

TOGETHER = ("app", "demo", "exports")  # folders whose tests look at one company built once: one process runs each
FIRST = (*TOGETHER, "benchmarks")  # folders of what takes longest: begun first, so that no process ends alone with it


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Where tests run in several processes, what one file, or one of these folders, builds for its tests stays in one process."""
    return _ByFile(config, log)


class _ByFile(LoadScopeScheduling):
    """xdist's own loadgroup asks for a suffix of the test's id, which pytest 9.2 no longer takes."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder = file.removeprefix("tests/").partition("/")[0]
        return folder if folder in TOGETHER else file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first; test.sh tells xdist to keep the order, which it would turn into the most tests first."""
    items.sort(key=lambda item: item.nodeid.removeprefix("tests/").partition("/")[0] not in FIRST)


@pytest.fixture(autouse=True)
def plain_english():
    """A view run in this process writes as its company does from then on; every test begins as a company without a locale."""
    numbers.use()


@pytest.fixture
def company(tmp_path: Path) -> Callable[..., Company]:
    """A function that builds a company from tables written in the test."""
    return lambda **what: build_company(tmp_path / "company", **what)


@pytest.fixture(scope="module")
def module_company(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Company]:
    """The same, kept for all tests of a module that only look at it."""
    return lambda **what: build_company(tmp_path_factory.mktemp("company"), **what)


@pytest.fixture(scope="session")
def cli() -> Callable[..., subprocess.CompletedProcess]:
    """A function that runs `python -m …` as a user does; no run may end in a traceback."""

    def call(*arguments: object) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [sys.executable, "-m", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return call
