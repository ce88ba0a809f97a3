"""The long game as data: second purchase by cohort, the company's own windows, tenure, moves between two answers, what follows unhappiness."""

from dataclasses import dataclass
from datetime import date

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.statistics.core import Estimate, Test


@dataclass(frozen=True)
class Curve:
    """Share that has bought again by each day since the first purchase, with its limits; `followed` is the longest time seen."""

    days: tuple[float, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    followed: float


@dataclass(frozen=True)
class Cohort:
    """New customers of a quarter (None: all): how many, and the share that bought again within the window, whoever is still in it censored."""

    quarter: date | None
    people: int
    again: Estimate  # by the window; no value where nobody has been followed so long
    median: Estimate  # days until half have bought again
    curve: Curve


@dataclass(frozen=True)
class Windows:
    """Days within which a half, three quarters and nine tenths of those who buy again do so, of people followed for `followed` days."""

    followed: int
    people: int
    half: Estimate
    most: Estimate
    nearly_all: Estimate
    window: int  # days: three quarters of those who buy again, in whole weeks


@dataclass(frozen=True)
class Tenure:
    """NPS of customers by how long they have been one: from so many months up to (None: and more)."""

    least: int
    below: int | None
    people: int
    nps: Estimate


@dataclass(frozen=True)
class Migration:
    """The same people's class then (rows) and now (columns): promoter, passive, detractor. `test` is Stuart–Maxwell's of the shares, `symmetry`
    Bowker's; `change` the mean change in NPS points."""

    people: int
    table: tuple[tuple[int, ...], ...]
    change: Estimate
    test: Test
    symmetry: Test
    in_fives: bool = False  # the counts, and the shares made of them, are rounded


@dataclass(frozen=True)
class Between:
    """One thing that lay between two answers: people with and without it, the share of detractors at the later answer as counted, and the
    difference within the same class before and the same time between, of other things than buying also within having bought or not. `q` is corrected
    for all that was looked at."""

    thing: str  # asked_for_help, friction, promise_broken, bought
    people: int
    others: int
    share: float
    share_others: float
    alike: Estimate
    compared: float
    p: float | None = None
    q: float | None = None


@dataclass(frozen=True)
class After:
    """Whoever was unhappy with a stage and came back within the window, beside who was not: as counted, and within what is held equal."""

    stage: str
    people: int
    others: int
    back: float
    back_others: float
    crude: Estimate
    alike: Estimate
    held: tuple[str, ...]
    compared: float
    p: float | None = None
    q: float | None = None  # corrected for every stage looked at


@dataclass(frozen=True)
class Relationship:
    """All of it; a part that cannot be told is None or empty, and `reasons` says why by its name: purchases, tenure, migration, after."""

    query: Query
    cohorts: tuple[Cohort, ...] = ()
    windows: Windows | None = None
    tenure: tuple[Tenure, ...] = ()
    migration: Migration | None = None
    between: tuple[Between, ...] = ()
    after: tuple[After, ...] = ()
    reasons: tuple[tuple[str, Reason], ...] = ()
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
