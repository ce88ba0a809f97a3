"""How unusual the newest weeks of one series are beside the weeks before: the series' own spread, chance of few, and the time of year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

LEAST = 20  # weeks to learn from
SEASON = 0.05  # what the same weeks a year before explain at this level is the time of year


@dataclass(frozen=True)
class Week:
    """A week's value and how many it is of; `place` counts whole weeks."""

    place: int
    value: float
    n: int


@dataclass(frozen=True)
class Tested:
    """The newest weeks against the ones before: values, difference and two-sided p."""

    value: float
    before: float
    diff: float
    p: float
    weeks: int


def unusual(newest: Sequence[Week], learnt: Sequence[Week], year_before: Sequence[Week], share: bool) -> Tested | None:
    """The test, None where fewer than 20 weeks teach what is usual.

    Each week's distance from the mean, times √n, has one spread σ; stretches as long as the newest have their own (weeks hang together), and
    the larger of the two counts. p is of t with the degrees of freedom of such stretches, and of a share not smaller than that of the
    binomial tail, since few events are skew. Where the same weeks a year before are known, the newest must differ from them too.
    """
    if len(learnt) < LEAST or not newest:
        return None
    n, total = np.array([one.n for one in learnt], dtype=float), float(sum(one.n for one in newest))
    values = np.array([one.value for one in learnt])
    mean = float((values * n).sum() / n.sum())
    now = sum(one.value * one.n for one in newest) / total
    chance = float(np.sqrt(max(mean * (1 - mean), 1e-9))) if share else 0.0
    spread = max(float(np.sqrt(np.mean((values - mean) ** 2 * n) * len(n) / (len(n) - 1))), chance)
    stretch = _stretches(learnt, mean, len(newest))
    spread = max(spread, float(np.sqrt(np.mean(stretch**2)))) if len(stretch) >= 5 else spread
    if spread <= 0:
        return None
    df = max(len(learnt) / len(newest) - 1, 4.0)
    error = spread * np.sqrt(1 / total + 1 / n.sum())
    p = float(2 * special.stdtr(df, -abs(now - mean) / error))
    if share and chance:
        p = max(p, _binomial(now, total * (chance / spread) ** 2, mean))
    if year_before:
        then_n = float(sum(one.n for one in year_before))
        then = sum(one.value * one.n for one in year_before) / then_n
        apart = float(2 * special.stdtr(df, -abs(now - then) / (spread * np.sqrt(1 / total + 1 / then_n))))
        if apart > SEASON or (now - then) * (now - mean) < 0:
            p = max(p, apart)
            p = 1.0 if (now - then) * (now - mean) < 0 else p
    return Tested(now, mean, now - mean, min(1.0, p), len(learnt))


def _stretches(learnt: Sequence[Week], mean: float, length: int) -> np.ndarray:
    """The distance of each unbroken stretch of weeks from the mean, times √n."""
    held = {one.place: one for one in learnt}
    found = []
    for place in held:
        own = [held.get(place + step) for step in range(length)]
        if all(own):
            n = sum(one.n for one in own if one)
            found.append((sum(one.value * one.n for one in own if one) / n - mean) * np.sqrt(n))
    return np.array(found)


def _binomial(now: float, n: float, mean: float) -> float:
    """Twice the tail beyond a share of an effective n."""
    count = now * n
    tail = (
        special.betaincc(count + 1, n - count + 1e-9, mean)
        if now < mean
        else special.betainc(count + 1e-9, n - count + 1, mean)
    )
    return float(min(1.0, 2 * tail))
