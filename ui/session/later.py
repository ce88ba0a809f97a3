"""An analysis too heavy for a page's thread: asked in the background, kept between starts, and never waited for by a page."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from data.errors import UserError
from data.store.generations import Generation
from metrics.query.query import Query
from ui.session import source
from ui.session.disk_cache import kept

Answer = TypeVar("Answer")
MOST = 128
_TURN = threading.Lock()  # one at a time: several at once would hold up whatever page is open


class Later(Generic[Answer]):
    """One analysis, by name. `failed` is what stands for an answer where the store cannot give one."""

    def __init__(
        self,
        name: str,
        kind: type[Answer],
        ask: Callable[[Query, Generation], Answer],
        failed: Callable[[Query], Answer],
    ):
        self._name, self._kind, self._ask, self._failed = name, kind, ask, failed
        self._ready: dict[tuple[Query, str], Answer] = {}
        self._asked: set[tuple[Query, str]] = set()
        self._lock = threading.Lock()

    def ready(self, query: Query) -> Answer | None:
        """The answer where it is known; else None, and it is asked in the background."""
        generation = source.generation()  # as whoever looks may see it: the thread knows no session
        key = query, generation.key
        with self._lock:
            if key in self._ready:
                return self._ready[key]
            if key not in self._asked:
                self._asked.add(key)
                threading.Thread(target=self._look, args=(key, generation), daemon=True, name=self._name).start()
        return None

    def asked(self, query: Query) -> Answer:
        """The answer, waited for: for the warming of the default views, and for tests."""
        generation = source.generation()
        key = query, generation.key
        with self._lock:
            if key in self._ready:
                return self._ready[key]
        self._look(key, generation)
        return self._ready[key]

    def _look(self, key: tuple[Query, str], generation: Generation) -> None:
        query, seen = key
        try:
            with _TURN:
                found = kept(
                    self._kind, (self._name, query, seen), generation.name, lambda: self._ask(query, generation)
                )
        except UserError:  # a store of another version has not what is asked
            found = self._failed(query)
        with self._lock:
            while len(self._ready) >= MOST:
                self._ready.pop(next(iter(self._ready)))
            self._ready[key] = found
            self._asked.discard(key)
