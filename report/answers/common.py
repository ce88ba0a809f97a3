"""An answer as one object: what all cells share is said once, and what an answer lacks is told in words."""

import json
from typing import Any

from data.errors import nearest
from data.store.generations import Generation
from metrics.catalogue.load import definition
from metrics.query import context
from metrics.query.filter_values import parts
from metrics.query.named_sql import ask_rows
from metrics.query.result import Result
from report import numbers
from report.rows.cells import records
from report.text.catalogue import say

Answer = dict[str, Any]
MOST_CELLS = 300  # of one answer to an assistant: more fills its memory and tells it nothing
# What a cell says of the whole answer: once for all cells where it is the same of each.
OF_ALL = (
    "period",
    "warnings",
    "warning_codes",
    "open_questions",
    "definition_version",
    "unit",
    "data_as_of",
    "generation",
    "resolved",
    "view",
)


def of_result(result: Result, generation: Generation) -> Answer:
    """A Result as an assistant is told it. `common | cell` is a cell exactly as `metrics show --format json` prints it."""
    cells = records(result)
    shown = cells[:MOST_CELLS]
    common = {key: shown[0][key] for key in OF_ALL if shown and all(cell[key] == shown[0][key] for cell in shown)}
    made: Answer = {
        "common": common,
        "cells": [{key: value for key, value in cell.items() if key not in common} for cell in shown],
        "definitions": {metric: brief(metric) for metric in result.definitions},
        "company": result.company,
    }
    if len(cells) > MOST_CELLS:
        made["left_out"] = say("assistant.answers.cells_left_out", left=numbers.whole(len(cells) - MOST_CELLS))
    if not cells:
        made |= {"empty": say("assistant.answers.no_cells", by=", ".join(result.query.by)), **head(generation)}
    if unknown := unknown_values(result, generation):
        made["not_in_the_data"] = unknown
    return plain(made)


def brief(metric: str) -> Answer:
    """What a number means, in four lines."""
    found = definition(metric)
    return {
        "label": found.label,
        "sentence": found.sentence,
        "better": found.better,
        "interval": found.interval,
        "version": found.version,
    }


def head(generation: Generation) -> Answer:
    """Of which state of whose data an answer is."""
    known = context.read(generation)
    return {
        "company": known.company,
        "generation": generation.name,
        "data_as_of": known.data_as_of.isoformat() if known.data_as_of else None,
        "simulated": known.simulated,
    }


def unknown_values(result: Result, generation: Generation) -> list[Answer]:
    """Filters no visit has a value of, each with the nearest value there is: an empty answer must not look like a fact."""
    known: dict[str, list[str]] = {}
    for row in ask_rows(generation, "dimension_values", {}):
        known.setdefault(row["dimension"], []).append(str(row["value"]))
    return [
        {
            "dimension": name,
            "found": value,
            "hint": nearest(value, known[name]) or say("assistant.answers.values", values=", ".join(known[name][:12])),
        }
        for name, values in result.query.filters
        for value in parts(values)
        if name in known and value not in known[name]
    ]


def plain(answer: Answer) -> Answer:
    """The object as JSON holds it."""
    found: Answer = json.loads(json.dumps(answer, ensure_ascii=False))
    return found
