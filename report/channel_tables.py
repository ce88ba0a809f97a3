"""A comparison of channels as text for a terminal or a script: table, json, csv, parquet."""

from pathlib import Path
from typing import Any

from metrics.analyses.channels import Channel, ChannelComparison
from metrics.query.result import Cell
from metrics.statistics.core import Estimate
from report import numbers
from report.rows.channels import rows
from report.tables import aligned, delivered
from report.text.catalogue import say
from report.words.channel_words import finding, small_print
from report.words.reasons import reason_text
from report.words.warnings import warning_texts


def record(comparison: ChannelComparison) -> dict[str, Any]:
    """The comparison as one object."""

    def triple(estimate: Estimate) -> dict[str, Any]:
        return {"value": estimate.value, "low": estimate.low, "high": estimate.high}

    return {
        "metric": comparison.definition.id,
        "stages": list(comparison.query.stages),
        "finding": finding(comparison),
        "refused": reason_text(comparison.refused) or None,
        "margin": comparison.margin,
        "held_equal": list(comparison.held),
        "outside": comparison.outside,
        "asked_otherwise": comparison.asked_otherwise,
        "between_channels": triple(comparison.tau),
        "channels": rows(comparison),
        "warnings": warning_texts(comparison.warnings),
    }


def render(comparison: ChannelComparison, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(
        rows(comparison),
        lambda: _table(comparison),
        lambda: record(comparison),
        style,
        out,
    )


def _table(comparison: ChannelComparison) -> str:
    unit = comparison.definition.unit

    def told(estimate: Cell | Estimate | None, value: str = "") -> str:
        if estimate is None or estimate.value is None:
            return value or "–"
        return numbers.value(estimate.value, unit) + (
            f" ({numbers.interval(estimate.low, estimate.high, unit)})" if estimate.low is not None else ""
        )

    def line(c: Channel) -> list[str]:
        raw = told(c.raw if c.raw.valued else None, str(c.raw.state))
        return [
            c.name,
            raw,
            numbers.whole(c.raw.n),
            told(c.standardised),
            told(c.difference),
            str(c.standing) + (f": {reason_text(c.reason)}" if reason_text(c.reason) else ""),
        ]

    beside = (
        say("report.channel_tables.beside", name=comparison.reference.name) if comparison.reference else "difference"
    )
    lines = [
        ["channel", say("report.channel_tables.as_measured"), "n", "standardised", beside, "standing"],
        *(line(c) for c in comparison.channels),
    ]
    return "\n".join(
        [finding(comparison), aligned(lines), *small_print(comparison), " · ".join(warning_texts(comparison.warnings))]
    ).rstrip("\n")
