"""What a result leaves out although it came in: tickets that are no request for help, answers without a date."""

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.query.query import Query


def account(query: Query, definitions: list[Definition], generation: Generation) -> list[str]:
    """One sentence each for a resolved query; none where nothing was left out."""
    found = []
    if any(d.measure.table == "tickets" or "tickets" in d.measure.needs for d in definitions):
        found += _tickets(query, generation)
    if any(d.measure.table in ("answers", "questionnaires") for d in definitions):
        found += _undated(query, generation)
    return found


def _tickets(query: Query, generation: Generation) -> list[str]:
    rows = _rows(
        generation,
        "left_out",
        {"journey": query.journey, "stages": list(query.stages), "start": query.start, "end": query.end},
    )
    if not rows:
        return []
    reasons = ", ".join(f"{tickets:,} {reason}" for reason, tickets, _ in rows)
    return [f"{sum(row[1] for row in rows):,} of {rows[0][2]:,} tickets of the period are not counted: {reasons}"]


def _undated(query: Query, generation: Generation) -> list[str]:
    ((undated, answers),) = _rows(generation, "undated", {"journey": query.journey, "stages": list(query.stages)})
    if not undated:
        return []
    where = "in no period, and so not in this one" if query.start else "counted here, and in no period"
    return [f"{undated:,} of {answers:,} answers carry no date (responded_at, experienced_at or invited_at): {where}"]


def _rows(generation: Generation, name: str, parameters: dict) -> list[tuple]:
    return generation.cursor().execute(sql("metrics/sql", name), parameters).fetchall()
