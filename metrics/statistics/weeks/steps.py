"""Old steps of a weekly series: a level that changed and stayed, or came back, found so that what is normal is learnt within each level."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from metrics.statistics.weeks.season import year_columns

HANGS_TOGETHER = 0.8  # weeks are believed to hang together this much: a wandering series is no series of steps
SURE = 25.0  # gain in χ²(1), over every place it could be: five standard errors
# that of a level that came back, which could lie in twenty times as many places and looks more like wandering
PASSING = 40.0
EDGE, MOST = 4, 4  # weeks a level must last; steps looked for
APART = (
    4  # weeks between two that are set against each other to learn how large a shock is: a step touches few such pairs
)
LONGEST = 26  # weeks after which a level that came back is two steps
LEAST = 16


def old_steps(value: np.ndarray, noise: np.ndarray) -> tuple[int, ...]:
    """Positions of the first weeks of new levels, in order; empty where none is sure.

    `value` and `noise` (sampling variance) have shape (weeks,), NaN where unknown. Weeks are AR(1) with ρ = .8 and a season, both
    free, their size from the median difference of weeks four apart, which a step leaves alone. One step, or one level that came back (two
    steps), after the other is added while generalised least squares gains enough (Chen & Liu, JASA 1993, level shifts and
    temporary changes).
    """
    known = np.flatnonzero(~np.isnan(value + noise))
    if known.size < LEAST or np.ptp(value[known]) == 0:
        return ()
    y = value[known]
    steps: list[int] = []
    shapes, least, first, end = _candidates(known.size)
    root = _root(y, noise[known], known)
    level = np.tri(known.size, known.size + 1, dtype=float)  # column k is 1 from week k on, the last one nowhere
    rows = np.linalg.solve(root, np.column_stack([y, level]))
    level = rows[:, 1:]
    rows = np.column_stack([rows[:, :2], level[:, first] - level[:, end]])
    rows = _without(rows, rows[:, 1])
    while len(steps) < MOST:
        left = (rows[:, 2:] ** 2).sum(axis=0)
        gain = np.where(left > 1e-9, (rows[:, 0] @ rows[:, 2:]) ** 2 / np.maximum(left, 1e-9), 0.0) - least
        best = int(np.argmax(gain))
        if gain[best] < 0:
            break
        steps += [int(known[place]) for place in shapes[best]]
        rows = _without(rows, rows[:, 2 + best])
    return tuple(sorted(set(steps)))


def step_gains(value: np.ndarray, noise: np.ndarray, others: tuple[int, ...]) -> dict[int, float]:
    """First week of a new level → the gain in χ² of a step there, the steps `others` given; every week but the first."""
    known = np.flatnonzero(~np.isnan(value + noise))
    if known.size < LEAST or np.ptp(value[known]) == 0:
        return {}
    level = np.tri(known.size, known.size + 1, dtype=float)
    given = [int(np.searchsorted(known, other)) for other in others]
    places = [at for at in range(1, known.size) if at not in given]
    columns = np.column_stack(
        [value[known], level[:, 0], *(level[:, at] for at in given), *(level[:, at] for at in places)]
    )
    rows = np.linalg.solve(_root(value[known], noise[known], known), columns)
    for column in range(1, 2 + len(given)):
        rows = _without(rows, rows[:, column])
    rest = rows[:, 2 + len(given) :]
    left = (rest**2).sum(axis=0)
    gain = np.where(left > 1e-9, (rows[:, 0] @ rest) ** 2 / np.maximum(left, 1e-9), 0.0)
    return {int(known[at]): float(one) for at, one in zip(places, gain)}


@lru_cache(maxsize=32)
def _candidates(weeks: int) -> tuple[list[tuple[int, ...]], np.ndarray, np.ndarray, np.ndarray]:
    """Every place of one step, and every first week and end of a level that came back; the gain each needs, its first week and its end."""
    single = [(at,) for at in range(EDGE, weeks - EDGE + 1)]
    passing = [
        (at, end) for at in range(EDGE, weeks - EDGE) for end in range(at + EDGE, min(at + LONGEST, weeks - EDGE) + 1)
    ]
    first = np.array([shape[0] for shape in (*single, *passing)])
    end = np.array([weeks] * len(single) + [shape[1] for shape in passing])
    least = np.array([SURE] * len(single) + [PASSING] * len(passing))
    return [*single, *passing], least, first, end


def _root(y: np.ndarray, noise: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The Cholesky root of what the weeks' variance and covariance would be without steps."""
    apart = (1.4826 * float(np.median(np.abs(y[APART:] - y[:-APART])))) ** 2
    # from the middle half of the weeks: a few weeks of another level are no season and no shock
    spread = (1.4826 * float(np.median(np.abs(y - np.median(y))))) ** 2 or float(np.var(y))
    usual = max(apart - 2 * float(np.mean(noise)), 0.02 * spread) / (2 * (1 - HANGS_TOGETHER**APART))
    lag = np.abs(np.subtract.outer(known, known))
    year = year_columns(known)
    cover = usual * HANGS_TOGETHER**lag + np.diag(noise) + spread * year @ year.T
    return np.linalg.cholesky(cover + 1e-12 * np.trace(cover) / known.size * np.eye(known.size))


def _without(rows: np.ndarray, one: np.ndarray) -> np.ndarray:
    """Every column less its projection on one."""
    return rows - np.outer(one, one @ rows / (one @ one))
