"""Why a survey metric has no value although people answered: another scale, another kind of survey, no score."""

import re
from typing import Any

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.query.named_sql import ask_rows

NAMED = re.compile(r"f\.(form|metric) (?:= ('\w+')|in \(([^)]*)\))")
SAMPLE = re.compile(r"f\.asked_about = '(\w+)'")


def unscored(
    definition: Definition, journey: str, stage: str | None, generation: Generation
) -> tuple[dict[str, Any], ...]:
    """What answers there are to the metric's question that it does not count, and which metric does: the first three; empty where there
    are none. Each holds `answers`, `unscored_because` (None where they have a score), `lowest` and `top` of the scale, `asked_about` (the
    sample) and `counted_by`, the ids of the metrics that count them."""
    metrics = _metrics(definition, generation)
    rows = ask_rows(
        generation,
        "unscored",
        {"journey": journey, "metrics": sorted(metrics), "stage": stage if definition.scope == "stage" else None},
    )
    ways = [_way(row) for row in rows if row["unscored_because"] or not _counts(definition, row)]
    return tuple(ways[:3])


def _names(definition: Definition, key: str) -> set[str]:
    return {
        name
        for kind, one, several in NAMED.findall(definition.measure.where)
        if kind == key
        for name in re.findall(r"'(\w+)'", one or several)
    }


def _metrics(definition: Definition, generation: Generation) -> set[str]:
    """The survey metrics (nps, csat …) a definition is about."""
    scales = ask_rows(generation, "scales", {})
    forms = _names(definition, "form")
    return _names(definition, "metric") | {row["metric"] for row in scales if row["form"] in forms}


def _counts(definition: Definition, row: dict[str, Any]) -> bool:
    sample = SAMPLE.search(definition.measure.where)
    return (
        (row["form"] in _names(definition, "form") or row["metric"] in _names(definition, "metric"))
        and sample is not None
        and row["asked_about"] == sample[1]
    )


def _way(row: dict[str, Any]) -> dict[str, Any]:
    """One way of answering; which metric counts it is asked only where it has a score."""
    kept = {name: row[name] for name in ("answers", "unscored_because", "lowest", "top", "asked_about")}
    others = (
        d.id for d in catalogue().values() if d.measure.table == "answers" and d.measure.survey and _counts(d, row)
    )
    return kept | {"counted_by": [] if row["unscored_because"] else sorted(others)}
