"""Arms of experiments among the causes: chance decided who met them, but not who answered."""

from dataclasses import replace

import pandas as pd

from data.store.generations import Generation
from metrics.analyses.causes import gather
from metrics.analyses.causes.model import Cause, Grade, Kind
from metrics.query.named_sql import ask_rows
from metrics.query.resolve import ResolvedQuery
from metrics.statistics.groups.experiments import sample_ratio

UNEVEN = "answers_uneven"


def doubted(
    causes: tuple[Cause, ...], rows: pd.DataFrame, query: ResolvedQuery, generation: Generation
) -> tuple[Cause, ...]:
    """The same; an arm whose people answered in other numbers than they were exposed (sample ratio, p < .01) is correlational: who
    answered may be the whole difference."""
    return tuple(_checked(one, rows, query, generation) if one.kind is Kind.ARM else one for one in causes)


def _checked(cause: Cause, rows: pd.DataFrame, query: ResolvedQuery, generation: Generation) -> Cause:
    exposed = {
        row["variant"]: row["persons"]
        for row in ask_rows(generation, "cause_exposed", {"experiment": cause.name, "end": query.end})
    }
    facts = gather.facts(query, generation)
    own = facts[
        (facts["kind"] == Kind.ARM) & (facts["name"] == cause.name) & facts["answer_key"].isin(rows["answer_key"])
    ]
    answered = own.merge(rows[["answer_key", "person_id"]], on="answer_key").groupby("part")["person_id"].nunique()
    arms = sorted(exposed)
    state = sample_ratio([float(answered.get(arm, 0)) for arm in arms], [float(exposed[arm]) for arm in arms]).state
    return cause if state == "ok" else replace(cause, grade=Grade.CORRELATIONAL, caution=UNEVEN)
