"""What the Promises view asks: each promise measured and felt, over the months, and expectations by stage."""

from dataclasses import replace
from datetime import timedelta

from metrics.query.query import Query
from report import placement
from report.sheets.promises import Promises
from ui.session import source
from ui.session.state import Frame

MONTHS = 52  # weeks over which the months are drawn


def answer(frame: Frame) -> Promises:
    """Both numbers of every promise by stage, against the compared period, and what was expected."""
    return Promises(
        source.ask(replace(frame.query, metrics=placement.shown("promises"), by=("stage", "promise"))),
        source.ask(replace(frame.query, metrics=placement.shown("expectations"), by=("stage",))),
        frame.query.stages or source.known().stages[str(frame.query.journey)],
    )


def monthly(frame: Frame, metric: str) -> Query:
    """One metric by promise and whole month, over a year up to the period's end."""
    known, query = source.known(), frame.query
    end = query.end or known.last_day
    start = max(end - timedelta(days=7 * MONTHS - 1), known.first_day) if end and known.first_day else None
    return replace(query, metrics=(metric,), by=("promise", "month"), start=start, end=end, compare=None)
