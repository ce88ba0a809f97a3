"""What the same number reads with rules of counting left out: the metric's own statement, over the rows those rules would keep out."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from data.settings.sources import load_toml
from data.sqlfile import sql
from data.store.generations import Generation
from metrics.analyses.reconcile.walk import FOLDER, there
from metrics.catalogue.definition import POPULATIONS, Definition
from metrics.kinds import estimate, kind_of
from metrics.kinds.sums import Sums
from metrics.query.context import Context
from metrics.query.plan import plan
from metrics.query.resolve import ResolvedQuery

TOOLS = Path(__file__).with_name("tools.toml")
# In this order one after the other is left out: how answers and times are counted, whose, what of, and on which days.
RULES = (
    "every_vote",
    "weights",
    "too_recent",
    "staff",
    "cancelled",
    "merged",
    "asked_twice",
    "not_asked",
    "spam",
    "bots_declared",
    "bots_by_behaviour",
    "midnight",
    "utc",
)
OF_THE_METRIC = ("every_vote", "weights", "too_recent")  # the others say which rows there are
# What a visit that is cut at midnight still has of its own: a metric of anything else would count that twice.
CUT = {"goal_reached", "has_goal", "stage", "journey", "reached", "is_last_stage"}
CUT_UNITS = (None, "", "session_key_event_rate")


@dataclass(frozen=True)
class Read:
    """A value, and of how many rows."""

    value: float | None
    n: int


@cache
def tools() -> dict[str, tuple[str, ...]]:
    """Tool → the rules it does not have, as far as that is known."""
    return {tool: tuple(block["keeps"]) for block in load_toml(TOOLS)["like"] for tool in block["tools"]}


def rules_of(definition: Definition, query: ResolvedQuery, known: Context) -> tuple[str, ...]:
    """The rules that have a say in this number, in the order they are left out."""
    measure = definition.measure
    found = {name for population in _populations(definition, query, known) for name in _parameters(population)}
    if measure.vote:
        found.add("every_vote")
    if kind_of(definition).weighted and measure.survey and "weight" in known.columns[measure.fact]:
        found.add("weights")
    if measure.mature_days:
        found.add("too_recent")
    if "midnight" in found and not _may_be_cut(definition, query):
        found.discard("midnight")
    if not query.start:
        found.discard("utc")  # without a period no day decides
    return tuple(rule for rule in RULES if rule in found)


def read(
    definition: Definition, query: ResolvedQuery, without: frozenset[str], generation: Generation, known: Context
) -> Read:
    """The number with these rules left out; with none it is ours."""
    measure = definition.measure
    if "every_vote" in without:
        measure = replace(measure, vote=None)
    if "too_recent" in without:
        measure = replace(measure, mature_days=0)
    asked = replace(definition, measure=measure)
    columns = known.columns[measure.fact] - ({"weight"} if "weights" in without else set())
    statement = plan(asked, query, columns)
    kept = (
        {name: sql(FOLDER, f"kept_{name}") for name in _named(statement.text)} if without - set(OF_THE_METRIC) else {}
    )
    values: dict[str, Any] = dict(statement.parameters)
    for text in kept.values():
        values |= {rule: rule in without for rule in RULES if f"${rule}" in text}
    shadowed = ", ".join(f"{name} as ({text})" for name, text in kept.items())
    text = f"with {shadowed} select * from ({statement.text})" if kept else statement.text
    frame = generation.cursor().execute(text, values).df()
    if frame.empty:
        return Read(None, 0)
    sums = Sums(measure.kind, frame)
    return Read(estimate(asked, sums, query.level).value, kind_of(asked).count(asked, sums))


def _populations(definition: Definition, query: ResolvedQuery, known: Context) -> list[str]:
    return _named(plan(definition, query, known.columns[definition.measure.fact]).text)


def _named(text: str) -> list[str]:
    """The populations a statement counts of which it is known what they leave out."""
    words = set(re.findall(r"\b[a-z_]+\b", text))
    return [name for name in POPULATIONS if name in words and there(f"kept_{name}")]


def _parameters(population: str) -> list[str]:
    return [rule for rule in RULES if f"${rule}" in sql(FOLDER, f"kept_{population}")]


def _may_be_cut(definition: Definition, query: ResolvedQuery) -> bool:
    """Whether the metric looks at nothing of a visit but whether its goal was reached."""
    measure = definition.measure
    names = set(re.findall(r"\bf\.([a-z_]+)", f"{measure.value} {measure.where}"))
    free = not any(name.startswith("answer:") for name, _ in query.filters)
    return measure.fact == "people_visits" and measure.units in CUT_UNITS and names <= CUT and free
