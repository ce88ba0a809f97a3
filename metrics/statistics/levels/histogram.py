"""Percentiles from histograms that merge by addition, to within 1 %.

The bucket of an integer measure x (milliseconds, cents, …) is

    0 if x <= 0, else 1 + ceil(ln(x) / ln(101/99))

so bucket b > 0 holds the integers in (γ^(b−2), γ^(b−1)], γ = 101/99. `metrics/sql/histogram.sql` is the same formula and
`bucket_tops` the same buckets as a table; both agree on every integer up to 2^34 (199 days in milliseconds), where no
power of γ comes close enough to an integer for rounding to matter; beyond, an integer on an edge may fall to the next
bucket. Below 58 each integer has its own bucket; above, the value given for a bucket is within 1 % of every integer in
it (DDSketch: Masson, Rim & Lee, VLDB 2019).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Estimate, Note, missing
from metrics.statistics.jackknife import jackknife, ratios
from metrics.statistics.levels.shares import exact_bounds
from metrics.statistics.moments import GROUPS

BUCKETS = 1_700  # up to 5.6e14


@cache
def bucket_tops() -> np.ndarray:
    """Largest integer that belongs to each bucket or one below it, shape (BUCKETS,): exact integer arithmetic."""
    return np.array([0] + [101**power // 99**power for power in range(BUCKETS - 1)], dtype=np.int64)


@cache
def bucket_values() -> np.ndarray:
    """The value that stands for each bucket: the only integer in it, or the harmonic middle of its integers."""
    high = bucket_tops().astype(float)
    low = np.concatenate([[0.0], high[:-1] + 1])
    with np.errstate(invalid="ignore"):
        return np.where(high > 0, 2 * low * high / (low + high), 0.0)


def dense(buckets: ArrayLike, counts: ArrayLike, group: ArrayLike | None = None, groups: int = GROUPS) -> np.ndarray:
    """Long rows (bucket, count[, group]) as an array, shape (BUCKETS,) or (BUCKETS, groups); arrays add to merge."""
    at, weight = np.asarray(buckets, dtype=np.int64), np.asarray(counts, dtype=float)
    if group is None:
        return np.bincount(at, weights=weight, minlength=BUCKETS)
    flat = np.bincount(at * groups + np.asarray(group, dtype=np.int64), weights=weight, minlength=BUCKETS * groups)
    return flat.reshape(BUCKETS, groups)


def quantile(counts: np.ndarray, q: float) -> float | None:
    """Smallest value x with F(x) ≥ q, or None for an empty histogram of shape (BUCKETS,)."""
    index = _reach(counts, q)
    return None if index is None else float(bucket_values()[index])


def quantile_interval(
    counts: np.ndarray, q: float, *, deff: float = 1.0, df: float | None = None, level: float = 0.95
) -> Estimate:
    """Quantile with the interval that inverts the exact limits of F: q lies within them.

    `counts` has shape (BUCKETS,); `deff` is floored at 1. One row a person and deff 1: the order statistics of the binomial,
    exact for any distribution and any number of rows; else the same on n_eff (Woodruff, JASA 1952, with Korn & Graubard's
    limits). Limits are the outer edges of their buckets; below the smallest value lies 0, beyond the largest nothing is
    known (high None, "high_not_reached").
    """
    rows, value = float(counts.sum()), quantile(counts, q)
    if value is None:
        return missing(Note.EMPTY)
    n_eff, tops = rows / max(deff, 1.0), bucket_tops()
    least, most = exact_bounds(np.cumsum(counts) / rows, n_eff, level, df)
    first, last = int(np.argmax(most >= q)), least >= q
    low = (
        0.0
        if counts[:first].sum() == 0 and float(exact_bounds(np.zeros(1), n_eff, level, df)[1][0]) >= q
        else float(tops[first - 1] + 1 if first else 0)
    )
    high = float(tops[int(np.argmax(last))]) if last.any() else None
    return Estimate(value, low, high, rows, n_eff, None, df, None if last.any() else Note.HIGH_NOT_REACHED)


def grouped_quantile(counts: np.ndarray, q: float, level: float = 0.95, persons: float | None = None) -> Estimate:
    """As quantile_interval, with the clustered variance of F at the quantile by jackknife over the person groups.

    `counts` has shape (BUCKETS, G); t with G−1 df. With as many `persons` as rows everybody counts once and it is exact.
    """
    total = counts.sum(axis=1)
    index = _reach(total, q)
    if index is None:
        return missing(Note.EMPTY)
    if persons == total.sum():
        return quantile_interval(total, q, level=level)
    below, rows = counts[: index + 1].sum(axis=0), counts.sum(axis=0)
    result = jackknife(np.vstack([rows, below]), lambda sums: ratios(sums[1], sums[0]), at_once=True)
    if result.groups < 2:
        return Estimate(float(bucket_values()[index]), n=float(rows.sum()), note=Note.ONE_GROUP)
    share = below.sum() / rows.sum()
    iid = share * (1 - share) / rows.sum()
    deff = result.covariance[0, 0] / iid if iid > 0 else 1.0
    return quantile_interval(total, q, deff=float(deff), df=result.df, level=level)


def _reach(counts: np.ndarray, q: float) -> int | None:
    cumulated = np.cumsum(counts)
    if cumulated[-1] <= 0:
        return None
    return int(np.searchsorted(cumulated, max(q * cumulated[-1], np.nextafter(0, 1)) * (1 - 1e-12)))
