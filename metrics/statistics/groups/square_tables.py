"""The same persons in the same classes twice: has the distribution changed, beyond people moving to and fro?"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from metrics.statistics.core import Note, Test, untestable


def bowker(table: ArrayLike) -> Test:
    """Bowker's test of symmetry (JASA 1948): as many move from i to j as back. Pairs of cells without anybody drop out.

    `table` has shape (k, k): first answer in rows, second in columns.
    """
    counts = np.asarray(table, dtype=float)
    upper = np.triu_indices(counts.shape[0], 1)
    there, back = counts[upper], counts.T[upper]
    used = there + back > 0
    if not used.any():
        return untestable(Note.NO_VARIATION)
    statistic = float((((there - back) ** 2)[used] / (there + back)[used]).sum())
    return _chi2(statistic, int(used.sum()))


def stuart_maxwell(table: ArrayLike) -> Test:
    """Stuart–Maxwell test of marginal homogeneity (Biometrika 1955; BJP 1970): did the shares of the classes change?"""
    counts = _without_empty(table)
    if counts.shape[0] < 2:
        return untestable(Note.NO_VARIATION)
    gap = (counts.sum(axis=1) - counts.sum(axis=0))[:-1]
    covariance = np.diag(counts.sum(axis=1) + counts.sum(axis=0)) - counts - counts.T
    return _quadratic(gap, covariance[:-1, :-1])


def _without_empty(table: ArrayLike) -> np.ndarray:
    counts = np.asarray(table, dtype=float)
    used = counts.sum(axis=0) + counts.sum(axis=1) > 0
    return counts[np.ix_(used, used)]


def _quadratic(gap: np.ndarray, covariance: np.ndarray) -> Test:
    if np.linalg.matrix_rank(covariance) < gap.size:
        return untestable(Note.NO_VARIATION)
    return _chi2(float(gap @ np.linalg.solve(covariance, gap)), gap.size)


def _chi2(statistic: float, df: int) -> Test:
    return Test(statistic, df, float(special.chdtrc(df, statistic)))
