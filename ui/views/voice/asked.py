"""What the Voice page asks, once a generation and question."""

from dataclasses import replace

from data.store.generations import Generation
from metrics.analyses.voice.box import complaint_box
from metrics.analyses.voice.comments import Comments, Cut, comments
from metrics.analyses.voice.model import ComplaintBox, Voice
from metrics.analyses.voice.topics import voice
from metrics.codes import ReasonCode, because
from metrics.query.query import Query, Rights
from ui.session import source
from ui.session.later import Later
from ui.session.memoize import once
from ui.session.state import Frame


def question(frame: Frame) -> Query:
    """The frame's question as texts are asked."""
    return replace(frame.query, metrics=(), by=(), rights=Rights())


TOPICS = Later(
    "voice", Voice, voice, lambda query, error: Voice(query, refused=because(ReasonCode.STORE_TOO_OLD))
)  # all topics with their changes: too long for a page to wait


def topics(frame: Frame) -> Voice | None:
    """The topics of the frame's texts, None while they are worked out."""
    return TOPICS.ready(question(frame))


def box(frame: Frame) -> ComplaintBox:
    """The complaint box of the frame's days and filters, over all stages."""
    return _box(replace(question(frame), stages=(), compare=None, shift=None), source.generation())


@once(128)
def _box(query: Query, seen: Generation) -> ComplaintBox:
    return complaint_box(query, seen)


def words(query: Query, cut: Cut) -> Comments:
    """One page of the words of a cut, by the rights of whoever looks."""
    return _words(query, cut, source.generation())


@once(256)
def _words(query: Query, cut: Cut, seen: Generation) -> Comments:
    return comments(query, cut, seen)


def names() -> list[str]:
    """The topics of the store, in the order of the company's file."""
    return [row["topic"] for row in source.rows("voice_topics")]
