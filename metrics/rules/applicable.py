"""What may not be asked of a metric: a right that is missing, a breakdown or filter without meaning, promises together."""

from datetime import date

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.catalogue import dimensions
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES
from metrics.codes import Reason, ReasonCode, because
from metrics.query.of_generation import of_generation
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery
from metrics.query.result import Cell, blank
from metrics.rules.access import whole_only
from metrics.states import State

MOST_PARTS = 4  # of a question for a viewer of groups: its stage, and what it is filtered and broken down by


def without_right(definition: Definition, query: Query, columns: dict[str, set[str]]) -> Reason | None:
    """Why this viewer may not see the metric, None where they may. `columns` are those of every population."""
    if query.rights.metrics is not None and definition.id not in query.rights.metrics:
        return because(ReasonCode.NO_ACCESS)
    return whole_only.beyond(definition, query.rights, columns)


def not_applicable(definition: Definition, query: Query, columns: set[str], groups_only: bool = False) -> Reason | None:
    """Why the question has no meaning for this metric, None where it has. A filter is never ignored. `columns` are those of its fact;
    `groups_only`: asked for a viewer without the right to single persons."""
    names = [*query.by, *(name for name, _ in query.filters)]
    if groups_only and {"day", "month"} & set(names):
        return because(ReasonCode.WEEKS_ONLY)
    if groups_only and len({*names, *(["stage"] if query.stages else [])} - set(TIMES)) > MOST_PARTS:
        return because(ReasonCode.TOO_FINE, most=MOST_PARTS)
    if query.confidential and "day" in names:
        return because(ReasonCode.NO_SINGLE_DAYS)
    if definition.scope == "journey" and ("stage" in names or query.stages):
        return because(ReasonCode.JOURNEY_ONLY, label=definition.label)
    for name in names:
        if not dimensions.supports_dimension(definition, columns, name):
            return because(ReasonCode.NO_SUCH_BREAKDOWN, label=definition.label, dimension=name)
    if definition.population == "customers" and any(
        name == "customer" and value.lower() == "false" for name, value in query.filters
    ):
        return because(ReasonCode.CUSTOMERS_ONLY, label=definition.label)
    for name in definition.measure.requires:
        one = any(filtered == name and "," not in value for filtered, value in query.filters)
        if name not in query.by and not one and not (name == "stage" and len(query.stages) == 1):
            return because(ReasonCode.NEEDS_BREAKDOWN, label=definition.label, dimension=name)
    return None


def never_pooled(definition: Definition, cell: Cell, query: ResolvedQuery, generation: Generation) -> Cell:
    """A number over several promises is refused: kept parcels do not make up for late replies."""
    if not cell.valued or "promise" in query.by or any(name == "promise" for name, _ in query.filters):
        return cell
    stages = [cell.by["stage"]] if cell.by.get("stage") else list(query.stages)
    made = _promises(definition.measure.where, query.journey, query.start, query.end, generation)
    names = tuple(sorted({promise for promise, stage in made if not stages or stage in stages}))
    if len(names) < 2:
        return cell
    return blank(definition, cell.by, State.NOT_APPLICABLE, because(ReasonCode.PROMISES_POOLED, promises=names))


@of_generation(most=64)
def _promises(
    where: str, journey: str | None, start: date | None, end: date | None, generation: Generation
) -> list[tuple[str, str | None]]:
    """The promises of each stage that a number is over."""
    text = sql("metrics/sql", "promises_pooled").replace("@where", where)
    return generation.cursor().execute(text, {"journey": journey, "start": start, "end": end}).fetchall()
