"""Times until something happens, when some are still open: percentiles of the Aalen–Johansen curve.

Open is censored at the end of the data, never dropped; an ending that makes the event impossible competes. A ticket merged into
another is no request of its own: it is not in n, but its wait is on the curve, for leaving it out would make the waits too short.
"""

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, Warning, WarningCode, because, warn
from metrics.kinds import Kind, quantiles
from metrics.kinds.sums import Sums, scaled
from metrics.present import present
from metrics.states import State
from metrics.statistics.core import Estimate, Note
from metrics.statistics.levels.survival import Curve, aalen_johansen

MINUTE_MS = 60_000.0  # times are counted in minutes, unless the definition says otherwise


def curve(definition: Definition, sums: Sums) -> Curve:
    """The curve of one cell, in milliseconds; clustered by person where somebody has more than one."""
    times, ending, group = (
        sums.rows[name].to_numpy().repeat(sums.rows["n"].to_numpy()) for name in ("ticks", "ending", "person_group")
    )
    return aalen_johansen(
        times * float(definition.measure.parts.get("tick", MINUTE_MS)),
        ending,
        cause=1,
        group=group if sums.n > sums.persons else None,
    )


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    return scaled(curve(definition, sums).percentile(present(definition.measure.quantile), level), definition)


def state(definition: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    """Not reached: immature where those still open could get there, else it will never be reached."""
    if result.note == Note.HIGH_NOT_REACHED:
        still = sums is not None and bool((sums.rows["ending"] == 0).any())
        return State.FEW, because(ReasonCode.UPPER_END_OPEN, open=still)
    if result.note != Note.NOT_REACHED or sums is None:
        return None
    share = {
        kind: float(sums.rows.loc[sums.rows["ending"] == kind, "n"].sum()) / float(sums.rows["n"].sum())
        for kind in (0, 1, 2)
    }
    reached = {"reached": share[1], "later_than": result.low, "unit": definition.unit}
    if share[0] + share[1] >= present(definition.measure.quantile):
        return State.IMMATURE, because(ReasonCode.NOT_REACHED_YET, **reached, open=share[0])
    return State.NO_DATA, because(ReasonCode.NEVER_REACHED, **reached, ended=share[2])


def warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """Tickets still open, and those merged into another."""
    still = int(sums.rows.loc[sums.rows["ending"] == 0, "n"].sum())
    merged = int(sums.rows["n"].sum()) - sums.n
    said = [warn(WarningCode.STILL_OPEN, waiting=still, tickets=sums.n)] if still else []
    return (*said, *([warn(WarningCode.MERGED, tickets=merged)] if merged else []))


KINDS = {"survival": Kind("survival", estimate, state=state, warnings=warnings, spread=quantiles.spread)}
