"""Each number of a document held against the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from data.errors import UserError
from data.store.generations import Generation
from exports.check.figures import Figure, Kind, figures
from exports.check.names import DIMENSIONS, Names, Reading, names_of, nearest, others, read
from exports.check.read import Passage
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.compute.run import run
from metrics.query import context
from metrics.query.filter_values import joined
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from metrics.query.result import Cell

CLOSE = 1e-9
COUNTED = (Kind.COUNT, Kind.PEOPLE)
SCALES = {"seconds": {"s": 1.0, "min": 60.0, "h": 3600.0}, "hours": {"h": 1.0, "min": 1 / 60}}


class Verdict(StrEnum):
    """What may be said of a number."""

    SUPPORTED = "supported"  # today's value, written as exactly as the document does
    OTHER_DEFINITION = "other definition"  # the value of something else that goes by the same name
    CONTRADICTED = "contradicted"  # what is named is measured, and is otherwise
    NOT_MEASURABLE = "not measurable"  # nothing named, not understood, or no value


class Why(StrEnum):
    """Why a number is not measurable."""

    NO_METRIC = "no_metric"
    RESTRICTED = "restricted"  # by words nobody can ask for
    UNIT = "unit"
    NO_VALUE = "no_value"
    NOT_OF_A_STAGE = "not_of_a_stage"


@dataclass(frozen=True)
class Judged:
    """A number with its verdict. `metric`, `stage`, `query` say what it was held against, `value` what that is, `other` whose value
    it is instead; `why` and `word` where it is not measurable."""

    passage: Passage
    figure: Figure
    verdict: Verdict
    metric: str = ""
    query: Query | None = None
    value: float | None = None
    other: str = ""
    why: Why | None = None
    word: str = ""


def judge_all(held: Iterable[Passage], query: Query, generation: Generation) -> list[Judged]:
    """Every number of the passages, in order; `query` has the journey and the days of a sentence that names none."""
    known = context.read(generation)
    names = names_of(query, known, _values(generation))
    judge = Judge(query, names, generation)
    return [one for passage in held for one in judge.passage(passage)]


def _values(generation: Generation) -> dict[str, list[str]]:
    """The values of the dimensions a sentence may name."""
    found: dict[str, list[str]] = {name: [] for name in DIMENSIONS}
    for row in ask_rows(generation, "dimension_values", {}):
        if row.get("dimension") in found and row.get("value"):
            found[str(row["dimension"])].append(str(row["value"]))
    return found


class Judge:
    """Asks each question once."""

    def __init__(self, query: Query, names: Names, generation: Generation) -> None:
        self.query, self.names, self.generation = query, names, generation
        self.asked: dict[tuple[str, Query], Cell | None] = {}

    def passage(self, passage: Passage) -> list[Judged]:
        """The numbers of one sentence."""
        reading = read(passage.text, self.names)
        return [self._figure(passage, one, reading) for one in figures(reading.text)]

    def _figure(self, passage: Passage, figure: Figure, reading: Reading) -> Judged:
        named = nearest(reading.metrics, figure.at, figure.end)
        bare = Judged(passage, figure, Verdict.NOT_MEASURABLE)
        if named is None:
            return replace(bare, why=Why.NO_METRIC)
        if reading.unknown:
            return replace(bare, why=Why.RESTRICTED, word=reading.unknown)
        candidates = self.names.metrics[named.value]
        stage = nearest(reading.stages, figure.at, figure.end)
        found = [self._held(bare, metric, stage.value if stage else None, reading) for metric in candidates]
        first = next((made for made in found if made.why is None), found[0])
        if figure.kind in COUNTED or first.verdict is not Verdict.CONTRADICTED and first.why is not Why.UNIT:
            return first
        more = [metric for metric in candidates if metric != first.metric] + list(others(first.metric))
        for metric in dict.fromkeys(more):
            other = self._held(bare, metric, stage.value if stage else None, reading)
            if other.verdict is Verdict.SUPPORTED:
                return replace(other, metric=first.metric, verdict=Verdict.OTHER_DEFINITION, other=metric)
        return first

    def _held(self, bare: Judged, metric: str, stage: str | None, reading: Reading) -> Judged:
        """A number against one metric."""
        found, one = definition(metric), bare.figure
        if found.scope == "journey" and stage is not None:
            return replace(bare, metric=metric, why=Why.NOT_OF_A_STAGE, word=stage)
        written = _scaled(one, found)
        if written is None:
            return replace(bare, metric=metric, why=Why.UNIT)
        query = self._query(metric, stage, reading, one.kind)
        cell = self._cell(metric, query)
        value: float | None = _of(one.kind, cell)
        if value is None:
            return replace(bare, metric=metric, query=query, why=Why.NO_VALUE)
        if one.kind is Kind.PEOPLE and cell is not None and cell.n == written[0]:
            value = cell.n  # rows of people are often called people
        value, step = float(value), written[1]
        agrees = abs(value - written[0]) <= 0.5 * step * (1 + CLOSE) + CLOSE
        return replace(
            bare,
            metric=metric,
            query=query,
            value=value,
            verdict=Verdict.SUPPORTED if agrees else Verdict.CONTRADICTED,
        )

    def _query(self, metric: str, stage: str | None, reading: Reading, kind: Kind) -> Query:
        start, end = reading.days or (self.query.start, self.query.end)
        return Query(
            (metric,),
            self.query.journey,
            (stage,) if stage else (),
            start,
            end,
            "previous" if kind in (Kind.BEFORE, Kind.CHANGE) else None,
            tuple((name, joined([value])) for name, value in reading.filters),
        )

    def _cell(self, metric: str, query: Query) -> Cell | None:
        if (metric, query) not in self.asked:
            try:
                cells = run(query, self.generation).cells
                self.asked[metric, query] = cells[0] if len(cells) == 1 else None
            except UserError:
                self.asked[metric, query] = None
        return self.asked[metric, query]


def _scaled(figure: Figure, definition: Definition) -> tuple[float, float] | None:
    """The number in the metric's unit, and the step it is written in; None where its unit is another one."""
    step = 10.0**-figure.decimals
    if figure.kind in COUNTED:
        return (figure.value, step) if not figure.unit else None
    if definition.unit == "rate":
        shares = figure.unit == "%" or figure.unit == "points" and figure.kind is Kind.CHANGE
        if shares:
            return figure.value / 100, step / 100
        return (figure.value, step) if not figure.unit and figure.decimals and 0 <= figure.value <= 1 else None
    if definition.unit in SCALES:
        factor = SCALES[definition.unit].get(figure.unit)
        return None if factor is None else (figure.value * factor, step * factor)
    if definition.unit == "money":
        return (figure.value, step) if figure.unit == "money" else None
    return (figure.value, step) if figure.unit in ("", "points") else None


def _of(kind: Kind, cell: Cell | None) -> float | None:
    """The number of a cell that a figure of this kind is about."""
    if cell is None or not cell.valued:
        return None
    if kind in COUNTED:
        return cell.persons if kind is Kind.PEOPLE else cell.n
    if kind in (Kind.BEFORE, Kind.CHANGE):
        if cell.compare is None:
            return None
        return cell.compare.value if kind is Kind.BEFORE else cell.compare.diff
    return {Kind.LOW: cell.low, Kind.HIGH: cell.high}.get(kind, cell.value)
