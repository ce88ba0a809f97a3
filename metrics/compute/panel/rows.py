"""What is held of a fact: columns of numbers, one place a row, by day."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, Protocol, TypeVar

import numpy as np

EPOCH = date(1970, 1, 1)
UNDATED = np.iinfo(np.int32).min
MADE = 1  # what is made of a panel and kept takes at most so many times its own room
T = TypeVar("T", bound="Sized")


class Sized(Protocol):
    """What says how much room it takes."""

    @property
    def nbytes(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Dimension:
    """`codes` are places in `values`, which are sorted; one more is a value nobody knows."""

    codes: np.ndarray
    values: tuple[str, ...]

    def text(self, code: int) -> str | None:
        return self.values[code] if code < len(self.values) else None


@dataclass(frozen=True, eq=False)
class Said:
    """What one measure says of each row: `value` in the smallest type that holds it, `absent` where it says nothing.

    With a vote: whether a row is one of those that vote (`kept`), whose vote it is, and its place among all, the one that counts first.
    `binary`: nothing but 0 and 1. `first`: of each person's rows in a cell the one that comes first here counts alone; the places of all
    rows in order of person group, person, then time.
    """

    value: np.ndarray
    absent: float | int
    binary: bool
    kept: np.ndarray | None = None
    vote: np.ndarray | None = None
    place: np.ndarray | None = None
    first: np.ndarray | None = None

    def of(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The values of these rows, 0 where there is none, and where there is one."""
        found = self.value[rows]
        known = ~np.isnan(found) if found.dtype.kind == "f" else found != self.absent
        return np.where(known, found, 0).astype(np.float64), known

    @property
    def nbytes(self) -> int:
        return sum(one.nbytes for one in (self.value, self.kept, self.vote, self.place, self.first) if one is not None)


@dataclass(frozen=True, eq=False)
class Panel:
    """`days` are sorted, in days since 1970, those without one first; `people` are the ids that `person` holds the places of, sorted."""

    days: np.ndarray
    person: np.ndarray
    people: np.ndarray
    group: np.ndarray
    dimensions: dict[str, Dimension]
    said: dict[Hashable, Said]
    _made: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    @cached_property
    def by_person(self) -> np.ndarray:
        """The places of all rows in order of person, then day."""
        return np.argsort(self.person, kind="stable").astype(np.int32)

    @cached_property
    def by_group(self) -> np.ndarray:
        """The places of all rows in order of person group, person, then day."""
        order = self.by_person
        found: np.ndarray = order[np.argsort(self.group[order], kind="stable")]
        return found

    @cached_property
    def _own(self) -> int:
        columns = (self.days, self.person, self.people, self.group, *(one.codes for one in self.dimensions.values()))
        orders = 2 * self.person.nbytes  # by_person, by_group
        return orders + sum(one.nbytes for one in columns) + sum(one.nbytes for one in self.said.values())

    @property
    def nbytes(self) -> int:
        """Bytes it may take, with all that is made of it."""
        return (1 + MADE) * self._own

    def between(self, start: date | None, end: date | None) -> slice:
        """The rows of these days; all of them, undated ones as well, where no period is set."""
        if start is None or end is None:
            return slice(0, len(self.days))
        first, last = number(start), number(end)
        return slice(int(np.searchsorted(self.days, first)), int(np.searchsorted(self.days, last, side="right")))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of the rows for a cut, kept for the measures that come next with the same one."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                kept: T = self._made[key]
                return kept
        found = make()
        with self._lock:
            self._made[key] = found
            while len(self._made) > 1 and sum(one.nbytes for one in self._made.values()) > MADE * self._own:
                self._made.popitem(last=False)
        return found


def number(day: date) -> int:
    """A day as it is held."""
    return (day - EPOCH).days
