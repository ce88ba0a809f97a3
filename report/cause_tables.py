"""Causes of a stage as text for a terminal or a script: table, json, csv, parquet."""

import json
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


def record(made: StageCauses) -> dict[str, Any]:
    """The whole as one object."""
    places = [row["cause"] for row in rows(made)]
    return {
        "stage": made.stage,
        "journey": made.query.journey,
        "period": [day and day.isoformat() for day in (made.query.start, made.query.end)],
        "outcome": made.outcome,
        "finding": cause_words.title(made),
        "refused": reason_text(made.refused) or None,
        "answers": made.answers,
        "people": made.persons,
        "unhappy": made.unhappy,
        "looked_at": made.scanned,
        "causes": [
            row | {"overlaps": {places[one.place]: one.share for one in cause.overlaps}}
            for row, cause in zip(rows(made), made.causes)
        ],
        "goes_along": [{"cause": cause_words.name(one), "with": places[one.place]} for one in made.echoes],
        "warnings": warning_texts(made.warnings),
    }


def render(made: StageCauses, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(
        rows(made), lambda: _table(made), lambda: json.dumps(record(made), ensure_ascii=False, indent=2), style, out
    )


def _table(made: StageCauses) -> str:
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
            cause_words.met(cause),
            numbers.whole(cause.persons),
            numbers.percent(cause.unhappy),
            numbers.percent(cause.unhappy_else),
            cause_words.points(cause.difference),
            cause_words.covered(cause),
            str(cause.grade),
        ]
        for place, cause in enumerate(made.causes, 1)
    ]
    below = [
        f"{place}: {text}"
        for place, cause in enumerate(made.causes, 1)
        for text in [cause_words.evidence(cause), *cause_words.shared(cause, made)]
    ]
    table = [aligned([head, *lines]), *below] if lines else []
    return "\n".join(
        [
            cause_words.title(made),
            cause_words.counted(made),
            *table,
            cause_words.foot(made),
            " · ".join(warning_texts(made.warnings)),
        ]
    ).rstrip("\n")
