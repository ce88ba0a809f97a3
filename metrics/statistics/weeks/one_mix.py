"""Weeks in which people were asked in changing mixes of ways, as they would be had the mix been one.

A week's value in one way is the week's level + the way's own + sampling. What the ways do is learnt within weeks, from all of them
(least squares with both left open, weighted by rows: Searle, Linear Models 1971, ch. 7), and taken out of each week by its mix. So
weeks and a difference taken within ways are of one quantity. Where one way followed another with hardly a week of both, what the change
of way made cannot be told from what the time made: the level is left open there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

UNSURE = 0.25  # of a week's sampling variance: what the ways do is known worse than that between two stretches
EDGE = 4  # weeks a level must be known of
MOST = 4  # places where the level is left open; with more the ways say nothing
LEAST_LEFT = 0.5  # of the sampling variance, whatever the ways seem to make


@dataclass(frozen=True, eq=False)
class OneMix:
    """`value` by week at the one mix, `left` the part of a row's variance that is not between ways, both of shape (weeks,), and the
    positions of weeks `opened`, from which on the level may be another."""

    value: np.ndarray
    left: np.ndarray
    opened: tuple[int, ...]


def one_mix(value: np.ndarray, size: np.ndarray, wanted: np.ndarray, row: float) -> OneMix | None:
    """`value` and `size` (rows) have shape (ways, weeks), NaN or 0 where nobody was asked so; `wanted`, shape (ways,), is the one mix;
    `row` the variance of one row of a week as measured. None where the ways cannot be told from the time at too many places."""
    rows = np.where(np.isfinite(value), np.nan_to_num(size), 0.0)
    seen = np.where(rows > 0, value, 0.0)
    total = rows.sum(axis=0)
    known = total > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        mix = np.where(known, rows / total, 0.0)
    measured = (mix * seen).sum(axis=0)
    own, inverse, free = _ways(rows, mix, seen - measured)
    opened = _open(mix, known, total, inverse, free)
    if opened is None:
        return None
    shift = own - own @ (wanted / wanted.sum())
    between = (mix * own[:, None] ** 2).sum(axis=0) - (mix * own[:, None]).sum(axis=0) ** 2
    left = np.clip(1 - between / row, LEAST_LEFT, 1.0) if row > 0 else np.ones_like(total)
    level = np.where(known, measured - shift @ mix, np.nan)
    return _without_stubs(level, left, opened)


def _ways(rows: np.ndarray, mix: np.ndarray, apart: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each way does, shape (ways,); the inverse of its information in rows; and what cannot be known, as columns."""
    information = np.diag(rows.sum(axis=1)) - rows @ mix.T
    roots, vectors = np.linalg.eigh((information + information.T) / 2)
    sure = roots > 1e-9 * max(float(roots.max()), 1e-300)
    inverse = (vectors[:, sure] / roots[sure]) @ vectors[:, sure].T
    return inverse @ (rows * apart).sum(axis=1), inverse, vectors[:, ~sure]


def _open(
    mix: np.ndarray, known: np.ndarray, total: np.ndarray, inverse: np.ndarray, free: np.ndarray
) -> tuple[int, ...] | None:
    """The first weeks of stretches whose mixes are too little connected to be set beside each other."""
    limit, todo, found = UNSURE / float(np.median(total[known])), [np.flatnonzero(known)], list[int]()
    while todo:
        weeks = todo.pop()
        if weeks.size < 2:
            continue
        before = np.cumsum(mix[:, weeks], axis=1)
        counts = np.arange(1, weeks.size)
        step = (before[:, -1:] - before[:, :-1]) / (weeks.size - counts) - before[:, :-1] / counts
        error = (step * (inverse @ step)).sum(axis=0) + np.where((np.abs(free.T @ step) > 1e-6).any(axis=0), np.inf, 0)
        # of places that know equally little the sharpest turn of the mix
        place = int(np.lexsort(((step**2).sum(axis=0), error))[-1])
        if error[place] > limit:
            if len(found) == MOST:
                return None
            found.append(int(weeks[place + 1]))
            todo += [weeks[: place + 1], weeks[place + 1 :]]
    return tuple(sorted(found))


def _without_stubs(level: np.ndarray, left: np.ndarray, opened: tuple[int, ...]) -> OneMix:
    """Stretches of too few weeks teach nothing: they are left out, and with them one of the places where the level is open."""
    level, kept = level.copy(), []
    edges = [0, *opened, level.size]
    for first, end in zip(edges, edges[1:]):
        if np.isfinite(level[first:end]).sum() < EDGE:
            level[first:end] = np.nan
        else:
            kept.append(first)
    return OneMix(level, left, tuple(kept[1:]))
