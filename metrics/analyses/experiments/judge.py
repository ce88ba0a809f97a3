"""Counts of two arms to an outcome and a verdict: pure arithmetic, no store."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from metrics.analyses.experiments.model import Outcome, Response, Side, Standing, Verdict
from metrics.catalogue.definition import Definition
from metrics.statistics.core import Comparison, Estimate
from metrics.statistics.groups.differences import newcombe
from metrics.statistics.groups.experiments import (
    Answers,
    ArmSums,
    cuped,
    lee_bounds,
    non_inferiority,
    sample_ratio,
)
from metrics.statistics.levels import means
from metrics.statistics.levels.shares import wilson
from metrics.statistics.weeks.looks import benjamini_hochberg

LEAST = 30  # people in each arm; with fewer the normal tail is no guide
Q = 0.05  # of the outcomes told of one experiment: the share that may be there by chance


def share_outcome(metric: Definition, side: Side, new: ArmSums, old: ArmSums, level: float) -> Outcome:
    """A yes or no of everybody exposed, and the same with earlier orders taken out."""
    sides = [wilson(arm.y, arm.n, level=level) for arm in (new, old)]
    return _beside(_outcome(metric, "", side, sides[0], sides[1], newcombe(*sides)), cuped_of(new, old, level))


def mean_outcome(metric: Definition, side: Side, new: ArmSums, old: ArmSums, level: float) -> Outcome:
    """A mean of everybody exposed, who spent nothing among them."""
    sides = [means.mean(arm.n, arm.y, arm.yy, level) for arm in (new, old)]
    found = means.difference(sides[0], sides[1], level=level)
    return _beside(_outcome(metric, "", side, sides[0], sides[1], found), cuped_of(new, old, level))


def cuped_of(new: ArmSums, old: ArmSums, level: float) -> tuple[Estimate, float] | None:
    """The adjusted difference and what it saves; None where nobody did anything before."""
    if not new.x and not old.x:
        return None
    made = cuped(new, old, level)
    return made.found.estimate, made.saved


def _beside(outcome: Outcome, adjusted: tuple[Estimate, float] | None) -> Outcome:
    return outcome if adjusted is None else replace(outcome, adjusted=adjusted[0], saved=adjusted[1])


def answer_outcome(
    metric: Definition, stage: str, new: Mapping[float, int], old: Mapping[float, int], exposed: tuple[int, int], level: float
) -> Outcome | None:  # fmt: skip
    """What those who answered said, how many did in each arm first. `new` and `old` count people by value (0 and 1; of an NPS −1, 0, 1).
    None where fewer than LEAST answered in an arm."""
    counts = [sum(arm.values()) for arm in (new, old)]
    if min(counts) < LEAST:
        return None
    checked = sample_ratio(counts, exposed)
    response = Response((counts[0], counts[1]), exposed, checked.test.p, checked.state)
    score = metric.unit == "points"
    sides = [_side(arm, score, level) for arm in (new, old)]
    found = means.difference(sides[0], sides[1], level=level) if score else newcombe(*sides)
    made = replace(_outcome(metric, stage, Side.CUSTOMER, sides[0], sides[1], found), response=response)
    if checked.state == "ok":
        return made
    times = 100.0 if score else 1.0
    values = tuple(sorted({*new, *old}))
    arms = [
        Answers(tuple(times * value for value in values), tuple(arm.get(value, 0) for value in values), of)
        for arm, of in zip((new, old), exposed)
    ]
    return replace(made, bounds=lee_bounds(arms[0], arms[1], level))


def _side(arm: Mapping[float, int], score: bool, level: float) -> Estimate:
    n = sum(arm.values())
    if not score:
        return wilson(sum(value * count for value, count in arm.items()), n, level=level)
    total, squares = (100.0**power * sum(value**power * count for value, count in arm.items()) for power in (1, 2))
    return means.mean(n, total, squares, level)


def _outcome(
    metric: Definition, stage: str, side: Side, new: Estimate, old: Estimate, comparison: Comparison
) -> Outcome:
    harm = non_inferiority(comparison.estimate, metric.matters, metric.better == "higher")
    return Outcome(
        metric.id,
        stage,
        side,
        metric.unit,
        metric.better,
        new,
        old,
        comparison.estimate,
        comparison.test.p,
        None,
        metric.matters,
        harm,
        Standing.NOT_TOLD,
    )


def with_corrected_p(outcomes: list[Outcome]) -> tuple[Outcome, ...]:
    """The same, each with its corrected p and where it stands."""
    p = [float("nan") if one.p is None else one.p for one in outcomes]
    return tuple(
        replace(one, q=None if np.isnan(q) else float(q), standing=_standing(one, float(q)))
        for one, q in zip(outcomes, benjamini_hochberg(p))
    )


def _standing(outcome: Outcome, q: float) -> Standing:
    value = outcome.difference.value
    if value is None or not q <= Q or abs(value) < outcome.margin:
        return Standing.NOT_TOLD
    if outcome.bounds is not None and outcome.bounds.low <= 0 <= outcome.bounds.high:
        return Standing.UNEVEN
    return Standing.BETTER if (value > 0) == (outcome.better == "higher") else Standing.WORSE


def verdict(outcomes: tuple[Outcome, ...]) -> Verdict:
    """What the outcomes come to."""
    click = {one.standing for one in outcomes if one.side is Side.CLICK}
    felt = {one.standing for one in outcomes if one.side is Side.CUSTOMER}
    if not outcomes:
        return Verdict.TOO_FEW
    if {Standing.BETTER, Standing.WORSE} <= felt:
        return Verdict.MIXED
    if Standing.BETTER in click:
        if Standing.WORSE in felt:
            return Verdict.WINS_CLICK_LOSES_CUSTOMER
        return Verdict.WINS_BOTH if Standing.BETTER in felt else Verdict.WINS_CLICK
    if Standing.WORSE in click:
        return Verdict.LOSES_CLICK_WINS_CUSTOMER if Standing.BETTER in felt else Verdict.LOSES
    if Standing.WORSE in felt:
        return Verdict.LOSES
    return Verdict.WINS_CUSTOMER if Standing.BETTER in felt else Verdict.NOT_TOLD
