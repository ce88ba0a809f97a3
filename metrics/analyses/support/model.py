"""What support costs and what it goes with, as data."""

from dataclasses import dataclass

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.query.result import Cell
from metrics.statistics.core import Estimate


@dataclass(frozen=True)
class ExcessContacts:
    """Visits of a stage that met friction: the share that asked for help within three days beyond visits like them. `cell` is the metric's
    with its warnings (crude, expected, what a hidden cause would take, requests about something else); `requests` and `cost` a year are of those
    beyond the expected, with the limits of the difference; `each` is what one costs, None where the company set no cost."""

    stage: str
    cell: Cell
    requests: Estimate
    each: float | None
    cost: Estimate | None
    q: float | None = None  # of no difference, corrected for every stage looked at


@dataclass(frozen=True)
class Waited:
    """Answers by how long the first reply took: up to 4 hours, 24, 72, longer or none (`band` 0 to 3)."""

    band: int
    people: int
    unhappy: Estimate


@dataclass(frozen=True)
class LateReply:
    """Unhappy among those whose first reply took more than 24 hours, and the others: as counted and within what is held equal."""

    people: int
    others: int
    unhappy: float
    unhappy_others: float
    crude: Estimate
    alike: Estimate
    held: tuple[str, ...]
    compared: float


@dataclass(frozen=True)
class RequestReason:
    """One reason of requests: how many, of how many people, the share of all requests of its stage, and what they cost."""

    stage: str
    reason: str
    tickets: int
    persons: int
    share: float
    cost: float | None


@dataclass(frozen=True)
class Support:
    """All of it; `handling` is of answers about the handling, `later` of relationship answers after a request. `reasons` says why a part is
    missing: friction, handling, later, asked."""

    query: Query
    followed: tuple[ExcessContacts, ...] = ()
    waited: tuple[Waited, ...] = ()
    handling: LateReply | None = None
    later: LateReply | None = None
    asked: tuple[RequestReason, ...] = ()
    reasons: tuple[tuple[str, Reason], ...] = ()
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
