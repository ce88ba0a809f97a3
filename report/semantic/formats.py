"""The two formats: dbt's semantic layer (MetricFlow) and Apache Ossie 0.2. Both are written as JSON, which is YAML, too."""

import json
from typing import Any

from data.store.generations import Generation
from report.semantic.carried import VENDOR, Carried, dimensions_of, extension, facts

OSSIE = "0.2.0.dev0"
NAME = "throughline"
DAY = "counted_on"  # MetricFlow keeps the word day for itself


def ossie(carried: list[Carried], generation: Generation) -> dict[str, Any]:
    """A semantic model: a dataset for each population, a metric for each that is carried."""
    datasets = [
        {
            "name": fact,
            "source": f"main.{fact}",
            "fields": [
                {"name": "day", "expression": _expression("day"), "datatype": "Date", "dimension": {"is_time": True}},
                *(
                    {"name": name, "expression": _expression(name), "dimension": {"is_time": False}}
                    for name in dimensions_of(fact, generation)
                ),
            ],
        }
        for fact in facts(carried)
    ]
    metrics = [
        {
            "name": one.definition.id,
            "expression": _expression(_ratio(one)),
            "description": one.definition.sentence,
            "datatype": "Float",
            "ai_context": {"synonyms": [one.definition.label, one.definition.short]},
            "custom_extensions": [
                {"vendor_name": VENDOR, "data": json.dumps(extension(one.definition), ensure_ascii=False)}
            ],
        }
        for one in carried
    ]
    model = {"name": NAME, "datasets": datasets, "metrics": metrics}
    return {"version": OSSIE, "semantic_model": [model], "dialects": ["ANSI_SQL"], "vendors": [VENDOR]}


def _expression(text: str) -> dict[str, Any]:
    return {"dialects": [{"dialect": "ANSI_SQL", "expression": text}]}


def _ratio(carried: Carried) -> str:
    fact = carried.definition.measure.fact
    factor = f"{carried.factor} * " if carried.factor != 1 else "1.0 * "
    return f"{factor}sum({carried.counted(fact)}) / nullif(count({carried.counted(fact)}), 0)"


def dbt(carried: list[Carried], generation: Generation) -> dict[str, Any]:
    """semantic_models and metrics: of each metric its sum, its number of rows, and their ratio."""
    models = [
        {
            "name": fact,
            "model": f"ref('{fact}')",
            "defaults": {"agg_time_dimension": DAY},
            "primary_entity": f"{fact}_row",
            "dimensions": [
                {"name": DAY, "type": "time", "type_params": {"time_granularity": "day"}, "expr": "day"},
                *({"name": name, "type": "categorical"} for name in dimensions_of(fact, generation)),
            ],
            "measures": [
                measure
                for one in own
                for measure in (
                    {"name": f"{one.definition.id}_total", "agg": "sum", "expr": one.counted()},
                    {"name": f"{one.definition.id}_rows", "agg": "count", "expr": one.counted()},
                )
            ],
        }
        for fact, own in facts(carried).items()
    ]
    return {"semantic_models": models, "metrics": [metric for one in carried for metric in _metrics(one)]}


def _metrics(carried: Carried) -> list[dict[str, Any]]:
    found = carried.definition
    parts = [
        {"name": name, "label": name, "type": "simple", "type_params": {"measure": name}}
        for name in (f"{found.id}_total", f"{found.id}_rows")
    ]
    ratio = {
        "name": found.id,
        "label": found.label,
        "description": found.sentence,
        "type": "ratio",
        "type_params": {"numerator": f"{found.id}_total", "denominator": f"{found.id}_rows"},
        "config": {"meta": {NAME: extension(found) | {"factor": carried.factor}}},
    }
    return [*parts, ratio]
