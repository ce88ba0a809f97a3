"""Statements asked once: what a statement finds in a generation never changes, one page asks many of them several times, and many pages
the same. Who comes while an equal statement is under way waits for its answer."""

import weakref
from collections.abc import Callable
from threading import Condition
from typing import Any, TypeVar

import pandas as pd
from cachetools import LRUCache, cached

from data.store.generations import Generation
from metrics.kinds.sums import Sums

BYTES = 64 << 20  # of answers kept by one process; those longest not asked for go first
Found = TypeVar("Found", bound=dict[Any, Any])


def asked_once(
    generation: Generation, what: str, text: str, parameters: dict[str, Any], ask: Callable[[], Found]
) -> Found:
    """What `ask` makes of a statement and its bound values on a generation: Sums or moments by week, by cell. Kept, so nobody may change
    it. `what` says what is made of the rows, where a text leaves that open."""
    return _asked(generation, what, text, parameters, ask)  # type: ignore[no-any-return]


def _key(generation: Generation, what: str, text: str, parameters: dict[str, Any], ask: object) -> tuple[Any, ...]:
    """By connection, generation and what part of it is seen, statement and bound values. The connection is held weakly: an old
    generation is closed when nobody reads it."""
    bound = ((name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(parameters.items()))
    return weakref.ref(generation.connection), generation.key, what, text, tuple(bound)


def _size(found: dict[Any, Sums | pd.DataFrame]) -> int:
    """Bytes, roughly: eight a number and as much as an empty table takes."""
    sizes = (int(one.size) for one in found.values())
    return 1024 + sum(1024 + 8 * size for size in sizes)


@cached(LRUCache(BYTES, getsizeof=_size), key=_key, condition=Condition())
def _asked(generation: Generation, what: str, text: str, parameters: dict[str, Any], ask: Callable[[], Any]) -> Any:
    return ask()
