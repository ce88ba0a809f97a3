"""The holidays of a generation, as changes ask for them."""

from datetime import date

from data.store.generations import Generation
from metrics.query import context, holiday_dates


def of(generation: Generation) -> tuple[tuple[date, str], ...]:
    """(day, name) in order, over the years of the data: the company's own where it names any."""
    return context.read(generation).holidays


def within(generation: Generation, start: date, end: date) -> tuple[str, ...]:
    """The names of the holidays of these days."""
    return holiday_dates.within(of(generation), start, end)
