"""The product asked about weeks of the default company; what was asked once is kept for the other tests."""

from datetime import date, timedelta
from functools import cache

from data.store import Generation
from metrics.changes import Change, changes
from metrics.finding import Finding
from metrics.findings import findings
from metrics.positions import positions
from metrics.query import Query
from metrics.result import Cell
from metrics.run import run
from ui import words

FIRST = date(2025, 5, 26)


def span(first: int, last: int, *metrics: str, **how) -> Query:
    """A question about whole weeks, the first of the data is 1."""
    return Query(metrics, start=FIRST + timedelta(7 * (first - 1)), end=FIRST + timedelta(7 * last - 1), **how)


def changes_of(store: Generation, first: int, last: int, compare: str = "previous") -> list[Change]:
    return _changes(store, first, last, compare)


@cache
def _changes(store: Generation, first: int, last: int, compare: str) -> list[Change]:
    return changes(span(first, last, compare=compare), store)


@cache
def findings_of(store: Generation, first: int, last: int) -> list[Finding]:
    """As the Overview asks: the level over the 26 weeks up to the end."""
    query = span(first, last, compare="previous")
    level = span(last - 25, last, "completion_rate")
    places = positions(level, store) if last >= 26 else []
    return findings(query, store, places, changes_of(store, first, last), words, level)


def cells(store: Generation, first: int, last: int, *metrics: str, **how) -> list[Cell]:
    return list(run(span(first, last, *metrics, **how), store).cells)


def cell(store: Generation, first: int, last: int, metric: str, **how) -> Cell:
    (found,) = cells(store, first, last, metric, **how)
    return found
