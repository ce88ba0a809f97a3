"""The family of changes: every metric × stage (and touch channel), now against then, judged together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np

from data.store.generations import Generation
from metrics.analyses.change_tests import ChangeVerdict, Member, judge
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.compute import batch_sums, weekly, weekly_alike
from metrics.compute.batch_sums import BatchSums
from metrics.compute.cells import cell_of
from metrics.compute.cuts import Breakdown
from metrics.compute.sums import sums
from metrics.compute.week_grid import WeekGrid, week_grid
from metrics.compute.weekly import Weeks
from metrics.kinds import estimate
from metrics.present import present
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, other_period
from metrics.query.result import Cell, Compare
from metrics.rules import calendar, comparability, maturity
from metrics.rules.applicable import not_applicable, without_right
from metrics.rules.disclosure.withheld import protected
from metrics.statistics.core import Estimate, Note, critical, missing

SCANNED = (
    "completion_rate",
    "drop_off_rate",
    "error_rate",
    "rage_click_rate",
    "dead_click_rate",
    "backtrack_rate",
    "search_refinement_rate",
    "contact_rate",
    "csat_t2b_5",
    "ces_7_mean",
    "nps_transactional",
    "nps_relationship",
    "conversion_visit",
)
LEADS = (
    "completion_rate",
    "contact_rate",
    "csat_t2b_5",
    "nps_transactional",
    "nps_relationship",
)  # what a stage is there for
CHANNEL: Breakdown = ("stage", "touch_channel")


@dataclass(frozen=True, eq=False)
class Scanned:
    """One member of the family with its verdict."""

    definition: Definition
    cell: Cell
    member: Member
    verdict: ChangeVerdict

    @property
    def stage(self) -> str | None:
        return self.member.stage

    @property
    def channel(self) -> str | None:
        return self.member.channel

    @property
    def weeks(self) -> Weeks:
        return self.member.weeks

    @property
    def grid(self) -> WeekGrid:
        return self.member.grid

    @property
    def compared(self) -> Compare:
        """The other period of the cell: whoever has none is no member."""
        return present(self.cell.compare)

    @property
    def gap(self) -> Estimate:
        """The change that was tested, less the season's part."""
        return self.verdict.change.comparison.estimate

    @property
    def name(self) -> tuple[Any, ...]:
        """What tells it from the others of the family."""
        return self.definition.id, self.stage, self.channel

    @property
    def p(self) -> float | None:
        return self.verdict.change.comparison.test.p


def levels(definition: Definition, query: Query | None = None) -> tuple[Breakdown, ...]:
    """The breakdowns a metric of the family is scanned at: whole, by stage, and what is observed also by channel."""
    if definition.scope == "journey":
        return ((),)
    by_channel = not definition.measure.survey and not definition.measure.units
    picked = query is not None and any(name == "touch_channel" for name, _ in query.filters)
    return ((), ("stage",), CHANNEL) if by_channel and not picked else ((), ("stage",))


def scan(
    query: ResolvedQuery, generation: Generation, known: Context, metrics: Iterable[str] = SCANNED
) -> list[Scanned]:
    """The members of the family that have a value in both periods; those of the metrics named only, where some are.

    A metric that lacks what the query filters by is no part of it.
    """
    definitions = [
        d
        for metric in SCANNED
        if metric in metrics and _collected(d := catalogue()[metric], known) and _filtered(d, query, known)
    ]
    grid = week_grid(query, present(known.first_day))
    grids = {d.id: _ripe_grid(d, query, grid, generation) for d in definitions}
    definitions = [d for d in definitions if grids[d.id].ripe > 0]
    counted = batch_sums.count(
        definitions, {d.id: levels(d, query) for d in definitions}, query, grids, generation, known
    )
    found = [
        one
        for definition in definitions
        for level in levels(definition, query)
        for one in _level(definition, level, query, grids[definition.id], counted[definition.id], generation, known)
    ]
    left_out = sorted({grid.number(day) for day, _ in calendar.of(generation)})
    verdicts = judge([member for _, _, member in found], left_out)
    return [Scanned(*one, verdict) for one, verdict in zip(found, verdicts)]


def _collected(definition: Definition, known: Context) -> bool:
    return all(known.signals.get(signal) for signal in definition.measure.needs)


def _filtered(definition: Definition, query: Query, known: Context) -> bool:
    return not (
        without_right(definition, query, known.columns)
        or not_applicable(definition, query, known.columns[definition.measure.fact], known.groups_only)
    )


def _ripe_grid(definition: Definition, query: ResolvedQuery, grid: WeekGrid, generation: Generation) -> WeekGrid:
    until = maturity.complete_until(definition, query.journey, generation)
    if until is None or until >= present(query.end):
        return grid
    return replace(grid, ripe=max((until - grid.start(0) + timedelta(days=1)).days // 7, 0))


def _level(
    definition: Definition,
    level: Breakdown,
    query: ResolvedQuery,
    grid: WeekGrid,
    counted: BatchSums,
    generation: Generation,
    known: Context,
) -> list[tuple[Definition, Cell, Member]]:
    asked = replace(query, by=level)
    start, end = other_period(query)
    ways = comparability.instrument_mixes(
        definition, replace(asked, end=grid.days[1]), replace(asked, start=start, end=end), generation, known, sums
    )
    keys = [key for cut, key, slot in counted.periods if cut == level and slot == 0 and None not in key]
    cells = protected(
        [
            cell_of(
                definition,
                asked,
                known,
                generation,
                dict(zip(level, key)),
                counted.periods[level, key, 0],
                counted.periods.get((level, key, 1)),
                ways.get(key),
            )
            for key in keys
        ],
        {definition.id: definition},
        replace(asked, end=grid.days[1]),
        generation,
        (start, end),
    )
    split = weekly_alike.by_way(definition, level, query, grid, generation, known) if ways else {}
    found = []
    for key, cell in zip(keys, cells):
        if cell.valued and cell.compare and cell.compare.diff is not None:
            series = weekly.weeks(definition, counted.weeks.get((level, key)), grid.first, grid.ripe)
            if key in ways and len(split.get(key, ())) > 1:
                series = weekly_alike.standardised(definition, series, split[key], ways[key])
            before = estimate(definition, counted.periods.get((level, key, 1)), query.level)
            by = dict(zip(level, key))
            found.append((definition, cell, _member(definition, by, cell, before, series, grid, query.level)))
    return found


def _member(
    definition: Definition,
    by: dict[str, Any],
    cell: Cell,
    before: Estimate,
    series: Weeks,
    grid: WeekGrid,
    level: float,
) -> Member:
    compared = present(cell.compare)
    now = Estimate(cell.value, cell.low, cell.high, cell.n, cell.n_eff, cell.se, cell.df)
    before = before if before.value is not None else missing(Note.EMPTY)
    early = series.value[series.number < 0]
    usual = float(np.nanmean(early)) if np.isfinite(early).any() else 0.0
    # a share of persons stands at another level over a period than in a week
    stretch = present(cell.value) / usual if definition.grain == "person" and usual else 1.0
    return Member(
        definition.id,
        by.get("stage"),
        by.get("touch_channel"),
        definition.matters,
        now,
        before,
        present(compared.diff),
        _sampling(compared, level),
        series,
        grid,
        definition.measure.kind == "share",
        stretch,
        definition.id in LEADS,
    )


def _sampling(other: Compare, level: float) -> float:
    """The variance of the difference by who happened to come or answer, from its own interval."""
    return (
        float("nan")
        if other.low is None or other.high is None
        else ((other.high - other.low) / 2 / critical(level)) ** 2
    )
