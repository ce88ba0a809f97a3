"""What a result leaves out although it came in: tickets that are no request for help, cancelled orders, answers without a date, days of
which records are no longer kept."""

from datetime import date, timedelta
from typing import Any

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.codes import Warning, WarningCode, warn
from metrics.query.of_generation import of_generation
from metrics.query.query import Query

# table a metric counts or needs → the kinds of records it is made of
KINDS = {
    "answers": {"answers"},
    "questionnaires": {"answers"},
    "invitations": {"answers"},
    "comments": {"answers", "texts"},
    "verbatims": {"answers", "tickets", "texts"},
    "tickets": {"tickets"},
    "orders": {"orders"},
    "promises": {"orders", "tickets", "answers"},
}
VISITS = {"events"}  # any other table is made of visits


def account(query: Query, definitions: list[Definition], generation: Generation) -> list[Warning]:
    """One each for a resolved query; none where nothing was left out."""
    found: list[Warning] = []
    if any(d.measure.table == "tickets" or "tickets" in d.measure.needs for d in definitions):
        found += _tickets(query, generation)
    if any(d.measure.table == "orders" or "orders" in d.measure.needs for d in definitions):
        found += _cancelled(query, generation)
    if any(d.measure.table in ("answers", "questionnaires") for d in definitions):
        found += _undated(query, generation)
    return found + _no_longer_kept(query, definitions, generation)


def _tickets(query: Query, generation: Generation) -> list[Warning]:
    rows = _rows(
        generation,
        "left_out",
        {"journey": query.journey, "stages": list(query.stages), "start": query.start, "end": query.end},
    )
    if not rows:
        return []
    reasons = [{"reason": reason, "tickets": tickets} for reason, tickets, _ in rows]
    left_out = sum(row[1] for row in rows)
    return [warn(WarningCode.TICKETS_LEFT_OUT, left_out=left_out, tickets=rows[0][2], reasons=reasons)]


def _cancelled(query: Query, generation: Generation) -> list[Warning]:
    ((cancelled, orders),) = _rows(generation, "cancelled", {"start": query.start, "end": query.end})
    return [warn(WarningCode.ORDERS_CANCELLED, cancelled=cancelled, orders=orders)] if cancelled else []


def _undated(query: Query, generation: Generation) -> list[Warning]:
    undated, answers = _without_date(query.journey, query.stages, generation)
    if not undated:
        return []
    code = WarningCode.NO_DATE_IN_PERIOD if query.start else WarningCode.NO_DATE
    return [warn(code, undated=undated, answers=answers)]


def _no_longer_kept(query: Query, definitions: list[Definition], generation: Generation) -> list[Warning]:
    """One a kind of records that does not reach as far back as the question, its comparison among it; none for all others."""
    kinds = set().union(*(_kinds(found) for found in definitions))
    first = _first(query)
    return [
        warn(WarningCode.RECORDS_NOT_KEPT, kind=kind, days=days, start=start.isoformat())
        for kind, days, start in _limits(generation)
        if kind in kinds and (first is None or first < start)
    ]


@of_generation(most=64)
def _without_date(journey: str | None, stages: tuple[str, ...], generation: Generation) -> tuple[int, int]:
    """How many answers carry no date, of how many."""
    ((undated, answers),) = _rows(generation, "undated", {"journey": journey, "stages": list(stages)})
    return undated, answers


@of_generation(most=4)
def _limits(generation: Generation) -> list[tuple[str, int, date]]:
    """How long each kind of record is kept, and from which day on they are there."""
    cursor = generation.cursor()
    named = "select 1 from duckdb_tables() where table_name = 'cfg_retention'"
    if not cursor.execute(named).fetchall():  # made before anything could be left out
        return []
    return cursor.execute("select kind, days, kept_from from cfg_retention order by kind").fetchall()


def _kinds(definition: Definition) -> set[str]:
    tables = {definition.measure.table, *definition.measure.needs}
    return set().union(*(KINDS.get(table, VISITS) for table in tables))


def _first(query: Query) -> date | None:
    """The first day that is asked for; None for all data."""
    if query.start is None or not query.compare or query.end is None:
        return query.start
    length = (query.end - query.start).days + 1
    back = (query.shift or 364) if query.compare == "year" else length
    return query.start - timedelta(days=back)


def _rows(generation: Generation, name: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    return generation.cursor().execute(sql("metrics/sql", name), parameters).fetchall()
