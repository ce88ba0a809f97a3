"""The days an analysis is about: one rule for its page, its command and its slides."""

from dataclasses import replace

from metrics.query import period
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import reopened
from report.sheets.sheet import Window


def windowed(window: Window, query: Query, known: Context) -> Query:
    """The question as the analysis takes it: of a question with a period, what its window leaves of it."""
    if window is Window.NAMED:
        return replace(query, compare=None, shift=None)
    if window is Window.FILTERED:
        return replace(query, metrics=(), by=())
    if window is Window.EVERYTHING:
        return reopened(query, metrics=(), stages=(), start=None, end=None, compare=None, filters=(), by=(), shift=None)
    bare = reopened(query, metrics=(), filters=(), by=(), shift=None)
    return bare if window is Window.PERIOD else period.of_a_year(replace(bare, compare=None), known)


def by_default(window: Window, query: Query, known: Context, everything: bool = False) -> Query:
    """The question as the page asks it where it names no day of its own, compared as there; else with the days it names."""
    if everything or query.start or query.end:
        return query if window is Window.NAMED else replace(query, metrics=(), by=())
    asked = period.with_default_period(query, known)
    if asked.start and asked.end and not asked.compare:
        asked = replace(asked, compare=period.comparison(known))
    return windowed(window, asked, known)
