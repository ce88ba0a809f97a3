"""Times until something happens, when some are still open: percentiles of the Aalen–Johansen curve.

Open is censored at the end of the data, never dropped; an ending that makes the event impossible competes. A ticket merged into
another is no request of its own: it is not in n, but its wait is on the curve, for leaving it out would make the waits too short.
"""

from metrics.catalogue.definition import Definition
from metrics.kinds import SMALL, Kind
from metrics.kinds.sums import Sums, scaled
from metrics.statistics.core import Estimate, Note
from metrics.statistics.levels.survival import Curve, aalen_johansen

MINUTE_MS = 60_000.0  # times are counted in minutes, unless the definition says otherwise


def curve(found: Definition, sums: Sums) -> Curve:
    """The curve of one cell, in milliseconds; clustered by person where somebody has more than one."""
    times, ending, group = (
        sums.rows[name].to_numpy().repeat(sums.rows["n"].to_numpy()) for name in ("ticks", "ending", "person_group")
    )
    return aalen_johansen(
        times * float(found.measure.parts.get("tick", MINUTE_MS)),
        ending,
        cause=1,
        group=group if sums.n > sums.persons else None,
    )


def estimate(found: Definition, sums: Sums, level: float) -> Estimate:
    return scaled(curve(found, sums).percentile(found.measure.quantile, level), found)


def state(found: Definition, sums: Sums | None, result: Estimate) -> tuple[str, str] | None:
    """Not reached: immature where those still open could get there, else it will never be reached."""
    if result.note == Note.HIGH_NOT_REACHED:
        still = sums is not None and bool((sums.rows["ending"] == 0).any())
        return "few", SMALL + (
            ": the upper end is not reached, and some are still open" if still else ": the upper end is not reached"
        )
    if result.note != Note.NOT_REACHED or sums is None:
        return None
    share = {
        kind: float(sums.rows.loc[sums.rows["ending"] == kind, "n"].sum()) / float(sums.rows["n"].sum())
        for kind in (0, 1, 2)
    }
    reached = f"not reached: {share[1]:.0%} by now, and surely later than {result.low:,.1f} {found.unit}"
    if share[0] + share[1] >= found.measure.quantile:
        return "immature", f"{reached}; {share[0]:.0%} are still open"
    return "no_data", f"{reached}; {share[2]:.0%} ended without it"


def warnings(found: Definition, sums: Sums, result: Estimate) -> tuple[str, ...]:
    still = int(sums.rows.loc[sums.rows["ending"] == 0, "n"].sum())
    merged = int(sums.rows["n"].sum()) - sums.n
    said = [f"{still:,} of {sums.n:,} are still open: counted up to the end of the data"] if still else []
    return (
        *said,
        *([f"{merged:,} merged into another ticket are not in n; the merging ends their wait"] if merged else []),
    )


KINDS = {"survival": Kind("survival", estimate, state=state, warnings=warnings)}
