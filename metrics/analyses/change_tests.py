"""Which changes of a family are told: each against its own weeks, all of them together. Numbers in, verdicts out; no store.

Told: by a family in two steps (stage, then metric within) at q = .02, beyond its own normal range, at least `matters` large.
How precise the level itself is plays no part: an imprecise level can have moved for certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.compute.week_grid import WeekGrid
from metrics.compute.weekly import Weeks
from metrics.present import present
from metrics.statistics.core import Estimate
from metrics.statistics.weeks.looks import in_steps
from metrics.statistics.weeks.periods import PeriodChange, Reach, period_changes
from metrics.statistics.weeks.shocks import Case
from metrics.statistics.weeks.steps import EDGE, old_steps

Q, HELD_Q = (
    0.02,
    0.05,
)  # the family is of one cloth: at .02 three null families in a thousand tell anything (docs/TRUTH.md)
LEAD, WHOLE, CHANNEL = (
    4.0,
    2.0,
    0.5,
)  # weights within a stage: what a stage is there for; what shows why; a part of either
TENTH = 0.1  # of what matters: so small a part of a change may be the season
FEW = 30  # events or their absence: with fewer, in either period, a share is tested exactly


@dataclass(frozen=True, eq=False)
class Member:
    """One metric in one stage (and channel): `diff` = now − before with its `sampling` variance, and the weeks of `grid`.

    `share` says that the values are shares of independent rows, which is what a test for few needs; `stretch` by how much more the
    level of a period is than that of a week (a share of persons).
    """

    metric: str
    stage: str | None
    channel: str | None
    matters: float
    now: Estimate
    before: Estimate
    diff: float
    sampling: float
    weeks: Weeks
    grid: WeekGrid
    share: bool = True
    stretch: float = 1.0
    lead: bool = False

    @property
    def weight(self) -> float:
        """How much of the family's error it may spend."""
        return CHANNEL if self.channel else LEAD if self.lead else WHOLE


@dataclass(frozen=True, eq=False)
class ChangeVerdict:
    """`q` is the level at which the family tells it (None: not judged); `needs` the p that would tell this change alone."""

    change: PeriodChange
    q: float | None
    needs: float

    def told(self, matters: float, limit: float = Q) -> bool:
        """Whether it is a change: sure at `limit` in the family, beyond the normal range, and large enough to matter."""
        gap = self.change.comparison.estimate
        return (
            self.q is not None and self.q <= limit and bool(self.change.unusual) and abs(present(gap.value)) >= matters
        )

    @property
    def seen(self) -> float | None:
        """The smallest change that would have been told four times in five."""
        reach = self.change.reach
        return None if reach is None else reach.seen(self.needs)

    def power(self, size: float) -> float | None:
        """How surely a true change of this size would have been told."""
        reach: Reach | None = self.change.reach
        return None if reach is None else reach.power(size, self.needs)


def judge(members: Sequence[Member], left_out: Sequence[int] = ()) -> list[ChangeVerdict]:
    """A verdict each, in order. `left_out` are weeks of holidays, which teach nothing of what is normal."""
    if not members:
        return []
    first, end = min(m.grid.first for m in members), max(m.grid.ripe for m in members)
    week = np.arange(first, end)
    cases = [_case(member, week, left_out) for member in members]
    changes = period_changes(cases, week, [TENTH * member.matters for member in members])
    p = [_valid(member, change) for member, change in zip(members, changes)]
    weight = [member.weight for member in members]
    q = in_steps(p, [member.stage for member in members], weight)
    return [ChangeVerdict(change, value, need) for change, value, need in zip(changes, q, _needs(members, p, weight))]


def _needs(members: Sequence[Member], p: list[float | None], weight: list[float]) -> list[float]:
    """The p at which each would be told if nothing else moved."""
    sums: dict[str | None, float] = {}
    for member, value, own in zip(members, p, weight):
        if value is not None:
            sums[member.stage] = sums.get(member.stage, 0.0) + own
    return [Q / max(len(sums), 1) * own / sums.get(member.stage, own) for member, own in zip(members, weight)]


def _case(member: Member, week: np.ndarray, left_out: Sequence[int]) -> Case:
    weeks, grid = member.weeks, member.grid
    value, noise, size = (_on(week, weeks.number, column) for column in (weeks.value, weeks.noise, weeks.size))
    value = np.where(np.isin(week, list(left_out)), np.nan, value)
    row = float(np.sqrt(np.nanmedian(noise * size))) if np.isfinite(noise * size).any() else 0.0
    weight = _even(size, (week >= 0) & (week < grid.ripe)) - _even(
        size, (week >= grid.other) & (week < grid.other + grid.weeks)
    )
    before = week < 0
    value, noise = value[before], noise[before]
    return Case(
        member.metric,
        value,
        noise,
        row,
        weight,
        member.diff,
        member.sampling,
        member.stretch,
        _steps(value, noise, [place + int(weeks.number[0] - week[0]) for place in weeks.opened]),
        0.3 if member.channel else 1.0,
    )


def _steps(value: np.ndarray, noise: np.ndarray, opened: Sequence[int]) -> tuple[int, ...]:
    """Where the level is left open: at a change of the way of asking, and at old steps beside it, of which each has weeks of its own."""
    if not opened:
        return old_steps(value, noise)
    found = list(opened)
    for step in old_steps(value, noise):
        edges = sorted([0, *found, value.size])
        if all(np.isfinite(value[min(step, edge) : max(step, edge)]).sum() >= EDGE for edge in edges):
            found.append(step)
    return tuple(sorted(found))


def _on(week: np.ndarray, number: np.ndarray, column: np.ndarray) -> np.ndarray:
    found = np.full(week.shape, np.nan)
    place = number - week[0]
    found[place] = column
    return found


def _even(size: np.ndarray, part: np.ndarray) -> np.ndarray:
    """The weight of each week in its period: by how much it brings."""
    rows = np.where(part, np.nan_to_num(size), 0.0)
    rows = rows if rows.sum() > 0 else part.astype(float)
    weights: np.ndarray = rows / max(rows.sum(), 1.0)
    return weights


def _valid(member: Member, change: PeriodChange) -> float | None:
    """The p of the weeks, never below that of a test for few: normal tails are too thin where hardly anything was counted."""
    p = change.comparison.test.p
    if p is None or p > 0.05:
        return p
    return max(p, _exact(member) if member.share else _student(member))


def _exact(member: Member) -> float:
    """Fisher's exact test on what the rows are worth in independent ones, where events or their absence are few."""
    sides = [(present(e.value), e.n_eff or e.n or 0.0) for e in (member.now, member.before)]
    if all(n * min(v, 1 - v) >= FEW for v, n in sides):
        return 0.0
    (a, n), (b, m) = ((round(v * n), round(n)) for v, n in sides)
    from scipy.stats import fisher_exact  # a third of what a command takes to start, and few numbers come here

    return float(fisher_exact([[a, n - a], [b, m - b]])[1])


def _student(member: Member) -> float:
    """Welch's test by the effective number of each side."""
    worth = [(e.n_eff or e.n or 0.0) - 1 for e in (member.now, member.before)]
    df = min(worth)
    return (
        float(2 * special.stdtr(df, -abs(member.diff) / np.sqrt(member.sampling)))
        if df > 0 and member.sampling > 0
        else 1.0
    )
