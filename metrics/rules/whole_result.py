"""What must be said of an answer as a whole, whatever its cells: how it was asked, weights, holidays, simulated data."""

from data.concepts import FRICTION
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.codes import Warning, WarningCode, warn
from metrics.kinds import kind_of
from metrics.query import holiday_dates
from metrics.query.context import Context
from metrics.query.query import Grant, Rights
from metrics.query.resolve import ResolvedQuery, other_period

ASKED = (
    "survey",
    "asked_via",
    "language",
    "instrument",
    "lag_class",
)  # parts of how it was asked: each value is another instrument


def part(rights: Rights) -> list[dict[str, list[str]]]:
    """Which rows somebody sees, who does not see all: what each grant is limited by → the values it shows."""
    rows = [_rows(grant) for grant in rights.grants or ()]
    return [row for place, row in enumerate(rows) if row not in rows[:place]]


def _rows(grant: Grant) -> dict[str, list[str]]:
    limits = {"journey": grant.journeys, "stage": grant.stages, "segment": grant.segments, "region": grant.regions}
    return {word: sorted(names) for word, names in limits.items() if names is not None}


def warnings(query: ResolvedQuery, definitions: list[Definition], known: Context) -> list[Warning]:
    """One each, in the order in which they are read."""
    found = []
    if query.rights.limits:
        found.append(warn(WarningCode.PART_OF_DATA, rows=part(query.rights)))
        if len({str(row) for row in part(query.rights)}) > 1:
            found.append(warn(WarningCode.PUT_TOGETHER))
    apart = [DIMENSIONS[name] for name in query.by if name in ASKED and any(d.measure.survey for d in definitions)]
    if apart:
        found.append(warn(WarningCode.WAYS_APART, dimensions=apart))
    if query.filters or query.stages:
        found.append(warn(WarningCode.EXPLORATORY))
    if not any(known.signals.get(signal) for signal in FRICTION) and any(
        d.measure.table == "occasions" and "has_goal" in d.measure.where for d in definitions
    ):
        found.append(warn(WarningCode.SMOOTH_IS_GOAL))
    if known.weighted and (left := [d.short for d in definitions if d.measure.survey and not _weighs(d, known)]):
        found.append(warn(WarningCode.WEIGHTS_NOT_APPLIED, answers=known.weighted, metrics=left))
    if query.confidential:
        found.append(warn(WarningCode.CONFIDENTIAL))
    if query.compare and query.start:
        found += _holidays_apart(query, known)
    if known.simulated:
        found.append(warn(WarningCode.SIMULATED))
    return found


def unweighted(known: Context, *metrics: Definition) -> list[Warning]:
    """What an analysis of answers that counts every answer once says, where answers bring weights of their own."""
    if not known.weighted:
        return []
    return [warn(WarningCode.WEIGHTS_NOT_APPLIED, answers=known.weighted, metrics=[one.short for one in metrics])]


def _weighs(definition: Definition, known: Context) -> bool:
    """Whether the metric takes the weights a source brings."""
    return (
        bool(kind_of(definition).weighted)
        and not definition.measure.units
        and "weight" in known.columns[definition.measure.fact]
    )


def _holidays_apart(query: ResolvedQuery, known: Context) -> list[Warning]:
    """What the compared periods do not share of holidays: a difference may be theirs."""
    if query.start is None or query.end is None:
        return []
    now, then = holiday_dates.holidays_apart(known.holidays, (query.start, query.end), other_period(query))
    return [warn(WarningCode.OTHER_HOLIDAYS, now=now, then=then)] if now or then else []
