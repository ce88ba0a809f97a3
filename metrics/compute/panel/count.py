"""From a panel to sums: those of metrics/sql/moments.sql, cell by cell."""

from collections.abc import Hashable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from metrics.compute.panel.cut import Cut, Grouping, grouping
from metrics.compute.panel.rows import Panel, Said
from metrics.kinds.sums import KEPT_IDS, Part, Sums, Whole
from metrics.statistics.moments import GROUPS

SPARSE = 4  # times the rows: so large a table by cell and person group is not made
Key = tuple[str | None, ...]
Columns = dict[str, np.ndarray]


class Counted(Whole):
    """The sums of all cells of a cut; a table of them, and the ids of a few, are made when somebody looks."""

    def __init__(
        self, columns: Columns, people: np.ndarray, starts: np.ndarray, begins: np.ndarray, names: bool = True
    ):
        self._columns, self._people, self._starts, self._names = columns, people, starts, names
        self._begins, self._tables = begins, dict[str, np.ndarray]()

    @cached_property
    def frame(self) -> pd.DataFrame:
        who = {"who": self.few(slice(0, len(self._starts)))} if self._names else {}
        return pd.DataFrame(self._columns | who)

    def numbers(self, name: str) -> np.ndarray:
        return self._columns[name]

    def has(self, name: str) -> bool:
        return name in self._columns or self._names and name == "who"

    @property
    def width(self) -> int:
        return len(self._columns) + self._names

    def by_group(self, name: str, place: slice) -> np.ndarray | None:
        if self._dense is None:
            return None
        if name not in self._tables:
            table = np.zeros((len(self._begins), GROUPS))
            table[self._dense] = self._columns[name] + 0.0  # a cell has a group once
            self._tables[name] = table
        found: np.ndarray = self._tables[name][self._dense[0][place.start]]
        return found

    @cached_property
    def _dense(self) -> tuple[np.ndarray, np.ndarray] | None:
        """The cell and person group of each row; None where a table of both would be mostly empty."""
        rows, cells = len(self._starts), len(self._begins)
        if cells * GROUPS > SPARSE * rows:
            return None
        sizes = np.diff(np.append(self._begins, rows))
        return np.repeat(np.arange(cells), sizes), self._columns["person_group"].astype(np.int64)

    def few(self, place: slice) -> list[np.ndarray]:
        """The first ids of each person group."""
        starts, ends = self._starts[place], np.append(self._starts[1:], len(self._people))[place]
        return [
            self._people[start:end] for start, end in zip(starts.tolist(), np.minimum(starts + KEPT_IDS, ends).tolist())
        ]


def counted(
    panel: Panel, measure: Hashable, cut: Cut, kind: str, names: tuple[str, ...] | None = None
) -> dict[Key, Sums]:
    """The sums of each cell, by person group; those named only, where some are."""
    said = panel.said[measure]
    found = grouping(panel, cut, said, measure)
    each, kept = _each(said, found)
    cell, group, person = found.cell[kept], found.group[kept], found.person[kept]
    if not len(cell):
        return {}
    edge = np.flatnonzero((cell[1:] != cell[:-1]) | (group[1:] != group[:-1])) + 1
    starts = np.concatenate([[0], edge])
    moments = _moments(each, starts, said.binary)
    if names is not None:
        moments = {name: one for name, one in moments.items() if name in names}
    columns = {"person_group": group[starts].astype(np.float64)} | moments
    cells = cell[starts]
    begins = np.concatenate([[0], np.flatnonzero(cells[1:] != cells[:-1]) + 1])
    whole = Counted(columns, panel.people[person], starts, begins, names is None)
    ends = np.append(begins[1:], len(cells))
    keys = _keys(cells[begins], found)
    return {key: Part(kind, whole, slice(*place)) for key, *place in zip(keys, begins.tolist(), ends.tolist())}


def by_week(panel: Panel, measure: Hashable, cut: Cut, names: tuple[str, ...]) -> dict[Key, pd.DataFrame]:
    """Cell → moments by week, all people together; `cut` has the week as its last name and makes no difference between person groups."""
    said = panel.said[measure]
    found = grouping(panel, cut, said, measure)
    each, kept = _each(said, found)
    cell = found.cell[kept]
    if not len(cell) or cut.slots is None:
        return {}
    starts = np.concatenate([[0], np.flatnonzero(cell[1:] != cell[:-1]) + 1])
    columns = {name: one for name, one in _moments(each, starts, said.binary).items() if name in names}
    weeks = len(found.parts[-1].values) + 1
    week, cells = cell[starts] % weeks + cut.slots.zero, cell[starts] // weeks
    begins = np.concatenate([[0], np.flatnonzero(cells[1:] != cells[:-1]) + 1])
    ends = np.append(begins[1:], len(cells))
    table = pd.DataFrame(columns, index=pd.Index(week.astype(np.int64), name="slot"))
    keys = _keys(cells[begins] * weeks, found)
    return {key[:-1]: table.iloc[start:end] for key, start, end in zip(keys, begins.tolist(), ends.tolist())}


def _each(said: Said, found: Grouping) -> tuple[Columns, np.ndarray]:
    """What each person brings, and which have any row with a value."""
    if not len(found.rows):
        return {}, np.zeros(0, dtype=bool)
    value, known = said.of(found.rows)
    n = np.add.reduceat(known, found.starts, dtype=np.float64)
    kept = n > 0
    y = np.add.reduceat(value, found.starts)[kept]
    each = {"n": n[kept], "y": y}
    if not said.binary:
        each |= {
            name: np.add.reduceat(one, found.starts, dtype=np.float64)[kept]
            for name, one in (("vv", value * value), ("p", value > 0), ("d", value < 0))
        }
    return each, kept


def _moments(each: Columns, starts: np.ndarray, binary: bool) -> Columns:
    """Sums over people of what each brings, of its squares and products."""

    def total(one: np.ndarray) -> np.ndarray:
        found: np.ndarray = np.add.reduceat(one, starts)
        return found

    n, y = each["n"], each["y"]
    c = np.diff(np.append(starts, len(n))).astype(np.float64)
    nn = n * n
    found = {"c": c, "n": total(n), "y": total(y), "nn": total(nn), "n3": total(nn * n), "n4": total(nn * nn)}
    found |= {"ny": total(n * y), "yy": total(y * y)}
    if binary:  # a positive value is 1, none is negative
        none = np.zeros(len(starts))
        same = {"vv": "y", "p": "y", "np": "ny", "pp": "yy", "mass": "y"}
        return (
            found
            | {name: found[like] for name, like in same.items()}
            | {"d": none, "nd": none, "dd": none, "pd": none, "top": np.maximum.reduceat(y, starts)}
        )
    p, d = each["p"], each["d"]
    products: dict[str, Any] = {
        "vv": each["vv"],
        "p": p,
        "d": d,
        "np": n * p,
        "nd": n * d,
        "pp": p * p,
        "dd": d * d,
        "pd": p * d,
        "mass": abs(y),
    }
    return found | {name: total(one) for name, one in products.items()} | {"top": np.maximum.reduceat(abs(y), starts)}


def _keys(cells: np.ndarray, found: Grouping) -> list[Key]:
    """The values of each cell as text."""
    texts: list[list[str | None]] = []
    for part in reversed(found.parts):
        size = len(part.values) + 1
        texts.append([part.text(code) for code in (cells % size).tolist()])
        cells = cells // size
    return list(zip(*reversed(texts))) if texts else [()] * len(cells)
