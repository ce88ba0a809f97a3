"""Causes of a stage as text for a terminal or a script: table, json, csv, parquet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from metrics.analyses.causes.model import Cause, StageCauses
from metrics.analyses.portfolio.of_causes import Beside
from report import numbers
from report.rows.causes import rows
from report.tables import aligned, delivered
from report.text.catalogue import say
from report.words import cause_words, portfolio_words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts


def record(causes: StageCauses, beside: Sequence[Beside] = ()) -> dict[str, Any]:
    """The whole as one object; `beside`, one a cause, adds what each is worth a year and a customer's words."""
    places = [row["cause"] for row in rows(causes)]
    return {
        "stage": causes.stage,
        "journey": causes.query.journey,
        "period": [day and day.isoformat() for day in (causes.query.start, causes.query.end)],
        "outcome": causes.outcome,
        "finding": cause_words.title(causes),
        "refused": reason_text(causes.refused) or None,
        "answers": causes.answers,
        "people": causes.persons,
        "unhappy": causes.unhappy,
        "looked_at": causes.scanned,
        "causes": [
            row | {"overlaps": {places[one.place]: one.share for one in cause.overlaps}}
            for row, cause in zip(rows(causes, beside), causes.causes)
        ],
        "goes_along": [{"cause": cause_words.name(one), "with": places[one.place]} for one in causes.echoes],
        "warnings": warning_texts(causes.warnings),
    }


def render(causes: StageCauses, style: str, out: Path | None = None, beside: Sequence[Beside] = ()) -> str:
    """As text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(
        rows(causes, beside),
        lambda: _table(causes, beside),
        lambda: record(causes, beside),
        style,
        out,
    )


def _table(causes: StageCauses, beside: Sequence[Beside]) -> str:
    head = [
        "",
        say("report.cause_tables.people_who"),
        "people",
        "unhappy",
        "others",
        say("report.cause_tables.points_more_comparable"),
        say("report.cause_tables.of_the_unhappy"),
        "evidence",
    ]
    lines = [
        [
            f"{place}",
            cause_words.exposure_clause(cause),
            numbers.whole(cause.persons),
            numbers.percent(cause.unhappy),
            numbers.percent(cause.unhappy_else),
            cause_words.points(cause.difference),
            cause_words.covered(cause),
            str(cause.grade),
        ]
        for place, cause in enumerate(causes.causes, 1)
    ]
    below = [
        f"{place}: {text}"
        for place, cause in enumerate(causes.causes, 1)
        for text in [
            cause_words.evidence(cause),
            *cause_words.shared(cause, causes),
            *_beside(cause, beside[place - 1 : place]),
        ]
    ]
    table = [aligned([head, *lines]), *below] if lines else []
    return "\n".join(
        [
            cause_words.title(causes),
            cause_words.population(causes),
            *table,
            cause_words.footnote(causes),
            " · ".join(warning_texts(causes.warnings)),
        ]
    ).rstrip("\n")


def _beside(cause: Cause, beside: Sequence[Beside]) -> list[str]:
    """What the cause is worth a year, and a customer's words with how they were drawn."""
    return [
        text
        for one in beside
        for text in (
            portfolio_words.cause_worth(cause, one),
            one.quote and f"“{one.quote.comment}” ({portfolio_words.cause_quote(one.quote)})",
        )
        if text
    ]
