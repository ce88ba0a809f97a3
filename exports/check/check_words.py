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


def record(one: Judged) -> dict[str, Any]:
    """One number as an object."""
    query = one.query
    return {
        "where": one.passage.where,
        "sentence": one.passage.text,
        "number": one.figure.text,
        "kind": one.figure.kind.value,
        "verdict": one.verdict.value,
        "metric": one.metric or None,
        "version": definition(one.metric).version if one.metric else None,
        "stage": query.stages[0] if query and query.stages else None,
        "period": [query.start.isoformat(), query.end.isoformat()] if query and query.start and query.end else None,
        "value": one.value,
        "is_instead": one.other or None,
        "why": why(one),
    }


def why(one: Judged) -> str:
    """What the number was held against, or why it could not be."""
    if one.verdict is Verdict.NOT_MEASURABLE:
        return _not(one)
    found, query = definition(one.metric), one.query
    value = "–" if one.value is None else numbers.whole(int(one.value)) if one.figure.kind in COUNTED else _value(one)
    stage = query.stages[0] if query and query.stages else say("exports.card.all_stages")
    span = words.span(query.start, query.end) if query else ""
    text = say("exports.check.held_against", label=found.label, stage=stage, span=span, value=value)
    if one.other:
        text += " " + say("exports.check.it_is", label=definition(one.other).label, id=one.other)
    return text


def _value(one: Judged) -> str:
    found = definition(one.metric)
    if one.figure.kind is Kind.CHANGE:
        return numbers.difference(one.value or 0.0, found.unit, plus=True)
    return words.value(one.value, found)


def _not(one: Judged) -> str:
    if one.why is Why.NO_METRIC:
        return say("exports.check.no_metric_is_named")
    if one.why is Why.RESTRICTED:
        return say("exports.check.restricted_by", word=one.word)
    if one.why is Why.NOT_OF_A_STAGE:
        return say("exports.check.not_of_a_stage", stage=one.word)
    if one.why is Why.UNIT:
        return say("exports.check.another_unit", label=definition(one.metric).label)
    return say("exports.check.no_value", label=definition(one.metric).label)
