"""The normal band of a chart of weekly shares: Laney's p′ chart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Note

MOVING_RANGE = 1.128  # expected range of two normal values, in standard deviations (d₂)


@dataclass(frozen=True, eq=False)
class ControlChart:
    """Centre and limits by week, shape (weeks,); σz > 1 is the share of variation binomial noise does not explain.

    `p_low`, `p_high` are the plain p-chart's 3σ limits, which are too narrow when weeks share shocks.
    """

    centre: float | None
    sigma_z: float | None
    low: np.ndarray
    high: np.ndarray
    p_low: np.ndarray
    p_high: np.ndarray
    note: Note | None = None


def laney(share: ArrayLike, n: ArrayLike, sigmas: float = 3.0, learnt: ArrayLike | None = None) -> ControlChart:
    """Laney's p′ chart (Quality Engineering 2002): p̄ ± 3·σ_pᵢ·σz, σz = mean moving range of z / 1.128.

    `share` and `n` have shape (weeks,); a week with n = 0 has NaN limits and breaks no moving range. `learnt` (weeks,) says
    which weeks centre and σz come from, all without it; the others only get their limits, by their own n.
    """
    p, rows = np.asarray(share, dtype=float), np.asarray(n, dtype=float)
    asked = rows > 0
    base = asked if learnt is None else asked & np.asarray(learnt, dtype=bool)
    blank = np.full(p.shape, np.nan)
    if base.sum() < 2:
        return ControlChart(None, None, blank, blank, blank, blank, Note.TOO_FEW_ROWS)
    centre = float((p[base] * rows[base]).sum() / rows[base].sum())
    sigma = blank.copy()
    sigma[asked] = np.sqrt(centre * (1 - centre) / rows[asked])
    if centre in (0.0, 1.0):
        return ControlChart(centre, None, blank, blank, blank, blank, Note.NO_VARIATION)
    z = (p[base] - centre) / sigma[base]
    sigma_z = float(np.abs(np.diff(z)).mean() / MOVING_RANGE)
    low, high, p_low, p_high = (
        np.clip(centre + side * sigmas * sigma * width, 0, 1) for width in (sigma_z, 1.0) for side in (-1, 1)
    )
    return ControlChart(centre, sigma_z, low, high, p_low, p_high)
