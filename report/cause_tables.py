"""Causes of a stage as text for a terminal or a script: table, json, csv, parquet."""

from pathlib import Path
from typing import Any

from metrics.analyses.causes.model import StageCauses
from report import numbers
from report.rows.causes import rows
from report.tables import aligned, delivered
from report.text.catalogue import say
from report.words import cause_words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts


def record(causes: StageCauses) -> dict[str, Any]:
    """The whole as one object."""
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
            for row, cause in zip(rows(causes), causes.causes)
        ],
        "goes_along": [{"cause": cause_words.name(one), "with": places[one.place]} for one in causes.echoes],
        "warnings": warning_texts(causes.warnings),
    }


def render(causes: StageCauses, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(
        rows(causes),
        lambda: _table(causes),
        lambda: record(causes),
        style,
        out,
    )


def _table(causes: StageCauses) -> str:
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
        for text in [cause_words.evidence(cause), *cause_words.shared(cause, causes)]
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
