"""What is told of a survey asked in two ways whose mix changes: no store, no files. Part of `python -m benchmarks moves`.

People are 15 points kinder on the telephone. The difference is taken within the ways, the weeks are set to its mix as the product sets
them; told is set beside what two plain samples would need at the same level.
"""

from collections.abc import Callable

import numpy as np

from benchmarks.moves import ORIGIN, ar1
from metrics.analyses.change_tests import Member, judge
from metrics.compute.week_grid import WeekGrid
from metrics.compute.weekly import Weeks
from metrics.statistics.core import Estimate, critical
from metrics.statistics.groups.within import share_of, share_spread, within_strata
from metrics.statistics.moments import GROUPS
from metrics.statistics.weeks.one_mix import one_mix

KNOWN, WEEKS, ANSWERS, KINDER, LEVEL = 65, 13, 28, 0.15, 0.7
POWER = 0.8416
WEEK = np.arange(-KNOWN, WEEKS)
NOW, THEN = WEEK >= 0, (WEEK >= -WEEKS) & (WEEK < 0)
# how the part asked by phone goes on
MIXES: dict[str, Callable[[np.random.Generator], np.ndarray]] = {
    "20 to 80 % by phone in 18 months": lambda rng: 0.2 + 0.6 * (WEEK + KNOWN) / WEEK.size,
    "another mix each week": lambda rng: rng.beta(1.5, 1.5, WEEK.size),
    "from web to phone within 4 weeks, 12 before": lambda rng: np.clip((WEEK + 12) / 4, 0, 1),
    "from web to phone at once, 8 before": lambda rng: (WEEK >= -8).astype(float),
    "phone since 40 weeks, up to half": lambda rng: 0.5 * np.clip((WEEK + 40) / 30, 0, 1),
    "half and half": lambda rng: np.full(WEEK.size, 0.5),
}


def survey(rng: np.random.Generator, by_phone: np.ndarray, effect: float) -> tuple[np.ndarray, np.ndarray]:
    """Answers and satisfied, shape (ways, weeks): weekly shocks of 1 point with φ .4, `effect` points in the period."""
    level = LEVEL + ar1(rng, WEEK.size, 0.4) / 100 + np.where(NOW, effect / 100, 0)
    total = rng.poisson(ANSWERS, WEEK.size)
    phone = rng.binomial(total, by_phone)
    rows = np.array([total - phone, phone])
    return rows, rng.binomial(rows, np.clip([level, level + KINDER], 0, 1))


def member(rng: np.random.Generator, rows: np.ndarray, yes: np.ndarray, alike: bool) -> Member:
    """As the family has it; `alike` sets the weeks to the mix of the difference, else they stay as measured."""
    sides = np.array([_by_group(rng, rows[:, part].sum(axis=1), yes[:, part].sum(axis=1)) for part in (NOW, THEN)])
    both = (sides[:, 0].sum(axis=2) > 0).all(axis=0)
    found = within_strata(*sides[:, :, both], share_of, sides[:, 0, both], share_spread).estimate
    now, then = (_share(side[1].sum(), side[0].sum()) for side in sides)
    return Member(
        "csat",
        "Buy",
        None,
        0.03,
        now,
        then,
        found.value,
        ((found.high - found.low) / 2 / critical()) ** 2,
        _weeks(rows, yes, sides[:, 0].sum(axis=2) if alike else None),
        WeekGrid(ORIGIN, WEEKS, -WEEKS, -KNOWN, WEEKS),
        lead=True,
    )


def _by_group(rng: np.random.Generator, rows: np.ndarray, yes: np.ndarray) -> np.ndarray:
    """Sums by person group, shape (2, ways, groups), everybody answering once."""
    groups = [rng.integers(0, GROUPS, n) for n in rows]
    return np.array(
        [
            [np.bincount(group[:many], minlength=GROUPS) for group, many in zip(groups, counts)]
            for counts in (rows, yes)
        ],
        dtype=float,
    )


def _share(count: float, rows: float) -> Estimate:
    p = count / rows
    return Estimate(p, p, p, rows, rows, float(np.sqrt(p * (1 - p) / rows)))


def _weeks(rows: np.ndarray, yes: np.ndarray, asked: np.ndarray | None) -> Weeks:
    total, count = rows.sum(axis=0), yes.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = (count + 10 * count.sum() / total.sum()) / (total + 10)
        value, noise = count / total, np.where(total > 0, pooled * (1 - pooled) / total, np.nan)
        ways = yes / rows
    if asked is not None:
        wanted = asked.prod(axis=0) / asked.sum(axis=0)
        found = one_mix(ways, rows.astype(float), wanted, float(np.nanmedian(noise * total)))
        if found is not None:
            noise = np.where(np.isnan(found.value), np.nan, noise * found.left)
            return Weeks(WEEK, found.value, noise, total.astype(float), None, True, found.opened)
    return Weeks(WEEK, value, noise, total.astype(float))


def watch(mix: str, effect: float, alike: bool, runs: int, seed: int) -> tuple[float, float, float]:
    """Of `runs` surveys: how many are told, how many lie beyond their range, and the size told four times in five over that of a plain
    test of two samples at the same level (median)."""
    seen = []
    for run in range(runs):
        rng = np.random.default_rng([seed, run])
        one = member(rng, *survey(rng, MIXES[mix](rng), effect), alike)
        (found,) = judge([one])
        plain = (critical(1 - found.needs) + POWER) * one.sampling**0.5
        seen.append((found.told(one.matters), bool(found.change.unusual), (found.seen or np.nan) / plain))
    told, beyond, ratio = np.array(seen, dtype=float).T
    return float(told.mean()), float(beyond.mean()), float(np.nanmedian(ratio))


def report(runs: int, seed: int) -> int:
    """Print every mix, quiet and with a fall of 15 points; how many lie outside their mark."""
    outside = 0
    for mix in MIXES:
        quiet, beyond, ratio = watch(mix, 0, True, runs, seed)
        fall = watch(mix, -15, True, runs, seed + 1)[0]
        before = watch(mix, 0, False, runs, seed)[2]
        outside += quiet > 0.01 + 2.33 * (0.01 * 0.99 / runs) ** 0.5
        print(
            f"CSAT, {mix:44} {100 * quiet:5.1f} % (0 to 1 %)  beyond {100 * beyond:.1f} %, −15 points told in {100 * fall:.0f} %, "
            f"from {ratio:.2f} times two samples (weeks as measured {before:.2f})",
            flush=True,
        )
    return outside
