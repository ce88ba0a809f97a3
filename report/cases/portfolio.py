"""A portfolio as text for a terminal or a script: table, json, csv."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from metrics.analyses.portfolio.model import Portfolio, Stake
from metrics.statistics.business import Outcome
from report.tables import aligned, delivered
from report.words import portfolio_words as words
from report.words.reasons import reason_text


def record(made: Portfolio) -> dict[str, Any]:
    """The whole as one object: amounts in `currency` a year."""
    return {
        "journey": made.journey,
        "period": [made.period.start.isoformat(), made.period.end.isoformat()],
        "generation": made.generation,
        "currency": made.currency,
        "finding": words.title(made),
        "lines": [_line(place, one) for place, one in enumerate(made.stakes, 1)],
        "margin_of_all": _outcome(made.margin),
        "capacity_of_all": _outcome(made.capacity),
        "means_added_up": made.added_up,
        "missing": [
            {"stage": gap.stage, "removes": gap.removes.value, "why": reason_text(gap.reason)} for gap in made.missing
        ],
        "warnings": [reason_text(reason) for reason in made.warnings],
    }


def _line(place: int, one: Stake) -> dict[str, Any]:
    return {
        "place": place,
        "stage": one.stage,
        "what": words.label(one),
        "removes": one.removes.value,
        "ground": one.ground.value,
        "gain": one.gain.value,
        "adds_a_year": _outcome(one.more),
        "alone_a_year": _outcome(one.alone),
        "part_not_claimed_above": one.kept,
        "helped_a_year": _outcome(one.people),
        "share_removed": one.share,
        "evidence": str(one.cause.grade) if one.cause else None,
        "grade": one.grade.value,
        "n": one.n,
    }


def _outcome(found: Outcome) -> dict[str, float | None]:
    return {name: value for name, value in asdict(found).items() if name != "note"}


def render(made: Portfolio, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so."""
    return delivered(
        [_flat(place, one) for place, one in enumerate(made.stakes, 1)],
        lambda: _table(made),
        lambda: json.dumps(record(made), ensure_ascii=False, indent=2),
        style,
        out,
    )


def _flat(place: int, one: Stake) -> dict[str, Any]:
    """A line without tables in it."""
    found = _line(place, one)
    flat: dict[str, Any] = {}
    for name, value in found.items():
        flat |= (
            {f"{name}_{part}": number for part, number in value.items()} if isinstance(value, dict) else {name: value}
        )
    return flat


def _table(made: Portfolio) -> str:
    rows = [[str(place), *words.row(one)] for place, one in enumerate(made.stakes, 1)]
    table = [aligned([["", *words.HEADS], *rows]), "", words.method()] if rows else []
    return "\n".join(
        [
            words.title(made),
            words.standfirst(made),
            "",
            *table,
            *words.missing(made),
            *(reason_text(reason) for reason in made.warnings),
        ]
    )
