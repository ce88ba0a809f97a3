"""change(query): when the levels of a query's metrics changed, mixes, initiatives and notes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.change.initiatives import initiatives
from metrics.analyses.change.model import Change, Mixed, Noted, Point, Research, Series
from metrics.analyses.change.weekly import WEEK, Weekly, separate_series, weekly, whole_weeks
from metrics.analyses.mix_effects import PARTS, split
from metrics.catalogue.load import definition
from metrics.codes import WarningCode, warn
from metrics.compute.run import run
from metrics.query import context
from metrics.query.context import Context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, reopened, resolve
from metrics.rules.access import within_rights
from metrics.statistics.weeks.dated import dated_steps

WEEKLY = ("share", "mean", "nps")
RESEARCH, HOLIDAY = "research", "holiday"


@understood
@within_rights
def change(query: Query, generation: Generation) -> Change:
    """Of the query's metrics at its stages or all of them: changes of level over all whole weeks, and the change of its period against the compared
    one split by mix. Initiatives and notes are those of the journey. Filters do not apply."""
    known = context.read(generation)
    asked = resolve(reopened(query, filters=(), by=(), compare=query.compare or "previous"), known)
    codes = [*([WarningCode.CONFIDENTIAL] if asked.confidential or known.groups_only else []), *([WarningCode.SIMULATED] if known.simulated else [])]  # fmt: skip
    made = Change(asked, warnings=tuple(map(warn, codes)), generation=generation.name)
    rows = ask_rows(generation, "change_notes", {"journey": asked.journey})
    notes = tuple(
        Noted(row["day"], row["until"], row["kind"], row["stage"], row["text"])
        for row in rows
        if row["kind"] not in (RESEARCH, HOLIDAY)
    )
    research = tuple(_research(row) for row in rows if row["kind"] == RESEARCH)
    weeks = whole_weeks(known)
    made = replace(made, notes=notes, research=research, mixes=_mixes(asked, known, generation))
    if not weeks:
        return made
    points, series, looked = _points(asked, weeks, notes, generation, known)
    found = initiatives(rows, asked, weeks, known, generation)
    return replace(made, points=points, series=series, looked=looked, initiatives=found)


def _research(row: dict[str, Any]) -> Research:
    return Research(
        row["day"], row["stage"], row["method"] or "", row["participants"], row["severity"] or "", row["text"]
    )


def _points(
    query: ResolvedQuery, weeks: tuple[date, ...], notes: tuple[Noted, ...], generation: Generation, known: Context
) -> tuple[tuple[Point, ...], tuple[Series, ...], int]:
    """Every change of level, the latest first, with the series it is in; how many series were looked at."""
    metrics = tuple(metric for metric in query.metrics if definition(metric).measure.kind in WEEKLY)
    stages = query.stages or known.stages[str(query.journey)]
    whole = reopened(query, start=None, end=None, compare=None, shift=None)
    points: list[Point] = []
    series: list[Series] = []
    found = weekly(whole, metrics, "stage", weeks, generation)
    for (metric, stage), one in found.items():
        if stage not in stages:
            continue
        steps = [step for line in separate_series(one) for step in dated_steps(line.value, line.noise, query.level)]
        if not steps:
            continue
        unit = definition(metric).unit
        series.append(_series(metric, stage, unit, weeks, one))
        for step in steps:
            days = weeks[step.week], weeks[step.earliest], weeks[step.latest]
            points.append(
                Point(metric, stage, unit, *days, step.before, step.after, _near(notes, stage, days[1], days[2]))
            )
    return tuple(sorted(points, key=lambda one: (one.week, one.metric), reverse=True)), tuple(series), len(found)


def _near(notes: tuple[Noted, ...], stage: str, earliest: date, latest: date) -> tuple[Noted, ...]:
    """Notes that begin or end within the weeks the change may have come in."""
    days = (earliest - timedelta(days=6), latest + WEEK)
    return tuple(
        note
        for note in notes
        if note.stage in (None, stage) and any(day and days[0] <= day < days[1] for day in (note.day, note.until))
    )


def _series(metric: str, stage: str, unit: str, weeks: tuple[date, ...], weekly: Weekly) -> Series:
    def told(side: np.ndarray) -> tuple[float | None, ...]:
        return tuple(None if np.isnan(value) else float(value) for value in side)

    return Series(metric, stage, unit, weeks, told(weekly.value), told(weekly.low), told(weekly.high))


def _mixes(query: ResolvedQuery, known: Context, generation: Generation) -> tuple[Mixed, ...]:
    """Where another mix surely moved a number, the largest part of what matters first: of each metric and stage the dimension that moved it most."""
    if not (query.start and query.end):
        return ()
    found = []
    metrics = tuple(metric for metric in query.metrics if definition(metric).measure.kind in WEEKLY)
    compared = _compared(reopened(query, metrics=metrics, by=("stage",)), generation) if metrics else set()
    for metric in metrics:
        for stage in query.stages or known.stages[str(query.journey)]:
            if not compared & {(metric, stage), (metric, None)}:
                continue  # asked or recorded in another way: there is no change to split
            asked = reopened(query, metrics=(metric,), stages=(stage,), compare=query.compare)
            splits = [
                one
                for by in PARTS
                if (one := split(asked, metric, by, generation)) and one.sure and one.within is not None
            ]
            best = max(splits, key=lambda one: abs(one.mix), default=None)
            if best is None or best.within is None or abs(best.mix) < definition(metric).matters / 2:
                continue
            grown = best.grown
            found.append(
                Mixed(
                    metric,
                    stage,
                    definition(metric).unit,
                    best.by,
                    best.before,
                    best.after,
                    best.within,
                    best.shift,
                    grown.name,
                    grown.weight_before,
                    grown.weight_after,
                )
            )
    return tuple(sorted(found, key=lambda one: -abs(one.mix.value or 0.0) / definition(one.metric).matters))


def _compared(query: Query, generation: Generation) -> set[tuple[str, str | None]]:
    """The metrics and stages whose two periods may be subtracted."""
    return {
        (cell.metric, cell.by.get("stage"))
        for cell in run(query, generation).cells
        if cell.compare is not None and cell.compare.diff is not None
    }
