"""Which metrics a limited viewer is not given at all: those that would mean something else, or could not be told apart.

A number that looks at other stages than its own would quietly take stages nobody granted for stages nobody visited; a table that
knows no region holds rows of which nobody can say whether they are granted. Both are refused, with what they would need.
"""

import re
from functools import lru_cache

from data.sqlfile import sql
from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, because
from metrics.kinds import kind_of
from metrics.query.query import Rights

# metrics/sql files that compare a stage with the other stages of its journey, or with whatever came later
ACROSS = frozenset("next_stage stage_reach_rate adoption came_back session_key_event_rate".split())
COLUMN = {"journeys": "journey", "stages": "stage", "segments": "segment", "regions": "region"}


def beyond(definition: Definition, rights: Rights, columns: dict[str, set[str]]) -> Reason | None:
    """Why this viewer is not given the metric, None where they are. `columns` of every population, by name."""
    limits = rights.limits
    if "stages" in limits and (definition.scope == "journey" or definition.measure.units in ACROSS):
        return because(ReasonCode.NEEDS_ALL_OF, label=definition.label, limits=("stages",))
    lacking = tuple(
        name
        for name in COLUMN
        if name in limits
        and any(COLUMN[name] not in columns.get(table, set()) for table in _tables(definition, columns))
    )
    return because(ReasonCode.NEEDS_ALL_OF, label=definition.label, limits=lacking) if lacking else None


def _tables(definition: Definition, columns: dict[str, set[str]]) -> set[str]:
    """The populations a metric is counted from."""
    return {
        definition.measure.fact,
        *(name for name in _named(definition.measure.units, kind_of(definition).template) if name in columns),
    }


@lru_cache(maxsize=64)
def _named(units: str | None, template: str) -> frozenset[str]:
    text = "\n".join(sql("metrics/sql", name) for name in (units, template) if name)
    return frozenset(re.findall(r"\b(?:from|join)\s+([a-z_]+)", text))
