"""Reweighting those who answered towards those who were invited: raking, what it costs, and what it cannot do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Estimate, Note, missing
from metrics.statistics.jackknife import jackknife, ratio

ROUNDS = 1_000
CLOSE = 1e-12


@dataclass(frozen=True, eq=False)
class Raked:
    """The fitted table and the weight of a row in each cell (fitted / counted; NaN in empty cells), or a note."""

    table: np.ndarray | None
    weight: np.ndarray | None
    rounds: int = 0
    note: Note | None = None


def rake(counts: ArrayLike, margins: Sequence[ArrayLike]) -> Raked:
    """Iterative proportional fitting (Deming & Stephan, Annals of Mathematical Statistics 1940).

    `counts` has one axis per covariate, `margins` the target total of each category along each axis; margins are
    scaled to the sum of the counts. Weights are 1 on average.
    """
    counted = np.asarray(counts, dtype=float)
    if counted.sum() <= 0:
        return Raked(None, None, note=Note.EMPTY)
    targets = [np.asarray(m, dtype=float) / np.sum(m) * counted.sum() for m in margins]
    if any(((_margin(counted, axis) == 0) & (target > 0)).any() for axis, target in enumerate(targets)):
        return Raked(None, None, note=Note.EMPTY_MARGIN)
    table, rounds = _fit(counted, targets)
    if rounds > ROUNDS:
        return Raked(None, None, ROUNDS, Note.NOT_CONVERGED)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Raked(table, table / counted, rounds)


def _margin(table: np.ndarray, axis: int) -> np.ndarray:
    margin: np.ndarray = table.sum(axis=tuple(other for other in range(table.ndim) if other != axis))
    return margin


def _fit(counted: np.ndarray, targets: list[np.ndarray]) -> tuple[np.ndarray, int]:
    table = counted.copy()
    for done in range(1, ROUNDS + 1):
        for axis, target in enumerate(targets):
            held = _margin(table, axis)
            factor = np.divide(target, held, out=np.zeros_like(target), where=held > 0)
            table = table * factor.reshape([-1 if other == axis else 1 for other in range(table.ndim)])
        error = max(np.abs(_margin(table, axis) - target).max() for axis, target in enumerate(targets))
        if error <= CLOSE * counted.sum():
            return table, done
    return table, ROUNDS + 1


def raked_mean(counts: np.ndarray, sums: np.ndarray, margins: Sequence[ArrayLike], level: float = 0.95) -> Estimate:
    """Mean after raking, with the jackknife that rakes anew without each person group.

    `counts` and `sums` (rows and value sums) have the shape of the covariates plus a last axis of G groups.
    """
    shape, groups = counts.shape[:-1], counts.shape[-1]
    cells = int(np.prod(shape))
    fitted = rake(counts.sum(axis=-1), margins)
    if fitted.note is not None:
        return missing(fitted.note, float(counts.sum()))

    def weighted(totals: np.ndarray) -> float:
        raked = rake(totals[:cells].reshape(shape), margins)
        if raked.note is not None or raked.weight is None:
            return float("nan")
        weight = np.nan_to_num(raked.weight).ravel()
        return ratio(float(weight @ totals[cells:]), float(weight @ totals[:cells]))

    stacked = np.vstack([counts.reshape(cells, groups), sums.reshape(cells, groups)])
    return jackknife(stacked, weighted).estimate(level=level)


def r_indicator(propensity: ArrayLike, counts: ArrayLike | None = None) -> float | None:
    """1 − 2·SD(ρ̂) over everybody invited; 1 = those who answered are like all (Schouten et al. 2009)."""
    rho = np.asarray(propensity, dtype=float)
    k = np.ones_like(rho) if counts is None else np.asarray(counts, dtype=float)
    if k.sum() <= 0:
        return None
    centre = (k * rho).sum() / k.sum()
    return float(1 - 2 * np.sqrt((k * (rho - centre) ** 2).sum() / k.sum()))


def tipping_line(response: float, answered: float, silent: float, shift: float = 0.0) -> float:
    """Score of all when the silent score `silent + shift`: response·answered + (1 − response)·(silent + shift)."""
    return response * answered + (1 - response) * (silent + shift)
