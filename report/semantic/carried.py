"""What of a definition another semantic layer can count: a sum over rows divided by their number. Everything else is listed with its reason.

Beside what is carried travels an extension: interval, population, rules of states and the definition whole, so that nothing is lost on the way back.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data.settings.sources import load_toml
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.catalogue.load import catalogue, folders
from metrics.query import context
from metrics.thresholds import PERSONS, VERBATIMS
from report.text.catalogue import say

VENDOR = "THROUGHLINE"
SUMS = ("share", "mean", "nps")
PICKED = ("day", "week", "month")  # of times the day is carried: weeks and months are made of it


@dataclass(frozen=True)
class Carried:
    """A metric as `factor` × sum ÷ count over rows of `fact`; expressions name its columns without a table."""

    definition: Definition
    value: str
    where: str
    factor: int

    def counted(self, table: str = "") -> str:
        """What is summed, and counted where it is not null: the value of each row that counts."""
        return re.sub(r"\bf\.", f"{table}." if table else "", f"case when {self.where} then {self.value} end")


def carried(definition: Definition) -> Carried | None:
    """The metric as other layers can count it, None where they cannot."""
    measure = definition.measure
    if why_not(definition):
        return None
    return Carried(definition, measure.value, measure.where, 100 if measure.kind == "nps" else 1)


def why_not(definition: Definition) -> str:
    """Why a metric cannot be carried, empty where it can."""
    measure = definition.measure
    if measure.kind not in SUMS:
        return say("assistant.semantic.kind", kind=measure.kind)
    if measure.vote:
        return say("assistant.semantic.vote")
    if measure.mature_days:
        return say("assistant.semantic.mature", days=measure.mature_days)
    if measure.units:
        return say("assistant.semantic.units", units=measure.units)
    return ""


def split() -> tuple[list[Carried], dict[str, str]]:
    """Every metric of the catalogue: those carried, and id → why not of the others."""
    whole = list(catalogue().values())
    return [one for found in whole if (one := carried(found))], {d.id: why for d in whole if (why := why_not(d))}


def dimensions_of(fact: str, generation: Generation) -> list[str]:
    """The columns of a population that are dimensions, the day among them."""
    columns = context.read(generation).columns[fact]
    return [name for name in DIMENSIONS if name in columns and name not in PICKED]


def extension(definition: Definition) -> dict[str, Any]:
    """What the other format has no place for."""
    return {
        "interval": definition.interval,
        "population": definition.population,
        "estimand": definition.estimand,
        "unit": definition.unit,
        "better": definition.better,
        "version": definition.version,
        "grain": definition.grain,
        "states": {
            "few": {
                "least_rows": definition.min_n,
                "precise": definition.precise if definition.precise < float("inf") else None,
            },
            "suppressed": {"fewer_persons_than": PERSONS, "fewer_writers_than": VERBATIMS},
            "not_collected": {"without": list(definition.measure.needs)},
            "not_applicable": {"without_breakdown": list(definition.measure.requires)},
        },
        "definition": source(definition.id),
    }


def source(metric: str) -> dict[str, Any]:
    """The definition's file as it is written."""
    path = next(file for folder in folders() if (file := folder / f"{metric}.toml").is_file())
    return load_toml(path)


def facts(carried: Iterable[Carried]) -> dict[str, list[Carried]]:
    """Population → its metrics."""
    found: dict[str, list[Carried]] = {}
    for one in carried:
        found.setdefault(one.definition.measure.fact, []).append(one)
    return found
