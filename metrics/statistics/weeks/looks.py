"""Many looks: adjusted p-values, intervals after selection, shrinkage before ranking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.groups.meta import moment_tau2


def holm(p: ArrayLike) -> np.ndarray:
    """Holm's step-down adjusted p-values (Scandinavian Journal of Statistics 1979).

    Here and below NaN (not tested) stays NaN and is not part of the family.
    """
    return _adjust(p, _step_down)


def benjamini_hochberg(p: ArrayLike) -> np.ndarray:
    """Benjamini–Hochberg adjusted p-values (JRSS B 1995): reject where ≤ q."""
    from scipy.stats import false_discovery_control  # a third of what a command takes to start, and few commands ask

    return _adjust(p, false_discovery_control)


def _adjust(p: ArrayLike, method: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    adjusted = np.array(p, dtype=float)
    known = ~np.isnan(adjusted)
    if known.any():
        adjusted[known] = method(adjusted[known])
    return adjusted


def _step_down(p: np.ndarray) -> np.ndarray:
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted


def fcr_level(selected: int, family: int, q: float = 0.05) -> float:
    """Confidence level 1 − R·q/m of intervals shown because they were selected, R of a family of m.

    Benjamini & Yekutieli, JASA 2005. With nothing selected: that of the first that would be.
    """
    return 1 - max(selected, 1) * q / max(family, 1)


def in_steps(p: Sequence[float | None], group: Sequence[object], weight: Sequence[float]) -> list[float | None]:
    """The level at which each hypothesis is told by a family in two steps; None where it was not tested.

    Groups (stages) are picked by Benjamini–Hochberg over their Simes p; within the R of S picked, Benjamini–Hochberg at q·R/S.
    Both with weights fixed beforehand (Genovese, Roeder & Wasserman, Biometrika 2006), scaled to mean 1 in each group. Simes,
    Biometrika 1986; Benjamini & Bogomolov, JRSS B 2014: the share of false ones among those told, averaged over the picked groups,
    stays below q, and with nothing true anything is told in q of all families.
    """
    within: dict[int, float] = {}
    groups: dict[object, list[int]] = {}
    for place, value in enumerate(p):
        if value is not None:
            groups.setdefault(group[place], []).append(place)
    for places in groups.values():
        scale = np.array([weight[place] for place in places])
        own = np.array([p[place] for place in places]) * scale.mean() / scale
        within |= dict(zip(places, benjamini_hochberg(np.minimum(own, 1.0))))
    simes = {name: min(within[place] for place in places) for name, places in groups.items()}
    picked = dict(zip(simes, benjamini_hochberg(list(simes.values()))))
    levels = sorted(picked.values())
    return [
        None if value is None else _told_from(within[place], float(picked[group[place]]), levels)
        for place, value in enumerate(p)
    ]


def _told_from(own: float, picked: float, levels: list[float]) -> float:
    """The smallest level at which the group is picked and its own adjusted p is at most level × picked/all."""
    for count, level in enumerate(levels, 1):
        following = levels[count] if count < len(levels) else 1.0
        told = max(level, picked, own * len(levels) / count)
        if told < following or count == len(levels):
            return min(float(told), 1.0)
    return 1.0


@dataclass(frozen=True, eq=False)
class Shrunk:
    """Posterior means and standard deviations, with the centre and the between-variance they were pulled by."""

    value: np.ndarray
    sd: np.ndarray
    centre: float
    tau2: float


def shrink(value: Sequence[float], se: Sequence[float]) -> Shrunk:
    """Empirical-Bayes normal shrinkage of effects picked for being large (winner's curse), before ranking them.

    τ² by moments (DerSimonian–Laird), centre by precision 1/(τ²+se²). The spread includes that of the estimated
    centre (Morris, JASA 1983). Fewer than two effects or zero standard errors: returned as they are.
    """
    effect, error = np.asarray(value, dtype=float), np.asarray(se, dtype=float)
    if effect.size < 2 or not (error > 0).all():
        return Shrunk(effect, error, float("nan"), float("nan"))
    tau2 = moment_tau2(effect, error**2)
    weight = 1 / (tau2 + error**2)
    centre = float(weight @ effect / weight.sum())
    pull = error**2 * weight
    spread = np.sqrt((1 - pull) * error**2 + pull**2 / weight.sum())
    return Shrunk(centre + (1 - pull) * (effect - centre), spread, centre, tau2)
