"""Where each stage stands on the company's own scale, UX and CX, and whether the two surely diverge.

Off until journey.toml sets a line and a target. The scale on which 50 is the line and 100 the target serves the test alone and is
shown nowhere: a number of the company stands in its own unit beside the line (the minimum) and the target. UX is tested on everyone and on those
who answered, CX on those who answered: a stage is named only when all three agree (intersection–union).
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np

from data.store.generations import Generation
from data.store.version import understood
from metrics import codes
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.codes import NoteCode, remark
from metrics.compute.run import run
from metrics.compute.sums import sums
from metrics.kinds.sums import Sums
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, reopened, resolve
from metrics.query.result import State
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure.withheld import everything_told
from metrics.statistics.core import Estimate, Note, missing
from metrics.statistics.groups.composite import Verdict, side_score, verdict
from metrics.statistics.jackknife import jackknife, ratios
from metrics.statistics.levels import few
from metrics.statistics.weeks.looks import benjamini_hochberg

ANSWERED = """exists (select 1 from people_occasions o where o.person_id = f.person_id and o.journey = f.journey and o.stage = f.stage
                   and o.unhappy is not null and f.started_at between o.started_at and o.ended_at)"""
PARTED = ("works_but_disappoints", "hard_but_loved")
LEVEL_WEEKS = 26  # how a stage felt: over less, some thirty answers a week are too few
WITHHELD = (State.SUPPRESSED, State.REFUSED)
SCORED = ("share", "nps", "mean")


Counts = dict[tuple[str | None, ...], Sums]  # by stage


@dataclass(frozen=True)
class Target:
    """One metric of a side's score."""

    definition: Definition
    line: float
    target: float
    weight: float


@dataclass(frozen=True)
class Position:
    """A stage's two scores; `missing` says what the company would have to set or ask."""

    stage: str
    ux: Estimate
    cx: Estimate
    verdict: Verdict
    parts: tuple[Target, ...]
    missing: codes.Note | None = None

    @property
    def parted(self) -> bool:
        """Whether UX and CX surely stand on two sides of the line."""
        return self.verdict.state in PARTED

    @property
    def works(self) -> bool:
        """Whether it works but disappoints."""
        return self.verdict.state == PARTED[0]


def level_query(query: Query, known: context.Context) -> Query:
    """The question over the weeks positions are taken from: at least half a year up to its end, whatever the period compared.

    One window for the page, the digest, decks and the command line, or the same stage would have two verdicts.
    """
    start = query.start
    if query.end and start and known.first_day:
        start = max(min(start, query.end - timedelta(days=7 * LEVEL_WEEKS - 1)), known.first_day)
    return reopened(query, start=start, compare=None)


@within_rights
def standing_positions(query: Query, generation: Generation) -> list[Position]:
    """The positions as every view, file and digest shows them: over the weeks of `level_query`, less what is withheld."""
    known = context.read(generation)
    return positions(level_query(resolve(query, known), known), generation)


@understood
@within_rights
def positions(query: Query, generation: Generation) -> list[Position]:
    """One Position a stage of the journey, in order, over exactly the query's days. A stage in which run() withholds a number that a
    score is made of has neither score nor verdict: from the score and the targets the number would follow."""
    known = context.read(generation)
    query = replace(resolve(query, known), by=("stage",), compare=None)
    asked, query = (
        query.stages or known.stages[query.journey],
        replace(query, stages=()),
    )  # a name must not hang on what is shown
    targets = targets_of(query.journey, generation)
    counted = {
        metric: sums(catalogue()[metric], query, generation, known)[0]
        for metric in {part.definition.id for parts in targets.values() for part in parts}
    }
    counted = {metric: _shown(cells, query, generation) for metric, cells in counted.items()}
    answered = {
        metric: _shown(_of_answerers(metric, query, generation, known), query, generation)
        for metric in counted
        if _of_visits(catalogue()[metric])
    }
    found = control_false_discoveries(
        [
            _position(stage, targets.get(stage, ()), counted, answered, query.level)
            for stage in known.stages[query.journey]
        ],
        query.level,
    )
    found = _without_withheld([place for place in found if place.stage in asked], query, generation)
    return (
        [replace(place, ux=_blurred(place.ux), cx=_blurred(place.cx)) for place in found]
        if query.confidential
        else found
    )


def _without_withheld(positions: list[Position], query: Query, generation: Generation) -> list[Position]:
    metrics = tuple(dict.fromkeys(part.definition.id for place in positions for part in place.parts))
    if not metrics:
        return positions
    seen = run(replace(query, metrics=metrics, by=("stage",), compare=None), generation)
    hidden = {(cell.by.get("stage"), cell.metric) for cell in seen.cells if cell.state in WITHHELD}
    every = {cell.metric for cell in seen.cells if cell.state in WITHHELD and "stage" not in cell.by}
    return [
        _blank(place, query.level)
        if any((place.stage, part.definition.id) in hidden or part.definition.id in every for part in place.parts)
        else place
        for place in positions
    ]


def _blank(place: Position, level: float) -> Position:
    """A stage whose score would tell what is withheld."""
    none = missing(Note.EMPTY)
    return replace(place, ux=none, cx=none, verdict=verdict(none, none, level), missing=remark(NoteCode.WITHHELD))


