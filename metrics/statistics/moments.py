"""Sufficient statistics of one cell by person group: sums that add up, so that SQL can deliver them.

A group is a stable hash of the person modulo `GROUPS`. Within a group every person i with n_i rows and the value sum
y_i contributes to the sums below. Two cells may be added when no person is in both: the squares are those of a
person's total, and the square of a sum is not the sum of squares. The plain sums `n`, `y`, `p`, `d` always add.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from data.groups import GROUPS

Array = np.ndarray  # a class below has a field of the name np


@dataclass(frozen=True, eq=False)
class _Additive:
    """Arrays of one length that add field by field."""

    def __post_init__(self) -> None:
        shapes = set()
        for name, given in list(vars(self).items()):
            if given is None:
                continue
            value = np.asarray(given, dtype=float)
            if value is not given:
                object.__setattr__(self, name, value)
            shapes.add(value.shape)
        if len(shapes) != 1 or len(next(iter(shapes))) != 1:
            raise ValueError(f"sums by group must be vectors of one length, found shapes {sorted(shapes)}")

    def __add__(self, other: Self) -> Self:
        return type(self)(
            *(
                None if one is None or two is None else one + two
                for one, two in ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
            )
        )

    def total(self, name: str) -> float:
        """Sum of the named field over all groups."""
        found = self._totals.get(name)
        if found is None:
            found = self._totals[name] = float(getattr(self, name).sum())
        return found

    @cached_property
    def _totals(self) -> dict[str, float]:
        return {}

    @classmethod
    def empty(cls, groups: int = GROUPS) -> Self:
        """The neutral element of addition."""
        return cls(*(np.zeros(groups) for _ in fields(cls)))

    @classmethod
    def _sums(cls, group: ArrayLike, groups: int, *per_person: np.ndarray) -> Self:
        at = np.asarray(group, dtype=np.int64)
        return cls(*(np.bincount(at, weights=values, minlength=groups) for values in per_person))


@dataclass(frozen=True, eq=False)
class Moments(_Additive):
    """Persons c, rows n, value sum y and the squares Σ n_i², Σ n_i·y_i, Σ y_i² over persons, each by group.

    `n3` and `n4`, Σ n_i³ and Σ n_i⁴, tell how unequally often people come, and so how much the variance itself is known
    (`metrics.statistics.levels.few`); None where the sums come without them.
    """

    c: np.ndarray
    n: np.ndarray
    y: np.ndarray
    nn: np.ndarray
    ny: np.ndarray
    yy: np.ndarray
    n3: np.ndarray | None = None
    n4: np.ndarray | None = None

    @classmethod
    def from_persons(cls, group: ArrayLike, n: ArrayLike, y: ArrayLike, groups: int = GROUPS) -> Self:
        """From one entry a person: its group (0 … groups−1), its rows, the sum of its values."""
        rows, values = np.asarray(n, dtype=float), np.asarray(y, dtype=float)
        return cls._sums(
            group, groups, np.ones_like(rows), rows, values, rows**2, rows * values, values**2, rows**3, rows**4
        )

    def residual_square(self) -> float:
        """Σ (y_i − r·n_i)² over persons, r = Σy/Σn: the core of every linearised variance (0 at worst, never below)."""
        ratio = self.total("y") / self.total("n")
        return max(self.total("yy") - 2 * ratio * self.total("ny") + ratio**2 * self.total("nn"), 0.0)


@dataclass(frozen=True, eq=False)
class NpsMoments(_Additive):
    """As Moments, for counts of promoters p and detractors d, with their squares and products over persons."""

    c: Array
    n: Array
    p: Array
    d: Array
    nn: Array
    np: Array
    nd: Array
    pp: Array
    dd: Array
    pd: Array
    n3: Array | None = None
    n4: Array | None = None

    @classmethod
    def from_persons(cls, group: ArrayLike, n: ArrayLike, p: ArrayLike, d: ArrayLike, groups: int = GROUPS) -> Self:
        """From one entry a person: its group, its answers, how many of them promote and detract."""
        rows, pro, con = (np.asarray(values, dtype=float) for values in (n, p, d))
        return cls._sums(
            group,
            groups,
            np.ones_like(rows),
            rows,
            pro,
            con,
            rows**2,
            rows * pro,
            rows * con,
            pro**2,
            con**2,
            pro * con,
            rows**3,
            rows**4,
        )

    def scores(self) -> Moments:
        """The moments of the per-answer score −1, 0, +1."""
        return Moments(
            self.c,
            self.n,
            self.p - self.d,
            self.nn,
            self.np - self.nd,
            self.pp + self.dd - 2 * self.pd,
            self.n3,
            self.n4,
        )
