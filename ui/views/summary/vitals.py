"""The vital signs in one row: value and whether it moved; interval, comparison and who answered on tap."""

from metrics.analyses.changes import Change
from metrics.catalogue.definition import Definition
from metrics.query.result import Cell
from report.text.catalogue import say

Sign = tuple[Definition, Cell, Change | None, list[Cell]]


def title(signs: list[Sign], why: str) -> str:
    """How many moved, or why none can be judged."""
    moved = [change for _, _, change, _ in signs if change is not None and change.notable]
    if why:
        return say("ui.summary.signs_unjudged", count=len(signs))
    if not moved:
        return say("ui.summary.signs_steady", count=len(signs))
    return say("ui.summary.signs_moved", count=len(signs), moved=len(moved))
