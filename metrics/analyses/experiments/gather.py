"""What is recorded of the people of every experiment: exposures, what they did, what they answered, what they wrote."""

from collections import defaultdict
from string import Template
from typing import Any

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.query.named_sql import ask_rows
from metrics.statistics.groups.experiments import ArmSums

SURVEYED = ("share", "nps")  # kinds of measure whose value of a row is 0 and 1, or −1, 0 and 1
OLD = ("control", "original", "baseline", "default", "off", "a", "0", "false", "kontrolle", "alt")
Counts = dict[tuple[str, str], dict[str, dict[float, int]]]  # (metric, stage) → variant → value → people


def people_by_arm(journey: str, generation: Generation) -> dict[str, list[dict[str, Any]]]:
    """Experiment → a row an arm, the old arm first (experiment_people.sql)."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ask_rows(generation, "experiment_people", {"journey": journey}):
        found[row["experiment"]].append(row)
    return {name: _old_first(rows) for name, rows in found.items()}


def planned(name: str, rows: list[dict[str, Any]], generation: Generation) -> list[float] | None:
    """The share each arm of an experiment was meant to have, in the order of the rows; None where journey.toml does not name every one."""
    shares = {
        str(row["variant"]).lower(): float(row["share"])
        for row in ask_rows(generation, "experiment_splits", {})
        if row["experiment"].lower() == name.strip().lower()
    }
    found = [shares.get(str(row["variant"]).strip().lower()) for row in rows]
    return [share for share in found if share is not None] if None not in found else None


def _old_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The arm named as the old one is in front; where none is, the one that comes first by its name."""
    named = [row for row in rows if str(row["variant"]).strip().lower() in OLD]
    old = named[0] if named else rows[0]
    return [old, *(row for row in rows if row is not old)]


def arm_sums(row: dict[str, Any], of: str, squares: str | None = None) -> ArmSums:
    """The sums of one arm for an outcome; a yes or no is its own square."""
    return ArmSums(row["n"], row[of], row[squares or of], row["x"], row["xx"], row[f"{of}_x"])


def answer_metrics() -> list[Definition]:
    """The metrics of answers that are compared: one value an answer, about a stage or the whole relationship."""
    return [
        one
        for one in catalogue().values()
        if one.measure.survey and one.measure.fact == "scored_answers" and one.measure.kind in SURVEYED and not one.measure.units
        and "'contact'" not in one.measure.where and "'research'" not in one.measure.where
    ]  # fmt: skip


def answers_by_arm(journey: str, generation: Generation) -> dict[str, Counts]:
    """Experiment → people by what they answered first, a metric, stage and variant each (experiment_answers.sql)."""
    one = _Names(sql("metrics/sql", "experiment_outcome"))
    outcomes = " union all ".join(
        one.substitute(
            metric=metric.id,
            value=metric.measure.value,
            where=metric.measure.where,
            stage="coalesce(f.stage, '')" if metric.scope == "stage" else "''",
        )
        for metric in answer_metrics()
    )
    text = _Names(sql("metrics/sql", "experiment_answers")).substitute(outcomes=outcomes)
    found: dict[str, Counts] = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for experiment, variant, metric, stage, value, persons in (
        generation.cursor().execute(text, {"journey": journey}).fetchall()
    ):
        found[experiment][metric, stage][variant][float(value)] = int(persons)
    return found


class _Names(Template):
    delimiter = "@"


def sample_comments(
    experiment: str, journey: str, least: int, generation: Generation, most: int = 4
) -> dict[str, list[str]]:
    """Variant → some comments of its people, drawn at random, where at least so many wrote."""
    found: dict[str, list[str]] = defaultdict(list)
    asked_for = {"experiment": experiment, "journey": journey, "least": least, "most": most}
    for row in ask_rows(generation, "experiment_words", asked_for):
        found[row["variant"]].append(row["comment"])
    return found
