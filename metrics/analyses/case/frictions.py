"""What follows friction at a stage, from the metrics that measure it: contacts beyond the expected, and time beyond the like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.store.generations import Generation
from metrics.analyses.case.measured import YEAR, Window
from metrics.catalogue.load import definition
from metrics.codes import Reason, ReasonCode, because
from metrics.compute.sums import sums
from metrics.kinds import matched
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.resolve import ResolvedQuery
from metrics.rules import maturity
from metrics.statistics.groups import replicates

CONTACTS, TIME = "contact_after_friction", "struggle_time"


@dataclass(frozen=True)
class Beyond:
    """Visits with friction a year, and what each brought beyond visits in the same strata: by replicate. `n` is how many were seen."""

    struggles: np.ndarray
    effect: np.ndarray
    n: int


def beyond(
    metric: str, query: ResolvedQuery, days: Window, generation: Generation, weights: np.ndarray
) -> Beyond | Reason:
    """The effect of a matched metric on those it happened to (ATT), in the days the metric can be judged by."""
    found, known = definition(metric), context.read(generation)
    gone = [signal for signal in found.measure.needs if not known.signals.get(signal)]
    if gone:
        return context.not_collected(gone)
    end = min(days.end, maturity.complete_until(found, str(query.journey), generation) or days.end)
    asked_for = ResolvedQuery(
        metrics=(metric,), journey=query.journey, stages=query.stages, start=days.start, end=end, filters=query.filters
    )
    cells, _ = sums(found, asked_for, generation, known)
    if () not in cells:
        return because(ReasonCode.NO_FRICTION_RECORDED)
    met, hits, alike, expected = (replicates.totals(table, weights) for table in matched.tables(cells[()]))
    both = (met > 0) & (alike > 0)
    more = np.where(both, hits - met * np.nan_to_num(replicates.over(expected, alike)), 0.0).sum(axis=1)
    n = int(cells[()].rows["n1"].sum())
    return Beyond(
        met.sum(axis=1) * YEAR / max((end - days.start).days + 1, 1),
        replicates.over(more, np.where(both, met, 0.0).sum(axis=1)),
        n,
    )


def contact_cost(query: ResolvedQuery, days: Window, generation: Generation) -> float | None:
    """What a contact about the stage costs on average, None where the company set no cost."""
    asked_for: dict[str, object] = {
        "journey": query.journey,
        "stage": query.stages[0],
        "start": days.start,
        "end": days.end,
    }
    cost = ask_rows(generation, "case_contact_cost", asked_for)[0]["cost"]
    return None if cost is None else float(cost)
