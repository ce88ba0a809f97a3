"""What must be said of an answer as a whole, whatever its cells: how it was asked, weights, holidays, simulated data."""

from data.concepts import FRICTION
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.kinds import kind_of
from metrics.query import holiday_dates
from metrics.query.context import Context
from metrics.query.resolve import ResolvedQuery, other_period
from metrics.rules import privacy

ASKED = (
    "survey",
    "asked_via",
    "language",
    "instrument",
    "lag_class",
)  # parts of how it was asked: each value is another instrument


def warnings(query: ResolvedQuery, definitions: list[Definition], known: Context) -> list[str]:
    """One sentence each, in the order in which they are read."""
    found = []
    apart = [DIMENSIONS[name] for name in query.by if name in ASKED and any(d.measure.survey for d in definitions)]
    if apart:
        found.append(f"asked in different ways: rows by {' and '.join(apart)} are not to be compared with each other")
    if query.filters or query.stages:
        found.append("exploratory: a filtered view, not adjusted for multiple comparisons")
    if not any(known.signals.get(signal) for signal in FRICTION) and any(
        d.measure.table == "occasions" and "has_goal" in d.measure.where for d in definitions
    ):
        found.append("no source records errors or dead clicks: smooth means no more than that the goal was reached")
    if known.weighted and (left := [d.short for d in definitions if d.measure.survey and not _weighs(d, known)]):
        found.append(
            f"{known.weighted:,} answers bring weights of their own: not applied to {', '.join(left)}, where every answer counts once"
        )
    if query.confidential:
        found.append(privacy.CONFIDENTIAL)
    if query.compare and query.start:
        found += _holidays_apart(query, known)
    if known.simulated:
        found.append("simulated data")
    return found


def _weighs(found: Definition, known: Context) -> bool:
    """Whether the metric takes the weights a source brings."""
    return bool(kind_of(found).weighted) and not found.measure.units and "weight" in known.columns[found.measure.fact]


def _holidays_apart(query: ResolvedQuery, known: Context) -> list[str]:
    """What the compared periods do not share of holidays: a difference may be theirs."""
    if query.start is None or query.end is None:
        return []
    now, then = holiday_dates.apart(known.holidays, (query.start, query.end), other_period(query))
    said = [
        f"{', '.join(names)} in {where} only"
        for names, where in ((now, "this period"), (then, "the compared one"))
        if names
    ]
    return [f"other holidays: {'; '.join(said)}"] if said else []
