"""Ten small companies with a planted cause and ten without, built for real: the planted one first, and nothing else told of most."""

import pytest

from benchmarks.causes.measure import Seen, asked, marks, render
from benchmarks.causes.world import EFFECT, MIXED, NOISE, PLANTED


@pytest.fixture(scope="module")
def seen() -> list[Seen]:
    return asked(range(10), 700, EFFECT) + asked(range(10, 20), 400, 0.0)


def test_the_planted_cause_is_first_and_decoys_are_silent(seen):
    """What 200 of each show stands in docs/TRUTH.md; of ten each mark leaves room for chance."""
    assert [one.planted for one in seen] == [True] * 10 + [False] * 10
    assert all(mark.verdict == "within" for mark in marks(seen)), render(seen, 700, "text")
    assert sum(one.first == PLANTED for one in seen) == 10


def test_a_mark_counts_what_it_says():
    """Of four with a cause: first in two, a decoy told in one, something else in one; of one without: told."""
    made = [
        Seen(True, PLANTED, (PLANTED,), True),
        Seen(True, PLANTED, (PLANTED, MIXED), None),
        Seen(True, NOISE, (NOISE,), None),
        Seen(True, "", (), None),
        Seen(False, "page /x", ("page /x",), None),
    ]
    assert {mark.what: (mark.hits, mark.runs) for mark in marks(made)} == {
        "the planted cause stands first": (2, 4),
        "the decoy met by channel is told": (1, 4),
        "the decoy of chance is told": (1, 4),
        "any decoy is told": (2, 4),
        "anything else is told": (0, 4),
        "anything is told": (1, 1),
    }
