"""The causes of a stage for a view, worked out in the background."""

from dataclasses import replace

from metrics.analyses.causes.find import causes, standing_query
from metrics.analyses.causes.model import StageCauses
from metrics.codes import ReasonCode, because
from metrics.query.query import Query, Rights
from ui.session import source
from ui.session.later import Later
from ui.session.state import Frame

_ANSWERS = Later(
    "causes",
    StageCauses,
    causes,
    lambda query, error: StageCauses(query, query.stages[0], refused=because(ReasonCode.STORE_TOO_OLD)),
)


def question(frame: Frame, stage: str) -> Query:
    """What a view asks about a stage: the frame's question over a year of answers up to its end."""
    asked = replace(frame.query, metrics=(), stages=(stage,), compare=None, by=(), rights=Rights())
    return standing_query(asked, source.known())


def ready(frame: Frame, stage: str) -> StageCauses | None:
    """The answer where it is known; else None, and it is asked in the background."""
    return _ANSWERS.ready(question(frame, stage))


def settled(frame: Frame, stage: str) -> bool:
    """Whether `ready` has something to say."""
    return _ANSWERS.settled(question(frame, stage))


def asked(frame: Frame, stage: str) -> StageCauses:
    """The answer, waited for: for the warming of the default views."""
    return _ANSWERS.asked(question(frame, stage))
