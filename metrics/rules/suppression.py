"""Which cells of a table to withhold so that the small ones cannot be worked out from totals: complementary suppression.

A table is given as persons by key, a key one value a dimension. Every total over some of its dimensions is taken as known.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np

EXACT = 1 - 1e-7  # a leverage of 1: the totals determine the cell


def withhold(
    persons: Mapping[tuple[Any, ...], int],
    first: set[tuple[Any, ...]],
    least: int,
    who: Mapping[tuple[Any, ...], frozenset[Any]] | None = None,
    size: Mapping[tuple[Any, ...], int] | None = None,
) -> set[tuple[Any, ...]]:
    """The keys in `first` and as many more, the smallest first, as protect them. `who` holds the ids of the small cells; `size` is by what
    the smallest is found where that must not depend on the table: the same cell then helps in every table it could help in.

    Two conditions hold afterwards wherever a total has a cell left to give: the withheld cells under it are two or more
    and together hold surely `least` distinct persons, so that total − shown is never a few people (the same persons may
    stand in several cells, so the sum of their counts would prove nothing); and no linear combination of totals gives a cell of `first`
    (docs/STATISTICS.md C; Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001, ch. 4).
    """
    first = first & set(persons)
    hidden = set(first)
    if not hidden:
        return hidden
    totals = _totals(list(persons))
    order = {
        key: (count if size is None else size.get(key, 0), place) for place, (key, count) in enumerate(persons.items())
    }
    while added := _lone(totals, hidden, persons, order, least, who or {}) or _exposed(totals, first, hidden, order):
        hidden |= added
    return hidden


def _totals(keys: list[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
    """The keys under each total over one or more dimensions; a total of one cell is that cell and proves nothing."""
    dimensions = range(len(keys[0]) if keys else 0)
    found: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for size in range(len(dimensions) - 1, -1, -1):
        for kept in combinations(dimensions, size):
            for key in keys:
                found.setdefault((kept, tuple(key[d] for d in kept)), []).append(key)
    return [members for members in found.values() if len(members) > 1]


def _lone(
    totals: list[Any],
    hidden: set[Any],
    persons: Mapping[tuple[Any, ...], int],
    order: Mapping[Any, Any],
    least: int,
    who: Mapping[Any, Any],
) -> set[tuple[Any, ...]]:
    """One more cell under each total whose withheld cells are one, or together too few people."""
    added: set[tuple[Any, ...]] = set()
    for members in totals:
        inside = [key for key in members if key in hidden or key in added]
        if inside and (len(inside) == 1 or _surely(inside, persons, who) < least):
            if left := [key for key in members if key not in hidden and key not in added]:
                added.add(min(left, key=order.__getitem__))
    return added


def _surely(
    keys: list[tuple[Any, ...]], persons: Mapping[tuple[Any, ...], int], who: Mapping[tuple[Any, ...], frozenset[Any]]
) -> int:
    """How many distinct persons some cells hold at least."""
    return max(max(persons[key] for key in keys), len(frozenset().union(*(who.get(key, frozenset()) for key in keys))))


def _exposed(totals: list[Any], first: set[Any], hidden: set[Any], order: Mapping[Any, Any]) -> set[tuple[Any, ...]]:
    """One more cell beside each of `first` that the totals determine: its unit vector lies in their row space."""
    place = {key: i for i, key in enumerate(sorted(hidden, key=order.__getitem__))}
    rows = [[place[key] for key in members if key in place] for members in totals]
    rows = [list(row) for row in dict.fromkeys(tuple(row) for row in rows if row)]
    table = np.zeros((len(rows), len(place)))
    for number, row in enumerate(rows):
        table[number, row] = 1
    if not rows:
        return set()
    leverage = np.einsum("ij,ij->j", table, np.linalg.pinv(table @ table.T, hermitian=True) @ table)
    added = set()
    for key in first:
        if leverage[place[key]] > EXACT:
            left = [
                other
                for members in sorted(totals, key=len)
                if key in members
                for other in members
                if other not in hidden
            ]
            if left:
                added.add(min(left, key=order.__getitem__))
    return added
