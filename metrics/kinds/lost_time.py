"""Time that friction and waiting cost. Time over the median is "lost" without any friction (1.76 min a visit at a lognormal
median of 3 min, σ .8), so visits with friction are set against visits without it in the same strata, outcome included."""

import numpy as np

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, Warning, WarningCode, because, warn
from metrics.kinds import Kind, matched
from metrics.kinds.sums import Sums
from metrics.states import State
from metrics.statistics.core import Estimate, Note, missing
from metrics.statistics.jackknife import jackknife, ratio


def per_hundred(definition: Definition, sums: Sums, level: float) -> Estimate:
    """100 × (Σ time beyond the matched + Σ waiting) ÷ visits, in hours."""
    tables = matched.tables(sums)
    met, smooth = (table.sum(axis=1) > 0 for table in tables[::2])
    if not _recorded(sums) or met.any() and not (met & smooth).any():
        return missing(Note.NO_OVERLAP, sums.n)
    rows = np.vstack([*tables, sums.vector("n"), sums.vector("waited")])

    def lost(totals: np.ndarray) -> float:
        return 100 * ratio(_beyond(*np.split(totals[:-2], 4)) + totals[-1], totals[-2])

    result = jackknife(rows, lost)
    if result.groups < 2:
        return Estimate(float(result.value[0]), n=sums.n, note=Note.ONE_GROUP)
    amount = result.unequal(level)
    return Estimate(amount.value, amount.low, amount.high, sums.n, None, amount.se, amount.df, amount.note)


def _beyond(n1: np.ndarray, e1: np.ndarray, n0: np.ndarray, e0: np.ndarray) -> float:
    """Hours of the visits with friction beyond those of as many without, over strata that hold both."""
    both = (n1 > 0) & (n0 > 0)
    return float((e1[both] - n1[both] * e0[both] / n0[both]).sum())


def _recorded(sums: Sums) -> bool:
    """Whether any visit of the whole store met friction: without one, nothing records it, and 0 would be a guess."""
    return bool(sums.rows["recorded"].max())


def unmatched(definition: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    if sums is None or result.value is not None:
        return None
    if "recorded" in sums.rows and not _recorded(sums):
        return State.NOT_COLLECTED, because(ReasonCode.NO_FRICTION_RECORDED)
    return State.NO_DATA, because(ReasonCode.NO_VISIT_LIKE_THEM)


def warnings_per_visit(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    if result.value is None:
        return ()
    whole = matched.effect(sums)
    said = [
        warn(WarningCode.CRUDE_SECONDS, seconds=whole.crude, visits=int(sums.rows["n1"].sum())),
        warn(WarningCode.LONGER_VISITS),
    ]
    if whole.unmatched and whole.unmatched > 0.01:
        said.append(warn(WarningCode.UNMATCHED, share=whole.unmatched))
    return tuple(said)


def warnings_per_hundred(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """The two parts: minutes of attention and hours of waiting are not alike."""
    if result.value is None:
        return ()
    waited = 100 * sums.rows["waited"].sum() / sums.n
    tickets = int(sums.rows["tickets"].sum())
    return (
        warn(WarningCode.LOST_HOURS, visiting=result.value - waited, waited=waited, tickets=tickets),
        warn(WarningCode.LONGER_VISITS),
    )


KINDS = {
    "time_beyond": Kind("att", matched.estimate, matched.compare, unmatched, warnings_per_visit),
    "hours_lost": Kind("time_lost", per_hundred, matched.compare, unmatched, warnings_per_hundred),
}
