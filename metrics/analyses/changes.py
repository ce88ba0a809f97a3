"""What changed: every metric × stage (and touch channel) of one fixed family, against the company's own normal range.

The family is everything scanned here for the journey, so a number is not notable on one page and dull on another. Under
filters it is judged anew, as exploratory: of many possible cuts some part by chance. Notable: told by metrics.judge and not
made by holiday weeks alone. One that was notable a week ago stays so up to q = .05.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses import mix_effects
from metrics.analyses.change_family import SCANNED, Scanned, scan
from metrics.analyses.change_tests import HELD_Q, Q
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.present import present
from metrics.query import context
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, other_period, resolve
from metrics.query.result import Cell
from metrics.rules import calendar, privacy
from metrics.rules.access import within_rights
from metrics.statistics.core import critical
from metrics.statistics.weeks.looks import fcr_level, shrink
from metrics.statistics.weeks.periods import step_week


@dataclass(frozen=True)
class Change:
    """One metric in one stage (and channel), now against then. `better` is None where nothing may be said of it.

    `diff` is what was tested: `now_value` less `before` less `season`, the part that the time of year makes. `low` and `high` are
    the 95 % interval of this one change, `sure` that of a change picked from the family (false coverage rate), `rank` its
    shrunken lower bound in units of `matters` × people a week, `since` the first day of the week the level changed, `standing`
    whether the last two complete weeks still do, `mix` what a split says of it. `seen` is the smallest change that would have
    been told four times in five, `power` how surely one of `matters` would have been. `exploratory`: of a filtered view.
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
    mix: "mix_effects.Split | None" = None
    season: float = 0.0
    seen: float | None = None
    power: float | None = None
    exploratory: bool = False

    @property
    def now_value(self) -> float | None:
        """This period's value on the ground it is compared on: asked alike, where the ways of asking differ."""
        alike = self.now.compare.alike if self.now.compare else None
        return self.now.value if alike is None else alike

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
        return (present(self.diff) > 0) == (self.definition.better == "higher")


def whole_weeks(query: Query) -> bool:
    """Whether the period is made of complete weeks of the company (any start, a multiple of seven days)."""
    return bool(query.start and query.end and ((query.end - query.start).days + 1) % 7 == 0)


@understood
@within_rights
def changes(query: Query, generation: Generation) -> list[Change]:
    """Every change of the family, notable or not. Empty without a comparison of whole weeks.

    Those of a channel come first: a table by metric and stage ends with the whole stage.
    """
    if not (query.compare and whole_weeks(query)):
        return []
    known = context.read(generation)
    query = replace(resolve(query, known), metrics=SCANNED[:1], stages=(), by=())
    found = scan(query, generation, known)
    notable = [_notable(one, Q, generation) for one in found]
    near = [i for i, one in enumerate(found) if not notable[i] and _notable(one, HELD_Q, generation)]
    held = _held_from_last_week(query, generation, known, [found[i] for i in near]) if near else set()
    family_ = _described(found, notable, {i for i in near if found[i].name in held}, bool(query.filters))
    return [_split(change, query, generation) for change in sorted(family_, key=lambda c: c.channel is None)]


def _notable(scanned: Scanned, limit: float, generation: Generation) -> bool:
    return scanned.verdict.told(scanned.definition.matters, limit) and not _made_by_holidays(scanned, generation)


def _made_by_holidays(scanned: Scanned, generation: Generation) -> bool:
    """Whether the change goes, or loses half its size, once weeks of holidays are left out on both sides."""
    if scanned.compared.within and not scanned.weeks.alike:
        return False  # the weeks are as measured, this change is not
    grid = scanned.grid
    now, then = range(grid.ripe), range(grid.other, grid.other + grid.weeks)
    sides = [
        calendar.within(generation, grid.start(w[0]), grid.start(w[-1] + 1) - timedelta(days=1)) for w in (now, then)
    ]
    if sorted(sides[0]) == sorted(sides[1]):
        return False
    off = {grid.number(day) for day, _ in calendar.of(generation)}
    whole, quiet = (
        [scanned.weeks.mean([w for w in weeks if w not in skip]) for weeks in (now, then)] for skip in (set(), off)
    )
    if None in whole:
        return False
    if None in quiet:
        return True
    gap, without = (present(now) - present(then) for now, then in (whole, quiet))
    return bool(without * np.sign(gap) < abs(gap) / 2)


