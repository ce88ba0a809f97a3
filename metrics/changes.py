"""What changed: every metric × stage (and touch channel) of one fixed family, against the company's own normal range.

The family is everything scanned here for the unfiltered journey, so a number is not notable on one page and dull on
another. Notable: beyond the normal weekly variation at q = .01 over the family, at least `matters` large, and not made
by holiday weeks alone. One that was notable a week ago stays so up to q = .05.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from data.store import Generation
from data.version import understood
from metrics import context, holidays, mixes, privacy
from metrics.catalogue import Definition, catalogue
from metrics.context import Context
from metrics.query import Query
from metrics.result import Cell
from metrics.run import other_period, resolve
from metrics.scan import SCANNED, Scanned, scan
from metrics.statistics.core import critical
from metrics.statistics.looks import benjamini_hochberg, fcr_level, shrink
from metrics.statistics.periods import step_week

Q = 0.01
HELD_Q = 0.05


@dataclass(frozen=True)
class Change:
    """One metric in one stage (and channel), now against then. `better` is None where nothing may be said of it.

    `low` and `high` are the 95 % interval of this one change, `sure` that of a change picked from the family (false
    coverage rate), `rank` its shrunken lower bound in units of `matters` × people a week, `since` the first day of
    the week the level changed, `standing` whether the last two complete weeks still do, `mix` what a split says of it.
    """

    metric: str
    stage: str | None
    now: Cell
    before: float | None
    diff: float | None
    low: float | None
    high: float | None
    normal: float | None
    p: float | None
    q: float | None
    notable: bool
    note: str = ""
    channel: str | None = None
    sure: tuple[float, float] | None = None
    rank: float = 0.0
    since: date | None = None
    standing: bool = False
    held: bool = False
    mix: "mixes.Split | None" = None

    @property
    def definition(self) -> Definition:
        return catalogue()[self.metric]

    @property
    def within(self) -> bool:
        """Whether it is the change within the same ways of asking, not that of the values as measured."""
        return bool(self.now.compare and self.now.compare.within)

    @property
    def better(self) -> bool | None:
        if not self.notable or (self.mix and self.mix.composition_only):
            return None
        return (self.diff > 0) == (self.definition.better == "higher")


def whole_weeks(query: Query) -> bool:
    """Whether the period is made of complete weeks of the company (any start, a multiple of seven days)."""
    return bool(query.start and query.end) and ((query.end - query.start).days + 1) % 7 == 0


@understood
def changes(query: Query, generation: Generation) -> list[Change]:
    """Every change of the family, notable or not. Empty without a comparison of whole weeks.

    Those of a channel come first: a table by metric and stage ends with the whole stage.
    """
    if not (query.compare and whole_weeks(query)):
        return []
    known = context.read(generation)
    query = replace(resolve(query, known), metrics=SCANNED[:1], stages=(), filters=(), by=())
    found = scan(query, generation, known)
    q = _adjusted(found)
    notable = [_notable(one, value, Q, generation) for one, value in zip(found, q)]
    near = [i for i, value in enumerate(q) if not notable[i] and _notable(found[i], value, HELD_Q, generation)]
    held = _held_from_last_week(query, generation, known, [found[i] for i in near]) if near else set()
    family_ = _described(found, q, notable, {i for i in near if found[i].name in held})
    return [_split(change, query, generation) for change in sorted(family_, key=lambda c: c.channel is None)]


def _adjusted(found: list[Scanned]) -> list[float | None]:
    p = [one.p for one in found]
    tested = [i for i, value in enumerate(p) if value is not None]
    q = dict(zip(tested, benjamini_hochberg([p[i] for i in tested]))) if tested else {}
    return [float(q[i]) if i in q else None for i in range(len(p))]


def _notable(one: Scanned, q: float | None, limit: float, generation: Generation) -> bool:
    gap = one.change.comparison.estimate
    beyond = gap.low is not None and (gap.low > 0 or gap.high < 0)
    return bool(q is not None and q <= limit and beyond and abs(gap.value) >= one.definition.matters and one.cell.state == "shown"
                and not _made_by_holidays(one, generation))


def _made_by_holidays(one: Scanned, generation: Generation) -> bool:
    """Whether the change goes, or loses half its size, once weeks of holidays are left out on both sides."""
    if one.cell.compare.within:
        return False                    # the weeks are as measured, this change is not
    grid = one.grid
    now, then = range(grid.ripe), range(grid.other, grid.other + grid.weeks)
    sides = [holidays.within(generation, grid.start(w[0]), grid.start(w[-1] + 1) - timedelta(days=1)) for w in (now, then)]
    if sorted(sides[0]) == sorted(sides[1]):
        return False
    off = {grid.number(day) for day, _ in holidays.of(generation)}
    whole, quiet = ([one.weeks.mean([w for w in weeks if w not in skip]) for weeks in (now, then)] for skip in (set(), off))
    if None in whole:
        return False
    if None in quiet:
        return True
    return (quiet[0] - quiet[1]) * np.sign(whole[0] - whole[1]) < abs(whole[0] - whole[1]) / 2


def _held_from_last_week(query: Query, generation: Generation, known: Context, near: list[Scanned]) -> set[tuple]:
    """Which of these were notable when the period ended a week earlier, in the same direction: a finding that just
    lost its last tenth does not vanish. Derived from the data, so that every reader sees the same."""
    week = timedelta(days=7)
    earlier = replace(query, start=query.start - week, end=query.end - week)
    if other_period(earlier)[0] < known.first_day:
        return set()
    sign = {one.name: np.sign(one.change.comparison.estimate.value) for one in near}
    own = scan(earlier, generation, known, {one.definition.id for one in near})
    if not any(one.name in sign and one.p is not None and one.p <= Q for one in own):
        return set()                    # q is never below p: what the rest of the family did cannot matter
    found = scan(earlier, generation, known)
    return {one.name for one, q in zip(found, _adjusted(found)) if sign.get(one.name) == np.sign(one.change.comparison.estimate.value)
            and _notable(one, q, Q, generation)}


def _described(found: list[Scanned], q: list[float | None], notable: list[bool], held: set[int]) -> list[Change]:
    selected = sum(notable) + len(held)
    level = fcr_level(selected, sum(value is not None for value in q))
    ranks = _ranks(found)
    result = []
    for i, one in enumerate(found):
        gap, picked = one.change.comparison.estimate, notable[i] or i in held
        half = critical(level, gap.df) * gap.se if picked else 0.0
        result.append(Change(
            one.definition.id, one.stage, one.cell, one.cell.compare.value, gap.value, gap.low, gap.high, one.change.normal,
            one.p, q[i], picked, str(gap.note or ""), one.channel,
            (gap.value - half, gap.value + half) if picked else None, ranks[i], *(_standing(one) if picked else (None, False)), i in held))
    return result


def _ranks(found: list[Scanned]) -> list[float]:
    """Per change: the lower bound of its size after shrinkage within its metric, in `matters`, × people a week."""
    ranks = [0.0] * len(found)
    for metric in {one.definition.id for one in found}:
        own = [i for i, one in enumerate(found) if one.definition.id == metric and one.change.comparison.estimate.se]
        gaps = [found[i].change.comparison.estimate for i in own]
        if not own:
            continue
        pulled = shrink([gap.value for gap in gaps], [gap.se for gap in gaps])
        for place, i in enumerate(own):
            low = max(abs(pulled.value[place]) - critical() * pulled.sd[place], 0.0)
            ranks[i] = low / found[i].definition.matters * found[i].cell.persons / found[i].grid.ripe
    return ranks


def _standing(one: Scanned) -> tuple[date | None, bool]:
    """The week the two periods' weeks part best into before and after, and whether the last two still stand apart. Not known of a
    change within ways of asking: the weeks are as measured."""
    if one.cell.compare.within:
        return None, False
    grid = one.grid
    base, now = one.weeks.mean(list(range(grid.other, grid.other + grid.weeks))), one.weeks.mean(list(range(grid.ripe)))
    if base is None or now is None:
        return None, False
    asked = (one.weeks.number >= grid.other) & (one.weeks.number < grid.ripe)
    step = step_week(one.weeks.value[asked])
    apart = (one.weeks.value - base) * np.sign(now - base) >= abs(now - base) / 2
    since = None if step is None else grid.start(int(one.weeks.number[asked][step]))
    return since, bool(apart[-2:].all()) and apart.size >= 2


def _split(change: Change, query: Query, generation: Generation) -> Change:
    """A notable change of a rate with what its mix says of it."""
    if query.confidential:
        change = _blurred(change)
    if not change.notable or change.definition.measure.kind != "share" or change.within:
        return change
    filters = (("touch_channel", change.channel),) if change.channel else ()
    asked = replace(query, stages=(change.stage,) if change.stage else (), filters=filters)
    return replace(change, mix=mixes.telling(asked, change.definition, change.diff, generation))


def _blurred(change: Change) -> Change:
    """As confidential mode shows it: judged on what is exact, told in whole steps."""
    unit = change.definition.unit
    sure = change.sure and tuple(privacy.step(limit, unit) for limit in change.sure)
    return replace(change, now=privacy.blur(change.now, change.definition), sure=sure,
                   **{name: privacy.step(getattr(change, name), unit) for name in ("before", "diff", "low", "high", "normal")})
