"""Asked once: who comes while the same question is being answered waits for that answer instead of asking again."""

from collections.abc import Callable
from threading import Condition
from typing import Any

from cachetools import LRUCache, cached

from data.store.generations import Generation


def once(most: int) -> Callable:
    """A decorator that keeps the `most` latest answers of a function of hashable arguments, all given by place. Answers are never changed.

    A generation among the arguments counts by its key, and is not held. Whoever asks hands on the generation the answer is made of: one looked
    up again within the function may be another by then, published since or seen by other rights, and its answer would lie under a key of
    those who may see less.
    """
    return cached(LRUCache(most), key=_key, condition=Condition())


def _key(*arguments: Any) -> tuple[Any, ...]:
    return tuple(one.key if isinstance(one, Generation) else one for one in arguments)
