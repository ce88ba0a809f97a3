"""Whether a level is plain or few: by how many people it rests on, so that what is plain holds the truth as often as any other.

An interval is also narrow by chance, and then misses more often: were the width seen to decide, of the first cells of a metric to
become plain up to half would be wrong, whatever the threshold. How many people came, and how often each, says nothing of how far
off the value is. Few is about the level only: whether a change could be seen is another question (metrics.changes).
"""

from collections.abc import Callable

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, because
from metrics.kinds import kind_of
from metrics.kinds.sums import Sums
from metrics.present import present
from metrics.query.result import State
from metrics.statistics.core import Estimate, critical

MIN_N_EFF = 30  # NCHS: below 30 effective rows an estimate is marked
RELATIVE = ("seconds", "hours", "money", "count")  # units whose precision is a part of the value
SURE = 0.999
ALIKE = 0.5  # of two rows of one person: between what visits (.1 to .3) and answers (.5 and more) of a person have in common
FAR = 2  # wider than so many times the target is never plain, whatever the metric's usual spread


def reliability(
    definition: Definition, result: Estimate, level: float, at: Callable[[float], Estimate], rests_on: float
) -> tuple[State, Reason | None]:
    """The state of a cell with a value, and its reason. `rests_on` is what `independent` says of its sums, `at` gives the same
    estimate at another level.

    Where the metric has a usual spread, plain is what rests on as many people as give the precision target at that spread. Elsewhere
    (effects, margins) the width decides: neither end of the interval at 99.9 %, brought down to the level by the ratio of the
    critical values, may be farther from the value than the target.
    """
    if result.low is None or result.high is None or (result.n_eff or result.n or 0) < min(MIN_N_EFF, definition.min_n):
        return State.FEW, because(ReasonCode.SMALL)
    allowed = definition.precise * (abs(present(result.value)) if definition.unit in RELATIVE else 1)
    half, least = (result.high - result.low) / 2, enough(definition)
    if least is None:
        wide = half > allowed or _farther(at(SURE)) * critical(level) / critical(SURE) > allowed
        return (State.FEW, because(ReasonCode.WIDE)) if wide else (State.SHOWN, None)
    if rests_on < least:
        return State.FEW, because(ReasonCode.SMALL)
    return (State.FEW, because(ReasonCode.WIDE)) if half > FAR * allowed else (State.SHOWN, None)


def enough(definition: Definition) -> float | None:
    """How many independent rows give the precision target, at 95 %, where the metric varies as it usually does; None: not known."""
    spread = definition.usual_spread or kind_of(definition).spread(definition)
    return None if spread is None else (critical() * spread / definition.precise) ** 2


def independent(definition: Definition, sums: Sums) -> float:
    """What the rows of a cell are worth in independent ones when those of a person are half alike: n over 1 + ½(Σn_i²/n − 1), with
    weights of a source n² over Σw² for n. By how often people come alone, never by what they did or said."""
    kind = kind_of(definition)
    rows, n = float((kind.carried or kind.count)(definition, sums)), sums.total("n")
    squares = sums.total("nn") if sums.has("nn") else n**2 / max(sums.persons, 1)
    kish = n / sums.total("ww") if sums.has("ww") else 1.0
    return rows * kish / (1 + ALIKE * max(squares * kish / n - 1, 0.0)) if n else 0.0


def _farther(estimate: Estimate) -> float:
    """How far the farther end is from the value; an end that is not known is beyond all."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return float("inf")
    return max(estimate.high - estimate.value, estimate.value - estimate.low)
