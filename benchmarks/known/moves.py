"""What is told of a company whose change is known: how often the true one, how often one that is not there, how well the interval holds it."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from benchmarks.known.ask import opened
from benchmarks.known.worlds import WORLDS, World
from data.store.generations import Generation
from metrics.analyses.changes import Change, changes
from metrics.query import company_week, context, period
from metrics.query.query import Query

# share of companies in which something is told: at most, or at least
AT_MOST = {
    "visits, nothing, φ 0": 0.01,
    "visits, nothing, φ .4": 0.01,
    "visits, nothing, φ .8": 0.10,
    "season of 4 points, 78 weeks": 0.02,
    "season of 4 points, 130 weeks": 0.02,
    "150 answers, nothing": 0.01,
    "233 answers, NPS 37 → 37": 0.01,
}
AT_LEAST = {
    "visits, −3 points": 0.60,
    "visits, −5 points": 0.97,
    "visits, −5 points after an old step of 10": 0.90,
    "150 answers, 85 → 55 %": 1.0,
    "233 answers, NPS 37 → 0": 1.0,
}


@dataclass(frozen=True)
class Move:
    """One world over all runs. `told`: companies with the change told, or with any at all where there is none; `held`: intervals that hold the true difference."""

    world: str
    runs: int
    told: int
    held: int | None
    mean: float | None

    @property
    def limit(self) -> str:
        """The mark in words."""
        if self.world in AT_MOST:
            return f"told in at most {AT_MOST[self.world]:.0%}"
        return (
            f"told in at least {AT_LEAST[self.world]:.0%}"
            if self.world in AT_LEAST
            else "interval holds it in at least 92%"
        )

    @property
    def verdict(self) -> str:
        """within or outside, allowing what chance makes of so few runs (one-sided 1 %)."""
        from scipy.stats import binom

        if self.world in AT_MOST:
            return "within" if binom.sf(self.told - 1, self.runs, AT_MOST[self.world]) > 0.01 else "outside"
        if self.world in AT_LEAST:
            return "within" if binom.cdf(self.told, self.runs, AT_LEAST[self.world]) > 0.01 else "outside"
        return "within" if binom.cdf(self.held, self.runs, 0.92) > 0.01 else "outside"


def moves(runs: int, seed: int, folder: Path, say, only: str = "") -> list[Move]:
    """Build so many companies of every world whose name holds `only`, and ask each for its changes."""
    found = []
    for name, world in WORLDS.items():
        if only in name:
            seen = []
            for run in range(runs):
                say(f"{name}: company {run + 1} of {runs}")
                with opened(world.draw(np.random.default_rng((seed, run))), folder / "world") as generation:
                    seen.append(_seen(world, asked(generation)))
            found.append(_move(name, world, seen))
    return found


def asked(generation: Generation) -> list[Change]:
    """The changes of the last thirteen whole weeks as the Overview asks for them: against the weeks before, from two years of data on against
    the same weeks last year."""
    known = context.read(generation)
    last = company_week.last_whole_day(known.last_day, known.first_weekday)
    return changes(
        Query(("completion_rate",), start=last - timedelta(days=90), end=last, compare=period.comparison(known)),
        generation,
    )


def _seen(world: World, found: list[Change]) -> tuple[bool, Change | None]:
    """(whether it was told: any change where there is none, else the one of this metric; that metric's change)."""
    own = [change for change in found if change.metric == world.metric and change.channel is None]
    told = any(change.notable for change in (own if world.told else found))
    return told, next((change for change in own if change.diff is not None), None)


def _move(name: str, world: World, seen: list[tuple[bool, Change | None]]) -> Move:
    with_one = [change for _, change in seen if change is not None]
    held = (
        None
        if world.true is None
        else sum(change.low <= world.true <= change.high for change in with_one if change.low is not None)
    )
    return Move(
        name,
        len(seen),
        sum(told for told, _ in seen),
        held,
        sum(change.diff for change in with_one) / len(with_one) if with_one else None,
    )
