"""What of a panel is counted: which rows, into which cells; and the rows in the order in which sums are made."""

import math
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from metrics.compute.panel.rows import EPOCH, UNDATED, Dimension, Panel, Said, number
from metrics.compute.week_grid import WeekGrid
from metrics.query import company_week
from metrics.query.filter_values import parts

FEW = 16  # rows of which there are so many times more are put in order by themselves
SLOT = "slot"  # the stretch of a grid of weeks a row lies in


@dataclass(frozen=True)
class Slots:
    """A stretch of time by number: each week from a day on, or (`periods`) 0 for the grid's period and 1 for the compared one."""

    grid: WeekGrid
    periods: bool = False

    def of(self, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which stretch each day lies in, and whether it lies in one; week numbers from that of the grid's first day on."""
        week = (days - number(self.grid.origin)) // 7
        if not self.periods:
            return week - self.zero, days != UNDATED
        now = (week >= 0) & (week < self.grid.ripe)
        then = (week >= self.grid.other) & (week < self.grid.other + self.grid.weeks)
        return np.where(now, 0, 1), now | then

    @property
    def zero(self) -> int:
        """What a week's number counts from: cells are numbered from 0."""
        return 0 if self.periods else min(self.grid.first, self.grid.other)


@dataclass(frozen=True)
class Cut:
    """`names` are dimensions (and SLOT) whose values make the cells; `until`: the last day that is ripe. `apart`: sums by person group."""

    journey: str
    stages: tuple[str, ...] | None
    filters: tuple[tuple[str, str], ...]
    start: date | None
    end: date | None
    until: date | None
    names: tuple[str, ...]
    unsplit: tuple[str, ...] = ()
    slots: Slots | None = None
    apart: bool = True
    first_weekday: int = 0

    def rows(self, panel: Panel) -> np.ndarray:
        """Places of the rows that are looked at, by day."""
        stretch = panel.between(self.start, self.end)
        wanted: list[tuple[str, tuple[str, ...]]] = []
        wanted += [("journey", (self.journey,))] if "journey" in panel.dimensions else []
        wanted += [("stage", self.stages)] if self.stages is not None else []
        wanted += [(name, tuple(parts(value))) for name, value in self.filters]
        kept = np.ones(stretch.stop - stretch.start, dtype=bool)
        for name, values in wanted:
            dimension = panel.dimensions[name]
            codes = [place for place, value in enumerate(dimension.values) if value in values]
            own = dimension.codes[stretch]
            kept &= own == codes[0] if len(codes) == 1 else np.isin(own, codes)
        days = panel.days[stretch]
        if self.until is not None:
            kept &= (days <= number(self.until)) & (days != UNDATED)
        if self.slots:
            kept &= self.slots.of(days)[1]
        found: np.ndarray = np.flatnonzero(kept) + stretch.start
        return found

    def cells(self, panel: Panel, rows: np.ndarray, names: tuple[str, ...]) -> tuple[np.ndarray, list[Dimension]]:
        """The cell of each row as one number, in the order of the names' values, and what its parts stand for."""
        cell, found = np.zeros(len(rows), dtype=np.int64), []
        for name in names:
            part = self._part(panel, rows, name)
            cell = cell * (len(part.values) + 1) + part.codes
            found.append(part)
        return cell, found

    def _part(self, panel: Panel, rows: np.ndarray, name: str) -> Dimension:
        if name == SLOT and self.slots:
            codes = self.slots.of(panel.days[rows])[0]
            return Dimension(codes, tuple(map(str, range(int(codes.max(initial=0)) + 1))))
        if name in panel.dimensions:
            return Dimension(panel.dimensions[name].codes[rows], panel.dimensions[name].values)
        days, codes = np.unique(panel.days[rows], return_inverse=True)
        starts = [None if day == UNDATED else self._begin(EPOCH + timedelta(days=int(day)), name) for day in days]
        values = sorted({one for one in starts if one is not None})
        place = {one: at for at, one in enumerate(values)} | {None: len(values)}
        return Dimension(np.array([place[one] for one in starts], dtype=np.int64)[codes], tuple(values))

    def _begin(self, day: date, name: str) -> str:
        if name == "week":
            return company_week.week_start(day, self.first_weekday).isoformat()
        return (day.replace(day=1) if name == "month" else day).isoformat()


@dataclass(frozen=True, eq=False)
class Grouping:
    """`rows` in order of cell, person group and person; `starts` where each person's begin; `cell`, `group` and `person` of each person."""

    rows: np.ndarray
    starts: np.ndarray
    cell: np.ndarray
    group: np.ndarray
    person: np.ndarray
    parts: tuple[Dimension, ...]

    @cached_property
    def nbytes(self) -> int:
        """Bytes it takes."""
        columns = (self.rows, self.starts, self.cell, self.group, self.person, *(part.codes for part in self.parts))
        return sum(one.nbytes for one in columns)


def grouping(panel: Panel, cut: Cut, said: Said, measure: Hashable) -> Grouping:
    """The rows of a cut in order; the same for all measures of which every row counts. Of those with a vote the row that counts alone."""
    if (order := said.first) is not None:
        return panel.once((cut, measure), lambda: _first(panel, cut, order))
    if said.vote is None:
        return panel.once(cut, lambda: _grouped(panel, cut, cut.rows(panel)))
    return panel.once((cut, measure), lambda: _grouped(panel, cut, _voting(panel, cut, said)))


def _voting(panel: Panel, cut: Cut, said: Said) -> np.ndarray:
    """One row a vote: of each voter in a cell the one that comes first."""
    assert said.kept is not None and said.vote is not None and said.place is not None
    rows = cut.rows(panel)
    rows = rows[said.kept[rows]]
    rows = rows[np.argsort(said.place[rows], kind="stable")]
    cell, _ = cut.cells(panel, rows, tuple(name for name in cut.names if name not in cut.unsplit))
    _, first = np.unique(
        cell * (int(said.vote.max(initial=0)) + 1) + said.vote[rows].astype(np.int64), return_index=True
    )
    found: np.ndarray = rows[first]
    return found


def _first(panel: Panel, cut: Cut, order: np.ndarray) -> Grouping:
    """Of each person in a cell the row that comes first."""
    looked_at = np.zeros(len(panel.days), dtype=bool)
    looked_at[cut.rows(panel)] = True
    found = _in_cells(panel, cut, order[looked_at[order]])
    return replace(found, rows=found.rows[found.starts], starts=np.arange(len(found.starts)))


def _grouped(panel: Panel, cut: Cut, rows: np.ndarray) -> Grouping:
    return _in_cells(panel, cut, _by_person(panel, rows, cut.apart))


def _in_cells(panel: Panel, cut: Cut, rows: np.ndarray) -> Grouping:
    """The rows, which come in order of person, by cell."""
    cell, parts_ = cut.cells(panel, rows, cut.names)
    size = math.prod(len(part.values) + 1 for part in parts_)
    # rows stay in the order of persons within a cell; numbers of two bytes are sorted by radix, in one pass
    order = np.argsort(cell.astype(np.uint16) if size < 1 << 16 else cell, kind="stable")
    rows, cell = rows[order], cell[order]
    person, group = panel.person[rows], panel.group[rows] if cut.apart else np.zeros(len(rows), dtype=np.int16)
    edge = (cell[1:] != cell[:-1]) | (person[1:] != person[:-1]) | (group[1:] != group[:-1])
    starts = np.flatnonzero(np.concatenate([[True], edge])) if len(rows) else np.zeros(0, dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)  # which row has which value is known by its cell from here on
    return Grouping(
        rows.astype(np.int32),
        starts,
        cell[starts],
        group[starts],
        person[starts],
        tuple(Dimension(none, part.values) for part in parts_),
    )


def _by_person(panel: Panel, rows: np.ndarray, apart: bool) -> np.ndarray:
    """The rows in order of person, with `apart` within each group."""
    everybody = panel.by_group if apart else panel.by_person
    if len(rows) * FEW < len(everybody):
        key = panel.person[rows].astype(np.int64)
        if apart:
            key += panel.group[rows].astype(np.int64) * (len(panel.people) + 1)
        return rows[np.argsort(key, kind="stable")]
    looked_at = np.zeros(len(everybody), dtype=bool)
    looked_at[rows] = True
    found: np.ndarray = everybody[looked_at[everybody]]
    return found
