"""How one change stands: reported, within its normal range, or why neither can be said. What is not reported may still have happened."""

from metrics.analyses.changes import Change
from metrics.codes import Note, NoteCode, remark
from metrics.statistics.core import Note as Undefined


def standing_of(change: Change | None) -> Note:
    """What may be said of one change."""
    if change is None or change.normal is None or change.diff is None:
        noisy = change is not None and change.note == Undefined.TOO_NOISY
        return remark(NoteCode.TOO_VOLATILE if noisy else NoteCode.NO_RANGE_YET)
    if change.notable:
        return remark(NoteCode.TOLD)
    if abs(change.diff) <= change.normal:
        return remark(NoteCode.WITHIN_RANGE)
    small = abs(change.diff) < change.definition.matters
    return remark(NoteCode.TOO_SMALL if small else NoteCode.UNSURE)
