"""What a page of sheets asks: the frame's question, without what its analysis takes from elsewhere."""

from datetime import timedelta

from metrics.query.query import Query
from metrics.query.resolve import reopened
from ui.session import source
from ui.session.state import Frame

YEAR = 52  # weeks


def whole(frame: Frame) -> Query:
    """Of the journey alone: an experiment, a cohort or a chain of answers has days of its own."""
    return reopened(
        frame.query, metrics=(), stages=(), start=None, end=None, compare=None, filters=(), by=(), shift=None
    )


def compared(frame: Frame) -> Query:
    """Of journey, stages, period and comparison."""
    return reopened(frame.query, metrics=(), filters=(), by=(), shift=None)


def framed(frame: Frame) -> Query:
    """Of journey and stages over a year up to the period's end: what follows friction is rare, and a quarter has too little of it."""
    known, query = source.known(), frame.query
    end = query.end or known.last_day
    start = max(end - timedelta(days=7 * YEAR - 1), known.first_day) if end and known.first_day else None
    return reopened(query, metrics=(), compare=None, filters=(), by=(), shift=None, start=start, end=end)