def control_false_discoveries(positions: list[Position], level: float) -> list[Position]:
    """Apart only where the name stands the false discovery rate over all stages judged (Benjamini–Hochberg; docs/STATISTICS.md B)."""
    judged = [place for place in positions if place.ux.se and place.cx.se]
    q = dict(
        zip(
            (place.stage for place in judged),
            benjamini_hochberg([1.0 if place.verdict.p is None else place.verdict.p for place in judged]),
        )
    )
    return [
        replace(place, verdict=replace(place.verdict, state="cannot_tell"))
        if place.parted and q[place.stage] > 1 - level
        else place
        for place in positions
    ]


def _blurred(estimate: Estimate) -> Estimate:
    """A score of confidential mode: whole points, no exact count."""
    bounds: dict[str, Any] = {
        name: privacy.step(getattr(estimate, name), "points") for name in ("value", "low", "high")
    }
    return replace(
        estimate, n=None if estimate.n is None else privacy.rounded(estimate.n), n_eff=None, se=None, df=None, **bounds
    )


def _shown(cells: Counts, query: Query, generation: Generation) -> Counts:
    """What a breakdown by stage withholds must not come back through a score."""
    if everything_told(query, generation):
        return cells
    kept = privacy.disclosable(cells)
    return {key: found for key, found in cells.items() if key in kept}


def targets_of(journey: str, generation: Generation) -> dict[str, tuple[Target, ...]]:
    """The targets of each stage of a journey, as journey.toml sets them: of metrics a score can be made of."""
    rows = (
        generation.cursor()
        .execute(
            """select t.stage, t.metric, t.line, t.target, coalesce(w.weight, 1)
           from cfg_targets t left join cfg_weights w
             on w.journey = t.journey and w.stage = t.stage and w.metric = t.metric
           where t.journey = $journey and t.target is not null order by t.stage, t.metric""",
            {"journey": journey},
        )
        .fetchall()
    )
    found: dict[str, list[Target]] = {}
    for stage, metric, line, target, weight in rows:
        if metric in catalogue() and catalogue()[metric].measure.kind in SCORED:
            found.setdefault(stage, []).append(Target(catalogue()[metric], line, target, weight))
    return {stage: tuple(parts) for stage, parts in found.items()}


def _of_visits(definition: Definition) -> bool:
    return definition.side == "ux" and definition.measure.table == "visits" and not definition.measure.units


def _of_answerers(metric: str, query: ResolvedQuery, generation: Generation, known: context.Context) -> Counts:
    """The sums of a UX metric over the visits of answered occasions only."""
    found = catalogue()[metric]
    asked = replace(found, measure=replace(found.measure, where=f"({found.measure.where}) and {ANSWERED}"))
    return sums(asked, query, generation, known)[0]


def _judged(ux: Estimate, ux_answered: Estimate, cx: Estimate, level: float) -> Verdict:
    """Apart only where those who answered found it as smooth, or as hard, as everybody (docs/STATISTICS.md B9)."""
    found = verdict(ux, cx, level)
    if found.state in PARTED and ux_answered.se and verdict(ux_answered, cx, level).state != found.state:
        return replace(found, state="cannot_tell")
    return found


def _position(
    stage: str, parts: tuple[Target, ...], counted: dict[str, Any], answered: dict[str, Any], level: float
) -> Position:
    ux, cx = (_side([p for p in parts if p.definition.side == side], stage, counted, level) for side in ("ux", "cx"))
    lacking = [
        name
        for name, side, found in (("UX", "ux", ux), ("CX", "cx", cx))
        if not any(p.definition.side == side for p in parts)
    ]
    reason = None
    if lacking:
        reason = remark(NoteCode.NO_TARGETS, sides=lacking)
    elif ux.value is None or cx.value is None:
        reason = remark(NoteCode.NOT_ENOUGH_DATA)
    own = _side([p for p in parts if p.definition.id in answered], stage, answered, level)
    return Position(stage, ux, cx, _judged(ux, own, cx, level), parts, reason)


def _side(parts: list[Target], stage: str, counted: dict[str, Any], level: float) -> Estimate:
    """The weighted mean of a side's positions with a jackknife that keeps the covariances and knows what varies at the line."""
    used = [(part, counted[part.definition.id].get((stage,))) for part in parts]
    used = [(part, found) for part, found in used if found is not None]
    if not used:
        return missing(Note.EMPTY)
    table = np.vstack([row for part, found in used for row in (found.vector("n"), _values(part, found))])

    def values(totals: np.ndarray) -> np.ndarray:
        return np.stack([ratios(totals[2 * i + 1], totals[2 * i]) for i in range(len(used))])

    result = jackknife(table, values, at_once=True)
    if result.groups > 1:
        result = result.at_least(
            [
                _variance_at_line(part, found, result.value[i], result.covariance[i, i])
                for i, (part, found) in enumerate(used)
            ]
        )
    found = side_score(
        result, [p.line for p, _ in used], [p.target for p, _ in used], [p.weight for p, _ in used], level
    )
    return replace(found, n=min(sums_.n for _, sums_ in used))


def _variance_at_line(part: Target, sums: Sums, value: float, variance: float) -> float:
    """The variance if the truth stood at the line; 0, no floor, for a mean whose scale has no ends."""
    ends = {"share": (0.0, 1.0), "nps": (-100.0, 100.0)}.get(
        part.definition.measure.kind, part.definition.measure.scale
    )
    return (
        few.variance_at(part.line, value, variance, sums.n, sums.persons, *ends) if ends and np.isfinite(value) else 0.0
    )


def _values(part: Target, sums: Sums) -> np.ndarray:
    """Sums of the value by person group, NPS on −100…100."""
    scale = 100 if part.definition.measure.kind == "nps" else 1
    return scale * sums.vector("y")
