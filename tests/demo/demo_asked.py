"""The product asked about weeks of the default company; what was asked once is kept for the other tests."""

from datetime import date, timedelta
from functools import cache

from data.store.generations import Generation
from metrics.analyses.changes import Change, changes
from metrics.analyses.stage_scores import positions
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.query.result import Cell
from report.findings.finding import Finding
from report.findings.findings import findings

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
    return findings(query, store, places, changes_of(store, first, last), level)


def cells(store: Generation, first: int, last: int, *metrics: str, **how) -> list[Cell]:
    return list(run(span(first, last, *metrics, **how), store).cells)


def cell(store: Generation, first: int, last: int, metric: str, **how) -> Cell:
    (found,) = cells(store, first, last, metric, **how)
    return found
