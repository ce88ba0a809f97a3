"""What a page of sheets asks: the frame's question, without what its analysis takes from elsewhere."""

from metrics.query.query import Query
from metrics.query.resolve import reopened
from ui.session.state import Frame


def whole(frame: Frame) -> Query:
    """Of the journey alone: an experiment, a cohort or a chain of answers has days of its own."""
    return reopened(
        frame.query, metrics=(), stages=(), start=None, end=None, compare=None, filters=(), by=(), shift=None
    )


def framed(frame: Frame) -> Query:
    """Of journey, stages, period and filters, without a comparison."""
    return reopened(frame.query, metrics=(), compare=None, by=(), shift=None)