def _held_from_last_week(
    query: ResolvedQuery, generation: Generation, known: Context, near: list[Scanned]
) -> set[tuple[Any, ...]]:
    """Which of these were notable when the period ended a week earlier, in the same direction: a finding that just
    lost its last tenth does not vanish. Derived from the data, so that every reader sees the same."""
    week = timedelta(days=7)
    earlier = replace(query, start=present(query.start) - week, end=present(query.end) - week)
    if other_period(earlier)[0] < present(known.first_day):
        return set()
    sign = {one.name: np.sign(present(one.gap.value)) for one in near}
    own = scan(earlier, generation, known, {one.definition.id for one in near})
    if not any(one.name in sign and one.verdict.told(one.definition.matters) for one in own):
        return set()  # what is not told among fewer is hardly told among all
    return {
        one.name
        for one in scan(earlier, generation, known)
        if sign.get(one.name) == np.sign(present(one.gap.value)) and _notable(one, Q, generation)
    }


def _described(scanned: list[Scanned], notable: list[bool], held: set[int], exploratory: bool) -> list[Change]:
    selected = sum(notable) + len(held)
    level = fcr_level(selected, sum(one.verdict.q is not None for one in scanned))
    ranks = _ranks(scanned)
    result = []
    for i, one in enumerate(scanned):
        gap, picked, verdict = one.gap, notable[i] or i in held, one.verdict
        sure = None
        if picked:
            value, half = present(gap.value), critical(level, gap.df) * present(gap.se)
            sure = value - half, value + half
        result.append(
            Change(
                one.definition.id,
                one.stage,
                one.cell,
                one.compared.value,
                gap.value,
                gap.low,
                gap.high,
                verdict.change.normal,
                one.p,
                verdict.q,
                picked,
                str(gap.note or ""),
                one.channel,
                sure,
                ranks[i],
                *(_standing(one) if picked else (None, False)),
                i in held,
                season=verdict.change.season,
                exploratory=exploratory,
                seen=verdict.seen,
                power=verdict.power(one.definition.matters),
            )
        )
    return result


def _ranks(scanned: list[Scanned]) -> list[float]:
    """Per change: the lower bound of its size after shrinkage within its metric, in `matters`, × people a week."""
    ranks = [0.0] * len(scanned)
    for metric in {one.definition.id for one in scanned}:
        own = [i for i, one in enumerate(scanned) if one.definition.id == metric and one.gap.se]
        gaps = [scanned[i].gap for i in own]
        if not own:
            continue
        pulled = shrink([present(gap.value) for gap in gaps], [present(gap.se) for gap in gaps])
        for place, i in enumerate(own):
            low = max(abs(pulled.value[place]) - critical() * pulled.sd[place], 0.0)
            ranks[i] = low / scanned[i].definition.matters * scanned[i].cell.persons / scanned[i].grid.ripe
    return ranks


def _standing(scanned: Scanned) -> tuple[date | None, bool]:
    """The week the two periods' weeks part best into before and after, and whether the last two still stand apart. Not known of a
    change within ways of asking: the weeks are as measured."""
    if scanned.compared.within:
        return None, False
    grid = scanned.grid
    base, now = (
        scanned.weeks.mean(list(range(grid.other, grid.other + grid.weeks))),
        scanned.weeks.mean(list(range(grid.ripe))),
    )
    if base is None or now is None:
        return None, False
    asked = (scanned.weeks.number >= grid.other) & (scanned.weeks.number < grid.ripe)
    step = step_week(scanned.weeks.own[asked])
    apart = (scanned.weeks.own - base) * np.sign(now - base) >= abs(now - base) / 2
    since = None if step is None else grid.start(int(scanned.weeks.number[asked][step]))
    return since, bool(apart[-2:].all()) and apart.size >= 2


def _split(change: Change, query: Query, generation: Generation) -> Change:
    """A notable change of a rate with what its mix says of it."""
    if query.confidential:
        change = _blurred(change)
    if not change.notable or change.definition.measure.kind != "share" or change.within:
        return change
    filters = (("touch_channel", change.channel),) if change.channel else ()
    asked = replace(query, stages=(change.stage,) if change.stage else (), filters=(*query.filters, *filters))
    return replace(
        change, mix=mix_effects.largest_mix_effect(asked, change.definition, present(change.diff), generation)
    )


def _blurred(change: Change) -> Change:
    """As confidential mode shows it: judged on what is exact, told in whole steps."""
    unit = change.definition.unit
    sure = change.sure and (_step(change.sure[0], unit), _step(change.sure[1], unit))
    names = ("before", "diff", "low", "high", "normal", "season", "seen")
    stepped: dict[str, Any] = {name: privacy.step(getattr(change, name), unit) for name in names}
    return replace(change, now=privacy.blur(change.now, change.definition), sure=sure, **stepped)


def _step(limit: float, unit: str) -> float:
    return present(privacy.step(limit, unit))
