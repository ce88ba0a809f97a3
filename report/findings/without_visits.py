"""What there is to know of a company whose visits nobody records: where it felt worst, else how its help works.

Only what is surely so is claimed: the worst stage's interval ends before that of any other stage begins.
"""

from __future__ import annotations

from dataclasses import replace

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.compute.run import run
from metrics.present import present
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.result import Cell
from report import numbers, placement
from report.findings.finding import INFORMATION, WATCH, Finding
from report.text.catalogue import say
from report.words import words

ENOUGH = 30  # answers or tickets of a stage before it is set beside the others


def seen(known: Context) -> bool:
    """Whether any source records visits."""
    return bool(known.signals.get("visits"))


def felt_stages(query: Query, generation: Generation) -> set[str]:
    """The stages somebody was asked about, in whatever form, with a number in this period."""
    result = run(replace(query, metrics=placement.shown("felt"), by=("stage",), compare=None), generation)
    return {stage for cell in result.cells if cell.valued and (stage := cell.by.get("stage"))}


def metrics_of(query: Query, generation: Generation, stage: str | None = None, most: int = 5) -> list[str]:
    """What a company without visits knows (of one stage): the forms of asking that were used, then how help works; at most so many, those with a number."""
    wanted = replace(
        query,
        metrics=(*placement.shown("felt"), *placement.shown("helped")),
        by=("stage",),
        stages=(stage,) if stage else (),
        compare=None,
    )
    result = run(wanted, generation)
    return [
        metric
        for metric in (*placement.shown("felt"), *placement.shown("helped"))
        if any(cell.valued for cell in result.of(metric))
    ][:most]


def in_short(query: Query, generation: Generation, stage: str) -> str:
    """The stage's first two numbers with their intervals, in one line; what is missing where there is none."""
    result = run(
        replace(
            query,
            metrics=(*placement.shown("felt"), *placement.shown("helped")),
            by=("stage",),
            stages=(stage,),
            compare=None,
        ),
        generation,
    )
    said = [
        f"{definition(c.metric).label}: {_value(c, definition(c.metric))}, n {numbers.whole(c.n)}"
        for c in result.cells
        if c.valued and c.low is not None
    ]
    return "; ".join(said[:2]) or say("findings.without_visits.nothing_is_recorded_here_in_this")


def findings_of(query: Query, generation: Generation, known: Context) -> list[Finding]:
    """The worst stage by what people said and by how they were helped, and the level of the company's help; nothing where visits are recorded."""
    if seen(known):
        return []
    found = [
        one
        for metrics in (placement.shown("felt"), placement.shown("helped"))
        if (one := _worst(metrics, query, generation, known))
    ]
    return found + _helped(query, generation)


def _worst(metrics: tuple[str, ...], query: Query, generation: Generation, known: Context) -> Finding | None:
    """The first metric by which one stage is surely worse than every other."""
    result = run(replace(query, metrics=metrics, by=("stage",), compare=None), generation)
    for metric in metrics:
        measured, cells = definition(metric), [c for c in result.of(metric) if _usable(c, known, query)]
        sign = -1 if measured.better == "lower" else 1
        if len(cells) < 2:
            continue
        worst, *others = sorted(cells, key=lambda c: sign * present(c.value))
        if all(_below(worst, other, sign) for other in others):
            return _said(worst, others, measured, known, query)
    return None


def _usable(cell: Cell, known: Context, query: Query) -> bool:
    return (
        cell.valued
        and cell.low is not None
        and cell.high is not None
        and cell.n >= ENOUGH
        and cell.by.get("stage") in known.stages[str(query.journey)]
    )


def _below(worst: Cell, other: Cell, sign: int) -> bool:
    """Whether the intervals say so; of cells that have one."""
    if sign > 0:
        return present(worst.high) < present(other.low)
    return present(worst.low) > present(other.high)


def _said(worst: Cell, others: list[Cell], measured: Definition, known: Context, query: Query) -> Finding:
    stage = present(worst.by["stage"])
    beside = "; ".join(f"{c.by['stage']} {_value(c, measured)}" for c in others)
    step = (
        say("findings.without_visits.read_what_people_say_of", stage=stage)
        if measured.measure.survey
        else say("findings.without_visits.look_into_the_reasons_people_ask", stage=stage)
    )
    return Finding(
        WATCH,
        say(
            "findings.without_visits.is_the_worst_of_stages",
            stage=stage,
            others=len(others) + 1,
            short=measured.short,
            value=words.value(worst.value, measured),
        ),
        f"{words.over(query.start, query.end)}: {_value(worst, measured)}, n {numbers.whole(worst.n)}; {beside}.",
        "stage",
        stage,
        measured.id,
        known.owners.get((str(query.journey), stage)),
        1e8,
        step,
    )


def _helped(query: Query, generation: Generation) -> list[Finding]:
    """How help works as a whole: the first two of its metrics that have a number."""
    result = run(replace(query, metrics=placement.shown("helped"), by=(), stages=(), compare=None), generation)
    return [
        Finding(
            INFORMATION,
            f"{definition(c.metric).label}: {words.value(c.value, definition(c.metric))}.",
            f"{words.over(query.start, query.end)}: {_value(c, definition(c.metric))}, n {numbers.whole(c.n)}.",
            "explore",
            None,
            c.metric,
            None,
            5,
        )
        for c in result.cells
        if c.valued and c.low is not None
    ][:2]


def _value(cell: Cell, measured: Definition) -> str:
    return f"{words.value(cell.value, measured)} ({words.interval(cell.low, cell.high, measured.unit)})"
