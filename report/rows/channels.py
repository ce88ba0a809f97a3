"""A comparison of channels as plain data: a flat row a channel."""

from typing import Any

from metrics.analyses.channels import ChannelComparison
from metrics.query.result import Cell, State
from metrics.statistics.core import Estimate
from report.words.reasons import reason_text

HIDDEN = (State.SUPPRESSED, State.REFUSED)


def rows(made: ChannelComparison) -> list[dict[str, Any]]:
    """One flat row a channel: as measured, standardised, the difference to the reference, what may be said."""
    reference = made.reference.name if made.reference else None
    return [
        {
            "metric": made.definition.id,
            "stage": next(iter(made.query.stages), None),
            "touch_channel": c.name,
            **_bounds("measured_", c.raw if c.raw.valued else None),
            "n": c.raw.n if c.raw.state not in HIDDEN else None,
            "state": str(c.raw.state),
            **_bounds("", c.standardised),
            "reference": reference,
            **_bounds("diff_", c.difference, "diff"),
            "standing": str(c.standing),
            "reason": reason_text(c.reason or made.refused),
            "generation": made.generation,
        }
        for c in made.channels
    ]


def _bounds(prefix: str, found: Estimate | Cell | None, value: str = "") -> dict[str, Any]:
    names = (value or f"{prefix}value", f"{prefix}low", f"{prefix}high")
    return dict(zip(names, (found.value, found.low, found.high) if found else (None, None, None)))
