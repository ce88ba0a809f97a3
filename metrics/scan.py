"""The family of changes before it is judged: every metric × stage (and touch channel), now against then."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from data.store import Generation
from metrics import family, holidays, instruments, maturity, privacy, weekly
from metrics.catalogue import Definition, catalogue
from metrics.context import Context
from metrics.family import Counted, Level
from metrics.query import Query
from metrics.result import Cell
from metrics.run import cell_of, other_period, sums
from metrics.slots import Slots, slots
from metrics.statistics.core import Estimate
from metrics.statistics.periods import PeriodChange, period_change
from metrics.weekly import Weeks

SCANNED = ("completion_rate", "drop_off_rate", "error_rate", "rage_click_rate", "dead_click_rate", "backtrack_rate",
           "search_refinement_rate", "contact_rate", "csat_t2b_5", "ces_7_mean", "nps_transactional", "nps_relationship", "conversion_visit")
CHANNEL: Level = ("stage", "touch_channel")


@dataclass(frozen=True, eq=False)
class Scanned:
    """One member of the family before it is judged with the others."""

    definition: Definition
    stage: str | None
    channel: str | None
    cell: Cell
    change: PeriodChange
    weeks: Weeks
    grid: Slots

    @property
    def name(self) -> tuple:
        """What tells it from the others of the family."""
        return self.definition.id, self.stage, self.channel

    @property
    def p(self) -> float | None:
        return self.change.comparison.test.p


def levels(definition: Definition) -> tuple[Level, ...]:
    """The breakdowns a metric of the family is scanned at: whole, by stage, and what is observed also by channel."""
    if definition.scope == "journey":
        return ((),)
    return ((), ("stage",), CHANNEL) if not definition.measure.survey and not definition.measure.units else ((), ("stage",))


def scan(query: Query, generation: Generation, known: Context, metrics: Iterable[str] = SCANNED) -> list[Scanned]:
    """The members of the family that have a value in both periods; those of the metrics named only, where some are."""
    definitions = [catalogue()[metric] for metric in SCANNED if metric in metrics and _collected(catalogue()[metric], known)]
    grid = slots(query, known.first_day)
    grids = {d.id: _ripe_grid(d, query, grid, generation) for d in definitions}
    definitions = [d for d in definitions if grids[d.id].ripe > 0]
    counted = family.count(definitions, {d.id: levels(d) for d in definitions}, query, grids, generation, known)
    return [one for definition in definitions for level in levels(definition)
            for one in _level(definition, level, query, grids[definition.id], counted[definition.id], generation, known)]


def _collected(definition: Definition, known: Context) -> bool:
    return all(known.signals.get(signal) for signal in definition.measure.needs)


def _ripe_grid(definition: Definition, query: Query, grid: Slots, generation: Generation) -> Slots:
    until = maturity.complete_until(definition, query.journey, generation)
    if until is None or until >= query.end:
        return grid
    return replace(grid, ripe=max((until - query.start + timedelta(days=1)).days // 7, 0))


def _level(definition: Definition, level: Level, query: Query, grid: Slots, counted: Counted, generation: Generation,
           known: Context) -> list[Scanned]:
    asked = replace(query, by=level)
    start, end = other_period(query)
    ways = instruments.ways(definition, replace(asked, end=grid.days[1]), replace(asked, start=start, end=end), generation, known, sums)
    keys = [key for cut, key, slot in counted.periods if cut == level and slot == 0 and None not in key]
    cells = privacy.protect([cell_of(definition, asked, known, generation, dict(zip(level, key)), counted.periods[level, key, 0],
                                     counted.periods.get((level, key, 1)), ways.get(key)) for key in keys],
                            {definition.id: definition})
    left_out = sorted({grid.number(day) for day, _ in holidays.of(generation)})
    found = []
    for key, cell in zip(keys, cells):
        if cell.valued and cell.compare and cell.compare.diff is not None:
            series = weekly.weeks(definition, counted.weeks.get((level, key)), grid.first, grid.ripe)
            by = dict(zip(level, key))
            found.append(Scanned(definition, by.get("stage"), by.get("touch_channel"), cell,
                                 _judge(definition, cell, series, grid, left_out), series, grid))
    return found


def _judge(definition: Definition, cell: Cell, series: Weeks, grid: Slots, left_out: list[int]) -> PeriodChange:
    now = Estimate(cell.value, cell.low, cell.high, cell.n, cell.n_eff, _se(cell.low, cell.high, cell.se), cell.df)
    before = Estimate(cell.compare.value, se=_before_se(cell))
    shock = weekly.shock(series, 0, left_out)
    level = np.nanmean(series.value[series.number < 0]) if np.isfinite(series.value[series.number < 0]).any() else 0.0
    if shock.tau2 and definition.grain == "person" and level:
        scale = (cell.value / level) ** 2       # a share of persons stands at another level over a period than in a week
        shock = replace(shock, tau2=shock.tau2 * scale, raw=shock.raw * scale, noise=shock.noise * scale)
    return period_change(now, before, shock, grid.ripe, grid.weeks, gap=grid.gap)


def _se(low: float | None, high: float | None, se: float | None) -> float | None:
    if se:
        return se
    return (high - low) / 3.92 if low is not None and high is not None else None


def _before_se(cell: Cell) -> float | None:
    """What the difference's interval says of the other period's own error."""
    other = cell.compare
    if other.low is None or other.high is None:
        return None
    both, own = (other.high - other.low) / 3.92, _se(cell.low, cell.high, cell.se) or 0.0
    return float(np.sqrt(max(both**2 - own**2, (0.25 * both) ** 2)))
