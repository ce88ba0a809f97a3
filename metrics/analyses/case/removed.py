"""How much of what a case removes is removed: as its author says, or what lies between a metric as it is and its target."""

from __future__ import annotations

import numpy as np

from data.errors import UserError
from data.store.generations import Generation
from metrics.analyses.case.case import Case, Removes
from metrics.analyses.case.measured import Window, drawn
from metrics.analyses.case.routes import Basis, Link
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.codes import Reason, ReasonCode, because
from metrics.compute.sums import sums
from metrics.query import context
from metrics.query.resolve import ResolvedQuery
from metrics.statistics.groups import replicates


def removed(
    case: Case, query: ResolvedQuery, days: Window, generation: Generation, weights: np.ndarray
) -> Link | Reason:
    """The share removed, by replicate. Raises UserError for a metric that is no share of what the case removes."""
    if case.share is not None:
        return Link("removed", np.full(len(weights), case.share), Basis.TARGET, None, "rate")
    found, target = definition(str(case.metric)), float(case.target or 0.0)
    if found.unit != "rate" or not fits(case.removes, found):
        raise UserError(
            "this metric does not say how much of that is removed",
            where="metric",
            found=case.metric,
            allowed={
                Removes.UNHAPPY: "a share of answers that are satisfied",
                Removes.UNFINISHED: "a share that reaches the stage's goal",
                Removes.FRICTION: "a share of visits with friction",
            }[case.removes],
            fix="Or give the share yourself, as share = 0.3",
        )
    if not 0 <= target <= 1:
        raise UserError(
            "the target of a share is a share", where="target", found=case.target, allowed="a number from 0 to 1"
        )
    asked_for = ResolvedQuery(
        metrics=(found.id,), journey=query.journey, stages=query.stages, start=days.start, end=days.end
    )
    cells, _ = sums(found, asked_for, generation, context.read(generation))
    if () not in cells or not cells[()].n:
        return because(ReasonCode.NOTHING_THERE, filtered=False)
    both = drawn({"y": cells[()].moments.y, "n": cells[()].moments.n}, weights)
    return _between(both.ratio("y", "n"), both.share("y", "n"), target, found.better == "lower", int(cells[()].n))


def _between(value: np.ndarray, now: float, target: float, less_is_better: bool, n: int) -> Link | Reason:
    """What is removed of the share that is not as it should be."""
    if (now <= target) if less_is_better else (now >= target):
        return because(ReasonCode.CASE_AT_TARGET, value=now, target=target)
    share = replicates.over(value - target, value) if less_is_better else replicates.over(target - value, 1 - value)
    return Link("removed", np.clip(share, 0.0, 1.0), Basis.TARGET, n, "rate")


def fits(removes: Removes, found: Definition) -> bool:
    """Whether a metric is a share of what the case removes."""
    if removes is Removes.UNHAPPY:
        return bool(found.measure.survey)
    if removes is Removes.UNFINISHED:
        return "goal_reached" in found.measure.value + found.measure.where
    return any(word in found.measure.value for word in ("friction", "rage_clicks", "dead_clicks", "errors"))
