"""Random effects between several estimates of the same thing (DerSimonian–Laird)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from metrics.statistics.core import Estimate, Note, missing, symmetric


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """Pooled estimate, heterogeneity Q with its p, τ (standard deviation between) with limits, I² in 0…1."""

    pooled: Estimate
    q: float | None
    p: float | None
    tau: Estimate
    i2: float | None


def moment_tau2(effect: np.ndarray, variance: np.ndarray) -> float:
    """DerSimonian–Laird τ² = max(0, (Q − (k−1)) / (Σw − Σw²/Σw)), w = 1/variance."""
    weight = 1 / variance
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    return max((_q(effect, variance, 0.0) - (effect.size - 1)) / float(scale), 0.0)


def random_effects(effect: ArrayLike, variance: ArrayLike, level: float = 0.95) -> RandomEffects:
    """DerSimonian & Laird, Controlled Clinical Trials 1986; limits of τ by the Q-profile (Viechtbauer 2007).

    `effect` and `variance` have shape (k,) with positive variances; at least two are needed.
    """
    found, spread = np.asarray(effect, dtype=float), np.asarray(variance, dtype=float)
    if found.size < 2:
        note = Note.ONE_ROW if found.size else Note.EMPTY
        return RandomEffects(missing(note, found.size), None, None, missing(note, found.size), None)
    q, df = _q(found, spread, 0.0), found.size - 1
    tau2 = moment_tau2(found, spread)
    weight = 1 / (tau2 + spread)
    pooled = symmetric(float(weight @ found / weight.sum()), float(weight.sum() ** -0.5), n=found.size, level=level)
    tail = (1 - level) / 2
    limits = [_profile(found, spread, float(special.chdtri(df, prob))) for prob in (tail, 1 - tail)]
    value = float(np.sqrt(tau2))
    tau = Estimate(value, min(limits[0], value), max(limits[1], value), n=found.size)
    return RandomEffects(pooled, q, float(special.chdtrc(df, q)), tau, max(0.0, (q - df) / q) if q > 0 else 0.0)


def _q(effect: np.ndarray, variance: np.ndarray, tau2: float) -> float:
    weight = 1 / (variance + tau2)
    return float(weight @ (effect - weight @ effect / weight.sum()) ** 2)


def _profile(effect: np.ndarray, variance: np.ndarray, target: float) -> float:
    """τ at which the generalised Q equals `target`; 0 where Q is smaller already without heterogeneity."""
    if _q(effect, variance, 0.0) <= target:
        return 0.0
    from scipy.optimize import brentq  # a sixth of what a command takes to start

    top = float(variance.max())
    while _q(effect, variance, top) > target:
        top *= 2
    return float(np.sqrt(brentq(lambda tau2: _q(effect, variance, tau2) - target, 0.0, top)))
