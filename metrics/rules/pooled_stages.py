"""A number of visits to a stage, asked for without a stage, pools all stages of the journey: it is named so wherever it is shown."""

from dataclasses import replace

from metrics.catalogue.definition import Definition
from metrics.codes import Warning, WarningCode, warn
from metrics.query.context import Context
from metrics.query.query import Query

OF_ALL = ", of all stage visits"


def is_pooled(definition: Definition, query: Query, known: Context) -> bool:
    """Whether each visit to each of several stages counts, so that the number reads as one of the journey and is none."""
    stages = query.stages or known.stages[query.journey or ""]
    return definition.scope == "stage" and definition.grain == "visit" and "stage" not in query.by and len(stages) > 1


def renamed_if_pooled(definition: Definition, query: Query, known: Context) -> Definition:
    """The definition under the name a pooled number has; any other as it is."""
    return (
        replace(definition, label=definition.label + OF_ALL, short=definition.short + OF_ALL)
        if is_pooled(definition, query, known)
        else definition
    )


def warnings(definition: Definition, query: Query, known: Context) -> list[Warning]:
    """What must be said of a pooled number."""
    stages = query.stages or known.stages[query.journey or ""]
    return (
        [warn(WarningCode.POOLED_STAGES, metric=definition.id, stages=len(stages))]
        if is_pooled(definition, query, known)
        else []
    )
