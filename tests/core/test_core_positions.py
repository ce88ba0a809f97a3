"""A name over many stages: as many looks as stages, so the false discovery rate decides (docs/STATISTICS.md B)."""

import numpy as np
import pandas as pd
import pytest

from metrics.analyses.stage_scores import Position, Target, _side, control_false_discoveries
from metrics.catalogue.load import definition
from metrics.kinds.sums import Sums
from metrics.statistics.core import Estimate
from metrics.statistics.groups.composite import verdict


def place(stage: str, ux: float, cx: float) -> Position:
    sides = Estimate(ux, ux - 10, ux + 10, se=5.0), Estimate(cx, cx - 10, cx + 10, se=5.0)
    return Position(stage, *sides, verdict(*sides), ())


def test_a_name_that_stands_alone_may_not_stand_beside_four_others():
    """60 and 40 at SE 5: p = .0228. Alone it is named; the smallest of five it is .114."""
    one, quiet = place("Buy", 60, 40), [place(stage, 60, 60) for stage in ("Find", "Evaluate", "Decide", "Engage")]
    assert one.verdict.p == pytest.approx(0.0228, abs=1e-4)
    assert [p.verdict.state for p in control_false_discoveries([one], 0.95)] == ["works_but_disappoints"]
    assert [p.verdict.state for p in control_false_discoveries([one, *quiet], 0.95)] == [
        "cannot_tell",
        "agree",
        "agree",
        "agree",
        "agree",
    ]


def test_a_sure_name_stands_beside_any():
    """70 and 30: p = .00003, five times that is far below .05; a stage without scores counts as no look."""
    sure, empty = (
        place("Buy", 70, 30),
        Position("Find", Estimate(None), Estimate(None), verdict(Estimate(None), Estimate(None)), ()),
    )
    found = control_false_discoveries(
        [empty, sure, *(place(stage, 60, 60) for stage in ("Evaluate", "Decide", "Engage"))], 0.95
    )
    assert [p.verdict.state for p in found[:2]] == ["cannot_tell", "works_but_disappoints"]
    assert control_false_discoveries([empty], 0.95) == [empty] and control_false_discoveries([], 0.95) == []


def counted(n: int, yes: np.ndarray) -> Sums:
    """One row a person, in groups in turn."""
    group = np.arange(n) % 40
    rows = np.bincount(group, minlength=40)
    return Sums(
        "share",
        pd.DataFrame(
            {"person_group": np.arange(40), "n": rows, "c": rows, "y": np.bincount(group, weights=yes, minlength=40)}
        ),
    )


def side(metric: str, line: float, found: Sums) -> Estimate:
    return _side([Target(definition(metric), line, (1 + line) / 2, 1)], "s", {metric: {("s",): found}}, 0.95)


def test_all_of_few_visits_do_not_surely_stand_above_a_high_line():
    """40 of 40 at a line of 97 %: chance alone gives that in 30 of 100 samples. The error is that of a truth at the line."""
    found = side("completion_rate", 0.97, counted(40, np.ones(40)))
    assert found.value == pytest.approx(150) and found.se == pytest.approx(50 / 0.015 * np.sqrt(0.97 * 0.03 / 40))
    assert verdict(found, Estimate(20, 10, 30, se=5.0)).state == "cannot_tell"


@pytest.mark.parametrize("line", [0.95, 0.98])
def test_stages_exactly_at_a_high_line_are_seldom_named(line):
    """Five stages whose customers are surely unhappy and which work exactly as well as the line asks: no name is right. Sixty
    families of five, 120 visits each; at 5 % nine in sixty come about in one run of a thousand."""
    rng, named = np.random.default_rng(8), 0
    unhappy = side("csat_t2b_5", 0.75, counted(120, np.arange(120) % 5 < 2))
    for _ in range(60):
        found = [side("completion_rate", line, counted(120, rng.random(120) < line)) for _ in range(5)]
        places = [Position(str(i), ux, unhappy, verdict(ux, unhappy), ()) for i, ux in enumerate(found)]
        named += any(place.parted for place in control_false_discoveries(places, 0.95))
    assert named < 9
