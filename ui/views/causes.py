"""The causes of a stage for a view: asked in the background, kept between starts, and never waited for by a page."""

import threading
from dataclasses import replace

from data.errors import UserError
from data.store.generations import Generation
from metrics.analyses.causes.find import causes, standing_query
from metrics.analyses.causes.model import StageCauses
from metrics.codes import ReasonCode, because
from metrics.query.query import Query, Rights
from ui.session import source
from ui.session.disk_cache import kept
from ui.session.memoize import once
from ui.session.state import Frame

_READY: dict[tuple[Query, str], StageCauses] = {}
_ASKED: set[tuple[Query, str]] = set()
_LOCK = threading.Lock()
_TURN = threading.Lock()  # one stage at a time: five at once would hold up whatever page is open
MOST = 128


def question(frame: Frame, stage: str) -> Query:
    """What a view asks about a stage: the frame's question over a year of answers up to its end."""
    asked = replace(frame.query, metrics=(), stages=(stage,), compare=None, by=(), rights=Rights())
    return standing_query(asked, source.known())


def ready(frame: Frame, stage: str) -> StageCauses | None:
    """The answer where it is known; else None, and it is asked in the background."""
    generation = source.generation()  # as whoever looks may see it: the thread below knows no session
    key = question(frame, stage), generation.key
    with _LOCK:
        if key in _READY:
            return _READY[key]
        if key not in _ASKED:
            _ASKED.add(key)
            threading.Thread(target=_look, args=(key, generation), daemon=True, name="causes").start()
    return None


def asked(frame: Frame, stage: str) -> StageCauses:
    """The answer, waited for: for the warming of the default views."""
    generation = source.generation()
    key = question(frame, stage), generation.key
    _look(key, generation)
    return _READY[key]


def _look(key: tuple[Query, str], generation: Generation) -> None:
    query, _ = key
    try:
        with _TURN:
            found = _causes(query, generation)
    except UserError:  # a store of another version has not what is asked
        found = StageCauses(query, query.stages[0], refused=because(ReasonCode.STORE_TOO_OLD))
    with _LOCK:
        while len(_READY) >= MOST:
            _READY.pop(next(iter(_READY)))
        _READY[key] = found
        _ASKED.discard(key)


@once(MOST)
def _causes(query: Query, generation: Generation) -> StageCauses:
    return kept(StageCauses, ("causes", query, generation.key), generation.name, lambda: causes(query, generation))
