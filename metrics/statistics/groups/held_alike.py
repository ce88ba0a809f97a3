"""Those who met something beside those who did not, within strata: Mantel–Haenszel from rows, with what could not be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics.statistics.core import Comparison, Estimate, Note, missing, untestable
from metrics.statistics.groups.within import share_of, share_spread, within_strata
from metrics.statistics.moments import GROUPS


@dataclass(frozen=True, eq=False)
class Rows:
    """One entry a row: whether it was `met`, the outcome `y` (0 or 1), the `person` (any integer) and their `group` (0 … GROUPS−1)."""

    met: np.ndarray
    y: np.ndarray
    person: np.ndarray
    group: np.ndarray


def held_alike(rows: Rows, stratum: np.ndarray, level: float = 0.95) -> Comparison:
    """P(y | met) − P(y | not met), Σ w·(p₁ − p₀)/Σ w with w = n₁n₀/(n₁+n₀) over strata that hold both (Mantel & Haenszel 1959;
    Greenland & Robins, Biometrics 1985), delete-a-group jackknife by person, t; the error never below that of independent people.

    `stratum` has an integer from 0 on for each row. Limits stay within −1 and 1. `sides` are the two shares on that one mix.
    """
    strata = int(stratum.max()) + 1 if stratum.size else 1
    first = np.zeros(len(rows.y), dtype=bool)
    who = np.unique(rows.person, return_inverse=True)[1]
    key = (rows.met.astype(np.int64) * strata + stratum) * (int(who.max(initial=0)) + 1) + who
    first[np.unique(key, return_index=True)[1]] = True

    def sums(of: np.ndarray, weights: np.ndarray) -> np.ndarray:
        at = stratum[of] * GROUPS + rows.group[of]
        return np.bincount(at, weights=weights[of], minlength=strata * GROUPS).reshape(strata, GROUPS)

    def side(of: np.ndarray) -> np.ndarray:
        return np.stack([sums(of, np.ones(len(rows.y))), sums(of, rows.y.astype(float))])

    met, other = rows.met, ~rows.met
    persons = np.stack([sums(met & first, np.ones(len(rows.y))), sums(other & first, np.ones(len(rows.y)))])
    kept: np.ndarray = (persons.sum(axis=2) > 0).all(axis=0)
    if not kept.any():
        return Comparison(missing(Note.NO_OVERLAP, float(met.sum())), untestable(Note.NO_OVERLAP))
    found = within_strata(side(met)[:, kept], side(other)[:, kept], share_of, persons[:, kept], share_spread, level)
    return replace(found, estimate=_possible(found.estimate))


def _possible(estimate: Estimate) -> Estimate:
    """No two shares are further apart than one: t knows nothing of the range."""
    low, high = (None if limit is None else min(max(limit, -1.0), 1.0) for limit in (estimate.low, estimate.high))
    return replace(estimate, low=low, high=high)


def compared(met: np.ndarray, stratum: np.ndarray) -> float:
    """The share of rows that met it whose stratum holds at least one that did not; 0 where nobody met it."""
    if not met.any():
        return 0.0
    other = np.bincount(stratum[~met], minlength=int(stratum.max()) + 1)
    return float((other[stratum[met]] > 0).mean())


def combined(parts: Sequence[np.ndarray]) -> np.ndarray:
    """The stratum of each row, numbered from 0: one for each combination of the parts' values, which are numbers from 0."""
    code = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        code = np.unique(code * (int(part.max(initial=0)) + 1) + part, return_inverse=True)[1].astype(np.int64)
    return code
