"""What the family of changes tells of simulated weeks whose truth is known: false news, season, power. No store, no files.

Worlds are drawn here with formulas of their own (AR(1) shocks, binomial counts) and judged by the function the product uses.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy import special

from metrics.analyses.change_tests import Member, judge
from metrics.compute.week_grid import WeekGrid
from metrics.compute.weekly import Weeks
from metrics.query.period import SEASONS
from metrics.statistics.core import Estimate

ORIGIN = date(2026, 1, 5)
STAGES = ("Find", "Evaluate", "Decide", "Buy", "Engage", "Help")
# metric → share, SD of the weekly shock at `shock` = 1 point, rows a week as a part of the visits, matters
METRICS = {
    "completion": (0.70, 1.0, 1.0, 0.02),
    "drop-off": (0.28, 1.0, 1.0, 0.02),
    "errors": (0.04, 0.2, 1.0, 0.005),
    "rage": (0.02, 0.1, 1.0, 0.005),
    "dead": (0.03, 0.15, 1.0, 0.005),
    "back": (0.20, 0.7, 1.0, 0.02),
    "search": (0.25, 0.8, 1.0, 0.02),
    "contacts": (0.03, 0.15, 0.8, 0.005),
}
ASKED = {"csat": (0.80, 1.0, 0.03), "effort": (0.60, 1.0, 0.03)}
LEADS = ("completion", "contacts", "csat")
CHANNELS = {"web": 0.7, "app": 0.3}


@dataclass(frozen=True)
class World:
    """One company: weeks known before the period, weeks of a period, visits and answers a stage and week, the shock's SD in
    points and its φ, the amplitude of a yearly cycle in points, and what happens in the period to one metric of Buy. `old_step` is a step 30 weeks before the period, `episode` nine
    weeks of another level 40 weeks before it, `every` the weeks between two waves of the surveys, `surveys_only` a company that has
    nothing else, `compare` previous or year; left open, what the product chooses."""

    known: int = 65
    weeks: int = 13
    visits: int = 2000
    answers: int = 28
    shock: float = 1.0
    phi: float = 0.4
    season: float = 0.0
    effect: float = 0.0
    metric: str = "completion"
    old_step: float = 0.0
    episode: float = 0.0
    every: int = 1
    stages: int = len(STAGES)
    surveys_only: bool = False
    compare: str = ""

    @property
    def against(self) -> str:
        """What is compared: as chosen, else what the product compares with so many weeks."""
        return self.compare or ("year" if self.known + self.weeks >= SEASONS else "previous")

    @property
    def named(self) -> tuple[str, ...]:
        """The stages it has, Buy always among them."""
        return ("Buy", *(stage for stage in STAGES if stage != "Buy"))[: self.stages]


def members(world: World, rng: np.random.Generator) -> list[Member]:
    """The family of one company: every metric in every stage, what is observed also by channel."""
    found: list[Member] = []
    for stage in world.named:
        for metric, (share, size, part, matters) in () if world.surveys_only else METRICS.items():
            level = _level(world, rng, share, size, stage, metric)
            rows = {name: np.full(level.size, world.visits * part * weight) for name, weight in CHANNELS.items()}
            counts = {name: rng.binomial(n.astype(int), level) for name, n in rows.items()}
            rows, counts = (both | {None: sum(both.values())} for both in (rows, counts))
            found += [
                member(world, metric, stage, name, matters, rows[name], counts[name]) for name in (None, *CHANNELS)
            ]
        for metric, (share, size, matters) in ASKED.items():
            level = _level(world, rng, share, size, stage, metric)
            rows = np.where(
                (np.arange(level.size) - world.known - 1) % world.every, 0, rng.poisson(world.answers, level.size)
            )
            found.append(member(world, metric, stage, None, matters, rows, rng.binomial(rows, level)))
    return found


def _level(world: World, rng: np.random.Generator, share: float, size: float, stage: str, metric: str) -> np.ndarray:
    """The true share of each week, from the first known to the last of the period."""
    total = world.known + world.weeks
    shock = ar1(rng, total, world.phi) * world.shock * size / 100
    turn = 2 * np.pi * (np.arange(total) + rng.uniform(0, 52)) / 52.18
    season = world.season * size / 100 * np.sin(turn)
    here = stage == "Buy" and metric == world.metric
    step = np.zeros(total)
    if here:
        step[: max(world.known - 30, 0)] -= world.old_step / 100
        step[world.known :] += world.effect / 100
        step[max(world.known - 40, 0) : max(world.known - 31, 0)] -= world.episode / 100
    return np.clip(share + shock + season + step, 0.001, 0.999)


def ar1(rng: np.random.Generator, weeks: int, phi: float) -> np.ndarray:
    """A stationary AR(1) of variance 1."""
    drawn, found = rng.normal(size=weeks + 60), np.zeros(weeks + 60)
    for at in range(1, weeks + 60):
        found[at] = phi * found[at - 1] + np.sqrt(1 - phi**2) * drawn[at]
    return found[60:]


def member(
    world: World,
    metric: str,
    stage: str | None,
    channel: str | None,
    matters: float,
    rows: np.ndarray,
    counts: np.ndarray,
) -> Member:
    """A share's counts by week as the product's member of the family."""
    other = -world.weeks if world.against == "previous" else -52
    grid = WeekGrid(ORIGIN, world.weeks, other, -world.known, world.weeks)
    number = np.arange(-world.known, world.weeks)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = counts / rows
        pooled = (counts + 10 * counts.sum() / rows.sum()) / (rows + 10)
        noise = pooled * (1 - pooled) / rows
    series = Weeks(number, value, np.where(rows > 0, noise, np.nan), rows.astype(float))
    now, before = (
        _share(counts[part].sum(), rows[part].sum())
        for part in (number >= 0, (number >= other) & (number < other + world.weeks))
    )
    return Member(
        metric,
        stage,
        channel,
        matters,
        now,
        before,
        now.value - before.value,
        now.se**2 + before.se**2,
        series,
        grid,
        lead=metric in LEADS,
    )


def _share(count: float, rows: float) -> Estimate:
    p = count / rows
    near = (count + 2) / (rows + 4)
    return Estimate(p, n=rows, n_eff=rows, se=float(np.sqrt(near * (1 - near) / (rows + 4))))


@dataclass(frozen=True)
class Seen:
    """Of many companies: the share in which anything is told, in which the planted change is, how often a single change lies
    beyond its normal range, the median smallest change that would have been seen of the planted metric, in points, and the p that
    tells it alone (NaN: it was judged in none)."""

    anything: float
    planted: float
    beyond: float
    seen: float
    runs: int
    needs: float = float("nan")


def watch(world: World, runs: int, seed: int = 1, only: str | None = None) -> Seen:
    """Judge `runs` companies of one world. `only`: a family of this one metric in Buy."""
    anything = planted = beyond = many = 0
    seen, needs = [], float("nan")
    for run in range(runs):
        rng = np.random.default_rng([seed, run])
        family = members(world, rng)
        if only:
            family = [one for one in family if (one.metric, one.stage, one.channel) == (only, "Buy", None)]
        found = judge(family)
        told = [one.told(place.matters) for place, one in zip(family, found)]
        here = [
            i for i, one in enumerate(family) if (one.metric, one.stage, one.channel) == (world.metric, "Buy", None)
        ]
        anything += any(told)
        planted += any(told[i] for i in here)
        still = [
            one.change.unusual
            for place, one in zip(family, found)
            if not (place.stage == "Buy" and place.metric == world.metric)
        ]
        still = still or [one.change.unusual for one in found]
        beyond, many = beyond + sum(bool(one) for one in still), many + len(still)
        needs = found[here[0]].needs if here else needs
        seen += [100 * found[i].seen for i in here if found[i].seen is not None]
    return Seen(
        anything / runs,
        planted / runs,
        beyond / max(many, 1),
        float(np.median(seen)) if seen else float("nan"),
        runs,
        needs,
    )


def oracle(world: World, needs: float) -> float:
    """How often the planted change of an observed metric would be told at `needs` by a test of the same difference that knows the
    shock's SD, its φ and that there is no season: what the difference itself allows."""
    share, size, part, _ = METRICS[world.metric]
    number = np.arange(-world.known, world.weeks)
    other = -world.weeks if world.against == "previous" else -52
    weight = ((number >= 0) * 1.0 - ((number >= other) & (number < other + world.weeks))) / world.weeks
    together = world.phi ** np.abs(np.subtract.outer(number, number))
    shocks = (world.shock * size / 100) ** 2 * float(weight @ together @ weight)
    after = share + world.effect / 100
    sampling = (share * (1 - share) + after * (1 - after)) / (world.visits * part * world.weeks)
    return float(special.ndtr(abs(world.effect) / 100 / np.sqrt(shocks + sampling) - special.ndtri(1 - needs / 2)))


