"""Asked once: who comes while the same question is being answered waits for that answer instead of asking again."""

from collections.abc import Callable
from threading import Condition

from cachetools import LRUCache, cached


def once(most: int) -> Callable:
    """A decorator that keeps the `most` latest answers of a function of hashable arguments. Answers are never changed."""
    return cached(LRUCache(most), condition=Condition())
