"""What a change is worth: present value, payback, and the range of a chain of uncertain links from cause to money."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Note


def annuity(rate: float, years: int) -> float:
    """Present value of 1 at the end of each of `years` years."""
    return sum((1 + rate) ** -year for year in range(1, years + 1))


def payback(outlay: float, yearly: float) -> tuple[float | None, Note | None]:
    """Years until the undiscounted flow has repaid the outlay, or None with the note "never_pays"."""
    return (None, Note.NEVER_PAYS) if yearly <= 0 else (outlay / yearly, None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Low, base and high as P10, P50 and P90 of the result itself, and its mean."""

    p10: float | None
    p50: float | None
    p90: float | None
    mean: float | None
    note: Note | None = None


def of_replicates(values: ArrayLike) -> Outcome:
    """The outcome of a chain computed once per bootstrap replicate, so that correlations between links survive."""
    drawn = np.asarray(values, dtype=float)
    drawn = drawn[np.isfinite(drawn)]
    if drawn.size == 0:
        return Outcome(None, None, None, None, Note.EMPTY)
    p10, p50, p90 = np.quantile(drawn, [0.1, 0.5, 0.9])
    return Outcome(float(p10), float(p50), float(p90), float(drawn.mean()))


def union_of_fixes(shares: Sequence[float]) -> float:
    """Part removed by several overlapping fixes, 1 − Π(1 − share): never their sum."""
    return 1 - math.prod(1 - share for share in shares)
