"""Why a survey metric has no value although people answered: another scale, another kind of survey, no score."""

import re
from typing import Any

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.query.named_sql import ask_rows
from metrics.thresholds import PERSONS

NAMED = re.compile(r"f\.(form|metric) (?:= ('\w+')|in \(([^)]*)\))")
SAMPLE = re.compile(r"f\.asked_about = '(\w+)'")
ASKED = {
    "stage": "of a stage",
    "relationship": "about the relationship",
    "contact": "after a contact",
    "research": "of research",
    "outcome": "asked on exit or after friction",
    None: "of surveys without a kind: add [[survey]] to journey.toml",
}


def unscored(found: Definition, journey: str, stage: str | None, generation: Generation) -> str:
    """What answers there are to the metric's question that it does not count, and which metric does; empty where there are none."""
    metrics = _metrics(found, generation)
    rows = ask_rows(
        generation,
        "unscored",
        {"journey": journey, "metrics": sorted(metrics), "stage": stage if found.scope == "stage" else None},
    )
    said = [_said(row) for row in rows if row["unscored_because"] or not _counts(found, row)]
    return "; ".join(said[:3])


def _names(found: Definition, key: str) -> set[str]:
    return {
        name
        for kind, one, several in NAMED.findall(found.measure.where)
        if kind == key
        for name in re.findall(r"'(\w+)'", one or several)
    }


def _metrics(found: Definition, generation: Generation) -> set[str]:
    """The survey metrics (nps, csat …) a definition is about."""
    scales = ask_rows(generation, "scales", {})
    forms = _names(found, "form")
    return _names(found, "metric") | {row["metric"] for row in scales if row["form"] in forms}


def _counts(found: Definition, row: dict[str, Any]) -> bool:
    sample = SAMPLE.search(found.measure.where)
    return (
        (row["form"] in _names(found, "form") or row["metric"] in _names(found, "metric"))
        and sample is not None
        and row["asked_about"] == sample[1]
    )


def _said(row: dict[str, Any]) -> str:
    """One way of answering in words."""
    count = f"{row['answers']:,} answers" if row["answers"] >= PERSONS else f"fewer than {PERSONS} answers"
    if row["unscored_because"]:
        return f"{count} not counted: {row['unscored_because']}"
    scale = f" on {float(row['lowest']):g} to {float(row['top']):g}" if row["lowest"] and row["top"] else ""
    others = sorted(
        d.id for d in catalogue().values() if d.measure.table == "answers" and d.measure.survey and _counts(d, row)
    )
    where = f", counted by {' and '.join(others[:2])}" if others else ""
    return f"{count}{scale} {ASKED.get(row['asked_about'], row['asked_about'])}{where}"
