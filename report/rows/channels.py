"""A comparison of channels as plain data: a flat row a channel."""

from typing import Any

from metrics.analyses.channels import ChannelComparison
from metrics.query.result import Cell, State
from metrics.statistics.core import Estimate
from report.words.reasons import reason_text

HIDDEN = (State.SUPPRESSED, State.REFUSED)


def rows(comparison: ChannelComparison) -> list[dict[str, Any]]:
    """One flat row a channel: as measured, standardised, the difference to the reference, what may be said."""
    reference = comparison.reference.name if comparison.reference else None
    return [
        {
            "metric": comparison.definition.id,
            "stage": next(iter(comparison.query.stages), None),
            "touch_channel": c.name,
            **_bounds("measured_", c.raw if c.raw.valued else None),
            "n": c.raw.n if c.raw.state not in HIDDEN else None,
            "state": str(c.raw.state),
            **_bounds("", c.standardised),
            "reference": reference,
            **_bounds("diff_", c.difference, "diff"),
            "standing": str(c.standing),
            "reason": reason_text(c.reason or comparison.refused),
            "generation": comparison.generation,
        }
        for c in comparison.channels
    ]


def _bounds(prefix: str, estimate: Estimate | Cell | None, value: str = "") -> dict[str, Any]:
    names = (value or f"{prefix}value", f"{prefix}low", f"{prefix}high")
    return dict(zip(names, (estimate.value, estimate.low, estimate.high) if estimate else (None, None, None)))
