"""From checked arguments to a question and its answer, by the rules of the command line: its default period, its filters, its verdicts."""

import difflib
from typing import Any

from data.errors import UserError
from data.store.generations import Generation
from metrics.analyses import verdicts
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue, definition, variants
from metrics.compute.run import run
from metrics.query import context, period
from metrics.query.context import Context
from metrics.query.filter_values import joined
from metrics.query.query import COMPARISONS, Query
from metrics.query.result import Result
from report.answers.arguments import Argument, Kind
from report.answers.search import near
from report.text.catalogue import say

NEAREST = 5  # names offered for one that is not there

# What every question from outside can be narrowed by.
CUT = (
    Argument("from", Kind.DAY, say("assistant.arguments.from")),
    Argument("to", Kind.DAY, say("assistant.arguments.to")),
    Argument("all", Kind.FLAG, say("assistant.arguments.all")),
    Argument("where", Kind.WHERE, say("assistant.arguments.where")),
    Argument("journey", Kind.TEXT, say("assistant.arguments.journey")),
)
METRICS = (
    Argument("metrics", Kind.TEXTS, say("assistant.arguments.metrics"), required=True),
    Argument("by", Kind.TEXTS, say("assistant.arguments.by")),
)
COMPARE = Argument("compare", Kind.TEXT, say("assistant.arguments.compare"), COMPARISONS)
AS_OTHERS = Argument("as_others", Kind.FLAG, say("assistant.arguments.as_others"))


def question(given: dict[str, Any], metrics: tuple[str, ...]) -> Query:
    """The Query that checked arguments mean, without a period where they name none. Raises UserError for all data with a first day."""
    if given.get("all") and (given.get("from") or given.get("to")):
        raise UserError(
            "all data has no first and no last day", where="all", found="from or to", fix="Leave one of them out"
        )
    where = dict(given.get("where", {}))
    stages, journeys = where.pop("stage", ()), where.pop("journey", ())
    return Query(
        metrics,
        given.get("journey") or next(iter(journeys), None),
        stages,
        given.get("from"),
        given.get("to"),
        given.get("compare"),
        tuple((name, joined(values)) for name, values in where.items()),
        given.get("by", ()),
    )


def query_from(given: dict[str, Any], generation: Generation) -> Query:
    """The question about metrics with its period filled in, as `metrics show` asks it."""
    metrics = tuple(definition_named(one).id for one in given["metrics"])
    if given.get("as_others"):
        metrics = with_others(metrics)
    return period.with_default_period(question(given, metrics), context.read(generation), bool(given.get("all")))


def with_others(metrics: tuple[str, ...]) -> tuple[str, ...]:
    """Each metric followed by what other tools would read. Raises UserError for a metric that is not there."""
    return tuple(name for metric in metrics for name in (metric, *variants(definition(metric))))


def answer_with_verdicts(query: Query, generation: Generation) -> Result:
    """The answer with how each change stands: what `metrics show`, assistants and the read route give."""
    return verdicts.with_verdicts(run(query, generation), generation)


def with_comparison(given: dict[str, Any], known: Context) -> dict[str, Any]:
    """The arguments with the comparison of the pages where they name none."""
    return given if given.get("compare") else given | {"compare": period.comparison(known)}


def metric_of(given: dict[str, Any]) -> Definition:
    """The one metric named. Raises UserError with the nearest names."""
    return definition_named(str(given["metric"]))


def definition_named(metric: str) -> Definition:
    """A metric or another tool's variant of one. Raises UserError with the nearest names: who guesses a name needs several to choose from."""
    try:
        return definition(metric)
    except UserError:
        close = difflib.get_close_matches(metric, list(catalogue()), n=NEAREST, cutoff=0.5)
        found = list(dict.fromkeys([*close, *near(metric, NEAREST)]))[:NEAREST]
        raise UserError(
            "there is no such metric", found=metric, allowed=f"{', '.join(found) or 'none is near'} …", fix="Call find"
        ) from None
