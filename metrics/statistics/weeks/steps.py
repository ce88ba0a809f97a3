"""Old steps of a weekly series: a level that changed once and stayed, found so that what is normal is learnt within each level."""

from __future__ import annotations

import numpy as np

from metrics.statistics.weeks.season import year_columns

HANGS_TOGETHER = 0.8  # weeks are believed to hang together this much: a wandering series is no series of steps
SURE = 25.0  # gain in χ²(1), over every place it could be: five standard errors
EDGE, MOST = 4, 3  # weeks a level must last; steps looked for
LEAST = 16


def old_steps(value: np.ndarray, noise: np.ndarray) -> tuple[int, ...]:
    """Positions of the first weeks of new levels, in order; empty where none is sure.

    `value` and `noise` (sampling variance) have shape (weeks,), NaN where unknown. Weeks are AR(1) with ρ = .8 and a season, both
    free, their size from the median difference of two weeks, which a step leaves alone. One step after the other is added while
    generalised least squares gains 25 (Chen & Liu, JASA 1993, level shifts).
    """
    known = np.flatnonzero(~np.isnan(value + noise))
    if known.size < LEAST or np.ptp(value[known]) == 0:
        return ()
    y = value[known]
    steps: list[int] = []
    apart = np.abs(np.diff(y))
    own = (1.4826 * np.median(apart)) ** 2 - 2 * float(np.mean(noise[known]))
    usual = max(own, 0.02 * float(np.var(y))) / (2 * (1 - HANGS_TOGETHER))
    lag = np.abs(np.subtract.outer(known, known))
    year = year_columns(known)
    cover = usual * HANGS_TOGETHER**lag + np.diag(noise[known]) + float(np.var(y)) * year @ year.T
    root = np.linalg.cholesky(cover + 1e-12 * np.trace(cover) / known.size * np.eye(known.size))
    places = np.arange(EDGE, known.size - EDGE + 1)
    level = (np.arange(known.size)[:, None] >= places).astype(float)
    rows = np.linalg.solve(root, np.column_stack([y, np.ones(known.size), level]))
    rows = _without(rows, rows[:, 1])
    while len(steps) < MOST:
        left = (rows[:, 2:] ** 2).sum(axis=0)
        gain = np.where(left > 1e-9, (rows[:, 0] @ rows[:, 2:]) ** 2 / np.maximum(left, 1e-9), 0.0)
        best = int(np.argmax(gain))
        if gain[best] < SURE:
            break
        steps.append(int(known[places[best]]))
        rows = _without(rows, rows[:, 2 + best])
    return tuple(sorted(steps))


def _without(rows: np.ndarray, one: np.ndarray) -> np.ndarray:
    """Every column less its projection on one."""
    return rows - np.outer(one, one @ rows / (one @ one))
