"""The company at its default scale and one without effects, each generated once."""

import json
from pathlib import Path

import pytest

from data.build.build import build
from data.demo import generate
from data.store.generations import Generation, open_generation
from tests.demo.demo_company import Company, read


def _made(folder: Path, **how) -> Company:
    generate(folder, **how)
    return read(folder, json.loads((folder / "truth.json").read_text()))


@pytest.fixture(scope="session")
def company(tmp_path_factory) -> Company:
    return _made(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="session")
def plain(tmp_path_factory) -> Company:
    """A smaller company with every effect switched off."""
    return _made(tmp_path_factory.mktemp("plain"), people=8_000, effects="none")


@pytest.fixture(scope="session")
def store(company, tmp_path_factory) -> Generation:
    """The default company as the product builds it, once for all tests that ask the product. Its salt is fixed like the seed: the
    jackknife's groups of people follow from it, and with them the last tenth of an interval."""
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THROUGHLINE_SALT", "tests")
        assert build(company.folder / "sources.toml", None, folder).generation
    return open_generation(folder)
