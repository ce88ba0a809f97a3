"""Who answered and who did not as data."""

from dataclasses import dataclass

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.statistics.core import Estimate


@dataclass(frozen=True)
class Wave:
    """One survey: `invited` linked people's invitations whose thirty days are over, the share answered, the R-indicator over what they had done
    before (1: those who answered are like all). `raw` is the recommendation of those who answered, `corrected` the same weighted to everybody
    invited by what they had done before, `lower` the score of all if the silent were ten points below the corrected; `refused` says why
    nothing is corrected; `heaviest` is the largest weight."""

    survey: str
    invited: int
    rate: Estimate
    indicator: float | None
    scored: int = 0
    raw: Estimate | None = None
    corrected: Estimate | None = None
    lower: float | None = None
    heaviest: float | None = None
    refused: str = ""  # no_score, no_overlap, few, heavy


@dataclass(frozen=True)
class Load:
    """Linked people invited `times` times within ninety days (five: or more often), and the share of their invitations answered."""

    times: int
    persons: int
    rate: float


@dataclass(frozen=True)
class Ask:
    """A stage whose minimum cannot be told from its value: answers still needed, the invitations and weeks that takes at today's rate; None where
    no survey asks there or nobody is invited."""

    stage: str
    metric: str
    line: float
    value: Estimate | None
    n: int
    answers: int
    survey: str = ""
    invitations: int | None = None
    weeks: float | None = None


@dataclass(frozen=True)
class Silent:
    """Surveys by how many were invited, the load, and what to ask next, the quickest first."""

    query: Query
    waves: tuple[Wave, ...] = ()
    load: tuple[Load, ...] = ()
    ask: tuple[Ask, ...] = ()
    settled: int = 0  # stages whose minimum is surely kept or missed
    refused: Reason | None = None
    warnings: tuple[Warning, ...] = ()
