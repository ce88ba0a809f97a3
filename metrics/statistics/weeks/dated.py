"""When the level of a weekly series changed, with the weeks in which it may have been."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.statistics.weeks.steps import EDGE, old_steps, step_gains


@dataclass(frozen=True)
class Dated:
    """The first week of a new level, the first and the last week it may have begun in, and the levels before and from then on."""

    week: int
    earliest: int
    latest: int
    before: float
    after: float


def dated_steps(value: np.ndarray, noise: np.ndarray, level: float = 0.95) -> tuple[Dated, ...]:
    """Every step that old_steps is sure of, with the places whose fit is not surely worse: a likelihood-ratio set, the other steps given.

    A step is looked for EDGE weeks from either end; one found just there may have begun later (or earlier), and is dated where it fits best.
    `value` and `noise` (sampling variance) have shape (weeks,), NaN where unknown. Levels are the means of the weeks up to the next step.
    """
    steps = _at_the_ends(old_steps(value, noise), value, noise)
    worse = float(special.chdtri(1, 1 - level))
    found, ends = [], [*steps, value.size]
    for place, week in enumerate(steps):
        gains = step_gains(value, noise, tuple(one for one in steps if one != week))
        near = [at for at, gain in gains.items() if gains.get(week, 0.0) - gain <= worse]
        earliest, latest = _around(week, sorted({*near, week}))
        start = steps[place - 1] if place else 0
        found.append(
            Dated(
                week,
                earliest,
                latest,
                float(np.nanmean(value[start:week])),
                float(np.nanmean(value[week : ends[place + 1]])),
            )
        )
    return tuple(found)


def _at_the_ends(steps: tuple[int, ...], value: np.ndarray, noise: np.ndarray) -> tuple[int, ...]:
    """The steps, with those found in the first or last places looked at moved to the best place from there to the end."""
    known = np.flatnonzero(~np.isnan(value + noise))
    found = []
    for week in steps:
        others = tuple(one for one in steps if one != week)
        first, last = known[1 : 2 * EDGE], known[1 - 2 * EDGE :]
        near = first if week <= first[-1] else last if week >= last[0] else (week,)
        gains = step_gains(value, noise, others)
        found.append(max((int(at) for at in near if int(at) in gains), key=gains.__getitem__))
    return tuple(sorted(set(found)))


def _around(week: int, places: list[int]) -> tuple[int, int]:
    """The stretch of places around the week without a gap of more than two: another hill is another step."""
    at = places.index(week)
    low = high = at
    while low > 0 and places[low] - places[low - 1] <= 2:
        low -= 1
    while high + 1 < len(places) and places[high + 1] - places[high] <= 2:
        high += 1
    return places[low], places[high]
