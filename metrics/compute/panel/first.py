"""Units that one row decides: of a person's visits in a cell the first says it all, whatever the cell is.

Whether somebody asked for help within seven days of their first visit, came back after it or ordered hangs on that visit's moment
alone. So the units' own SQL is asked once, with each visit as a cell of its own, and a cell takes what it says of the person's first.
"""

from typing import Any

from data.sqlfile import sql
from metrics.catalogue.definition import Definition, Measure
from metrics.query.plan import Names
from metrics.query.query import Query

# metrics/sql: a person and cell by the moment of the first visit in it, `at`, its journey and its stage, and nothing else of the cell
BY_FIRST = ("came_back", "contact_rate", "conversion", "visits_in_30_days")
OWN_STAGE, ANY_STAGE = "t.stage = f.stage", "true"  # which stage what follows has to be of
NEEDED = {"started_at", "journey", "stage"}


def by_first(measure: Measure, columns: set[str]) -> bool:
    """Whether a measure's units are decided by each person's first visit in a cell."""
    return measure.units in BY_FIRST and not measure.vote and NEEDED <= columns


def stage_of(definition: Definition, query: Query) -> str | None:
    """Which stage what follows the visit has to be of, as metrics.query.plan has it: OWN_STAGE or ANY_STAGE; None where it may be any of
    several, which no visit alone can say."""
    if "@same_stage" not in sql("metrics/sql", definition.measure.units or ""):
        return ANY_STAGE
    if "stage" in query.by or (len(query.stages) == 1 and definition.scope == "stage"):
        return OWN_STAGE
    return None if query.stages else ANY_STAGE


def visits(measures: tuple[Measure, ...], stage: str) -> str:
    """The visits that count, each with what the measures say of a person whose first it is (`unit_0`, `unit_1` …)."""
    one = measures[0]
    holes: dict[str, Any] = {
        "picks": "cast(f.stage as varchar) as stage, f.journey as in_journey, f.started_at as in_at, ",
        "names": "stage, in_journey, in_at, ",
        "where": one.where,
        "same_stage": stage,
    }
    units = Names(sql("metrics/sql", one.units or "")).substitute(holes | one.parts)
    said = ", ".join(f"({m.value})::double as unit_{place}" for place, m in enumerate(measures))
    text = Names(sql("metrics/sql", "panel_first"))
    return f"({text.substitute(fact=one.fact, said=said, units=units, where=one.where)})"
