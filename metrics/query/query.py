"""The question: small, frozen, complete. Two equal queries on one generation have the same answer."""

from dataclasses import dataclass, field, replace
from datetime import date

from data.errors import UserError, nearest
from metrics.catalogue.dimensions import DIMENSIONS

COMPARISONS = ("previous", "year")


@dataclass(frozen=True)
class Grant:
    """What one group may see: rows of these journeys, stages, segments and regions (None: not limited by it), and what may be done
    with just these rows: on which pages they stand (None: all), whether with people's words, as one person's path, as a file."""

    journeys: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    segments: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    views: tuple[str, ...] | None = None
    comments: bool = False
    persons: bool = False
    exports: bool = False


@dataclass(frozen=True)
class Rights:
    """What a viewer may see (metrics/rules/access). Without `grants`: every row, page, word and export, and single persons only by
    `see_persons`. With grants a row is seen where at least one of them holds it."""

    metrics: tuple[str, ...] | None = None  # None: all
    see_persons: bool = False
    grants: tuple[Grant, ...] | None = None
    every: tuple[Grant, ...] | None = None  # all the viewer's grants, where `grants` are those of one page or act

    def doing(self, act: str, view: str | None = None) -> "Rights":
        """The rights with which something is done: `comments`, `persons`, `exports`, or `views` for the page named. What may be done is
        done with the rows of those groups that may do it."""
        if self.grants is None:
            return self
        kept = tuple(
            grant
            for grant in self.grants
            if ((grant.views is None or view in grant.views) if act == "views" else getattr(grant, act))
        )
        every = self.grants if self.every is None else self.every
        return replace(
            self, grants=kept, every=None if kept == every else every, see_persons=any(grant.persons for grant in kept)
        )

    def may(self, act: str, view: str | None = None) -> bool:
        """Whether there are any rows this may be done with."""
        if act == "persons":
            return self.see_persons
        return self.grants is None or bool(self.doing(act, view).grants)

    @property
    def limits(self) -> frozenset[str]:
        """What the rows seen are limited by: `journeys`, `stages`, `segments`, `regions`. Empty where one group sees every row."""
        each = [
            {name for name in ("journeys", "stages", "segments", "regions") if getattr(grant, name) is not None}
            for grant in self.grants or ()
        ]
        return frozenset().union(*each) if all(each) else frozenset()

    @property
    def persons_everywhere(self) -> bool:
        """Whether single persons may be seen in every row that is seen, on whichever page: then nothing need be withheld."""
        return self.see_persons and (
            self.grants is None or all(grant.persons for grant in (*self.grants, *(self.every or ())))
        )

    def elsewhere(self) -> "Rights | None":
        """The rights over all pages, where these show other rows than those do; None where the rows are the same everywhere."""
        here, there = _rows(self.grants), _rows(self.every)
        if self.every is None or here == there or (None,) * 4 in here:
            return None
        return replace(self, grants=self.every, every=None, see_persons=any(grant.persons for grant in self.every))


def _rows(grants: tuple[Grant, ...] | None) -> set[tuple[tuple[str, ...] | None, ...]]:
    """What rows grants hold, whatever may be done with them."""
    return {(grant.journeys, grant.stages, grant.segments, grant.regions) for grant in grants or ()}


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
