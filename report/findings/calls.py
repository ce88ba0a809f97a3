"""One word a stage for somebody who has ten seconds: fix, fine, protect, or that it cannot be told."""

from collections.abc import Mapping
from enum import StrEnum

from metrics.analyses.stage_scores import Position, Target
from metrics.query.result import Cell
from report.findings.below_target import misses
from report.text.catalogue import say


class Call(StrEnum):
    """What a stage asks of whoever owns it."""

    FIX = "fix"
    FINE = "fine"
    PROTECT = "protect"
    UNCLEAR = "unclear"


CALL_WORDS = {
    Call.FIX: say("findings.calls.fix"),
    Call.FINE: say("findings.calls.fine"),
    Call.PROTECT: say("findings.calls.protect"),
    Call.UNCLEAR: say("findings.calls.unclear"),
}


def call(place: Position, cells: Mapping[str, Cell]) -> Call | None:
    """The word for a stage from its position and the `cells` of its metrics (id → cell, over the days of the position); None where the
    company has set no minimum.

    fix: a 95 % interval lies wholly on the wrong side of the company's minimum, or UX and CX surely diverge. protect: nothing to fix, both
    sides surely above their minimum, and what people say is surely at its target or beyond. fine: both sides above the minimum. Else unclear.
    """
    if not place.parts:
        return None
    state = str(place.verdict.state)
    above = place.ux.value is not None and place.ux.value > 50
    if (
        place.parted
        or state == "agree"
        and not above
        or any(misses(cells.get(p.definition.id), p) for p in place.parts)
    ):
        return Call.FIX
    if state != "agree":
        return Call.UNCLEAR
    loved = [p for p in place.parts if p.definition.side == "cx" and reaches_target(cells.get(p.definition.id), p)]
    return Call.PROTECT if loved else Call.FINE


def reaches_target(cell: Cell | None, part: Target) -> bool:
    """Whether the 95 % interval lies wholly at the target or beyond it."""
    if cell is None or not cell.valued or cell.low is None or cell.high is None:
        return False
    return cell.low >= part.target if part.target > part.line else cell.high <= part.target
