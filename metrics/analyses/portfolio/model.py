"""A portfolio as data: its lines in the order in which the next euro goes, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from metrics.analyses.case.case import Grade, Removes
from metrics.analyses.case.measured import Window
from metrics.analyses.case.routes import Gain
from metrics.analyses.causes.model import Cause
from metrics.analyses.stage_scores import Target
from metrics.codes import Reason
from metrics.statistics.business import Outcome, of_replicates


class Ground(StrEnum):
    """Why a line is there."""

    CAUSE = "cause"  # goes with unhappiness in the stage; removed altogether
    FRICTION = "friction"  # visits with friction; all of it removed
    TARGET = "target"  # what reaching the company's own target removes, its cause not known


@dataclass(frozen=True)
class Stake:
    """One line. `alone`: a year's money if nothing else is done; `more`: what it adds to the lines above it, people and money that these
    claim taken off; `kept` is the part of `alone` left (median). `people` a year no longer unhappy, more who finish, or requests for
    help avoided, alone; `share` the part of them that goes (median). `gain` says whether it is margin or the cost of requests. `cause` has
    the evidence that it makes people unhappy, `grade` is how the step from there to the money is known;
    `by_definition` where finishing the stage is the purchase itself."""

    stage: str
    removes: Removes
    ground: Ground
    gain: Gain
    grade: Grade
    people: Outcome
    alone: Outcome
    more: Outcome
    kept: float
    share: float
    by_definition: bool = False
    n: int | None = None
    cause: Cause | None = None
    target: Target | None = None


@dataclass(frozen=True)
class Gap:
    """What would have to be set, asked or recorded before money can be named."""

    stage: str
    removes: Removes
    reason: Reason


@dataclass(frozen=True)
class Portfolio:
    """Lines in the order of the low end (P10) of what each adds. `margin` and `capacity` are the year's money of all lines together, as
    distributions of the sum; `added_up` is what the means of `alone` would come to, which is too much."""

    journey: str
    currency: str
    period: Window
    generation: str
    stakes: tuple[Stake, ...] = ()
    missing: tuple[Gap, ...] = ()
    margin: Outcome = of_replicates([])
    capacity: Outcome = of_replicates([])
    added_up: float | None = None
    warnings: tuple[Reason, ...] = ()
