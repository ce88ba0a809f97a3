"""A name over many stages: as many looks as stages, so the false discovery rate decides (statistics.md B)."""

import pytest

from metrics.positions import Position, across
from metrics.statistics.composite import verdict
from metrics.statistics.core import Estimate


def place(stage: str, ux: float, cx: float) -> Position:
    sides = Estimate(ux, ux - 10, ux + 10, se=5.0), Estimate(cx, cx - 10, cx + 10, se=5.0)
    return Position(stage, *sides, verdict(*sides), ())


def test_a_name_that_stands_alone_may_not_stand_beside_four_others():
    """60 and 40 at SE 5: p = .0228. Alone it is named; the smallest of five it is .114."""
    one, quiet = place("Buy", 60, 40), [place(stage, 60, 60) for stage in ("Find", "Evaluate", "Decide", "Engage")]
    assert one.verdict.p == pytest.approx(0.0228, abs=1e-4)
    assert [p.verdict.state for p in across([one], 0.95)] == ["works_but_disappoints"]
    assert [p.verdict.state for p in across([one, *quiet], 0.95)] == ["cannot_tell", "agree", "agree", "agree", "agree"]


def test_a_sure_name_stands_beside_any():
    """70 and 30: p = .00003, five times that is far below .05; a stage without scores counts as no look."""
    sure, empty = place("Buy", 70, 30), Position("Find", Estimate(None), Estimate(None), verdict(Estimate(None), Estimate(None)), ())
    found = across([empty, sure, *(place(stage, 60, 60) for stage in ("Evaluate", "Decide", "Engage"))], 0.95)
    assert [p.verdict.state for p in found[:2]] == ["cannot_tell", "works_but_disappoints"]
    assert across([empty], 0.95) == [empty] and across([], 0.95) == []
