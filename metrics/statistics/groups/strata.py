"""Effect on those it happened to, against the same strata; and how strong a hidden cause would have to be."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Estimate, Note, missing, symmetric
from metrics.statistics.jackknife import jackknife, ratio


@dataclass(frozen=True, slots=True)
class Effect:
    """Risk differences: crude, ATT and Mantel–Haenszel, with the events beyond the expected and the part not compared.

    `att` is over strata with somebody to compare with; `unmatched` is the share of exposed persons left out; `events`
    = ATT · exposed persons compared.
    """

    crude: float | None
    att: Estimate
    mantel_haenszel: float | None
    events: float | None
    unmatched: float | None


def att(
    exposed: ArrayLike, exposed_events: ArrayLike, control: ArrayLike, control_events: ArrayLike, level: float = 0.95
) -> Effect:
    """ATT = Σ n₁(p₁ − p₀)/Σ n₁ over exact strata, binomial standard error (one row a person).

    Vectors of shape (strata,): persons and events among exposed and not exposed. Mantel–Haenszel weights are
    n₁n₀/(n₁+n₀).
    """
    n1, e1, n0, e0 = (np.asarray(v, dtype=float) for v in (exposed, exposed_events, control, control_events))
    used = (n1 > 0) & (n0 > 0)
    if not used.any():
        note = Note.NO_OVERLAP if n1.sum() > 0 and n0.sum() > 0 else Note.EMPTY
        return Effect(_crude(n1, e1, n0, e0), missing(note, float(n1.sum())), None, None, 1.0 if n1.sum() else None)
    a, b, p1, p0 = n1[used], n0[used], e1[used] / n1[used], e0[used] / n0[used]
    value = float(a @ (p1 - p0) / a.sum())
    variance = a**2 @ (p1 * (1 - p1) / a + p0 * (1 - p0) / b) / a.sum() ** 2
    found = Estimate(value, n=float(a.sum()), note=Note.NO_VARIATION)
    if variance > 0:
        found = symmetric(value, math.sqrt(variance), n=float(a.sum()), level=level)
    both = a * b / (a + b)
    return Effect(
        _crude(n1, e1, n0, e0),
        found,
        float(both @ (p1 - p0) / both.sum()),
        value * float(a.sum()),
        1 - float(a.sum() / n1.sum()),
    )


def grouped_att(
    exposed: np.ndarray,
    exposed_events: np.ndarray,
    control: np.ndarray,
    control_events: np.ndarray,
    level: float = 0.95,
) -> Effect:
    """As `att`, with the jackknife by person: arrays of shape (strata, G). For persons with several rows."""
    parts = [np.asarray(v, dtype=float) for v in (exposed, exposed_events, control, control_events)]
    n1, y1, n0, y0 = (part.sum(axis=1) for part in parts)
    plain = att(n1, y1, n0, y0, level=level)
    if plain.att.value is None:
        return plain
    result = jackknife(np.vstack(parts), lambda sums: _att_value(*np.split(sums, 4)))
    found = replace(result.unequal(level), n=plain.att.n)
    return Effect(plain.crude, found, plain.mantel_haenszel, plain.events, plain.unmatched)


def _att_value(n1: np.ndarray, e1: np.ndarray, n0: np.ndarray, e0: np.ndarray) -> float:
    used = (n1 > 0) & (n0 > 0)
    if not used.any():
        return float("nan")
    return float((e1[used] - n1[used] * e0[used] / n0[used]).sum() / n1[used].sum())


def _crude(n1: np.ndarray, e1: np.ndarray, n0: np.ndarray, e0: np.ndarray) -> float | None:
    gap = ratio(float(e1.sum()), float(n1.sum())) - ratio(float(e0.sum()), float(n0.sum()))
    return None if math.isnan(gap) else gap


def standardised_difference(exposed_share: float, control_share: float) -> float | None:
    """SMD of a yes/no covariate, (p₁−p₀)/√((p₁(1−p₁)+p₀(1−p₀))/2): balanced below .1 (Austin 2009)."""
    spread = (exposed_share * (1 - exposed_share) + control_share * (1 - control_share)) / 2
    return (exposed_share - control_share) / math.sqrt(spread) if spread > 0 else None


def e_value(risk_ratio: float, nearer_limit: float | None = None) -> tuple[float, float | None]:
    """E-values of a risk ratio and of its confidence limit nearer to 1 (VanderWeele & Ding, Annals 2017).

    RR + √(RR(RR−1)), inverted below 1. 1 where the interval reaches across 1.
    """
    if nearer_limit is None:
        return _e_value(risk_ratio), None
    crosses = (risk_ratio - 1) * (nearer_limit - 1) <= 0
    return _e_value(risk_ratio), 1.0 if crosses else _e_value(nearer_limit)


def _e_value(risk_ratio: float) -> float:
    if risk_ratio <= 0:
        return math.inf
    up = risk_ratio if risk_ratio >= 1 else 1 / risk_ratio
    return up + math.sqrt(up * (up - 1))