# name → world, what is marked, at least, at most
WORLDS = {
    "nothing, φ 0": (World(phi=0.0), "anything", 0.0, 0.01),
    "nothing, φ .4": (World(), "anything", 0.0, 0.01),
    "nothing, φ .8: beyond its range": (World(phi=0.8), "beyond", 0.0, 0.10),
    "a season of 4 points, 52 weeks known": (World(season=4, known=52), "anything", 0.0, 0.02),
    "a season of 4 points, 130 weeks known": (World(season=4, known=130), "anything", 0.0, 0.02),
    "the same, against the weeks before": (World(season=4, known=130, compare="previous"), "anything", 0.0, 0.02),
    "−3 points": (World(effect=-3), "planted", 0.60, 1.0),
    "−3 points, 52 weeks known": (World(effect=-3, known=52), "planted", 0.60, 1.0),
    "−3 points, 130 weeks known": (World(effect=-3, known=130), "planted", 0.60, 1.0),
    "−5 points": (World(effect=-5), "planted", 0.97, 1.0),
    "−5 points after an old step of 10": (World(effect=-5, old_step=10), "planted", 0.90, 1.0),
    "−5 points at 200 visits a week": (World(effect=-5, visits=200), "planted", 0.0, 1.0),  # no mark: see docs/TRUTH.md
}


def report(runs: int, seed: int) -> int:
    """Print every world with its mark; 1 where one lies outside."""
    outside = 0
    for name, (world, what, least, most) in WORLDS.items():
        seen = watch(world, runs, seed)
        value = getattr(seen, what)
        held = least <= value <= most
        outside += not held
        print(
            f"{name:40} {100 * value:5.1f} %  ({100 * least:.0f} to {100 * most:.0f} %) {'' if held else 'outside'}  "
            f"beyond {100 * seen.beyond:.1f} %, seen from ±{seen.seen:.1f} points"
            + (f", {100 * oracle(world, seen.needs):.0f} % with the shocks' size and φ known" if world.effect else ""),
            flush=True,
        )
    return 1 if outside else 0
