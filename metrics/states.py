"""Why a number looks as it does. A leaf: every room of metrics may use it."""

from enum import StrEnum


class State(StrEnum):
    """Why a cell looks as it does. Only shown and few carry a value."""

    SHOWN = "shown"
    FEW = "few"  # shown, as a rough estimate
    SUPPRESSED = "suppressed"  # fewer than five persons (eight writers), or needed to protect such a cell
    NO_DATA = "no_data"  # asked or collected, but not in this cut
    NOT_ASKED = "not_asked"  # no survey asks this there
    NOT_COLLECTED = "not_collected"  # no source records it
    NOT_APPLICABLE = "not_applicable"  # the question has no meaning for this metric
    IMMATURE = "immature"  # the period is too recent to be judged
    NOT_SCORED = "not_scored"
    REFUSED = "refused"  # the viewer may not see it


VALUED = (State.SHOWN, State.FEW)
