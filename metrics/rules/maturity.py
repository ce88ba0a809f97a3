"""What is still arriving: answers come days after what they are about, and a window after a visit must have passed."""

from dataclasses import replace
from datetime import date, timedelta

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES
from metrics.codes import Warning, WarningCode, warn
from metrics.present import present
from metrics.query import company_week, context, period
from metrics.query.of_generation import of_generation
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery

ENOUGH = 50  # past answers from which a lag is learnt


def complete_until(definition: Definition, journey: str, generation: Generation) -> date | None:
    """The last day of which nine in ten answers, or the whole window, have come in. None: nothing to wait for.

    An answer lies on the day of the experience; its lag is the time until it was given (docs/STATISTICS.md B5).
    """
    known = context.read(generation)
    if not known.last_day:
        return None
    if definition.measure.mature_days:
        return known.last_day - timedelta(days=definition.measure.mature_days + 1)  # the last day may be half a day
    if not definition.measure.survey or definition.measure.table != "answers" or definition.scope == "journey":
        return None
    lag = _lag(definition.measure.fact, definition.measure.where, journey, generation)
    return known.last_day - timedelta(days=lag) if lag else None


@of_generation(most=256)
def _lag(fact: str, where: str, journey: str, generation: Generation) -> int:
    """Days within which nine in ten answers came, 0 where too few are old enough to tell."""
    text = sql("metrics/sql", "answer_lag").replace("@where", where).replace("@fact", fact)
    last = context.read(generation).last_day
    answers, lag = present(generation.cursor().execute(text, {"journey": journey, "last": last}).fetchone())
    return max(int(lag), 0) if answers >= ENOUGH else 0


def over_by_now(definition: Definition, query: ResolvedQuery, known: context.Context) -> ResolvedQuery:
    """The question with the latest whole weeks whose window is over, where it asks about the default period and less than half of
    that is: retention over 90 days is never known of the last 13 weeks. A period somebody chose stays, and so does a series."""
    if (
        not definition.measure.mature_days
        or not (known.first_day and known.last_day)
        or (query.start, query.end) != period.default(known)
        or not (query.start and query.end)
    ):
        return query
    until = known.last_day - timedelta(days=definition.measure.mature_days + 1)
    days = (query.end - query.start).days + 1
    if any(name in TIMES for name in query.by) or (until - query.start).days + 1 >= days / 2:
        return query
    start, end = company_week.last_weeks(days // 7, known.first_day, until, known.first_weekday)
    return replace(query, start=start, end=end) if known.first_day <= end else query


def earlier_weeks_warning(definition: Definition, query: Query) -> Warning:
    """What is said of a number over the latest period whose window is over."""
    start, end = present(query.start).isoformat(), present(query.end).isoformat()
    return warn(WarningCode.EARLIER_WEEKS, start=start, end=end, days=definition.measure.mature_days)
