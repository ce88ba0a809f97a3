"""What followed the company's initiatives, beside parts that had not got them, else beside their own weeks before."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from data.store.generations import Generation
from metrics.analyses.change.model import Initiative
from metrics.analyses.change.weekly import Weekly, since_break, weekly
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.codes import Reason, ReasonCode, because
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.statistics.core import Estimate
from metrics.statistics.weeks import rollout
from metrics.statistics.weeks.rollout import Effect

KINDS = ("share", "mean", "nps", "ratio")
MIXED = ("device", "touch_channel")  # what is held to one mix in a forecast, the first that is known
KNOWN = 0.8  # of the rows must name their part


def initiatives(
    rows: list[dict[str, Any]], query: Query, weeks: tuple[date, ...], known: Context, generation: Generation
) -> tuple[Initiative, ...]:
    """Every note that names an initiative, those of one name, stage and metric together; the latest first."""
    grouped: dict[tuple[str, str | None, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["initiative"]:
            grouped[row["initiative"], row["stage"], row["metric"] or query.metrics[0]].append(row)
    made = [
        _one(name, stage, metric, own, query, weeks, known, generation)
        for (name, stage, metric), own in grouped.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.day, one.name), reverse=True))


def _one(
    name: str,
    stage: str | None,
    metric: str,
    rows: list[dict[str, Any]],
    query: Query,
    weeks: tuple[date, ...],
    known: Context,
    generation: Generation,
) -> Initiative:
    found = catalogue().get(metric)
    dimension = next((row["dimension"] for row in rows if row["dimension"]), None)
    live = {str(row["value"]): row["day"] for row in rows if row["dimension"] and row["value"] is not None}
    day = min(row["day"] for row in rows)
    if why := _refused(found, metric, dimension, known):
        return _none(name, metric, stage, day, found, why)
    assert found is not None
    asked = Query(
        query.metrics,
        query.journey,
        (stage,) if stage else (),
        level=query.level,
        rights=query.rights,
        confidential=query.confidential,
    )
    if dimension and live:
        series = {
            str(part): one for (_, part), one in weekly(asked, (metric,), dimension, weeks, generation).items() if part
        }  # in whole: what all parts are asked or recorded by from a day on is in both sides of the difference
        parts = sorted(series)
        starts = [_week(weeks, live[part]) if part in live else None for part in parts]
        effect = rollout.staged(*_stacked([series[part] for part in parts]), starts, query.level)
        control = "untouched" if len(set(live.values())) == 1 else "staged"
        return _made(name, found, stage, day, control, tuple((part, live.get(part)) for part in parts), effect)
    begin = _week(weeks, day)
    own, held = _own(asked, found, stage, weeks, begin, known, generation)
    if own is None:
        return _none(name, metric, stage, day, found, because(ReasonCode.NOTHING_THERE, filtered=False))
    own = since_break(own, begin)
    effect = rollout.forecast(own.value, own.rows, own.noise, begin, query.level)
    return replace(_made(name, found, stage, day, "forecast", (), effect), held=held)


def _own(
    query: Query,
    definition: Definition,
    stage: str | None,
    weeks: tuple[date, ...],
    begin: int,
    known: Context,
    generation: Generation,
) -> tuple[Weekly | None, str]:
    """The weeks of the metric at one mix of the first dimension of MIXED that it knows of nearly everybody, and which; else as measured."""
    for dimension in MIXED:
        if dimension not in known.columns[definition.measure.fact]:
            continue
        parts = {part: one for (_, part), one in weekly(query, (definition.id,), dimension, weeks, generation).items()}
        rows = {part: float(one.rows.sum()) for part, one in parts.items()}
        named = [part for part in parts if part]
        if len(named) > 1 and sum(rows[part] for part in named) >= KNOWN * sum(rows.values()):
            return one_mix([parts[part] for part in named], begin), dimension
    return weekly(query, (definition.id,), "stage" if stage else "journey", weeks, generation).get(
        (definition.id, stage or query.journey)
    ), ""


def one_mix(parts: list[Weekly], begin: int) -> Weekly:
    """The weeks with every part weighing as it did before `begin`: where other people came, the parts' own values stay."""
    weight = np.array([one.rows[:begin].sum() for one in parts])
    value, noise, rows = _stacked(parts)[0], _stacked(parts)[2], _stacked(parts)[1]
    there = ~np.isnan(value) & ~np.isnan(noise)
    share = np.where(there, weight[:, None], 0.0)
    whole = share.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(
            whole >= KNOWN * weight.sum(), share / whole, np.nan
        )  # a week that lacks a large part is not known
    mixed = np.nansum(np.where(there, share * value, 0.0), axis=0)
    spread = np.nansum(np.where(there, share**2 * noise, 0.0), axis=0)
    known = ~np.isnan(share).any(axis=0)
    empty = np.full(mixed.shape, np.nan)
    value, noise = np.where(known, mixed, np.nan), np.where(known, spread, np.nan)
    return Weekly(value, noise, rows.sum(axis=0), empty, empty, parts[0].line)


def _refused(found: Definition | None, metric: str, dimension: str | None, known: Context) -> Reason | None:
    if found is None or found.measure.kind not in KINDS:
        return because(ReasonCode.NO_WEEKLY_METRIC, metric=metric)
    if dimension in ("stage", "journey"):
        return because(ReasonCode.NO_CONTROL_STAGE)
    if dimension and dimension not in known.columns[found.measure.fact]:
        return because(ReasonCode.NO_SUCH_BREAKDOWN, label=found.label, dimension=dimension)
    return None


def _none(
    name: str, metric: str, stage: str | None, day: date, definition: Definition | None, why: Reason
) -> Initiative:
    unit, better, matters = (
        (definition.unit, definition.better, definition.matters) if definition else ("rate", "higher", 0.0)
    )
    return Initiative(
        name, metric, stage, unit, better, day, "", (), Estimate(None), None, 0, None, matters, refused=why
    )


def _made(
    name: str,
    definition: Definition,
    stage: str | None,
    day: date,
    control: str,
    parts: tuple[tuple[str, date | None], ...],
    effect: Effect,
) -> Initiative:
    refused = None
    if effect.estimate.value is None:
        refused = because(
            ReasonCode.HISTORY_TOO_SHORT, weeks=rollout.BEFORE if control != "forecast" else rollout.LEAST_BEFORE
        )
    return Initiative(
        name,
        definition.id,
        stage,
        definition.unit,
        definition.better,
        day,
        control,
        parts,
        effect.estimate,
        effect.p,
        effect.placebos,
        effect.drift,
        definition.matters,
        effect.trough,
        effect.season,
        refused,
    )


def _week(weeks: tuple[date, ...], day: date) -> int:
    """The first week that lies wholly from the day on."""
    return int(np.searchsorted(np.array([week.toordinal() for week in weeks]), day.toordinal()))


def _stacked(series: list[Weekly]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (
        np.array([one.value for one in series]),
        np.array([one.rows for one in series]),
        np.array([one.noise for one in series]),
    )
