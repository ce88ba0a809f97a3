"""What is worked out of a generation once: kept as long as the generation is open, and forgotten with it.

A cache that held the generation itself would hold its connection, and with it the engine's threads and memory, long after another one is
served. So what is kept hangs on the connection, weakly: whoever still reads the old generation keeps it, and nobody else does.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from data.store.generations import Generation

P = ParamSpec("P")
T = TypeVar("T")
_ABSENT: Any = object()


def of_generation(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A decorator for a function of a generation and other hashable arguments, all given by place: the `most` latest answers are kept, one
    generation apart from every other and one viewer's part of it (`Generation.key`) from any other. Answers are never changed, and
    hold no generation."""

    def decorate(ask: Callable[P, T]) -> Callable[P, T]:
        found: WeakKeyDictionary[Any, OrderedDict[Any, T]] = WeakKeyDictionary()

        @wraps(ask)
        def asked(*args: P.args, **kwargs: P.kwargs) -> T:
            generation = next(one for one in args if isinstance(one, Generation))
            own = found.setdefault(generation.connection, OrderedDict())
            key = (generation.key, *(one for one in args if one is not generation))
            answer: T = own.get(key, _ABSENT)
            if answer is _ABSENT:
                answer = own[key] = ask(*args, **kwargs)
                while len(own) > most:
                    own.popitem(last=False)
            return answer

        return asked

    return decorate
