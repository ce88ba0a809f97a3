"""What a change of the company did to a weekly series: beside units that had not got it yet, or beside the series' own forecast.

Both are judged by placebo dates: the same sum made at every earlier date at which nothing happened. Weeks share shocks, so the spread of
the placebos, where it is larger than chance within the weeks, is the error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.statistics.core import Estimate, Note, missing, symmetric
from metrics.statistics.levels.means import placebo_p
from metrics.statistics.weeks.season import YEAR, year_columns

BEFORE, AFTER = 8, 8  # weeks on either side that are set against each other
LEAST_BEFORE = 26  # weeks of its own history a forecast needs
LEAST_PLACEBOS = 8
TROUGH = 4  # weeks before the beginning whose level is looked at
EXTREME = 0.1


@dataclass(frozen=True)
class Effect:
    """The estimate with its interval, the p by placebo dates and how many there were; `drift` is the largest change that a placebo date shows:
    what the series does by itself. `trough`: begun among the lowest (−1) or highest (1) tenth of four-week levels before, else 0."""

    estimate: Estimate
    p: float | None
    placebos: int
    drift: float | None
    trough: int = 0
    season: bool = False


def staged(
    value: np.ndarray, rows: np.ndarray, noise: np.ndarray, live: Sequence[int | None], level: float = 0.95
) -> Effect:
    """Units that got it against those that had not got it in the same week, each from its own level before the first of them did.

    `value`, `rows` and `noise` (sampling variance) have shape (units, weeks), NaN where unknown; `live` is the first whole week with it, None
    for never. Weeks of a unit weigh by its rows. Difference in differences with units not yet treated (Callaway & Sant'Anna, Journal of
    Econometrics 2021) on common weeks before.
    """
    begun = [week for week in live if week is not None]
    if not begun or len(begun) == len(live) and min(begun) == max(begun):
        return Effect(missing(Note.NO_OVERLAP, None), None, 0, None)
    found = _staged(value, rows, noise, live)
    if found is None:
        return Effect(missing(Note.TOO_FEW_ROWS, None), None, 0, None)
    least = (max(begun) - min(begun)) + AFTER
    placebos = [
        one
        for back in range(least, min(begun) - BEFORE + 1)
        if (one := _staged(value, rows, noise, [None if week is None else week - back for week in live])) is not None
    ]
    return _judged(found, placebos, level)


def _staged(
    value: np.ndarray, rows: np.ndarray, noise: np.ndarray, live: Sequence[int | None]
) -> tuple[float, float] | None:
    """The estimate and its sampling variance; None where weeks are missing on a side."""
    first = min(week for week in live if week is not None)
    if first < BEFORE:
        return None
    before = slice(first - BEFORE, first)
    level, level_noise = _level(value[:, before], rows[:, before], noise[:, before])
    total, gap, weights = 0.0, 0.0, np.zeros(value.shape)
    for unit, week in enumerate(live):
        if week is None:
            continue
        for t in range(week, min(week + AFTER, value.shape[1])):
            others = [
                c
                for c, other in enumerate(live)
                if (other is None or other > t) and not np.isnan(value[c, t]) and not np.isnan(level[c])
            ]
            if not others or np.isnan(value[unit, t]) or np.isnan(level[unit]):
                continue
            own, share = rows[unit, t], rows[others, t] / rows[others, t].sum()
            gap += own * ((value[unit, t] - level[unit]) - float(share @ (value[others, t] - level[others])))
            total += own
            weights[unit, t] += own
            weights[others, t] -= own * share
    if total <= 0:
        return None
    weights /= total
    of_level = weights.sum(axis=1)
    variance = float(np.nansum(weights**2 * noise) + np.nansum(of_level**2 * level_noise))
    return gap / total, variance


def _level(value: np.ndarray, rows: np.ndarray, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each unit's mean over its known weeks, by rows, with its sampling variance."""
    known = ~np.isnan(value)
    weight = np.where(known, rows, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = weight / weight.sum(axis=1, keepdims=True)
    return (
        np.where(known.any(axis=1), np.nansum(share * np.where(known, value, 0.0), axis=1), np.nan),
        np.nansum(share**2 * np.where(known, noise, 0.0), axis=1),
    )


def forecast(value: np.ndarray, rows: np.ndarray, noise: np.ndarray, begin: int, level: float = 0.95) -> Effect:
    """The weeks from `begin` on against what the weeks before, and from a year of them on the season, let expect. Shape (weeks,)."""
    found = _forecast(value, rows, noise, begin)
    if found is None:
        return Effect(missing(Note.NO_NORMAL_RANGE, None), None, 0, None)
    placebos = [
        one for at in range(LEAST_BEFORE, begin - AFTER + 1) if (one := _forecast(value, rows, noise, at)) is not None
    ]
    made = _judged(found, placebos, level)
    levels = [_mean(value, rows, at - TROUGH, at) for at in range(TROUGH, begin)]
    own, past = _mean(value, rows, begin - TROUGH, begin), np.array([one for one in levels if not np.isnan(one)])
    trough = 0
    if not np.isnan(own) and past.size >= LEAST_PLACEBOS:
        trough = -1 if (past <= own).mean() <= EXTREME else 1 if (past >= own).mean() <= EXTREME else 0
    return Effect(made.estimate, made.p, made.placebos, made.drift, trough, begin >= YEAR)


def _mean(value: np.ndarray, rows: np.ndarray, start: int, end: int) -> float:
    known = ~np.isnan(value[start:end]) & (rows[start:end] > 0)
    return float(np.average(value[start:end][known], weights=rows[start:end][known])) if known.any() else float("nan")


def _forecast(value: np.ndarray, rows: np.ndarray, noise: np.ndarray, begin: int) -> tuple[float, float] | None:
    week = np.arange(value.size)
    known = ~np.isnan(value) & ~np.isnan(noise) & (rows > 0)
    before, after = known & (week < begin), known & (week >= begin) & (week < begin + AFTER)
    if before.sum() < LEAST_BEFORE or not after.any():
        return None
    columns = np.ones((value.size, 1))
    if begin >= YEAR:
        columns = np.column_stack([columns, year_columns(week)])
    root = np.sqrt(rows[before])
    fit, *_ = np.linalg.lstsq(columns[before] * root[:, None], value[before] * root, rcond=None)
    share = rows[after] / rows[after].sum()
    gap = float(share @ (value[after] - columns[after] @ fit))
    solved = np.linalg.pinv(columns[before] * root[:, None])
    spread = (columns[after].T @ share) @ solved
    variance = float(share**2 @ noise[after] + spread**2 @ (noise[before] * rows[before]))
    return gap, variance


def _judged(found: tuple[float, float], placebos: list[tuple[float, float]], level: float) -> Effect:
    """The estimate with the error its placebos show, never below chance within the weeks."""
    value, sampling = found
    if len(placebos) < LEAST_PLACEBOS:
        return Effect(Estimate(value, note=Note.NO_NORMAL_RANGE), None, len(placebos), None)
    gaps = [gap for gap, _ in placebos]
    shocks = max(float(np.mean(np.square(gaps))) - float(np.mean([noise for _, noise in placebos])), 0.0)
    made = symmetric(value, math.sqrt(sampling + shocks), df=len(placebos) - 1, level=level)
    return Effect(made, placebo_p(value, gaps), len(placebos), float(np.max(np.abs(gaps))))
