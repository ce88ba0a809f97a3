"""The topics of what people wrote as data, and the table of stages asked about and written about."""

from dataclasses import dataclass
from datetime import date

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.statistics.core import Comparison, Estimate


@dataclass(frozen=True)
class Part:
    """Texts of `persons` people. `share` is of all texts of its row (0…1), `net` 100 × (kind − unkind) ÷ `scored`; each None where too
    few people wrote or nothing could be scored."""

    texts: int
    persons: int
    scored: int
    share: Estimate | None
    net: Estimate | None


@dataclass(frozen=True)
class Change:
    """This period minus the other one, judged against the company's own weeks as well. `q` is corrected for all topics that were
    looked at; `told`: beyond what weeks do by chance. None of it where it could not be judged, and `weeks` says how many were known."""

    difference: Comparison
    q: float | None
    told: bool
    weeks: int


@dataclass(frozen=True)
class Topic:
    """One topic: `found` in the texts or named by the company; `about` is the stage or place it is about, "" where that is not said.
    `by_stage` has the stages in which enough people wrote of it."""

    name: str
    found: bool
    words: tuple[str, ...]
    about: str
    whole: Part
    by_stage: dict[str, Part]
    share_change: Change | None = None
    net_change: Change | None = None


@dataclass(frozen=True)
class Voice:
    """Topics, the most written of first. `texts` are all texts that say something, `persons` who wrote them, `none` those of no topic, `left_out`
    the topics too few people wrote of. `stages` are the totals by stage ("" is the journey as a whole)."""

    query: Query
    texts: int = 0
    persons: int = 0
    linked: float | None = None  # share of the texts whose writer is a linked person
    whole: Part | None = None
    stages: dict[str, Part] | None = None
    topics: tuple[Topic, ...] = ()
    none: int = 0
    left_out: int = 0
    before: tuple[date, date] | None = None
    refused: Reason | None = None
    warnings: tuple[Warning, ...] = ()
    generation: str = ""


@dataclass(frozen=True)
class BoxEntry:
    """People asked about one thing who wrote of another: `persons` of `of`, against `other` of `other_of` asked elsewhere. One comment
    a person, so both sides are different people. `told`: more than elsewhere after correction for every pair looked at."""

    asked: str
    about: str
    persons: int
    of: int
    unkind: int
    scored: int
    share: Estimate
    other: float
    other_of: int
    difference: Estimate
    q: float | None
    told: bool


@dataclass(frozen=True)
class ComplaintBox:
    """Stage asked × stage written about. `counts` has (people, of how many) for every pair that may be shown; `found` the tested ones, the
    surest first."""

    query: Query
    asked: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    counts: dict[tuple[str, str], tuple[int, int]] | None = None
    found: tuple[BoxEntry, ...] = ()
    persons: int = 0
    refused: Reason | None = None
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
