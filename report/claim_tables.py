"""Signed decisions and whether they still hold, as text for a terminal or a script."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from report.findings.signing import Told, headline, line_said
from report.tables import aligned, delivered
from report.text.catalogue import say


def record(one: Told) -> dict[str, Any]:
    """A decision as one object: what was claimed, who does what by when, then and now."""
    cell = one.retested.cell
    now = {name: getattr(cell, name) if cell else None for name in ("value", "low", "high", "n")}
    return asdict(one.decision) | {
        "standing": one.retested.standing.value,
        "now": now | {"period": [one.retested.start.isoformat(), one.retested.end.isoformat()]},
    }


def render(found: list[Told], style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so."""
    return delivered(
        [{k: v for k, v in record(one).items() if k != "now"} for one in found],
        lambda: _table(found),
        lambda: [record(one) for one in found],
        style,
        out,
    )


def _table(found: list[Told]) -> str:
    heads = ["claim", say("report.claim_tables.judged_by"), "then", "now", "today", "owner", "due", "status"]
    rows = [
        [
            one.decision.claim,
            line_said(one.decision),
            one.then,
            one.now,
            one.standing,
            one.decision.owner,
            one.decision.due,
            one.decision.status,
        ]
        for one in found
    ]
    return "\n".join([headline(found) + ".", *([aligned([heads, *rows])] if rows else [])])
