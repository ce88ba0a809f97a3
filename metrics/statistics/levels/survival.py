"""Times to an event when some are still open: Kaplan–Meier, and Aalen–Johansen where another ending competes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from metrics.statistics.core import Estimate, Note, critical, missing
from metrics.statistics.levels.shares import exact_bounds

TOLERANCE = 1e-12  # a product of fractions that should be exactly 1 − q may miss it by rounding


@dataclass(frozen=True, eq=False)
class Curve:
    """Share that has had the event by each time, with its standard error, shape (times,); `n` persons or tickets.

    `last` is the longest observed time, censored or not: beyond it nothing is known. `df` are the degrees of freedom of a
    standard error clustered by person.
    """

    time: np.ndarray
    share: np.ndarray
    se: np.ndarray
    n: int
    last: float
    df: int | None = None

    @property
    def survival(self) -> np.ndarray:
        """Share without the event after each time; those lost to a competing ending are among them."""
        return 1 - self.share

    def bounds(self, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """Pointwise limits of `share` on the complementary log-log scale, which stays within 0…1."""
        inside = (self.share > TOLERANCE) & (self.share < 1 - TOLERANCE)
        still = np.where(inside, 1 - self.share, 0.5)
        spread = critical(level, self.df) * self.se / (still * -np.log(still))
        low = np.where(inside, 1 - still ** np.exp(-spread), self.share)
        high = np.where(inside, 1 - still ** np.exp(spread), self.share)
        return low, high

    def exact(self, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """Pointwise limits of `share` as of a binomial share seen in as many independent rows as its error is worth (Korn &
        Graubard's for a survival curve); unlike the log-log ones they have a width also where all have had the event."""
        with np.errstate(divide="ignore", invalid="ignore"):
            worth = np.where(self.se > TOLERANCE, self.share * (1 - self.share) / self.se**2, np.nan)
        known = np.flatnonzero(np.isfinite(worth) & (worth > 0))
        if not known.size:
            worth = np.full(self.share.shape, float(self.n))
        else:  # where all or none have had it, what the nearest known point is worth
            worth = worth[known[np.clip(np.searchsorted(known, np.arange(worth.size), side="right") - 1, 0, None)]]
        return exact_bounds(np.clip(self.share, 0, 1), np.minimum(worth, self.n), level, self.df)

    def at(self, time: float, level: float = 0.95) -> Estimate:
        """Share with the event by `time`, in the unit of the times; None beyond the last observation."""
        if self.n == 0 or time > self.last:
            return missing(Note.EMPTY if self.n == 0 else Note.NOT_REACHED, self.n)
        index = int(np.searchsorted(self.time, time, side="right")) - 1
        if index < 0:
            return Estimate(0.0, n=self.n, note=Note.BOUNDARY)
        low, high = self.bounds(level)
        return Estimate(
            float(self.share[index]), float(low[index]), float(high[index]), self.n, None, float(self.se[index])
        )

    def percentile(self, q: float, level: float = 0.95) -> Estimate:
        """Time by which a share `q` has had the event, with the interval that inverts the exact pointwise limits (`exact`).

        Where nothing is censored these are the binomial's order statistics, right for any distribution and any number of
        times; 0 is the lower end where even the shortest time may lie above it. Beyond the curve: value None, note
        "not_reached", `low` the time it surely exceeds at this level (inverting: Brookmeyer & Crowley, Biometrics 1982).
        """
        if self.n == 0:
            return missing(Note.EMPTY)
        lower, upper = self.exact(level)
        value, low, high = (self._first(curve, q) for curve in (self.share, upper, lower))
        if self.n and float(exact_bounds(np.zeros(1), self.n, level)[1][0]) >= q:
            low = 0.0
        if value is None:
            return Estimate(None, self.last if low is None else low, None, self.n, note=Note.NOT_REACHED)
        return Estimate(value, low, high, self.n, note=Note.HIGH_NOT_REACHED if high is None else None)

    def _first(self, curve: np.ndarray, q: float) -> float | None:
        reached = np.flatnonzero(curve >= q - TOLERANCE)
        return float(self.time[reached[0]]) if reached.size else None


def kaplan_meier(time: ArrayLike, event: ArrayLike) -> Curve:
    """Kaplan–Meier with Greenwood's variance from times (one unit, same origin) and event = 1, censored = 0.

    Kaplan & Meier, JASA 1958. A censored time counts as at risk at that time.
    """
    return aalen_johansen(time, (np.asarray(event) != 0).astype(int), cause=1)


def aalen_johansen(time: ArrayLike, ending: ArrayLike, cause: int, group: ArrayLike | None = None) -> Curve:
    """Cumulative incidence of one ending among several: ending = 0 still open, 1, 2, … the kinds of ending.

    A ticket closed without reply can no longer be replied to: it competes, it is not censored. Aalen & Johansen,
    Scandinavian Journal of Statistics 1978; delta-method variance (Marubini & Valsecchi 1995), which is Greenwood's
    when nothing competes. With `group` (the person group of each time) people count as clusters: the standard error is
    the delete-a-group jackknife's where that is larger.
    """
    times, kind = np.asarray(time, dtype=float), np.asarray(ending)
    whole = _curve(times, kind, cause)
    return whole if group is None else _clustered(whole, times, kind, cause, np.asarray(group))


def _clustered(whole: Curve, times: np.ndarray, kind: np.ndarray, cause: int, group: np.ndarray) -> Curve:
    present = np.unique(group)
    if present.size < 2:
        return whole
    without = [_curve(times[group != one], kind[group != one], cause) for one in present]
    shares = np.array(
        [np.concatenate([[0.0], part.share])[np.searchsorted(part.time, whole.time, side="right")] for part in without]
    )
    spread = np.sqrt((present.size - 1) / present.size * ((shares - shares.mean(axis=0)) ** 2).sum(axis=0))
    return replace(whole, se=np.maximum(whole.se, spread), df=present.size - 1)


def _curve(times: np.ndarray, kind: np.ndarray, cause: int) -> Curve:
    grid, place = np.unique(times, return_inverse=True)
    leaving = np.bincount(place, minlength=grid.size).astype(float)
    at_risk = times.size - np.concatenate([[0.0], np.cumsum(leaving)[:-1]]) if times.size else leaving
    ended = np.bincount(place, weights=kind != 0, minlength=grid.size)
    mine = np.bincount(place, weights=kind == cause, minlength=grid.size)
    used = ended > 0
    share, se = _incidence(at_risk[used], ended[used], mine[used])
    return Curve(grid[used], share, se, times.size, float(times.max()) if times.size else 0.0)


def _incidence(at_risk: np.ndarray, ended: np.ndarray, mine: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    after = np.cumprod(1 - ended / at_risk)
    before = np.concatenate([[1.0], after[:-1]]) if after.size else after
    share = np.cumsum(before * mine / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.where(at_risk > ended, ended / (at_risk * (at_risk - ended)), 0.0)
    own = before**2 * mine * (at_risk - mine) / at_risk**3
    cross = before * mine / at_risk**2
    variance = (
        share**2 * np.cumsum(hazard)
        - 2 * share * np.cumsum(share * hazard)
        + np.cumsum(share**2 * hazard)
        + np.cumsum(own)
        - 2 * share * np.cumsum(cross)
        + 2 * np.cumsum(share * cross)
    )
    return share, np.sqrt(np.maximum(variance, 0.0))
