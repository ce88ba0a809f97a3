"""What there is to ask: metrics found by words, stages and breakdowns, and one definition whole."""

from typing import Any

from data.errors import nearest
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS, dimensions
from metrics.catalogue.load import catalogue, others
from metrics.query import context
from metrics.query.query import Query
from metrics.rules.open_questions import touching
from report import reference
from report.address import View, company_address, encode
from report.answers.asking import metric_of
from report.answers.common import Answer, head, plain
from report.answers.search import near, search
from report.text.catalogue import say

SHOWN = 20  # metrics of one search


def find(given: dict[str, Any], generation: Generation) -> Answer:
    """Metrics whose names, sentences or names in other tools hold the words, those named so first; without words all ids by lens.
    Stages, breakdowns and days beside them."""
    words, known = str(given.get("words", "")).strip(), context.read(generation)
    found = search(words)
    made: Answer = head(generation) | {
        "journeys": {journey: list(known.stages[journey]) for journey in known.journeys},
        "days": [day and day.isoformat() for day in (known.first_day, known.last_day)],
        "breakdowns": DIMENSIONS,
    }
    if not words:
        return plain(made | {"metrics": {one.id: one.label for one in found.values()}})
    if not found:
        found = near(words, SHOWN // 2)
        made["empty"] = say("assistant.answers.not_found", words=words) + " " + _hint(words)
    listed = list(found.values())[:SHOWN]
    if len(found) > SHOWN:
        made["left_out"] = say("assistant.answers.metrics_left_out", left=len(found) - SHOWN)
    return plain(made | {"metrics": [_short(one) for one in listed]})


def _hint(words: str) -> str:
    labels = {name: one.id for one in catalogue().values() for name in (one.id, one.label)}
    return nearest(words, labels)


def _short(definition: Definition) -> Answer:
    return {
        "metric": definition.id,
        "label": definition.label,
        "sentence": definition.sentence,
        "unit": definition.unit,
        "better": definition.better,
        "lens": definition.lens,
        "of": definition.scope,
    }


def define(given: dict[str, Any], generation: Generation) -> Answer:
    """A definition with everything a reader may ask of it, what it can be broken down by here, and the open questions about its records."""
    found, known = metric_of(given), context.read(generation)
    return plain(
        _short(found)
        | {
            "version": found.version,
            "facts": dict(reference.facts(found)),
            "needs_breakdown": list(found.measure.requires),
            "breakdowns": list(dimensions(found, known.columns[found.measure.fact])),
            "least_rows": found.min_n,
            "elsewhere": [
                {
                    "tool": entry["tool"],
                    "name": entry["name"],
                    "difference": entry["difference"],
                    "metric": variant.id if variant else None,
                }
                for entry, variant in others(found)
            ],
            "open_questions": [q.record | {"source": q.source} for q in touching(found, known.questions)],
            "view": f"{company_address()}/{encode(View('definitions', Query((), known.journeys[0])))}&metric={found.id}",
        }
        | head(generation)
    )
