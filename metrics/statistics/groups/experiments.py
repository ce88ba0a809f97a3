"""Checks an experiment must pass before its effects are shown, and what its intervals allow to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from metrics.statistics.core import (
    Comparison,
    Estimate,
    Note,
    Test,
    critical,
    missing,
    symmetric,
    untestable,
    zero_test,
)

WARN, WITHHOLD = 0.01, 0.001


@dataclass(frozen=True, slots=True)
class SampleRatio:
    """The test of the planned split; state: ok, warn (p < .01), withhold (p < .001) or unknown."""

    test: Test
    state: str


def sample_ratio(persons: Sequence[float], planned: Sequence[float] | None = None) -> SampleRatio:
    """Sample ratio mismatch: chi-squared of persons by arm against the planned shares (default equal).

    Also for answers by arm, with exposed persons as `planned`.
    """
    seen = np.asarray(persons, dtype=float)
    split = np.ones_like(seen) if planned is None else np.asarray(planned, dtype=float)
    if seen.sum() <= 0 or (split <= 0).any():
        return SampleRatio(untestable(Note.EMPTY), "unknown")
    planned_for = split / split.sum() * seen.sum()
    chi2 = float(((seen - planned_for) ** 2 / planned_for).sum())
    p = float(special.chdtrc(seen.size - 1, chi2))
    state = "withhold" if p < WITHHOLD else "warn" if p < WARN else "ok"
    return SampleRatio(Test(chi2, seen.size - 1, p), state)


class Harm(StrEnum):
    """What the interval of new − old says against a margin."""

    NO_HARM = "no_harm_beyond_margin"
    HARM = "harm_beyond_margin"
    NOT_EXCLUDED = "harm_not_excluded"
    UNKNOWN = "unknown"


def non_inferiority(difference: Estimate, margin: float, higher_is_better: bool = True) -> Harm:
    """Is the harm within `margin` (> 0, in the metric's unit)? Read from the limits of new − old."""
    if difference.low is None or difference.high is None:
        return Harm.UNKNOWN
    worst, best = (difference.low, difference.high) if higher_is_better else (-difference.high, -difference.low)
    return Harm.NO_HARM if worst > -margin else Harm.HARM if best < -margin else Harm.NOT_EXCLUDED


@dataclass(frozen=True, slots=True)
class Answers:
    """What one arm answered: how many people gave each value (0 and 1, or −1, 0 and 1), and how many were exposed."""

    values: tuple[float, ...]
    counts: tuple[int, ...]
    exposed: int

    @property
    def n(self) -> int:
        """People who answered."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the largest difference between the arms among those who would answer in either, and the interval of both."""

    least: float
    most: float
    low: float
    high: float


DRAWS, SEED = 400, 2_009


def lee_bounds(new: Answers, old: Answers, level: float = 0.95) -> Bounds | None:
    """Bounds of new − old where the arms answer unequally often (Lee, Review of Economic Studies 2009), in the unit of the values.

    The share by which one arm answers more is cut off its lowest, then off its highest answers: whoever answers in one arm only can be
    no worse and no better. Assumes that being in an arm moves people to answer or away from it, not some each way. The limits are the
    bounds −/+ critical · standard error of each (multinomial draws of one seed), which is wider than Imbens & Manski's. None where
    nobody answered in an arm.
    """
    if not new.n or not old.n or not new.exposed or not old.exposed:
        return None
    sides = [(np.asarray(arm.values, float), np.asarray([arm.counts], float), arm.exposed) for arm in (new, old)]
    (least,), (most,) = _bounds(*sides)
    rng = np.random.default_rng(SEED)
    drawn = []
    for values, counts, exposed in sides:
        share = np.append(counts[0], max(exposed - counts.sum(), 0.0))
        drawn.append((values, rng.multinomial(exposed, share / share.sum(), DRAWS)[:, :-1].astype(float), exposed))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = [float(np.nanstd(side, ddof=1)) for side in _bounds(*drawn)]
    wide = critical(level)
    return Bounds(float(least), float(most), float(least - wide * spread[0]), float(most + wide * spread[1]))


Counted = tuple[np.ndarray, np.ndarray, int]  # the values, people by draw and value, people exposed


def _bounds(new: Counted, old: Counted) -> tuple[np.ndarray, np.ndarray]:
    """Least and largest difference of each row of counts (draws, values)."""
    rates = [counts.sum(axis=1) / exposed for _, counts, exposed in (new, old)]
    kept = [np.minimum(rates[1] / rates[0], 1.0), np.minimum(rates[0] / rates[1], 1.0)]
    (new_low, new_high), (old_low, old_high) = (
        (_lowest(values, counts, keep), -_lowest(-values[::-1], counts[:, ::-1], keep))
        for (values, counts, _), keep in zip((new, old), kept)
    )
    return new_low - old_high, new_high - old_low


def _lowest(values: np.ndarray, counts: np.ndarray, keep: np.ndarray) -> np.ndarray:
    """The mean of the lowest `keep` (a share) of the answers; `values` ascend."""
    room = keep[:, None] * counts.sum(axis=1, keepdims=True)
    before = np.cumsum(counts, axis=1) - counts
    used = np.clip(room - before, 0.0, counts)
    found: np.ndarray = (used * values).sum(axis=1) / room[:, 0]
    return found


@dataclass(frozen=True, slots=True)
class ArmSums:
    """Sums over the people of an arm: of the outcome y and of x, the same people's number from before they were exposed."""

    n: float
    y: float
    yy: float
    x: float
    xx: float
    xy: float


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A difference with what people did before taken out, and the share of its variance that this saves (0: nothing, no gain)."""

    found: Comparison
    saved: float


def cuped(new: ArmSums, old: ArmSums, level: float = 0.95) -> Adjusted:
    """new − old of the means of y − θ·x, θ the slope within the arms (Deng, Xu, Kohavi & Walker, WSDM 2013). x must be from before the
    exposure: then the arms differ in it by chance alone, and the estimate stays unbiased."""
    within = [_within(arm) for arm in (new, old)]
    if any(arm.n < 2 for arm in (new, old)):
        return Adjusted(Comparison(missing(Note.ONE_ROW), untestable(Note.ONE_ROW)), 0.0)
    spread = sum(part[1] for part in within)
    slope = sum(part[2] for part in within) / spread if spread > 0 else 0.0
    gap = (new.y / new.n - old.y / old.n) - slope * (new.x / new.n - old.x / old.n)
    raw, own = 0.0, 0.0
    for arm, (yy, xx, xy) in zip((new, old), within):
        raw += yy / (arm.n - 1) / arm.n
        own += max(yy - 2 * slope * xy + slope**2 * xx, 0.0) / (arm.n - 1) / arm.n
    if raw <= 0:
        return Adjusted(Comparison(Estimate(gap, note=Note.NO_VARIATION), untestable(Note.NO_VARIATION)), 0.0)
    found = symmetric(gap, float(np.sqrt(own)), n=new.n + old.n, level=level)
    return Adjusted(Comparison(found, zero_test(found)), 1 - own / raw)


def _within(arm: ArmSums) -> tuple[float, float, float]:
    """Sums of squares and products about the arm's means: of y, of x, of both."""
    if not arm.n:
        return 0.0, 0.0, 0.0
    return arm.yy - arm.y**2 / arm.n, arm.xx - arm.x**2 / arm.n, arm.xy - arm.x * arm.y / arm.n
