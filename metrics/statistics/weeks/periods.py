"""Change between periods judged against the company's own normal range: weeks have shocks that all persons share, and a year a season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from metrics.statistics.core import Comparison, Estimate, Note, Test, critical, untestable
from metrics.statistics.weeks.shocks import Case, spreads

WEEKS_NEEDED = 26  # that the weeks known must span
WAVES = 4  # and so many of them with a value: a survey of every quarter is known of in one week of thirteen
FAR, MANY = 0.999, 1e6
POWER = 0.8


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """The change less `season`, with interval and test, and the half-width of what is normal for the company (None: not known yet).

    `far` is the SD of the change had nothing happened. `note` of the estimate says why nothing is judged.
    """

    comparison: Comparison
    normal: float | None
    unusual: bool | None
    season: float = 0.0
    reach: Reach | None = None


@dataclass(frozen=True, eq=False)
class Reach:
    """What a change would be had nothing happened: normals of `sd` around `centre`, weighted by `share`."""

    centre: np.ndarray
    sd: np.ndarray
    share: np.ndarray

    def beyond(self, size: float) -> float:
        """Two-sided probability of a change at least this large, in either direction."""
        up, down = special.ndtr((self._ways - abs(size)) / self.sd)
        rise, fall = float(up @ self.share), float(down @ self.share)
        return min(2 * max(rise, fall), 1.0)

    @cached_property
    def _ways(self) -> np.ndarray:
        """The centres of a rise and of a fall, shape (2, cells)."""
        return np.stack([self.centre, -self.centre])

    @cached_property
    def _limits(self) -> dict[float, float]:
        return {}

    def limit(self, p: float) -> float:
        """The size that a change exceeds with two-sided probability `p`."""
        if p not in self._limits:
            from scipy.optimize import brentq  # a sixth of what a command takes to start

            top = float((self.sd + np.abs(self.centre)).max()) * (2 + critical(1 - p))
            self._limits[p] = float(
                brentq(lambda size: self.beyond(size) - p, 0.0, top, xtol=1e-4 * float(self.sd.min()))
            )
        return self._limits[p]

    def seen(self, p: float, power: float = POWER) -> float:
        """The smallest true change told with probability `power` where `p` is needed to tell one."""
        return self.limit(p) + float(special.ndtri(power)) * self.error

    def power(self, size: float, p: float) -> float:
        """How surely a true change of this size is told where `p` is needed."""
        return float(special.ndtr((abs(size) - self.limit(p)) / self.error))

    @cached_property
    def error(self) -> float:
        """The SD of the change."""
        return float(np.sqrt(self.share @ (self.sd**2 + self.centre**2)))


def period_changes(
    cases: Sequence[Case], week: np.ndarray, least: Sequence[float], level: float = 0.95
) -> list[PeriodChange]:
    """Each case's difference judged against its weeks, all learning from each other.

    `week` numbers the T + W weeks of the cases. A season's part below `least` of a case is left in its difference. Known of over
    fewer than 26 weeks, or in fewer than four of them: note "no_normal_range". Weeks that never varied have no shock and teach the others nothing: the sampling alone
    judges, and where nothing varied in the two periods either there is nothing to judge.
    """
    found: list[PeriodChange | None] = [
        None
        if (note := _why_not(case)) is None
        else PeriodChange(Comparison(Estimate(case.diff, note=note), untestable(note)), None, None)
        for case in cases
    ]
    still = {
        place
        for place, case in enumerate(cases)
        if found[place] is None and np.ptp(case.value[~np.isnan(case.value)]) == 0
    }
    moving = [place for place in range(len(cases)) if found[place] is None and place not in still]
    for place in still:
        found[place] = _judged(
            cases[place].diff, np.zeros(1), np.array([cases[place].sampling ** 0.5]), np.ones(1), least[place], level
        )
    if moving:
        all_ = spreads([cases[place] for place in moving], week)
        for row, place in enumerate(moving):
            found[place] = _judged(
                cases[place].diff, all_.centre[row], all_.sd[row], all_.share[row], least[place], level
            )
    return [one for one in found if one is not None]


def _why_not(case: Case) -> Note | None:
    place = np.flatnonzero(~np.isnan(case.value + case.noise))
    known = case.value[place]
    if known.size < WAVES or case.value.size - place[0] < WEEKS_NEEDED:
        return Note.NO_NORMAL_RANGE
    if not np.isfinite(case.diff + case.sampling):
        return Note.UNDEFINED
    return Note.NO_VARIATION if np.ptp(known) == 0 and (case.diff == 0 or case.sampling <= 0) else None


def _judged(
    diff: float, centre: np.ndarray, sd: np.ndarray, share: np.ndarray, least: float, level: float
) -> PeriodChange:
    kept = share > 1e-9
    centre, sd, share = centre[kept], sd[kept], share[kept] / share[kept].sum()
    middle = float(share @ centre)
    season = middle if abs(middle) >= least else 0.0
    reach = Reach(centre - middle, sd, share)
    change, half = diff - season, reach.limit(1 - level)
    df = _t_with(reach.limit(1 - FAR) / reach.error, FAR)
    estimate = Estimate(change, change - half, change + half, None, None, reach.error, df)
    p = reach.beyond(change)
    return PeriodChange(
        Comparison(estimate, Test(change / reach.error, df, p)), half, bool(abs(change) > half), season, reach
    )


def _t_with(ratio: float, level: float) -> float:
    """The degrees of freedom of the t whose two-sided critical value is `ratio`."""
    if ratio <= critical(level, MANY):
        return MANY
    from scipy.optimize import brentq

    return float(brentq(lambda df: critical(level, df) - ratio, 0.5, MANY))


def step_week(value: ArrayLike) -> int | None:
    """Where a series changes its level once: the position of the first value of the new level.

    `value` has shape (weeks,), in order; NaN is not known. The split with the smallest sum of squares around the two
    means (Hinkley, Biometrika 1970); None with fewer than two known values or none that differ. An estimate of when, not
    a test of whether.
    """
    series = np.asarray(value, dtype=float)
    places = np.flatnonzero(~np.isnan(series))
    known = series[places]
    if known.size < 2 or np.ptp(known) == 0:
        return None
    total, n = known.sum(), known.size
    first = np.arange(1, n)
    sums = np.cumsum(known)[:-1]
    between = sums**2 / first + (total - sums) ** 2 / (n - first)
    return int(places[1 + int(np.argmax(between))])
