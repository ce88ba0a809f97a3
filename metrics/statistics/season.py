"""The season of a year in weekly values, taken out before asking what is normal for a week."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

YEAR = 365.2425 / 7  # weeks
TWO_YEARS = 104  # from one year alone a season cannot be told from a trend


def without_season(week: ArrayLike, value: ArrayLike) -> np.ndarray:
    """Values less the first annual harmonic about their mean, by least squares with a linear trend beside it.

    `week` numbers the weeks and `value` holds their values, shape (weeks,); NaN is left out and stays. Values that
    span fewer than 104 weeks come back as they are: with less than two years there is no seasonal claim.
    """
    at, x = np.asarray(week, dtype=float), np.asarray(value, dtype=float)
    known = ~np.isnan(x)
    if not known.any() or at[known].max() - at[known].min() + 1 < TWO_YEARS:
        return x.copy()
    turn = 2 * np.pi * at / YEAR
    season = np.column_stack([np.sin(turn), np.cos(turn)])
    season -= season[known].mean(axis=0)
    trend = np.column_stack([np.ones_like(at), at])
    found, *_ = np.linalg.lstsq(np.hstack([trend, season])[known], x[known], rcond=None)
    return x - season @ found[2:]
