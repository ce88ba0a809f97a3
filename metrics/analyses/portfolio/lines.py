"""The lines a stage brings: its causes of unhappiness, its friction, and what its targets would remove where no cause is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.store.generations import Generation
from metrics.analyses.case.case import CAUSAL, Case, Grade, Removes
from metrics.analyses.case.removed import fits
from metrics.analyses.case.routes import Basis, Gain, Route
from metrics.analyses.case.worth import Worth, worth
from metrics.analyses.causes.model import NO_SAMPLE, Cause, StageCauses
from metrics.analyses.causes.model import Grade as Evidence
from metrics.analyses.portfolio.model import Gap, Ground
from metrics.analyses.stage_scores import Target
from metrics.codes import Reason, ReasonCode, because
from metrics.statistics.groups import replicates

SILENT = (ReasonCode.CASE_AT_TARGET, ReasonCode.NOTHING_THERE)  # nothing to gain, or nothing there
Z95 = 1.959964
# How far a difference between people who met a cause and others is its effect, by the evidence for the cause.
EFFECT = {Evidence.EXPERIMENT: Grade.EXPERIMENT, Evidence.MATCHED: Grade.MATCHED}


@dataclass(frozen=True, eq=False)
class Line:
    """A line before it stands beside others: money and people in every replicate, and the share of its set that it removes. Of a cause:
    its `place` among those of its stage, and which part of all the unhappy met it (`met`)."""

    stage: str
    removes: Removes
    ground: Ground
    gain: Gain
    grade: Grade
    money: np.ndarray
    people: np.ndarray
    share: np.ndarray
    by_definition: bool = False
    n: int | None = None
    cause: Cause | None = None
    target: Target | None = None
    place: int = 0
    met: float = 1.0


def of_stage(
    journey: str, stage: str, targets: tuple[Target, ...], causes: StageCauses, generation: Generation
) -> Iterator[Line | Gap]:
    """Every line of a stage, and what is missing for those that cannot be."""
    yield from _unhappy(journey, stage, targets, causes, generation)
    yield from _by_target(journey, stage, Removes.UNFINISHED, targets, generation)
    yield from _priced(Ground.FRICTION, worth(Case(stage, stage, Removes.FRICTION, journey, 1.0), generation))


def _unhappy(
    journey: str, stage: str, targets: tuple[Target, ...], causes: StageCauses, generation: Generation
) -> Iterator[Line | Gap]:
    """A line a cause; without any, what the stage's target would remove."""
    if not causes.causes:
        yield from _by_target(journey, stage, Removes.UNHAPPY, targets, generation, causes.refused)
        return
    yield from of_causes(journey, causes, generation)


def of_causes(journey: str, causes: StageCauses, generation: Generation) -> Iterator[Line | Gap]:
    """A line a cause of a stage, or the one reason why none has an amount."""
    stage = causes.stage
    whole = worth(Case(stage, stage, Removes.UNHAPPY, journey, 1.0), generation)
    for place, cause in enumerate(causes.causes):
        share = removable(cause, place, causes.unhappy)
        for line in _priced(Ground.CAUSE, whole):
            if isinstance(line, Gap):
                yield line
                return
            yield Line(
                stage,
                line.removes,
                Ground.CAUSE,
                line.gain,
                line.grade,
                line.money * share,
                line.people * share,
                share,
                False,
                cause.persons,
                cause,
                place=place,
                met=_covered(cause, causes.unhappy),
            )


def removable(cause: Cause, place: int, unhappy: int) -> np.ndarray:
    """The share of a stage's `unhappy` answers that would not be, were the cause away: those of the unhappy who met it × the part of them
    that is beyond comparable people × the share of that taken as effect. The smaller of the difference alone and beside the others. Of an
    experiment and of words only those count who were in the arm or wrote it: nobody else is taken to have met it."""
    alone, beside = cause.difference, cause.beside
    taken = beside if beside is not None and (beside.value or 0.0) < (alone.value or 0.0) else alone
    draw = np.random.default_rng([replicates.SEED, 2, place])
    spread = ((taken.high or 0.0) - (taken.low or 0.0)) / (2 * Z95)
    gap = np.clip(draw.normal(taken.value or 0.0, spread, replicates.DRAWS), 0.0, None)
    low, high = CAUSAL[EFFECT.get(cause.grade, Grade.CORRELATIONAL)]
    effect = draw.uniform(low, high, replicates.DRAWS) if high > low else np.full(replicates.DRAWS, low)
    part = gap / cause.unhappy if cause.unhappy else np.zeros(replicates.DRAWS)
    return np.clip(_covered(cause, unhappy) * np.clip(part, 0.0, 1.0) * effect, 0.0, 1.0)


def _covered(cause: Cause, unhappy: int) -> float:
    """The part of all the unhappy that met it."""
    if cause.kind not in NO_SAMPLE:
        return cause.covers
    return min(cause.unhappy * cause.answers / unhappy, 1.0) if unhappy else 0.0


def _by_target(
    journey: str,
    stage: str,
    removes: Removes,
    targets: tuple[Target, ...],
    generation: Generation,
    refused: Reason | None = None,
) -> Iterator[Line | Gap]:
    """What reaching the target of a metric of the stage removes; a stage without such a target says so."""
    fitting = [part for part in targets if part.definition.unit == "rate" and fits(removes, part.definition)]
    if not fitting:
        yield Gap(stage, removes, refused or because(ReasonCode.CASE_NO_TARGET, stage=stage))
        return
    part = fitting[0]
    made = worth(Case(stage, stage, removes, journey, None, part.definition.id, part.target), generation)
    yield from _priced(Ground.TARGET, made, part)


def _priced(ground: Ground, worth: Worth, target: Target | None = None) -> Iterator[Line | Gap]:
    """The routes of a case that end in money as lines; of the others why they do not."""
    removes, stage = worth.case.removes, worth.case.stage
    for route in worth.routes:
        if route.priced and route.gain is not Gain.HOURS:
            yield Line(
                stage,
                removes,
                ground,
                route.gain,
                worth.grade,
                route.product(),
                route.product(route.helped),
                _share(route),
                any(link.basis is Basis.DEFINITION for link in route.links),
                max((link.n or 0 for link in route.links), default=0) or None,
                target=target,
            )
    for name, reason in worth.missing:
        if reason.code not in SILENT and name != "time":
            yield Gap(stage, removes, reason)


def _share(route: Route) -> np.ndarray:
    return np.asarray(np.prod([link.draws for link in route.links if link.name in ("removed", "reach")], axis=0))
