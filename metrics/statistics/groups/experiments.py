"""Checks an experiment must pass before its effects are shown, and what its intervals allow to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats

from metrics.statistics.core import Estimate, Note, Test, untestable

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
    result = stats.chisquare(seen, split / split.sum() * seen.sum())
    p = float(result.pvalue)
    state = "withhold" if p < WITHHOLD else "warn" if p < WARN else "ok"
    return SampleRatio(Test(float(result.statistic), seen.size - 1, p), state)


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


def acceptance(runs: int, rate: float = 0.95, level: float = 0.99) -> tuple[float, float]:
    """Range in which the observed share of `runs` must lie for a method whose true rate is `rate`: two-sided, exact.

    For coverage benchmarks: a plain "at least 93 %" passes intervals that are far too wide.
    """
    tail = (1 - level) / 2
    low, high = (float(stats.binom.ppf(prob, runs, rate)) / runs for prob in (tail, 1 - tail))
    return low, high


def false_finding_limit(runs: int, rate: float = 0.05, level: float = 0.99) -> float:
    """Largest share of `runs` without effect that a method may flag when its true rate is `rate`: one-sided, exact."""
    return float(stats.binom.ppf(level, runs, rate)) / runs
