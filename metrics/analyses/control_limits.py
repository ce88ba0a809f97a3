"""The normal week-to-week range of a share: Laney's p′ limits, learnt from the weeks before the period that is looked at.

Weeks share shocks, so the range is wider than chance alone makes it. It says what is usual, not what is wrong: whether a
change is told is decided over whole periods (metrics.changes).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.codes import Note, NoteCode, remark
from metrics.compute.run import run
from metrics.present import present
from metrics.query import context
from metrics.query.query import Query
from metrics.query.result import Cell, Result
from metrics.rules import calendar, recording_breaks
from metrics.rules.access import within_rights
from metrics.statistics.weeks.control_chart import laney

LEAST_WEEKS, MOST_WEEKS = 26, 52  # docs/STATISTICS.md, Periods: with fewer there is no normal range yet
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Normal:
    """`limits`: a week's first day → (low, high), 0–1, for weeks with a value. Empty where there is a `reason`."""

    limits: dict[date, tuple[float, float]] = field(default_factory=dict)
    learnt: int = 0
    reason: Note | None = None


@within_rights
def normal_ranges(query: Query, generation: Generation) -> dict[str, Normal]:
    """Metric → its range over the query's period and the weeks it was learnt from, for the query's one stage or journey."""
    known = context.read(generation)
    if not (query.start and query.end and known.first_day):
        return {metric: Normal(reason=remark(NoteCode.RANGE_OF_NO_PERIOD)) for metric in query.metrics}
    since = max(query.start - timedelta(days=7 * MOST_WEEKS), known.first_day)
    by = ("stage", "week") if query.stages else ("week",)
    weekly = run(
        Query(
            query.metrics,
            query.journey,
            query.stages,
            since,
            query.end,
            filters=query.filters,
            by=by,
            rights=query.rights,
            confidential=query.confidential,
        ),
        generation,
    )
    return {
        metric: _normal(
            weekly.definitions[metric], weekly.of(metric), since, query, generation, breaks_of(weekly, metric)
        )
        for metric in query.metrics
    }


def _normal(
    definition: Definition, cells: list[Cell], since: date, query: Query, generation: Generation, anew: tuple[date, ...]
) -> Normal:
    if definition.unit != "rate" or definition.measure.kind != "share":
        return Normal(reason=remark(NoteCode.RANGE_OF_NO_SHARE, label=definition.label))
    weeks = {
        date.fromisoformat(week): (c.value, c.n)
        for c in cells
        if (week := c.by.get("week")) and c.valued and c.value is not None
    }
    start, end = present(query.start), present(query.end)
    days = sorted(
        day for day in weeks if day >= since and day + WEEK <= end and segment_of(day, anew) == segment_of(start, anew)
    )
    before = [day for day in days if day + WEEK < start and not calendar.within(generation, day, day + WEEK)]
    before = alike(definition, before, start, generation)
    if len(before) < LEAST_WEEKS:
        return Normal(reason=remark(NoteCode.RANGE_TOO_EARLY, weeks=len(before), needed=LEAST_WEEKS))
    learnt = [day in set(before) for day in days]
    chart = laney([weeks[day][0] for day in days], [weeks[day][1] for day in days], learnt=learnt)
    span = (before[0], before[-1] + WEEK)
    limits = {
        day: (float(low), float(high))
        for day, low, high in zip(days, chart.low, chart.high)
        if not np.isnan(low) and not recording_breaks.blocked(definition, (day, day + WEEK), span, generation)
    }
    return Normal(limits, len(before)) if limits else Normal(reason=remark(NoteCode.NOTHING_VARIES))


def breaks_of(weekly: Result, metric: str) -> tuple[date, ...]:
    """Every day from which the one stage's or journey's metric is asked in another way."""
    return tuple(day for days in weekly.broken.get(metric, {}).values() for day in days)


def segment_of(day: date, anew: tuple[date, ...]) -> int:
    """Which of the lines between breaks a day lies on: only its own teaches what is normal on it."""
    return sum(day >= one for one in anew)


def alike(definition: Definition, days: list[date], until: date, generation: Generation) -> list[date]:
    """The weeks recorded as the last one before the period is: what was seen otherwise teaches nothing about now."""
    last = (until - timedelta(days=7), until - timedelta(days=1))
    return [day for day in days if not recording_breaks.blocked(definition, (day, day + WEEK), last, generation)]
