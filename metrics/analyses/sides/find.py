"""sides(query): two parts of one dimension beside each other, stage by stage, each difference judged as one of all of them."""

from dataclasses import replace
from typing import Any

import numpy as np

from data.errors import UserError
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.cells_vs_rest import LEAST_EXPECTED, SHARES, Q
from metrics.analyses.sides.model import Holds, Pair, Sides
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.codes import Reason, ReasonCode, WarningCode, because, warn
from metrics.compute.run import run
from metrics.compute.sums import sums
from metrics.kinds import compare
from metrics.kinds.sums import Sums
from metrics.query import context
from metrics.query.context import Context
from metrics.query.filter_values import joined, parts
from metrics.query.query import Query, check
from metrics.query.resolve import ResolvedQuery, reopened, resolve
from metrics.query.result import Cell, State, blank
from metrics.rules import comparability, privacy
from metrics.rules.access import within_rights
from metrics.statistics.core import Comparison
from metrics.statistics.weeks.looks import benjamini_hochberg


@understood
@within_rights
def sides(query: Query, generation: Generation) -> Sides:
    """The query's metrics by stage, for the two values its filter names of its one breakdown. The difference is the first less the second: by
    persons, who may stand on both sides, and within the same ways of asking where these are not alike. Told of all that are judged together by
    Benjamini–Hochberg at q = .05, and where it is as large as matters. Raises UserError where not two values are named."""
    name, first, second = two_of(query)
    check(query)
    known = context.read(generation)
    rest = tuple(one for one in query.filters if one[0] != name)
    asked = reopened(
        query, by=("stage", name), compare=None, shift=None, filters=(*rest, (name, joined((first, second))))
    )
    resolved = resolve(asked, known)
    found = [
        pair for metric in query.metrics for pair in _of_metric(definition(metric), resolved, (name, first, second), generation, known)
    ]  # fmt: skip
    said = [WarningCode.SIMULATED] if known.simulated else []
    said += [WarningCode.CONFIDENTIAL] if resolved.confidential else []
    return Sides(
        replace(resolved, by=(name,)), name, (first, second), _judged(found, resolved.confidential), bool(rest), tuple(map(warn, said)), generation.name
    )  # fmt: skip


def two_of(query: Query) -> tuple[str, str, str]:
    """The dimension and its two values. Raises UserError where the question does not name just these."""
    if len(query.by) == 1:
        values = next((parts(value) for name, value in query.filters if name == query.by[0]), [])
        if len(values) == 2 and values[0] != values[1]:
            return query.by[0], values[0], values[1]
    raise UserError(
        "two values of one dimension are set side by side",
        where="sides",
        found=", ".join(f"{name} {value}" for name, value in query.filters) or "none",
        fix="For example device, mobile and desktop",
    )


def _of_metric(
    found: Definition, query: ResolvedQuery, two: tuple[str, str, str], generation: Generation, known: Context
) -> list[Pair]:
    """One pair a stage; of a metric of the whole journey one."""
    name, first, second = two
    staged = found.scope == "stage"
    asked = replace(
        query, metrics=(found.id,), by=("stage", name) if staged else (name,), stages=query.stages if staged else ()
    )
    cells = {tuple(cell.by.values()): cell for cell in run(asked, generation).of(found.id)}
    refused = next((cell for cell in cells.values() if not cell.by), None)
    if refused is not None:  # the metric has no such dimension, or is not shown
        return [Pair(found.id, None, refused, refused, Holds.NONE, reason=refused.reason)]
    counted, _ = sums(found, asked, generation, known)
    mixes = comparability.instrument_mixes(
        found, _side(asked, name, first, staged), _side(asked, name, second, staged), generation, known, sums
    )
    stages: tuple[str | None, ...] = (query.stages or known.stages[str(query.journey)]) if staged else (None,)
    return [
        _pair(found, stage, [cells.get((*_at(stage), value)) for value in (first, second)], [counted.get((*_at(stage), value)) for value in (first, second)], mixes.get(_at(stage)), query.level)
        for stage in stages
    ]  # fmt: skip


