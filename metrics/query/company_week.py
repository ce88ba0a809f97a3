"""The company's weeks: where one begins and ends, and the last whole ones. A leaf: what is known of a generation and the period of a
question both rest on it."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 13  # a quarter: longer spans compare across seasons


@dataclass(frozen=True)
class RecordCount:
    """How many records of a kind (visits, answers, tickets) there are, how many in the last whole quarter, and the newest day."""

    kind: str
    records: int
    inside: int
    newest: date


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the company's week a day lies in (0 = Monday), as week_of says in SQL."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def week_end(day: date, first_weekday: int) -> date:
    """The last day of the company's week a day lies in."""
    return week_start(day, first_weekday) + timedelta(days=6)


def last_whole_day(last: date, first_weekday: int) -> date:
    """The last day of the last complete week (0 = Monday) up to and with `last`."""
    return week_start(last + timedelta(days=1), first_weekday) - timedelta(days=1)


def last_shown_day(first: date, last: date, first_weekday: int) -> date:
    """The last day a viewer of groups is shown: of the last week that is over, or of the only one there is."""
    until = last_whole_day(last, first_weekday)
    return until if until >= first else week_end(last, first_weekday)


def last_weeks(weeks: int, first: date, last: date, first_weekday: int) -> tuple[date, date]:
    """So many complete weeks up to the last one over by `last`, no earlier than `first`; from first to last where not one is."""
    until = last_whole_day(last, first_weekday)
    return (max(until - timedelta(days=7 * weeks - 1), first), until) if until >= first else (first, last)
