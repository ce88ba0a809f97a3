"""The steps of run(): each takes an Answer and gives it on with one thing done. What a step decides is a rule of metrics.rules."""

from dataclasses import dataclass, field, replace
from datetime import date

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.codes import Warning
from metrics.compute.cells import answer
from metrics.compute.sums import sums
from metrics.query.context import Context
from metrics.query.resolve import ResolvedQuery
from metrics.query.result import Cell, Result, blank
from metrics.rules import (
    applicable,
    instrument_changes,
    left_out,
    nonresponse,
    open_questions,
    pooled_stages,
    privacy,
    whole_result,
)
from metrics.rules.disclosure.withheld import protected
from metrics.states import State


@dataclass(frozen=True)
class Answer:
    """What is known of the answer so far: `cells` by metric, in the order asked for; the SQL of those that were counted; `broken` as in
    Result. `definitions` are those asked for, until pooled stages change a label."""

    query: ResolvedQuery
    generation: Generation
    known: Context
    definitions: dict[str, Definition]
    cells: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    warnings: tuple[Warning, ...] = ()
    sql: dict[str, str] = field(default_factory=dict)
    broken: dict[str, dict[str | None, tuple[date, ...]]] = field(default_factory=dict)

    def result(self) -> Result:
        """The answer as it is given."""
        known = self.known
        return Result(
            self.query,
            tuple(cell for metric in self.definitions for cell in self.cells[metric]),
            self.definitions,
            self.generation.name,
            known.data_as_of,
            known.company,
            known.currency,
            (known.first_day, known.last_day),
            self.warnings,
            self.sql,
            self.broken,
            {metric: tuple(open_questions.touching(d, known.questions)) for metric, d in self.definitions.items()},
            known.shows,
        )


def say_of_the_whole(so_far: Answer) -> Answer:
    """What must be said whatever the numbers are: how it was asked, and what is left out of it."""
    asked = list(so_far.definitions.values())
    said = whole_result.warnings(so_far.query, asked, so_far.known)
    said += [
        privacy.blurred(one) if so_far.known.groups_only else one
        for one in left_out.account(so_far.query, asked, so_far.generation)
    ]
    return replace(so_far, warnings=(*so_far.warnings, *said))


def refuse_without_right(so_far: Answer) -> Answer:
    """Metrics this viewer may not see are answered so, and not counted."""
    refused: dict[str, tuple[Cell, ...]] = {
        metric: (blank(found, {}, State.REFUSED, reason),)
        for metric, found in so_far.definitions.items()
        if (reason := applicable.without_right(found, so_far.query, so_far.known.columns))
    }
    return replace(so_far, cells=refused)


def count(so_far: Answer) -> Answer:
    """Every metric's cells: value, interval, state, comparison; or why there is none."""
    cells, statements = dict(so_far.cells), {}
    for metric, found in so_far.definitions.items():
        if metric not in cells:
            made, statements[metric] = answer(found, so_far.query, so_far.generation, so_far.known)
            cells[metric] = tuple(made)
    return replace(so_far, cells=cells, sql=statements)


def add_open_questions(so_far: Answer) -> Answer:
    """What is implausible in the records a number counts, as long as nobody has answered it."""
    cells = dict(so_far.cells)
    for metric in so_far.sql:
        said = open_questions.warnings(so_far.definitions[metric], so_far.known.questions)
        cells[metric] = tuple(replace(cell, warnings=(*cell.warnings, *said)) for cell in cells[metric])
    return replace(so_far, cells=cells)


def add_nonresponse(so_far: Answer) -> Answer:
    """Beside numbers of answers: how many of those invited answered, and what the silent could change."""
    cells = dict(so_far.cells)
    for metric in so_far.sql:
        found = so_far.definitions[metric]
        beside = nonresponse.with_response_rate(
            found, list(cells[metric]), so_far.query, so_far.generation, so_far.known, sums
        )
        cells[metric] = tuple(beside)
    return replace(so_far, cells=cells)


def find_series_breaks(so_far: Answer) -> Answer:
    """Where a metric of answers is asked in another way from some week on."""
    broken: dict[str, dict[str | None, tuple[date, ...]]] = {}
    said: list[Warning] = []
    for metric, statement in so_far.sql.items():
        found = so_far.definitions[metric]
        if statement and (
            days := instrument_changes.breaks(found, so_far.query, so_far.generation, so_far.known, sums)
        ):
            broken[metric] = days
            said += instrument_changes.warnings(days, found, so_far.query)
    return replace(so_far, broken=broken, warnings=(*so_far.warnings, *said))


def protect_few_people(so_far: Answer) -> Answer:
    """Cells of too few people are withheld, and as many more as keep those from being worked out. All metrics together: what is hidden
    of one may follow from another."""
    every = [cell for metric in so_far.definitions for cell in so_far.cells[metric]]
    kept = protected(every, so_far.definitions, so_far.query, so_far.generation)
    return replace(
        so_far, cells={metric: tuple(c for c in kept if c.metric == metric) for metric in so_far.definitions}
    )


def name_pooled_stages(so_far: Answer) -> Answer:
    """A number that pools the stages of a journey says so in its name."""
    query, known, asked = so_far.query, so_far.known, so_far.definitions
    said = [one for found in asked.values() for one in pooled_stages.warnings(found, query, known)]
    named = {metric: pooled_stages.renamed_if_pooled(found, query, known) for metric, found in asked.items()}
    return replace(so_far, definitions=named, warnings=(*so_far.warnings, *said))


def round_if_confidential(so_far: Answer) -> Answer:
    """In confidential mode no exact count leaves the layer."""
    if not so_far.query.confidential:
        return so_far
    cells = {
        metric: tuple(privacy.blur(cell, so_far.definitions[metric]) for cell in members)
        for metric, members in so_far.cells.items()
    }
    return replace(so_far, cells=cells, warnings=tuple(privacy.blurred(one) for one in so_far.warnings))
