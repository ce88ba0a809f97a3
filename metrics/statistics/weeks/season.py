"""The season of a year as columns over weeks: the year and its half, for what a change would be without anything happening."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

YEAR = 365.2425 / 7  # weeks
HARMONICS = np.array(
    [1.0, 1.0, 0.5, 0.5]
)  # size of each column's effect beside the first: half a year's wave is the smaller one


def year_columns(week: ArrayLike) -> np.ndarray:
    """Sine and cosine of one and of two turns a year, shape (weeks, 4). `week` numbers the weeks."""
    turn = 2 * np.pi * np.asarray(week, dtype=float) / YEAR
    return np.column_stack([np.sin(turn), np.cos(turn), np.sin(2 * turn), np.cos(2 * turn)])
