"""The period a question has that names none: one rule for the pages, the command line, the library, decks and digests."""

from dataclasses import replace
from datetime import date, timedelta

from metrics.catalogue.load import definition
from metrics.query.company_week import WEEKS, last_weeks, last_whole_day
from metrics.query.context import Context
from metrics.query.query import Query

LEAST = 0.02  # of all records: a quarter that holds less hides what there is
EVERYTHING = (None, None)  # all rows, those without a date among them
SEASONS = 104  # weeks from which the same weeks last year are what a period is compared with
YEAR = 52  # weeks of what is too rare for a quarter
ANSWERED_WEEKS = 104  # channels are compared by two years of answers: a quarter has too few of each way of asking


def default(known: Context) -> tuple[date | None, date | None]:
    """First and last day of the last 13 complete weeks, or EVERYTHING where they do not show what there is.

    That is where less than 26 weeks are known, where the quarter holds less than a fiftieth of all records (over ten years: half
    of an even share), or where that is so of one kind whose newest record lies in these weeks or after them: a wave of answers
    on the last day, or a single late record, must not hide the others.
    """
    if known.first_day is None or known.last_day is None:
        return EVERYTHING
    days = (known.last_day - known.first_day).days
    if days < 2 * WEEKS * 7:
        return EVERYTHING
    start, end = last_weeks(WEEKS, known.first_day, known.last_day, known.first_weekday)
    least = min(LEAST, 0.5 * WEEKS * 7 / days)
    whole = sum(held.records for held in known.recent)
    if whole and sum(held.inside for held in known.recent) < least * whole:
        return EVERYTHING
    if any(held.newest >= start and held.inside < least * held.records for held in known.recent):
        return EVERYTHING
    return start, end


def comparison(known: Context) -> str:
    """What a period is compared with where nobody chose: from two years on the same weeks last year, else the weeks just before it.

    Two quarters differ by their season, which from one year alone cannot be told from anything else.
    """
    if known.first_day is None or known.last_day is None:
        return "previous"
    until = last_whole_day(known.last_day, known.first_weekday)
    return "year" if (until - known.first_day).days + 1 >= 7 * SEASONS else "previous"


def with_default_period(query: Query, known: Context, everything: bool = False) -> Query:
    """The question with the default period where it names no day of its own; `everything` asks for all rows instead."""
    if everything or query.start or query.end:
        return query
    start, end = default(known)
    return replace(query, start=start, end=end)


def of_channels(query: Query, known: Context, everything: bool = False) -> Query:
    """The default period of a comparison of channels by the query's one metric, where it names no day."""
    found = with_default_period(query, known, everything)
    own = bool(query.start or query.end or everything)
    return found if own or not definition(query.metrics[0]).measure.survey else of_answers(found, known)


def of_a_year(query: Query, known: Context) -> Query:
    """The same question over the 52 weeks up to its end: what follows friction is rare, and a quarter has too little of it."""
    end = query.end or known.last_day
    if not (end and known.first_day):
        return query
    return replace(query, start=max(end - timedelta(days=7 * YEAR - 1), known.first_day), end=end)


def of_answers(query: Query, known: Context) -> Query:
    """The same question over at least two years of answers up to its end: so channels are compared by what people said."""
    if not (query.start and query.end and known.first_day):
        return query
    return replace(
        query, start=max(min(query.start, query.end - timedelta(days=7 * ANSWERED_WEEKS - 1)), known.first_day)
    )
