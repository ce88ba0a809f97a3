"""Changes of level, initiatives and notes as data."""

from dataclasses import dataclass
from datetime import date

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.statistics.core import Estimate


@dataclass(frozen=True)
class Noted:
    """A dated note of the company: a release, a campaign, a holiday; `stage` None: of every stage."""

    day: date
    until: date | None
    kind: str
    stage: str | None
    text: str


@dataclass(frozen=True)
class Series:
    """A weekly series: first days of the weeks, values in the metric's unit (None: not known or not to be shown), limits."""

    metric: str
    stage: str | None
    unit: str
    weeks: tuple[date, ...]
    value: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True)
class Point:
    """A level that changed and stayed: the first week of the new one, the first and last week it may have begun in, both levels, and the notes
    dated within these weeks."""

    metric: str
    stage: str | None
    unit: str
    week: date
    earliest: date
    latest: date
    before: float
    after: float
    near: tuple[Noted, ...]


@dataclass(frozen=True)
class Mixed:
    """A change against the compared period, split: `rate` within the parts of a dimension, `mix` because parts weigh otherwise; both with
    intervals at the level of one of the dimensions looked at."""

    metric: str
    stage: str | None
    unit: str
    by: str
    before: float
    after: float
    rate: Estimate
    mix: Estimate
    grown: str
    weight_before: float
    weight_after: float


@dataclass(frozen=True)
class Initiative:
    """What followed an initiative. `control` says beside what: staged (parts that had not got it yet), untouched (parts that never did) or
    forecast (its own weeks before, and the season where a year is known). `p` by placebo dates; `drift` is the largest change a placebo date
    showed; `trough` −1 where it began among the lowest tenth of levels before, 1 the highest. `refused` says why nothing is told."""

    name: str
    metric: str
    stage: str | None
    unit: str
    better: str
    day: date
    control: str
    parts: tuple[tuple[str, date | None], ...]  # of the dimension: from when, None never
    effect: Estimate
    p: float | None
    placebos: int
    drift: float | None
    matters: float
    trough: int = 0
    season: bool = False
    refused: Reason | None = None
    held: str = ""  # of a forecast: the dimension whose mix is held as it was before

    @property
    def shown(self) -> bool:
        """Whether an effect is told: beyond its interval and what placebo dates show, and large enough to matter."""
        low, high, value = self.effect.low, self.effect.high, self.effect.value
        if low is None or high is None or value is None or self.p is None:
            return False
        return bool((low > 0 or high < 0) and self.p <= 0.05 and abs(value) >= self.matters)


@dataclass(frozen=True)
class Research:
    """A research note: how it was found out, with how many people, how severe it was taken to be. A handful of people is no share of anybody."""

    day: date
    stage: str | None
    method: str
    participants: int | None
    severity: str
    text: str


@dataclass(frozen=True)
class Change:
    """All of it. `series` are those in which a level changed; `notes` every dated note but holidays and research."""

    query: Query
    points: tuple[Point, ...] = ()
    series: tuple[Series, ...] = ()
    looked: int = 0
    mixes: tuple[Mixed, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    notes: tuple[Noted, ...] = ()
    research: tuple[Research, ...] = ()
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
