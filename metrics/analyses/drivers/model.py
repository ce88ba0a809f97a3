"""Drivers as data: what each is, how much of the spread goes with it, whether it goes with it at all, and why no order is told."""

from dataclasses import dataclass
from enum import StrEnum

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.statistics.core import Estimate


class Driver(StrEnum):
    """What was recorded of people in the thirty days before: first what they did, then what was done for them."""

    FRICTION = "friction"  # errors, rage and dead clicks, log(1 + n)
    BACKTRACKS = "backtracks"  # log(1 + n)
    MISSED = "missed"  # a visit that did not reach its goal
    LATE = "late"  # a delivery after the promised day
    WAIT = "wait"  # days of waiting for it, log(1 + n)
    CONTACTS = "contacts"  # requests for help, log(1 + n)
    SLOW_REPLY = "slow_reply"  # first answered after more than 24 hours


BLOCKS = (
    (Driver.FRICTION, Driver.BACKTRACKS, Driver.MISSED),
    (Driver.LATE, Driver.WAIT, Driver.CONTACTS, Driver.SLOW_REPLY),
)  # in the order of the lenses: interaction, service
COUNTS = (Driver.FRICTION, Driver.BACKTRACKS, Driver.WAIT, Driver.CONTACTS)


@dataclass(frozen=True)
class Share:
    """One driver. `met` of the people had it; `effect` is the change of the outcome from none to one (of a day waited: from none to a week), held
    alike; `p` is Wald's, corrected over all drivers (Holm), `chance` a permutation's; `part` of R² with its interval."""

    driver: Driver
    block: int
    met: float
    effect: Estimate
    p: float
    chance: float
    part: Estimate
    holds: bool


@dataclass(frozen=True)
class Dose:
    """People with so many marks of friction (`least` and more where `open`), and the outcome's difference to those with none."""

    least: int
    open: bool
    persons: int
    mean: float
    difference: Estimate | None


@dataclass(frozen=True)
class Encounter:
    """How many of either end met something in the thirty days before, and the difference within the same way of asking, quarter and channel."""

    driver: Driver
    high: float
    low: float
    difference: Estimate
    q: float
    holds: bool


@dataclass(frozen=True)
class Drivers:
    """Drivers of one outcome, in the order of the lenses. `persons` are those everything is known of, of `asked` who answered in this `lag` (or
    ordered); `linked` the share of them that is linked. `order`: whether a ranking may be told. `lags`: way in time → people."""

    query: Query
    outcome: str
    lag: str = ""
    lags: tuple[tuple[str, int], ...] = ()
    asked: int = 0
    persons: int = 0
    linked: float = 0.0
    days: int | None = None  # within which coming back counts
    mean: float = 0.0
    shares: tuple[Share, ...] = ()
    left_out: tuple[Driver, ...] = ()  # nothing is recorded of it, or hardly anybody met it
    r2: Estimate | None = None
    r2_controls: float = 0.0
    top: float = 0.0
    order: bool = False
    doses: tuple[Dose, ...] = ()
    met: tuple[Encounter, ...] = ()
    ends: tuple[int, int] = (0, 0)  # people of the high and of the low end
    refused: Reason | None = None
    warnings: tuple[Warning, ...] = ()
    generation: str = ""


@dataclass(frozen=True)
class EveryDriver:
    """The drivers of every outcome, in the order of the lenses: emotion, loyalty, value."""

    query: Query
    each: tuple[Drivers, ...]
    warnings: tuple[Warning, ...] = ()
