"""Percentiles from histograms that merge by addition, to within 1 %.

The bucket of an integer measure x (milliseconds, cents, …) is

    0 if x <= 0, else 1 + ceil(ln(x) / ln(101/99))

so bucket b > 0 holds the integers in (γ^(b−2), γ^(b−1)], γ = 101/99. `BUCKET_SQL` is the same formula for SQL and
`bucket_tops` the same buckets as a table; both agree on every integer up to 2^34 (199 days in milliseconds), where no
power of γ comes close enough to an integer for rounding to matter; beyond, an integer on an edge may fall to the next
bucket. Below 58 each integer has its own bucket; above, the value given for a bucket is within 1 % of every integer in
it (DDSketch: Masson, Rim & Lee, VLDB 2019).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Estimate, Note, critical, missing
from metrics.statistics.jackknife import jackknife, ratio
from metrics.statistics.moments import GROUPS

BUCKET_SQL = "CASE WHEN {x} <= 0 THEN 0 ELSE 1 + CAST(ceil(ln({x}) / ln(101e0 / 99e0)) AS INTEGER) END"
BUCKETS = 1_700  # up to 5.6e14


def bucket(values: ArrayLike) -> np.ndarray:
    """Bucket number of each integer."""
    x = np.asarray(values, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x <= 0, 0, 1 + np.ceil(np.log(x) / np.log(101 / 99))).astype(np.int64)


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


def quantile_interval(counts: np.ndarray, q: float, *, deff: float = 1.0, df: float | None = None,
                      level: float = 0.95) -> Estimate:
    """Quantile with Woodruff's interval: q ± t·√(q(1−q)·deff/n) inverted through the histogram.

    `counts` has shape (BUCKETS,); `deff` is floored at 1. Limits are the outer edges of their buckets. A limit beyond
    the data is None. Woodruff, JASA 1952; the variance is that of F at the known q (score form).
    """
    rows, value = float(counts.sum()), quantile(counts, q)
    if value is None:
        return missing(Note.EMPTY)
    n_eff = rows / max(deff, 1.0)
    half = critical(level, df) * np.sqrt(q * (1 - q) / n_eff)
    low = _edge(counts, q - half, upper=False) if q - half > 0 else None
    high = _edge(counts, q + half, upper=True) if q + half < 1 else None
    note = Note.HIGH_NOT_REACHED if high is None else None
    return Estimate(value, low, high, rows, n_eff, None, df, note)


def grouped_quantile(counts: np.ndarray, q: float, level: float = 0.95) -> Estimate:
    """As quantile_interval, with the clustered variance of F at the quantile by jackknife over the person groups.

    `counts` has shape (BUCKETS, G); t with G−1 df.
    """
    total = counts.sum(axis=1)
    index = _reach(total, q)
    if index is None:
        return missing(Note.EMPTY)
    below, rows = counts[: index + 1].sum(axis=0), counts.sum(axis=0)
    result = jackknife(np.vstack([rows, below]), lambda sums: ratio(sums[1], sums[0]))
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


def _edge(counts: np.ndarray, q: float, upper: bool) -> float:
    index = _reach(counts, q)
    tops = bucket_tops()
    return float(tops[index] if upper else 0 if index == 0 else tops[index - 1] + 1)
