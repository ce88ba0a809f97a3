"""Where an attack takes place: one metric and stage, two dimensions, weeks; what is true there, and what a question shows of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from data.store.generations import Generation
from data.store.opened import PERSONS_TOO
from metrics.compute.run import run
from metrics.query.filter_values import joined
from metrics.query.query import Query
from metrics.rules.disclosure.edges import span


@dataclass(frozen=True)
class Box:
    """Values of the two dimensions (None: not filtered) and weeks from `first` to before `end`."""

    values: tuple[frozenset[str] | None, frozenset[str] | None]
    first: int
    end: int


@dataclass(frozen=True)
class Asked:
    """A question: a box, and by which of the dimensions (0, 1) or weeks (2) it is broken down."""

    box: Box
    by: tuple[int, ...] = ()


@dataclass(eq=False)
class Ground:
    """`truth` holds how many rows lie in every (value, value, week); None is a value nobody can filter by."""

    metric: str
    stage: str
    names: tuple[str, str]
    generation: Generation
    edges: tuple[int, ...] = ()  # weeks at which periods of attacks begin and end; none: any
    values: tuple[list[str | None], list[str | None]] = ([], [])
    weeks: int = 0
    truth: np.ndarray = field(default_factory=lambda: np.zeros((0, 0, 0)))
    _told: dict[tuple[str, Asked], list[tuple[np.ndarray, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        start, end = span(self.generation)
        self.weeks = ((end - start).days + 1) // 7
        cells = run(self._query(Asked(Box((None, None), 0, self.weeks), (0, 1, 2))), self._seen(PERSONS_TOO)).cells
        cells = [cell for cell in cells if cell.n and cell.by.get("week")]
        self.values = tuple(sorted({cell.by[name] for cell in cells}, key=str) for name in self.names)
        self.truth = np.zeros((len(self.values[0]), len(self.values[1]), self.weeks))
        for cell in cells:
            self.truth[self._place(cell.by)] += cell.n

    def people(self, box: Box) -> int:
        """How many people are in a box in truth."""
        (cell,) = run(self._query(Asked(box)), self._seen(PERSONS_TOO)).cells
        return cell.persons

    def few(self, box: Box, by: tuple[int, ...], least: int) -> list[Box]:
        """The boxes of a breakdown that hold one person or more and fewer than `least`."""
        cells = run(self._query(Asked(box, by)), self._seen(PERSONS_TOO)).cells
        return [found for cell in cells if 0 < cell.persons < least and (found := self._box(box, by, cell.by))]

    def told(self, asked: Asked, shows: str) -> list[tuple[np.ndarray, float]]:
        """What the answer tells: rows of (value, value, week) as 0 and 1, flat, and how many there are."""
        key = shows, asked
        if key not in self._told:
            cells = run(self._query(asked), self._seen(shows)).cells
            self._told[key] = [
                (self.mask(box).ravel(), float(cell.n))
                for cell in cells
                if cell.valued and (box := self._box(asked.box, asked.by, cell.by, none=True))
            ]
        return self._told[key]

    def mask(self, box: Box) -> np.ndarray:
        """The rows of a box, shape of `truth`."""
        parts = [
            np.ones(len(here), bool) if wanted is None else np.array([value in wanted for value in here])
            for here, wanted in zip(self.values, box.values)
        ]
        weeks = np.zeros(self.weeks, bool)
        weeks[box.first : box.end] = True
        return parts[0][:, None, None] & parts[1][None, :, None] & weeks[None, None, :]

    def _box(self, box: Box, by: tuple[int, ...], found: dict[str, str | None], none: bool = False) -> Box | None:
        """The box of a cell; None for a cell of unknown values, which no filter can name, unless `none`."""
        values = list(box.values)
        first, end = box.first, box.end
        for place in by:
            if place == 2:
                first = self._week(found["week"])
                end = first + 1
            elif found[self.names[place]] is None and not none:
                return None
            else:
                values[place] = frozenset([found[self.names[place]]])
        return Box((values[0], values[1]), first, end)

    def _query(self, asked: Asked) -> Query:
        start = span(self.generation)[0]
        filters = tuple(
            (name, joined(sorted(values))) for name, values in zip(self.names, asked.box.values) if values is not None
        )
        return Query(
            (self.metric,),
            stages=(self.stage,) if self.stage else (),
            start=start + timedelta(days=7 * asked.box.first),
            end=start + timedelta(days=7 * asked.box.end - 1),
            filters=filters,
            by=tuple((*self.names, "week")[place] for place in asked.by),
        )

    def _seen(self, shows: str) -> Generation:
        return replace(self.generation, shows=shows)

    def _week(self, text: str | None) -> int:
        return (date.fromisoformat(str(text)) - span(self.generation)[0]).days // 7

    def _place(self, by: dict[str, str | None]) -> tuple[int, int, int]:
        first, second = (self.values[i].index(by[name]) for i, name in enumerate(self.names))
        return first, second, self._week(by["week"])


def merged(rows: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Equal columns as one: the table, and which column each belongs to."""
    table = np.array(list(rows), dtype=float)
    columns, of = np.unique(table, axis=1, return_inverse=True)
    return columns, of
