"""A comparison of channels as text for a terminal or a script: table, json, csv, parquet."""

import json
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


def record(made: ChannelComparison) -> dict[str, Any]:
    """The comparison as one object."""

    def triple(found: Estimate) -> dict[str, Any]:
        return {"value": found.value, "low": found.low, "high": found.high}

    return {
        "metric": made.definition.id,
        "stages": list(made.query.stages),
        "finding": finding(made),
        "refused": reason_text(made.refused) or None,
        "margin": made.margin,
        "held_equal": list(made.held),
        "outside": made.outside,
        "asked_otherwise": made.asked_otherwise,
        "between_channels": triple(made.tau),
        "channels": rows(made),
        "warnings": warning_texts(made.warnings),
    }


def render(made: ChannelComparison, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(
        rows(made), lambda: _table(made), lambda: json.dumps(record(made), ensure_ascii=False, indent=2), style, out
    )


def _table(made: ChannelComparison) -> str:
    unit = made.definition.unit

    def told(found: Cell | Estimate | None, value: str = "") -> str:
        if found is None or found.value is None:
            return value or "–"
        return numbers.value(found.value, unit) + (
            f" ({numbers.interval(found.low, found.high, unit)})" if found.low is not None else ""
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

    beside = say("report.channel_tables.beside", name=made.reference.name) if made.reference else "difference"
    lines = [
        ["channel", say("report.channel_tables.as_measured"), "n", "standardised", beside, "standing"],
        *(line(c) for c in made.channels),
    ]
    return "\n".join(
        [finding(made), aligned(lines), *small_print(made), " · ".join(warning_texts(made.warnings))]
    ).rstrip("\n")
