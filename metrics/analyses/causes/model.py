"""The ranked causes of a stage as data: what each is, how strong, for how many, how sure, and what it shares with the others."""

from dataclasses import dataclass
from enum import StrEnum

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.statistics.core import Estimate


class Kind(StrEnum):
    """What a candidate is; `name` of a cause is one of its kind: a promise, a page, a carrier …"""

    PROMISE_SAID = "promise_said"  # people say it was not kept
    PROMISE = "promise"  # what happened shows that it was not kept
    FRICTION = "friction"  # error, rage_click, dead_click, backtrack, goal_missed
    WAITING = "waiting"  # visit, delivery: among the longest quarter; reply: later than 24 hours
    PAGE = "page"
    REASON = "reason"  # of a request for help in the thirty days before
    CARRIER = "carrier"
    CHANNEL = "channel"
    DEVICE = "device"
    RELEASE = "release"
    ARM = "arm"  # of an experiment; `part` is the variant
    WORD = "word"  # in the comment of the same response
    TOPIC = "topic"  # of that comment, by the topics of the store


class Grade(StrEnum):
    """How much the evidence allows to say."""

    EXPERIMENT = "experiment"  # chance decided who met it
    MATCHED = "matched"  # recorded before the answer, compared with people of the same task in the same way of asking
    CORRELATIONAL = "correlational"  # people, or the company, chose who met it, or too little could be held equal
    SAID = "said"  # the same people said both in one questionnaire


PLACED = (Kind.CHANNEL, Kind.DEVICE, Kind.RELEASE, Kind.CARRIER, Kind.ARM)  # one value each: where and by what
WRITTEN = (Kind.WORD, Kind.TOPIC)  # by those who wrote a comment, who are no sample of the others
SAID = (Kind.PROMISE_SAID, *WRITTEN)
NO_SAMPLE = (Kind.ARM, *WRITTEN)  # those of whom it is known stand for nobody else


@dataclass(frozen=True)
class Overlap:
    """How many of those who met a cause met another one of the list as well: `share`, None where few people would show."""

    place: int  # of the other in the list, from 0
    share: float | None


@dataclass(frozen=True)
class Cause:
    """One thing that goes with unhappiness.

    `persons` and `answers` are those who met it among the answers of which it is `known` (a share of all answers); `unhappy` and
    `unhappy_else` are the shares as counted, `difference` theirs within strata of `held` (0…1, 95 %, clustered by person),
    `compared` the share of those who met it that have their like. `covers`: of the unhappy, the share that met it. `affected`: people
    among all who answered, if it is as frequent where it is not known. `rank` = lower bound × affected. `q` is adjusted for all that
    was looked at. `beside` is the difference with the causes above held equal as well, where there is any that may be.
    """

    kind: Kind
    name: str
    part: str
    grade: Grade
    persons: int
    answers: int
    known: float
    unhappy: float
    unhappy_else: float
    difference: Estimate
    covers: float
    affected: int
    held: tuple[str, ...]
    compared: float
    q: float
    rank: float
    beside: Estimate | None = None
    overlaps: tuple[Overlap, ...] = ()
    caution: str = (
        ""  # of an experiment: answers_uneven where the arms answered in other numbers than they were exposed
    )


@dataclass(frozen=True)
class Echo:
    """A candidate that holds alone and no more once the causes above are held equal: it goes along with `place` in the list."""

    kind: Kind
    name: str
    part: str
    place: int


@dataclass(frozen=True)
class StageCauses:
    """Causes of one stage, strongest first, and those that go along with them. `refused` says why there are none to look for;
    `scanned` is how many candidates were tested together, `outcome` the metric that decides who is unhappy."""

    query: Query
    stage: str
    outcome: str = ""
    answers: int = 0
    persons: int = 0
    unhappy: int = 0
    causes: tuple[Cause, ...] = ()
    echoes: tuple[Echo, ...] = ()
    scanned: int = 0
    refused: Reason | None = None
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
