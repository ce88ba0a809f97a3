"""Two sides as data: each number of both, and what may be said of their difference."""

from dataclasses import dataclass
from enum import StrEnum

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.query.result import Cell


class Holds(StrEnum):
    """What may be said of a difference."""

    ABOVE = "above"  # the first lies surely above the second, by at least what matters
    BELOW = "below"
    SMALL = "small"  # surely another, by less than what matters
    UNSURE = "unsure"  # not sure, after correction for everything set beside each other
    ROUGH = "rough"  # too few to judge: a test would have no footing
    UNTESTED = "untested"  # no test is known for this kind of number
    OTHERWISE = "otherwise"  # asked in other ways: not compared
    NONE = "none"  # one of the two has no value


@dataclass(frozen=True)
class Pair:
    """One metric in one stage (None: of the whole journey) on both sides: `diff` is the first less the second in the metric's unit, with its interval;
    `within`: within the same ways of asking."""

    metric: str
    stage: str | None
    first: Cell
    second: Cell
    holds: Holds
    diff: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    q: float | None = None
    within: bool = False
    reason: Reason | None = None  # why there is nothing to compare


@dataclass(frozen=True)
class Sides:
    """All pairs of one question, `names` of the two sides of `dimension`; `exploratory`: of a filtered view, one of many that could be cut."""

    query: Query
    dimension: str
    names: tuple[str, str]
    pairs: tuple[Pair, ...] = ()
    exploratory: bool = False
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
