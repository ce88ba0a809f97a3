"""How much of what a case removes is removed: as its author says, or what lies between a metric as it is and its target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from data.errors import UserError
from data.store.generations import Generation
from metrics.analyses.case.case import Case, Removes
from metrics.analyses.case.measured import Sums, Window, with_replicates
from metrics.analyses.case.routes import Basis, Link
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.codes import Reason, ReasonCode, because
from metrics.compute.sums import sums
from metrics.query import context
from metrics.query.resolve import ResolvedQuery
from metrics.rules.disclosure.withheld import guards
from metrics.statistics.groups import replicates


def removed(
    case: Case, query: ResolvedQuery, days: Window, generation: Generation, weights: np.ndarray
) -> Link | Reason:
    """The share removed, by replicate. Raises UserError for a metric that is no share of what the case removes."""
    if case.share is not None:
        return Link("removed", np.full(len(weights), case.share), Basis.TARGET, None, "rate")
    found, target = definition(str(case.metric)), case.target
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
    if target is not None and not 0 <= target <= 1:
        raise UserError(
            "the target of a share is a share", where="target", found=case.target, allowed="a number from 0 to 1"
        )
    now = _measured(found, replace(query, filters=case.filters), days.start, days.end, generation, weights)
    if isinstance(now, Reason):
        return now
    if case.like is not None:
        filters = tuple(sorted((dict(case.filters) | dict(case.like.filters)).items()))
        aim = _measured(found, replace(query, filters=filters), case.like.start, case.like.end, generation, weights)
        return aim if isinstance(aim, Reason) else _between(now, aim, found.better == "lower")
    return _between(now, float(target or 0.0), found.better == "lower")


def _measured(
    definition: Definition, query: ResolvedQuery, start: date, end: date, generation: Generation, weights: np.ndarray
) -> Sums | Reason:
    """The metric's sums over these days and filters; why not where a viewer of groups may not be shown what it comes to: whether a target is
    reached tells a number to any digit, by as many targets."""
    asked_for = ResolvedQuery(
        metrics=(definition.id,),
        journey=query.journey,
        stages=query.stages,
        start=start,
        end=end,
        filters=query.filters,
    )
    known = context.read(generation)
    if known.groups_only:
        for one in guards(definition, asked_for, generation):
            if reason := one.why({}):
                return reason
    cells, _ = sums(definition, asked_for, generation, known)
    if () not in cells or not cells[()].n:
        return because(ReasonCode.NOTHING_THERE, filtered=bool(query.filters))
    return with_replicates({"y": cells[()].moments.y, "n": cells[()].moments.n}, weights)


def _between(measured: Sums, aim: Sums | float, less_is_better: bool) -> Link | Reason:
    """What is removed of the share that is not as it should be."""
    value, now, n = measured.ratio("y", "n"), measured.share("y", "n"), int(measured.total("n"))
    target = aim if isinstance(aim, float) else aim.share("y", "n")
    aims = np.full_like(value, aim) if isinstance(aim, float) else aim.ratio("y", "n")
    if (now <= target) if less_is_better else (now >= target):
        return because(ReasonCode.CASE_AT_TARGET, value=now, target=target)
    share = replicates.over(value - aims, value) if less_is_better else replicates.over(aims - value, 1 - value)
    low = 0.0 if isinstance(aim, float) else -1.0  # a measured aim may lie on the other side of chance
    basis = Basis.TARGET if isinstance(aim, float) else Basis.MEASURED
    return Link("removed", np.clip(share, low, 1.0), basis, n, "rate")


def fits(removes: Removes, definition: Definition) -> bool:
    """Whether a metric is a share of what the case removes: rows of which some are as they should be, not one corrected or made of two."""
    if definition.measure.kind != "share":
        return False
    if removes is Removes.UNHAPPY:
        return bool(definition.measure.survey)
    if removes is Removes.UNFINISHED:
        return "goal_reached" in definition.measure.value + definition.measure.where
    return any(word in definition.measure.value for word in ("friction", "rage_clicks", "dead_clicks", "errors"))
