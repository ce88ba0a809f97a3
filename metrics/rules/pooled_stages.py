"""A number of visits to a stage, asked for without a stage, pools all stages of the journey: it is named so wherever it is shown."""

from dataclasses import replace

from metrics.catalogue.definition import Definition
from metrics.codes import Warning, WarningCode, warn
from metrics.query.context import Context
from metrics.query.query import Query

OF_ALL = ", of all stage visits"


def pooled(found: Definition, query: Query, known: Context) -> bool:
    """Whether each visit to each of several stages counts, so that the number reads as one of the journey and is none."""
    stages = query.stages or known.stages[query.journey or ""]
    return found.scope == "stage" and found.grain == "visit" and "stage" not in query.by and len(stages) > 1


def named(found: Definition, query: Query, known: Context) -> Definition:
    """The definition under the name a pooled number has; any other as it is."""
    return (
        replace(found, label=found.label + OF_ALL, short=found.short + OF_ALL) if pooled(found, query, known) else found
    )


def warnings(found: Definition, query: Query, known: Context) -> list[Warning]:
    """What must be said of a pooled number."""
    stages = query.stages or known.stages[query.journey or ""]
    return [warn(WarningCode.POOLED_STAGES, metric=found.id, stages=len(stages))] if pooled(found, query, known) else []
