"""The sums of one cell, as SQL returned them, and what every method reads from them. A leaf of the kinds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.catalogue.definition import Definition
from metrics.statistics.core import Estimate
from metrics.statistics.levels import histogram
from metrics.statistics.moments import GROUPS, Moments, NpsMoments

PAIR_COLUMNS = ("smooth_satisfied", "smooth_unhappy", "struggled_satisfied", "struggled_unhappy")
MARKED_COLUMNS = (
    "marked_satisfied",
    "marked_unhappy",
)  # of the struggled: those who reached the goal, with a mark of friction

UNKNOWN = 0.05  # of the orders behind an amount may be without one: beyond that nobody knows what the amount is
KEPT_IDS = 4  # as many as the SQL keeps of a cell and person group


@dataclass(frozen=True)
class Sums:
    """What SQL returned for one cell: a frame with one row a person group (and bucket)."""

    kind: str
    rows: pd.DataFrame

    def vector(self, name: str) -> np.ndarray:
        """The sum by group, shape (40,)."""
        return np.bincount(self._groups, weights=self._numbers(name), minlength=GROUPS)

    def total(self, name: str) -> float:
        """The sum of a column."""
        return float(self._numbers(name).sum())

    def largest(self, name: str) -> float:
        """The largest value of a column."""
        return float(self._numbers(name).max())

    def has(self, name: str) -> bool:
        """Whether the SQL brings a column of that name."""
        return self._has(name)

    def once(
        self, definition: Definition, level: float, make: Callable[[Definition, "Sums", float], Estimate]
    ) -> Estimate:
        """The estimate of a definition at a level, made once: a cell, its difference and its state all ask for it."""
        kept = self._estimates.get((definition.id, level))
        if kept is None or kept[0] is not definition:
            kept = self._estimates[definition.id, level] = definition, make(definition, self, level)
        return kept[1]

    @cached_property
    def _estimates(self) -> dict[tuple[str, float], tuple[Definition, Estimate]]:
        return {}

    @property
    def size(self) -> int:
        """How many values it holds."""
        return int(self.rows.size)

    def _numbers(self, name: str) -> np.ndarray:
        found: np.ndarray = self.rows[name].to_numpy(dtype=float)
        return found

    def _has(self, name: str) -> bool:
        return name in self.rows

    @cached_property
    def _groups(self) -> np.ndarray:
        groups: np.ndarray = self._numbers("person_group").astype(np.int64)
        return groups

    @cached_property
    def n(self) -> int:
        """How many rows count; a cell of times also holds tickets that were merged into another (`counted` leaves them out)."""
        return round(float(np.nansum(self._numbers("counted" if self._has("counted") else "n"))))

    @cached_property
    def persons(self) -> int:
        return int(np.nansum(self._numbers("c")))

    @cached_property
    def who(self) -> frozenset[str] | None:
        """The ids of a cell of at most four persons, so that privacy can tell whether two such cells hold the same
        people; None where there are more, or where the query does not say."""
        if not self._has("who") or self.persons > KEPT_IDS:
            return None
        return frozenset(person for few in self._few() if isinstance(few, np.ndarray | list) for person in few)

    def _few(self) -> Iterable[object]:
        """The first ids of each person group."""
        found: Iterable[object] = self.rows["who"]
        return found

    @property
    def top(self) -> float | None:
        """The largest person's share of the amount, for the privacy of money; None where it is not known."""
        if not self._has("top") or not (mass := self.total("mass")):
            return None
        return self.largest("top") / mass

    @property
    def unknown(self) -> tuple[int, int]:
        """Of money: orders whose amount is not known, of how many."""
        if not self._has("unknown"):
            return 0, 0
        return int(self.rows["unknown"].sum()), int(self.rows["rows"].sum())

    @property
    def too_little_known(self) -> bool:
        """Whether so many amounts are not known that their sum says nothing."""
        unknown, rows = self.unknown
        return unknown > UNKNOWN * rows

    @cached_property
    def moments(self) -> Moments:
        return Moments(*(self.vector(name) for name in ("c", "n", "y", "nn", "ny", "yy")), *self._unequal)

    @cached_property
    def nps_moments(self) -> NpsMoments:
        return NpsMoments(
            *(self.vector(name) for name in ("c", "n", "p", "d", "nn", "np", "nd", "pp", "dd", "pd")), *self._unequal
        )

    @property
    def _unequal(self) -> tuple[np.ndarray, ...]:
        """Σ n_i³ and Σ n_i⁴, where the SQL brings them."""
        return tuple(self.vector(name) for name in ("n3", "n4")) if self._has("n4") else ()

    @property
    def histogram(self) -> np.ndarray:
        return histogram.dense(
            self.rows["bucket"].to_numpy(), self.rows["n"].to_numpy(), self.rows["person_group"].to_numpy()
        )


class Whole:
    """All rows a statement returned, of which each cell has its own, one after the other."""

    def __init__(self, frame: pd.DataFrame):
        self.frame = frame
        self._numbers: dict[str, np.ndarray] = {}

    def numbers(self, name: str) -> np.ndarray:
        """A column as floating-point numbers."""
        if name not in self._numbers:
            self._numbers[name] = self.frame[name].to_numpy(dtype=float)
        return self._numbers[name]

    def has(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return name in self.frame

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.frame.columns)

    def few(self, place: slice) -> Iterable[object]:
        """The first ids of each person group of a cell."""
        found: Iterable[object] = self.frame["who"].iloc[place]
        return found

    def by_group(self, name: str, place: slice) -> np.ndarray | None:
        """The sum of a column by group for one cell, where it is at hand for all cells."""
        return None


class Part(Sums):
    """The sums of one cell, cut out of all rows when they are looked at: a page counts many cells and looks at few."""

    _whole: Whole
    _place: slice

    def __init__(self, kind: str, whole: Whole, place: slice):
        for name, value in (("kind", kind), ("_whole", whole), ("_place", place)):
            object.__setattr__(self, name, value)

    @cached_property
    def rows(self) -> pd.DataFrame:
        return self._whole.frame.iloc[self._place]

    def vector(self, name: str) -> np.ndarray:
        found = self._whole.by_group(name, self._place)
        return super().vector(name) if found is None else found

    @property
    def size(self) -> int:
        return int(self._place.stop - self._place.start) * self._whole.width

    def _numbers(self, name: str) -> np.ndarray:
        found: np.ndarray = self._whole.numbers(name)[self._place]
        return found

    def _has(self, name: str) -> bool:
        return self._whole.has(name)

    def _few(self) -> Iterable[object]:
        return self._whole.few(self._place)


def pair_counts(sums: Sums) -> list[int]:
    """The four counts of the table, in the order of PAIR_COLUMNS."""
    return [int(sums.rows[name].sum()) for name in PAIR_COLUMNS]


def scaled(estimate: Estimate, definition: Definition) -> Estimate:
    """Milliseconds, as stored, in the metric's own unit."""
    per_unit = float(
        definition.measure.parts.get("per_unit", {"seconds": 1e3, "hours": 3.6e6}.get(definition.unit, 1.0))
    )
    changed = {
        name: None if getattr(estimate, name) is None else getattr(estimate, name) / per_unit
        for name in ("value", "low", "high", "se")
    }
    return Estimate(**changed, n=estimate.n, n_eff=estimate.n_eff, df=estimate.df, note=estimate.note)
