"""How one change stands: reported, within its normal range, or why neither can be said. What is not reported may still have happened."""

from metrics.analyses.changes import Change
from metrics.statistics.core import Note

WITHIN = "within its normal range"
UNSURE = "beyond its normal range, not sure among all that is looked at"
SMALL = "beyond its normal range, too small to matter"
EARLY = "no normal range known yet"
NOISY = "its weeks vary too much to say what is normal"
TOLD = "beyond normal variation"


def standing_of(change: Change | None) -> str:
    """What may be said of one change."""
    if change is None or change.normal is None:
        return NOISY if change is not None and change.note == Note.TOO_NOISY else EARLY
    if change.notable:
        return TOLD
    if abs(change.diff) <= change.normal:
        return WITHIN
    return SMALL if abs(change.diff) < change.definition.matters else UNSURE
