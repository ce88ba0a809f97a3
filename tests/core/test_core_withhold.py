"""No withheld cell can be worked out from the others and the totals: random small tables, and the cases that fool simple rules."""

from itertools import combinations, product
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.rules.privacy import PERSONS, disclosable
from metrics.rules.suppression import withhold

LEAST = PERSONS


def small(persons: dict) -> set:
    return {key for key, count in persons.items() if count < LEAST}


def totals(persons: dict) -> list[list]:
    """The keys under every total over at least one dimension, but those of a single cell: that total is the cell."""
    dimensions = range(len(next(iter(persons))))
    found = []
    for size in dimensions:
        for kept in combinations(dimensions, size):
            for value in {tuple(key[d] for d in kept) for key in persons}:
                members = [key for key in persons if tuple(key[d] for d in kept) == value]
                found += [members] if len(members) > 1 else []
    return found


def determined(persons: dict, hidden: set) -> set:
    """Withheld cells that the totals determine, by rank: adding the cell as an equation tells nothing new."""
    order = sorted(hidden)
    rows = [[float(key in members) for key in order] for members in totals(persons)] or [[0.0] * len(order)]
    table = np.array(rows)
    rank = np.linalg.matrix_rank(table)
    return {
        key for i, key in enumerate(order) if np.linalg.matrix_rank(np.vstack([table, np.eye(len(order))[i]])) == rank
    }


def tables(*sizes: int):
    """Tables of 1 to 9 persons a cell, some cells missing."""
    keys = list(product(*(range(size) for size in sizes)))
    return (
        st.lists(st.one_of(st.none(), st.integers(1, 9)), min_size=len(keys), max_size=len(keys))
        .map(lambda counts: {key: n for key, n in zip(keys, counts) if n})
        .filter(bool)
    )


@settings(max_examples=300, deadline=None)
@given(st.one_of(tables(5), tables(3, 4), tables(2, 3, 3)))
def test_no_small_cell_can_be_worked_out(persons):
    """Where anything under the totals is left to withhold, rank shows no small cell determined; else all of it is withheld."""
    first = small(persons)
    hidden = withhold(persons, first, LEAST)
    assert first <= hidden
    for key in determined(persons, hidden) & first:
        assert all(set(members) <= hidden for members in totals(persons) if key in members)


@settings(max_examples=300, deadline=None)
@given(st.one_of(tables(6), tables(3, 4)))
def test_total_minus_shown_is_never_a_few_people(persons):
    """Under each total: nothing withheld, or everything, or one of the withheld cells holds five persons or more."""
    hidden = withhold(persons, small(persons), LEAST)
    for members in totals(persons):
        inside = [key for key in members if key in hidden]
        assert (
            not inside
            or len(inside) == len(members)
            or (len(inside) > 1 and max(persons[key] for key in inside) >= LEAST)
        )


@settings(max_examples=100, deadline=None)
@given(tables(3, 4))
def test_nothing_is_withheld_where_nothing_is_small(persons):
    """Every cell of five persons or more: all shown."""
    persons = {key: count + LEAST for key, count in persons.items()}
    assert disclosable({key: SimpleNamespace(persons=count, who=None) for key, count in persons.items()}) == set(
        persons
    )


def test_two_small_cells_of_other_people_protect_each_other():
    """3 and 2 persons beside 1,248: together five, and the large cell stays. Were they the same three, it would go too."""
    persons = {("wait",): 3, ("use",): 2, ("buy",): 1248}
    small = {("wait",), ("use",)}
    assert withhold(persons, small, LEAST, {("wait",): frozenset("abc"), ("use",): frozenset("de")}) == small
    assert withhold(persons, small, LEAST, {("wait",): frozenset("abc"), ("use",): frozenset("ab")}) == set(persons)


def test_a_lone_cell_of_a_column_takes_three_with_it():
    """web and app by north and south; only (web, north) is small. Row and column both take one more, and they meet:

           north  south
    web    3      20
    app    30     40     → all four: with three withheld, the fourth total would give each of them
    """
    persons = {("web", "north"): 3, ("web", "south"): 20, ("app", "north"): 30, ("app", "south"): 40}
    assert withhold(persons, {("web", "north")}, LEAST) == set(persons)


def test_two_in_every_row_and_column_are_not_always_enough():
    """Two rings of withheld cells joined by one cell: every row and column has two or more, and still that cell is known.

    Rows a, b with columns 1, 2 are one ring, rows c, d with columns 3, 4 another; (a, 3) between them is what is left of
    the totals of a, b, 1 and 2.
    """
    rings = {(r, c) for r, c in [*product("ab", "12"), *product("cd", "34")]}
    persons = {key: 9 if key in rings else 20 for key in product("abcd", "1234")} | {("a", "3"): 2}
    assert ("a", "3") in determined(persons, rings | {("a", "3")})
    hidden = withhold(persons, rings | {("a", "3")}, LEAST)
    assert ("a", "3") not in determined(persons, hidden)
