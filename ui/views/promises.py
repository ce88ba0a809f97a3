"""What the Promises view asks: each promise measured and felt, over the months, and expectations by stage."""

from dataclasses import replace
from datetime import timedelta

from metrics.query.query import Query
from metrics.query.result import Result
from report import placement
from report.words import promise_words
from report.words.promise_words import Promise
from ui.session import source
from ui.session.state import Frame

MONTHS = 52  # weeks over which the months are drawn


def result(frame: Frame) -> Result:
    """Both numbers of every promise, by stage, against the compared period."""
    return source.ask(replace(frame.query, metrics=placement.shown("promises"), by=("stage", "promise")))


def ledger(frame: Frame) -> list[Promise]:
    """The promises in the journey's order."""
    return promise_words.ledger(result(frame), source.known().stages[frame.query.journey])


def monthly(frame: Frame, metric: str) -> Query:
    """One metric by promise and whole month, over a year up to the period's end."""
    known, query = source.known(), frame.query
    end = query.end or known.last_day
    start = max(end - timedelta(days=7 * MONTHS - 1), known.first_day) if end and known.first_day else None
    return replace(query, metrics=(metric,), by=("promise", "month"), start=start, end=end, compare=None)


def expectations(frame: Frame) -> Result:
    """The asked comparison first, then the gap of the same people, by stage."""
    return source.ask(replace(frame.query, metrics=placement.shown("expectations"), by=("stage",)))
