"""A question with everything filled in: resolved once, at the entry of whatever answers it, and never again."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from data.errors import UserError, nearest
from metrics.query import company_week, holiday_dates
from metrics.query.context import Context
from metrics.query.query import Query


class ResolvedQuery(Query):
    """A Query of which `resolve` has filled in the journey, the period (both days, or none for all rows), the company's wish for
    confidentiality and the shift to the same weeks last year. `replace` on it stays resolved; whoever sets another period or another
    comparison asks a new question: `reopened`."""

    journey: str


def resolve(query: Query, known: Context) -> ResolvedQuery:
    """Fill in journey and period; a resolved question comes back as it is. A comparison needs a period: without one, all data would
    be compared with nothing. Raises UserError for an unknown journey or stage."""
    if isinstance(query, ResolvedQuery):
        return query
    journey = query.journey or known.journeys[0]
    if journey not in known.journeys:
        raise UserError(
            "there is no such journey",
            where="journey",
            found=journey,
            allowed=", ".join(known.journeys),
            fix=nearest(journey, known.journeys),
        )
    for stage in query.stages:
        if stage not in known.stages[journey]:
            raise UserError(
                "there is no such stage",
                where="stage",
                found=stage,
                allowed=", ".join(known.stages[journey]),
                fix=nearest(stage, known.stages[journey]),
            )
    start, end = query.start, query.end
    if query.compare and not start and known.last_day:
        end = known.last_day
        start = max(known.first_day or end, end - timedelta(days=90))
    if start or end:
        start, end = start or known.first_day, end or known.last_day
    confidential = query.confidential or known.confidential
    if known.groups_only:
        start, end = _weeks_over(start, end, known)
    elif confidential and start and end:
        start = company_week.week_start(start, known.first_weekday)
        end = company_week.week_end(end, known.first_weekday)
    shift = holiday_dates.year_before(known.holidays, start, end) if query.compare == "year" and start and end else None
    filled = _fields(query) | {
        "journey": journey,
        "start": start,
        "end": end,
        "confidential": confidential,
        "shift": shift,
    }
    return ResolvedQuery(**filled)


def _weeks_over(start: date | None, end: date | None, known: Context) -> tuple[date | None, date | None]:
    """The period as a viewer of groups is shown it: whole company weeks, without the week that runs, unless nothing else was asked for.
    All rows are all weeks, but where answers carry no date."""
    if known.first_day is None or known.last_day is None or not (start and end or not known.undated):
        return start, end
    start = company_week.week_start(start or known.first_day, known.first_weekday)
    end = company_week.week_end(end or known.last_day, known.first_weekday)
    over = company_week.last_shown_day(known.first_day, known.last_day, known.first_weekday)
    return start, min(end, over) if start <= over else end


def reopened(query: Query, **changes: Any) -> Query:
    """A new question made of another one, not resolved yet: with another period or comparison."""
    return replace(Query(**_fields(query)), **changes)


def _fields(query: Query) -> dict[str, Any]:
    return {one.name: getattr(query, one.name) for one in fields(Query)}


def other_period(query: Query) -> tuple[date, date]:
    """The compared period: as many days just before, or the same weeks last year, lined up by weekday and holiday (resolve). Raises
    ValueError for a question about all rows, which nothing can be compared with."""
    if query.start is None or query.end is None:
        raise ValueError("a comparison needs a first and a last day")
    days = (query.end - query.start).days + 1
    shift = timedelta(days=(query.shift or holiday_dates.YEAR) if query.compare == "year" else days)
    return query.start - shift, query.end - shift