def _at(stage: str | None) -> tuple[str, ...]:
    return () if stage is None else (stage,)


def _side(query: ResolvedQuery, name: str, value: str, staged: bool) -> ResolvedQuery:
    """The question about one side alone."""
    rest = tuple(one for one in query.filters if one[0] != name)
    return replace(query, by=("stage",) if staged else (), filters=(*rest, (name, joined((value,)))))


def _pair(
    found: Definition,
    stage: str | None,
    cells: list[Cell | None],
    counted: list[Sums | None],
    mix: comparability.InstrumentMix | None,
    level: float,
) -> Pair:
    """Both numbers, and their difference where it may be told; judged later, with all others."""
    by: dict[str, str | None] = {"stage": stage} if stage else {}
    nothing = because(ReasonCode.NOTHING_THERE, filtered=True)
    first, second = (cell or blank(found, by, State.NO_DATA, nothing) for cell in cells)
    pair = Pair(found.id, stage, first, second, Holds.NONE, reason=_lacking(first, second))
    if pair.reason or counted[0] is None or counted[1] is None:
        return pair
    measured = compare(found, counted[0], counted[1], level)
    alike: Comparison | None = measured
    if found.measure.survey:
        known = mix is not None and mix.shared >= comparability.LEAST
        alike = comparability.like_with_like(found, mix, measured, level) if mix is not None and known else None
    if alike is None or alike.estimate.value is None:
        return replace(pair, holds=Holds.OTHERWISE if found.measure.survey else Holds.UNTESTED)
    gap = alike.estimate
    rough = _few_expected(found, counted[0], counted[1])
    holds = Holds.ROUGH if rough else Holds.UNTESTED if alike.test.p is None else Holds.UNSURE
    return replace(
        pair, holds=holds, diff=gap.value, low=gap.low, high=gap.high, p=alike.test.p, within=alike is not measured
    )


def _lacking(first: Cell, second: Cell) -> Reason | None:
    """Why there is no pair of numbers; None where there is one."""
    lacking = next((cell for cell in (first, second) if not cell.valued), None)
    return None if lacking is None else lacking.reason or because(ReasonCode.NO_VALUE)


def _few_expected(found: Definition, first: Sums, second: Sums) -> bool:
    """Whether a test has no footing: fewer than five yes or no to be expected on one side at the share of both together; of a score or a mean fewer
    rows than the metric asks for."""
    if found.measure.kind not in SHARES:
        return min(first.n, second.n) < found.min_n
    share = (first.total("y") + second.total("y")) / (first.n + second.n)
    return min(first.n, second.n) * min(share, 1 - share) < LEAST_EXPECTED


def _judged(pairs: list[Pair], confidential: bool) -> tuple[Pair, ...]:
    """Every pair with what holds of it, all that were tested as one family."""
    tested = [pair.p if pair.holds is Holds.UNSURE and pair.p is not None else np.nan for pair in pairs]
    adjusted = benjamini_hochberg(tested) if pairs else np.array([])
    told = [
        replace(pair, q=float(q), holds=_holds(pair, float(q))) if not np.isnan(q) else pair
        for pair, q in zip(pairs, adjusted)
    ]
    return tuple(_stepped(pair) for pair in told) if confidential else tuple(told)


def _holds(pair: Pair, q: float) -> Holds:
    assert pair.diff is not None
    if q > Q:
        return Holds.UNSURE
    if abs(pair.diff) < definition(pair.metric).matters:
        return Holds.SMALL
    return Holds.ABOVE if pair.diff > 0 else Holds.BELOW


def _stepped(pair: Pair) -> Pair:
    """In confidential mode: whole steps of the unit."""
    unit = definition(pair.metric).unit
    stepped: dict[str, Any] = {name: privacy.step(getattr(pair, name), unit) for name in ("diff", "low", "high")}
    return replace(pair, p=None, q=None if pair.q is None else round(pair.q, 2), **stepped)
