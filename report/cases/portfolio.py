"""A portfolio as text for a terminal or a script: table, json, csv."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from metrics.analyses.portfolio.model import Portfolio, Stake
from metrics.statistics.business import Outcome
from report.tables import aligned, delivered
from report.words import portfolio_words as words
from report.words.reasons import reason_text


def record(portfolio: Portfolio) -> dict[str, Any]:
    """The whole as one object: amounts in `currency` a year."""
    return {
        "journey": portfolio.journey,
        "period": [portfolio.period.start.isoformat(), portfolio.period.end.isoformat()],
        "generation": portfolio.generation,
        "currency": portfolio.currency,
        "finding": words.title(portfolio),
        "lines": [_line(place, one) for place, one in enumerate(portfolio.stakes, 1)],
        "margin_of_all": _outcome(portfolio.margin),
        "capacity_of_all": _outcome(portfolio.capacity),
        "means_added_up": portfolio.added_up,
        "missing": [
            {"stage": gap.stage, "removes": gap.removes.value, "why": reason_text(gap.reason)}
            for gap in portfolio.missing
        ],
        "warnings": [reason_text(reason) for reason in portfolio.warnings],
    }


def _line(place: int, stake: Stake) -> dict[str, Any]:
    return {
        "place": place,
        "stage": stake.stage,
        "what": words.label(stake),
        "removes": stake.removes.value,
        "ground": stake.ground.value,
        "gain": stake.gain.value,
        "adds_a_year": _outcome(stake.more),
        "alone_a_year": _outcome(stake.alone),
        "part_not_claimed_above": stake.kept,
        "helped_a_year": _outcome(stake.people),
        "share_removed": stake.share,
        "evidence": str(stake.cause.grade) if stake.cause else None,
        "grade": stake.grade.value,
        "n": stake.n,
    }


def _outcome(outcome: Outcome) -> dict[str, float | None]:
    return {name: value for name, value in asdict(outcome).items() if name != "note"}


def render(portfolio: Portfolio, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so."""
    return delivered(
        [flat(place, one) for place, one in enumerate(portfolio.stakes, 1)],
        lambda: _table(portfolio),
        lambda: record(portfolio),
        style,
        out,
    )


def flat(place: int, stake: Stake) -> dict[str, Any]:
    """A line as one row, without tables in it."""
    found = _line(place, stake)
    flat: dict[str, Any] = {}
    for name, value in found.items():
        flat |= (
            {f"{name}_{part}": number for part, number in value.items()} if isinstance(value, dict) else {name: value}
        )
    return flat


def _table(portfolio: Portfolio) -> str:
    rows = [[str(place), *words.row(one)] for place, one in enumerate(portfolio.stakes, 1)]
    table = [aligned([["", *words.HEADS], *rows]), "", words.method()] if rows else []
    return "\n".join(
        [
            words.title(portfolio),
            words.standfirst(portfolio),
            "",
            *table,
            *words.missing(portfolio),
            *(reason_text(reason) for reason in portfolio.warnings),
        ]
    )
