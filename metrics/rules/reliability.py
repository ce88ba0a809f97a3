"""Whether a level is plain or few: by the width of its interval and the effective number, never by the count alone.

Few is about the level only: whether a change could be seen is another question (metrics.changes).
"""

from collections.abc import Callable

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, because
from metrics.query.result import State
from metrics.statistics.core import Estimate, critical

MIN_N_EFF = 30  # NCHS: below 30 effective rows an estimate is marked
RELATIVE = ("seconds", "hours", "money", "count")  # units whose precision is a part of the value
SURE = 0.999


def reliability(
    found: Definition, result: Estimate, level: float, at: Callable[[float], Estimate]
) -> tuple[State, Reason | None]:
    """The state of a cell with a value, and its reason. `at` gives the same estimate at another level.

    An interval is also narrow by chance, and more often so where it misses the truth: it is plain only if neither end of the
    interval at 99.9 %, brought down to the level by the ratio of the critical values, is farther from the value than the target.
    """
    if result.low is None or result.high is None or (result.n_eff or result.n or 0) < min(MIN_N_EFF, found.min_n):
        return State.FEW, because(ReasonCode.SMALL)
    allowed = found.precise * (abs(result.value) if found.unit in RELATIVE else 1)
    if (result.high - result.low) / 2 > allowed or _farther(at(SURE)) * critical(level) / critical(SURE) > allowed:
        return State.FEW, because(ReasonCode.WIDE)
    return State.SHOWN, None


def _farther(found: Estimate) -> float:
    """How far the farther end is from the value; an end that is not known is beyond all."""
    if found.low is None or found.high is None:
        return float("inf")
    return max(found.high - found.value, found.value - found.low)
