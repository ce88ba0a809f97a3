"""The cells of one metric: asked, counted, estimated, compared; before privacy."""

from dataclasses import replace
from typing import Any

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.codes import NoteCode, ReasonCode, Warning, WarningCode, because, remark, warn
from metrics.compute.sums import sums
from metrics.kinds import compare, estimate, kind_of
from metrics.kinds.sums import Sums
from metrics.present import present
from metrics.query import context
from metrics.query.context import Context
from metrics.query.plan import alias
from metrics.query.resolve import ResolvedQuery, other_period
from metrics.query.result import Cell, Compare, blank
from metrics.rules import applicable, comparability, maturity, recording_breaks
from metrics.rules.comparability import InstrumentMix
from metrics.rules.reliability import independent, reliability
from metrics.states import State
from metrics.statistics.core import Estimate


def answer(
    definition: Definition, query: ResolvedQuery, generation: Generation, known: Context
) -> tuple[list[Cell], str]:
    """All cells of one metric, before privacy, and the SQL that made them; empty where it was not asked."""
    columns = known.columns[definition.measure.fact]
    if not columns:
        return [blank(definition, {}, State.NOT_COLLECTED, because(ReasonCode.STORE_TOO_OLD))], ""
    problem = applicable.not_applicable(definition, query, columns, known.groups_only)
    if problem:
        return [blank(definition, {}, State.NOT_APPLICABLE, problem)], ""
    gone = [signal for signal in definition.measure.needs if not known.signals.get(signal)]
    if gone:
        return [
            blank(definition, by, State.NOT_COLLECTED, context.not_collected(gone)) for by in _expected(query, known)
        ], ""
    over = maturity.over_by_now(definition, query, known)
    cells, text = _cells(definition, over, generation, known)
    if over != query:
        cells = [
            replace(cell, warnings=(*cell.warnings, maturity.earlier_weeks_warning(definition, over))) for cell in cells
        ]
    return [
        applicable.never_pooled(definition, cell, over, generation) for cell in cells
    ] if "promise" in columns else cells, text


def _cells(
    definition: Definition, query: ResolvedQuery, generation: Generation, known: Context
) -> tuple[list[Cell], str]:
    """The cells of one metric that can be asked, and the SQL that made them."""
    now, text = sums(definition, query, generation, known)
    then: dict[tuple[str | None, ...], Sums] = {}
    asked: dict[tuple[Any, ...], InstrumentMix] = {}
    if query.compare:
        start, end = other_period(query)
        then, _ = sums(definition, replace(query, start=start, end=end), generation, known)
        asked = comparability.instrument_mixes(
            definition, query, replace(query, start=start, end=end), generation, known, sums
        )
    keys = _ordered(list(now), query, known)
    return [
        cell_of(definition, query, known, generation, by, now.get(key), then.get(key), asked.get(key))
        for key, by in keys
    ], text


def _expected(query: ResolvedQuery, known: Context) -> list[dict[str, str | None]]:
    """The cells a reader looks for even where nothing was counted: every stage asked for."""
    if query.by == ("stage",):
        return [{"stage": stage} for stage in (query.stages or known.stages[query.journey])]
    return [{}] if not query.by else []


def _ordered(
    found: list[tuple[Any, ...]], query: ResolvedQuery, known: Context
) -> list[tuple[tuple[Any, ...], dict[str, str | None]]]:
    """Keys with their breakdown, stages in journey order with the empty ones, anything else by name, unknown last."""
    names = [alias(name) for name in query.by]
    keys = {tuple(by[name] for name in names): by for by in _expected(query, known)}
    keys |= {key: dict(zip(names, key)) for key in found if key not in keys}
    places = {stage: place for place, stage in enumerate(known.stages[query.journey])}

    def order(key: tuple[Any, ...]) -> list[Any]:
        return [
            (part is None, places.get(part, len(places)) if name == "stage" else 0, part or "")
            for name, part in zip(names, key)
        ]

    return [(key, keys[key]) for key in sorted(keys, key=order)]


def cell_of(
    definition: Definition,
    query: ResolvedQuery,
    known: Context,
    generation: Generation,
    by: dict[str, Any],
    now: Sums | None,
    then: Sums | None,
    instruments: InstrumentMix | None = None,
) -> Cell:
    """One cell, before privacy. `instruments` is how its answers of both periods were asked; None for what is not asked."""
    result = estimate(definition, now, query.level)
    by = {name: "unmapped" if name == "stage" and value is None else value for name, value in by.items()}
    kind = kind_of(definition)
    special = kind.state(definition, now, result)
    if now is None or result.value is None:
        state, reason = special or context.why_empty(definition, query, by, known, generation)
        empty = blank(definition, by, state, reason)
        return replace(empty, low=result.low, n=now.n, persons=now.persons) if special and now else empty
    state, reason = special or reliability(
        definition, result, query.level, lambda level: estimate(definition, now, level), independent(definition, now)
    )
    compare_, said = (
        _compared(definition, query, result, now, then, instruments, generation) if query.compare else (None, ())
    )
    return Cell(
        definition.id,
        by,
        result.value,
        result.low,
        result.high,
        kind.count(definition, now),
        now.persons,
        state,
        reason,
        result.n_eff,
        result.se,
        result.df,
        now.top if definition.unit == "money" else None,
        compare_,
        (*kind.warnings(definition, now, result), *said),
        kind.beside(definition, now, result, query.level),
        now.who,
    )


def _compared(
    definition: Definition,
    query: ResolvedQuery,
    result: Estimate,
    now: Sums,
    then: Sums | None,
    instruments: InstrumentMix | None,
    generation: Generation,
) -> tuple[Compare, tuple[Warning, ...]]:
    """The other period and the difference, with what must be said of it."""
    start, end = other_period(query)
    before = estimate(definition, then, query.level)
    if then is None or before.value is None:
        return Compare(start, end, None, None, None, None, note=remark(NoteCode.NOTHING_THEN)), ()
    otherwise = remark(NoteCode.ASKED_OTHERWISE_THEN)
    refused = Compare(start, end, before.value, None, None, None, note=otherwise, persons=then.persons, who=then.who)
    if instruments and instruments.shared < comparability.LEAST:
        return refused, ()
    if broken := recording_breaks.blocked(
        definition, (present(query.start), present(query.end)), (start, end), generation
    ):
        return replace(refused, note=broken), ()
    measured = compare(definition, now, then, query.level)
    alike = comparability.like_with_like(definition, instruments, measured, query.level) if instruments else measured
    if alike is None:
        return refused, ()
    within = alike is not measured
    own, other = alike.sides or (None, before.value)
    gap = alike.estimate
    return Compare(
        start,
        end,
        other,
        gap.value,
        gap.low,
        gap.high,
        alike.test.p,
        persons=then.persons,
        who=then.who,
        within=within,
        alike=own,
    ), (comparability.warning(instruments),) if within and instruments else (
        warn(WarningCode.CAPPED),
    ) if own is not None else ()
