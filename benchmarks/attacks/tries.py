"""The attacks: each a few questions about what surrounds a withheld cell, and what they narrow it down to together."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog

from benchmarks.attacks.ground import Asked, Box, Ground, merged

TEN = 10
NARROW = 4.0  # between the smallest and the largest count there can be: below, fewer than five counts are left


@dataclass(frozen=True)
class Found:
    """What the answers leave possible for the count of the withheld cell."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        return self.high - self.low < 1e-6

    @property
    def narrowed(self) -> bool:
        return self.high - self.low < NARROW - 1e-6


def filters(ground: Ground, target: Box, rng: np.random.Generator) -> list[Asked]:
    """Everybody, and everybody but the cell: a filter left out, and its other values."""
    place = _filtered(target, rng)
    return [Asked(_with(target, place, None)), Asked(_with(target, place, _others(ground, target, place)))]


def breakdowns(ground: Ground, target: Box, rng: np.random.Generator) -> list[Asked]:
    """The total beside its breakdown, and beside every other value alone."""
    place = _filtered(target, rng)
    total = _with(target, place, None)
    alone = [Asked(_with(target, place, frozenset([value]))) for value in _others(ground, target, place) or ()]
    return [Asked(total), Asked(total, (place,)), *alone]


def periods(ground: Ground, target: Box, rng: np.random.Generator) -> list[Asked]:
    """Two periods that differ by the cell's weeks, before and after it, of any length."""
    edges = ground.edges or range(ground.weeks + 1)
    before = int(rng.choice([0, *(edge for edge in edges if edge <= target.first)]))
    after = int(rng.choice([ground.weeks, *(edge for edge in edges if edge >= target.end)]))
    return [
        Asked(replace(target, first=before)),
        Asked(replace(target, first=before, end=target.first)),
        Asked(replace(target, end=after)),
        Asked(replace(target, first=target.end, end=after)),
        Asked(replace(target, first=before, end=after), (2,)),
    ]


def complements(ground: Ground, target: Box, rng: np.random.Generator) -> list[Asked]:
    """Everybody, each of two filters alone, and neither: four answers without the cell in any of its own."""
    here = (
        target if all(values is not None for values in target.values) else _with(target, *_another(ground, target, rng))
    )
    other = [_others(ground, here, place) for place in (0, 1)]
    return [
        Asked(replace(here, values=values))
        for values in (
            (None, None),
            (here.values[0], None),
            (None, here.values[1]),
            (other[0], other[1]),
            (other[0], None),
            (None, other[1]),
            (here.values[0], other[1]),
            (other[0], here.values[1]),
        )
    ]


def related(ground: Ground, target: Box, rng: np.random.Generator) -> list[Asked]:
    """Ten questions about what lies around the cell: filters, unions, breakdowns, and periods that begin and end near it."""
    asked: list[Asked] = []
    edges = [
        target.first,
        target.end,
        *(e for e in (target.first - 1, target.end + 1, target.first - 13, target.end + 13)),
    ]
    edges = sorted({min(max(edge, 0), ground.weeks) for edge in (*edges, 0, ground.weeks)})
    while len(asked) < TEN:
        first, end = (
            sorted(rng.choice(edges, 2, replace=False).tolist()) if rng.random() < 0.5 else (target.first, target.end)
        )
        values = tuple(_some(ground, target, place, rng) for place in (0, 1))
        free = [place for place in (0, 1) if values[place] is None] + ([2] if end - first > 1 else [])
        by = tuple(sorted(place for place in free if rng.random() < 0.4))
        asked.append(Asked(Box((values[0], values[1]), int(first), int(end)), by))
    return asked


def solve(ground: Ground, target: Box, asked: list[Asked], shows: str) -> Found:
    """The smallest and the largest count the cell can have, given all that the answers tell, by linear programs."""
    told = [one for question in asked if question.box.first < question.box.end for one in ground.told(question, shows)]
    wanted = ground.mask(target).ravel().astype(float)
    if not told:
        return Found(0.0, float("inf"))
    table, of = merged([wanted, *(mask for mask, _ in told)])
    counts = np.array([count for _, count in told])
    bounds = []
    for sign in (1.0, -1.0):
        result = linprog(sign * table[0], A_eq=table[1:], b_eq=counts, bounds=(0, None), method="highs")
        bounds.append(sign * result.fun if result.status == 0 else -sign * float("inf"))
    return Found(*bounds)


def _filtered(target: Box, rng: np.random.Generator) -> int:
    places = [place for place in (0, 1) if target.values[place] is not None]
    return int(rng.choice(places)) if places else 0


def _another(ground: Ground, target: Box, rng: np.random.Generator) -> tuple[int, frozenset[str]]:
    place = 0 if target.values[0] is None else 1
    known = [value for value in ground.values[place] if value is not None]
    return place, frozenset([str(rng.choice(known))])


def _others(ground: Ground, target: Box, place: int) -> frozenset[str] | None:
    here = target.values[place] or frozenset()
    left = frozenset(value for value in ground.values[place] if value is not None and value not in here)
    return left or None


def _some(ground: Ground, target: Box, place: int, rng: np.random.Generator) -> frozenset[str] | None:
    """The target's values, the others, some, or none named."""
    known = [value for value in ground.values[place] if value is not None]
    draw = rng.random()
    if draw < 0.35 or len(known) < 2:
        return None
    if draw < 0.6:
        return target.values[place]
    if draw < 0.8:
        return _others(ground, target, place)
    return frozenset(rng.choice(known, int(rng.integers(1, len(known))), replace=False).tolist())


def _with(box: Box, place: int, values: frozenset[str] | None) -> Box:
    both = list(box.values)
    both[place] = values
    return replace(box, values=(both[0], both[1]))


KINDS = {
    "a pair of filters": filters,
    "total and breakdown": breakdowns,
    "periods that differ by a week": periods,
    "complements of two filters": complements,
    "ten related questions": related,
}
