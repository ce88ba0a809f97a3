"""The question: small, frozen, complete. Two equal queries on one generation have the same answer."""

from dataclasses import dataclass, field
from datetime import date

from data.errors import UserError, nearest
from metrics.catalogue.dimensions import DIMENSIONS

COMPARISONS = ("previous", "year")


@dataclass(frozen=True)
class Rights:
    """What a viewer may see: all metrics, and single persons only by a right of its own (metrics.rights)."""

    metrics: tuple[str, ...] | None = None  # None: all
    see_persons: bool = False


@dataclass(frozen=True)
class Query:
    """`by` and `filters` name dimensions; `answer:<question>` is what the person said in the same visit."""

    metrics: tuple[str, ...]
    journey: str | None = None
    stages: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    compare: str | None = None
    filters: tuple[tuple[str, str], ...] = ()
    by: tuple[str, ...] = ()
    rights: Rights = field(default_factory=Rights)
    level: float = 0.95
    confidential: bool = False  # the company's setting may turn it on, never off
    shift: int | None = None  # days back to the same weeks last year, as resolved: lined up by weekday and holiday


def check(query: Query) -> None:
    """Refuse a question that names an unknown dimension or an impossible period. Raises UserError."""
    for name in (*query.by, *(name for name, _ in query.filters)):
        if name not in DIMENSIONS and not name.startswith("answer:"):
            raise UserError(
                "unknown dimension", where=name, allowed=", ".join(DIMENSIONS), fix=nearest(name, DIMENSIONS)
            )
    if query.compare not in (None, *COMPARISONS):
        raise UserError("unknown comparison", where="compare", found=query.compare, allowed=", ".join(COMPARISONS))
    if query.start and query.end and query.start > query.end:
        raise UserError(
            "the period ends before it begins",
            where="period",
            found=f"{query.start} to {query.end}",
            fix="Swap the two dates",
        )
    if not query.metrics:
        raise UserError("no metric named", fix="See: python -m metrics list")
