"""An analysis too heavy for a page's thread: asked in the background, kept between starts, and never waited for by a page."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from data.errors import UserError
from data.store.generations import Generation
from ui.session import source
from ui.session.disk_cache import kept

Question = TypeVar("Question")  # hashable, without the rights of who asks: those are the generation's
Answer = TypeVar("Answer")
MOST = 128


@dataclass(frozen=True)
class _Raised:
    """What asking ended in, held for the page that asked: in a thread nobody would hear of it."""

    error: Exception


class Later(Generic[Question, Answer]):
    """One analysis, by name. `kind`: the answer's type, by which it is kept between starts; None: until this process ends. `failed` is what stands
    for an answer where the store cannot give one; without it the page that asks gets the error. One question has the `turn` at a time, since several
    at once would hold up whatever page is open; analyses may share it. `most` answers are held."""

    def __init__(
        self,
        name: str,
        kind: type[Answer] | None,
        ask: Callable[[Question, Generation], Answer],
        failed: Callable[[Question, UserError], Answer] | None = None,
        turn: AbstractContextManager | None = None,
        most: int = MOST,
    ):
        self._name, self._kind, self._ask, self._failed, self._most = name, kind, ask, failed, most
        self._found: dict[tuple[Question, str], Answer | _Raised] = {}
        self._asked: set[tuple[Question, str]] = set()
        self._lock = threading.Lock()
        self._turn: AbstractContextManager = turn or threading.Lock()

    def ready(self, question: Question) -> Answer | None:
        """The answer where it is known; else None, and it is asked in the background. Raises what asking ended in, once: after that it is asked again."""
        generation = source.generation()  # as whoever looks may see it: the thread knows no session
        key = question, generation.key
        found = self._seek(key, generation)
        if isinstance(found, _Raised):
            with self._lock:
                self._found.pop(key, None)
            raise found.error
        return found

    def settled(self, question: Question) -> bool:
        """Whether `ready` has something to say, an answer or an error; else it is asked in the background."""
        generation = source.generation()
        return self._seek((question, generation.key), generation) is not None

    def asked(self, question: Question) -> Answer:
        """The answer, waited for: for the warming of the default views, and for tests."""
        generation = source.generation()
        found = self._look((question, generation.key), generation)
        if isinstance(found, _Raised):
            raise found.error
        return found

    def _seek(self, key: tuple[Question, str], generation: Generation) -> Answer | _Raised | None:
        with self._lock:
            if key not in self._found and key not in self._asked:
                self._asked.add(key)
                threading.Thread(target=self._look, args=(key, generation), daemon=True, name=self._name).start()
            return self._found.get(key)

    def _look(self, key: tuple[Question, str], generation: Generation) -> Answer | _Raised:
        if (before := self._known(key)) is not None:
            return before
        with self._turn:
            if (before := self._known(key)) is not None:  # who had the turn before asked the same
                return before
            found = self._answer(key, generation)
            with self._lock:
                while len(self._found) >= self._most:
                    self._found.pop(next(iter(self._found)))
                self._found[key] = found
                self._asked.discard(key)
        return found

    def _known(self, key: tuple[Question, str]) -> Answer | _Raised | None:
        with self._lock:
            return self._found.get(key)

    def _answer(self, key: tuple[Question, str], generation: Generation) -> Answer | _Raised:
        question, seen = key
        try:
            if self._kind is None:
                return self._ask(question, generation)
            return kept(
                self._kind, (self._name, question, seen), generation.name, lambda: self._ask(question, generation)
            )
        except UserError as error:
            return self._failed(question, error) if self._failed else _Raised(error)
        except Exception as error:
            return _Raised(error)
