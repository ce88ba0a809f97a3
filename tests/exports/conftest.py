"""The shop of the export tests, built once, and ways to look into files."""

import io
import zipfile
from datetime import date

import pytest

from data.store.generations import Generation
from exports.cards.card import Card
from exports.cards.collect import ask, headline
from metrics.query.query import Query
from tests.exports.shop import build_shop

PERIOD = {"start": date(2026, 4, 13), "end": date(2026, 5, 31), "compare": "previous"}


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return build_shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def card(shop: Generation):
    """A function: metrics and breakdown to a card of the shop."""

    def make(*metrics: str, by: str = "stage", form: str | None = None, **query) -> Card:
        names = tuple(by.split(",")) if by else ()
        return ask(Query(metrics, by=names, **query), shop, form, "https://cx.example")

    return make


@pytest.fixture(scope="session")
def ten(shop: Generation) -> list[Card]:
    """The default deck's cards."""
    return headline(Query((), **PERIOD), shop, "https://cx.example")


def unzipped(content: bytes, prefix: str = "") -> dict[str, bytes]:
    """Every part of an Office file by its path, with the parts of workbooks inside it."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inner = archive.read(name)
            parts |= unzipped(inner, f"{prefix}{name}!") if name.endswith(".xlsx") else {prefix + name: inner}
    return parts
