"""An analysis for a page: asked in the background, kept between starts, and never waited for by a page."""

import threading
from dataclasses import replace
from typing import Any

from data.errors import UserError
from data.store.generations import Generation
from metrics.query.query import Query, Rights
from report.sheets.registry import ANALYSES
from ui.session import source
from ui.session.disk_cache import kept
from ui.session.memoize import once

Key = tuple[str, Query, str]
_READY: dict[Key, Any] = {}
_FAILED: dict[Key, UserError] = {}
_ASKED: set[Key] = set()
_LOCK = threading.Lock()
_TURN = threading.Lock()  # one analysis at a time: several at once would hold up whatever page is open
MOST = 64


def ready(name: str, query: Query) -> Any | None:
    """The answer where it is known; else None, and it is asked in the background. Raises UserError where it cannot be answered."""
    generation = source.generation()  # as whoever looks may see it: the thread below knows no session
    key = name, replace(query, rights=Rights()), generation.key
    with _LOCK:
        if key in _FAILED:
            raise _FAILED.pop(key)
        if key in _READY:
            return _READY[key]
        if key not in _ASKED:
            _ASKED.add(key)
            threading.Thread(target=_look, args=(key, generation), daemon=True, name=name).start()
    return None


def asked(name: str, query: Query) -> Any:
    """The answer, waited for: for the warming of the default views."""
    generation = source.generation()
    key = name, replace(query, rights=Rights()), generation.key
    _look(key, generation)
    return _READY.get(key)


def _look(key: Key, generation: Generation) -> None:
    name, query, _ = key
    try:
        with _TURN:
            found = _answer(name, query, generation)
    except UserError as error:
        with _LOCK:
            _FAILED[key] = error
            _ASKED.discard(key)
        return
    with _LOCK:
        while len(_READY) >= MOST:
            _READY.pop(next(iter(_READY)))
        _READY[key] = found
        _ASKED.discard(key)


@once(MOST)
def _answer(name: str, query: Query, generation: Generation) -> Any:
    one = ANALYSES[name]
    return kept(one.kind, (name, query, generation.key), generation.name, lambda: one.ask(query, generation))
