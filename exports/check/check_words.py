"""The verdicts on a document, in words or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from exports.check.figures import Kind
from exports.check.judge import COUNTED, Judged, Verdict, Why
from metrics.catalogue.load import definition
from report import numbers
from report.text.catalogue import say
from report.words import words

VERDICTS = {
    Verdict.SUPPORTED: say("exports.check.supported"),
    Verdict.OTHER_DEFINITION: say("exports.check.other_definition"),
    Verdict.CONTRADICTED: say("exports.check.contradicted"),
    Verdict.NOT_MEASURABLE: say("exports.check.not_measurable"),
}


def render(judged: list[Judged], style: str) -> str:
    """Every number with its verdict, and how many of each."""
    if style == "json":
        return json.dumps([record(one) for one in judged], ensure_ascii=False, indent=2)
    lines = [
        f"{one.passage.where}: {one.figure.text}  {VERDICTS[one.verdict]}. {why(one)}\n    {one.passage.text}"
        for one in judged
    ]
    counts = Counter(one.verdict for one in judged)
    said = ", ".join(
        f"{numbers.whole(counts[verdict])} {text}" for verdict, text in VERDICTS.items() if counts[verdict]
    )
    return "\n".join([*lines, say("exports.check.summary", found=numbers.whole(len(judged)), counts=said or "–")])


def record(judged: Judged) -> dict[str, Any]:
    """One number as an object."""
    query = judged.query
    return {
        "where": judged.passage.where,
        "sentence": judged.passage.text,
        "number": judged.figure.text,
        "kind": judged.figure.kind.value,
        "verdict": judged.verdict.value,
        "metric": judged.metric or None,
        "version": definition(judged.metric).version if judged.metric else None,
        "stage": query.stages[0] if query and query.stages else None,
        "period": [query.start.isoformat(), query.end.isoformat()] if query and query.start and query.end else None,
        "value": judged.value,
        "is_instead": judged.other or None,
        "why": why(judged),
    }


def why(judged: Judged) -> str:
    """What the number was held against, or why it could not be."""
    if judged.verdict is Verdict.NOT_MEASURABLE:
        return _not(judged)
    found, query = definition(judged.metric), judged.query
    value = (
        "–"
        if judged.value is None
        else numbers.whole(int(judged.value))
        if judged.figure.kind in COUNTED
        else _value(judged)
    )
    stage = query.stages[0] if query and query.stages else say("exports.card.all_stages")
    span = words.span(query.start, query.end) if query else ""
    text = say("exports.check.held_against", label=found.label, stage=stage, span=span, value=value)
    if judged.other:
        text += " " + say("exports.check.it_is", label=definition(judged.other).label, id=judged.other)
    return text


def _value(judged: Judged) -> str:
    found = definition(judged.metric)
    if judged.figure.kind is Kind.CHANGE:
        return numbers.difference(judged.value or 0.0, found.unit, plus=True)
    return words.value(judged.value, found)


def _not(judged: Judged) -> str:
    if judged.why is Why.NO_METRIC:
        return say("exports.check.no_metric_is_named")
    if judged.why is Why.RESTRICTED:
        return say("exports.check.restricted_by", word=judged.word)
    if judged.why is Why.NOT_OF_A_STAGE:
        return say("exports.check.not_of_a_stage", stage=judged.word)
    if judged.why is Why.UNIT:
        return say("exports.check.another_unit", label=definition(judged.metric).label)
    return say("exports.check.no_value", label=definition(judged.metric).label)
