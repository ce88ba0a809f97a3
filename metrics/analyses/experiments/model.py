"""An experiment as data: its arms, the check of its exposure, and each outcome with what may be said of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.statistics.core import Estimate
from metrics.statistics.groups.experiments import Bounds, Harm


class Side(StrEnum):
    """Whose outcome it is."""

    CLICK = "click"  # bought
    MONEY = "money"
    CUSTOMER = "customer"  # asked for help, and everything people were asked


class Standing(StrEnum):
    """What an outcome's difference allows to say, after correction for everything looked at in the experiment."""

    BETTER = "better"
    WORSE = "worse"
    NOT_TOLD = "not_told"
    UNEVEN = "uneven"  # the arms answered unequally often, and that alone could make the difference


class Verdict(StrEnum):
    """The experiment in one word."""

    WITHHELD = "withheld"  # the exposure is not the planned split (p < .001): no effect is shown
    WINS_BOTH = "wins_both"
    WINS_CLICK_LOSES_CUSTOMER = "wins_click_loses_customer"
    WINS_CLICK = "wins_click"
    WINS_CUSTOMER = "wins_customer"
    LOSES_CLICK_WINS_CUSTOMER = "loses_click_wins_customer"
    LOSES = "loses"
    MIXED = "mixed"  # better in one thing people feel, worse in another
    NOT_TOLD = "not_told"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Arm:
    """`persons` exposed to this variant alone; `counted` those whose 30 days are over, `linked` the share of them known by more than a browser."""

    variant: str
    persons: int
    counted: int
    linked: float | None


@dataclass(frozen=True)
class Response:
    """How many exposed people answered in the new and the old arm, and the p of as many in both."""

    answered: tuple[int, int]
    exposed: tuple[int, int]
    p: float | None
    state: str  # ok, warn, withhold or unknown, as of a sample ratio


@dataclass(frozen=True)
class Outcome:
    """One outcome of the people exposed: `metric` names its definition, `stage` what was asked about ("" of the whole journey).

    `new` and `old` are the arms' values and `difference` new − old, in the metric's unit; `margin` is the smallest harm that matters and `harm`
    what the interval says of it. `adjusted` is the difference with earlier orders taken out, `saved` the share of the variance that saves.
    `bounds` are given where the arms answered unequally often. `q` is corrected for everything looked at in the experiment.
    """

    metric: str
    stage: str
    side: Side
    unit: str
    better: str
    new: Estimate
    old: Estimate
    difference: Estimate
    p: float | None
    q: float | None
    margin: float
    harm: Harm
    standing: Standing
    response: Response | None = None
    bounds: Bounds | None = None
    adjusted: Estimate | None = None
    saved: float | None = None


@dataclass(frozen=True)
class Experiment:
    """One new variant beside the old one. `ratio_p` and `ratio` are of the exposure; `crossed` people met several variants and count in none.
    `few` are outcomes with too few answers in an arm; `words` some comments of (new, old)."""

    name: str
    new: str
    old: str
    first_day: date | None
    last_day: date | None
    arms: tuple[Arm, ...]
    crossed: int
    ratio_p: float | None
    ratio: str
    verdict: Verdict
    outcomes: tuple[Outcome, ...] = ()
    few: tuple[tuple[str, str], ...] = ()
    linked_apart: bool = False
    family: int = 0  # outcomes looked at in the experiment, of all its variants
    planned: bool = False  # the exposure was held against a split that journey.toml names, not an even one
    no_margin: bool = False  # too many orders lack one for money to be compared
    words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@dataclass(frozen=True)
class Experiments:
    """Every experiment of a journey, the latest first; `refused` says why there are none."""

    query: Query
    experiments: tuple[Experiment, ...] = ()
    refused: Reason | None = None
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
