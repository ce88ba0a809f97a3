"""How the explained variance divides over drivers (LMG), and which of them matter at all (cluster-robust Wald)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from scipy import special

from metrics.statistics.core import Note


def lmg_shares(correlation: np.ndarray, drivers: int, controls: int) -> np.ndarray:
    """Lindeman–Merenda–Gold: a driver's gain in R², averaged over all orders of entry, shape (drivers,) (Grömping, JSS 2006).

    `correlation` has the drivers first, then the controls (always in the model), the outcome last, and must be of full rank. All
    2^drivers subsets are fitted, so at most about 15 drivers. The parts are positive by construction: never a test.
    """
    return _averaged(_all_r2(correlation, drivers, controls), drivers)


def _all_r2(correlation: np.ndarray, k: int, c: int) -> np.ndarray:
    """R² of the controls with each subset of drivers, by bit mask, shape (2^k,)."""
    controls, r2 = list(range(k, k + c)), np.zeros(1 << k)
    for size in range(k + 1):
        for chosen in combinations(range(k), size):
            at = [*chosen, *controls]
            if at:
                to_outcome = correlation[at, -1]
                r2[sum(1 << j for j in chosen)] = to_outcome @ np.linalg.solve(correlation[np.ix_(at, at)], to_outcome)
    return r2


def _averaged(r2: np.ndarray, k: int) -> np.ndarray:
    masks = np.arange(1 << k)
    size = np.array([mask.bit_count() for mask in range(1 << k)])
    weight = np.array([1 / (k * comb(k - 1, s)) if s < k else 0.0 for s in size])
    without = [masks[(masks >> j) & 1 == 0] for j in range(k)]
    return np.array([weight[m] @ (r2[m | (1 << j)] - r2[m]) for j, m in enumerate(without)])


@dataclass(frozen=True, eq=False)
class Regression:
    """Least squares: coefficients, clustered standard errors and two-sided p, each (k,) without the intercept."""

    coefficient: np.ndarray
    se: np.ndarray
    p: np.ndarray
    df: int
    note: Note | None = None


def clustered_regression(predictors: np.ndarray, outcome: np.ndarray, cluster: np.ndarray) -> Regression:
    """Least squares with intercept, sandwich variance clustered by person, t(C−1).

    `predictors` (n, k), `outcome` (n,), `cluster` (n,) any labels. Small-sample factor C/(C−1)·(n−1)/(n−k−1) (Liang
    & Zeger 1986; Stata's).
    """
    design = np.column_stack([np.ones(len(outcome)), predictors])
    n, width = design.shape
    _, person = np.unique(cluster, return_inverse=True)
    persons = int(person.max()) + 1 if n else 0
    empty = np.full(width - 1, np.nan)
    if n <= width or persons < 2:
        return Regression(empty, empty, empty, 0, Note.TOO_FEW_ROWS if n <= width else Note.ONE_CLUSTER)
    if np.linalg.matrix_rank(design) < width:
        return Regression(empty, empty, empty, persons - 1, Note.COLLINEAR)
    bread = np.linalg.inv(design.T @ design)
    beta = bread @ design.T @ outcome
    scores = np.zeros((persons, width))
    np.add.at(scores, person, design * (outcome - design @ beta)[:, None])
    factor = persons / (persons - 1) * (n - 1) / (n - width)
    se = np.sqrt(np.diag(factor * bread @ scores.T @ scores @ bread))[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * special.stdtr(persons - 1, -np.abs(beta[1:] / se))
    return Regression(beta[1:], se, p, persons - 1)
