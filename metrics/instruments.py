"""Only like is set against like: a change of wording, scale, mode, trigger or time to answer is no change of feeling.

Where two periods were asked in different mixes of ways, the difference is taken within each way and combined
(statistics.within); where too little was asked in the same way, there is none (statistics.md B6, B7).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from data.store import Generation
from metrics.catalogue import Definition
from metrics.context import Context
from metrics.estimate import Sums
from metrics.kinds import kind_of
from metrics.query import Query
from metrics.rewordings import chance, overlap
from metrics.statistics.core import Comparison
from metrics.statistics.moments import GROUPS
from metrics.statistics.within import within_strata

LEAST = 0.5     # at least half of the answers of each period were asked in a way that the other knows, else no difference
EVEN = 0.95     # mixes that share this much beyond chance are the same mix
REFUSED = "asked in another way then: not compared"


@dataclass(frozen=True, eq=False)
class Ways:
    """One cell's answers of two periods by how they were asked: way → sums."""

    now: dict[tuple, Sums]
    then: dict[tuple, Sums]

    @property
    def shared(self) -> float:
        """The part of the answers asked in a way both periods know, in the period where it is smaller."""
        both = self.now.keys() & self.then.keys()
        return min(sum(side[way].n for way in both) / sum(part.n for part in side.values()) for side in (self.now, self.then))

    @property
    def even(self) -> bool:
        """Whether both periods have the same mix of ways: Σ of the smaller shares is near 1, or as near as two samples come."""
        first, second = ({way: part.n for way, part in side.items()} for side in (self.now, self.then))
        return overlap(first, second) >= EVEN - 2 * chance(first, second)

    def difference(self, found: Definition, level: float) -> Comparison | None:
        """This period minus the other within each way, combined; None for a kind of measure that does not add up so."""
        kind = kind_of(found)
        if kind.within is None:
            return None
        names, value = kind.within
        ways = sorted(self.now.keys() & self.then.keys(), key=str)
        now, then = (np.array([[side[way].vector(name) for way in ways] for name in names]).reshape(len(names), len(ways), GROUPS)
                     for side in (self.now, self.then))
        return within_strata(now, then, partial(value, found), level)


def said(found: Definition, asked: Ways, measured: float) -> str:
    """The sentence that goes with a difference taken within ways of asking."""
    number = f"{100 * measured:.1f} %" if found.unit == "rate" else f"{measured:.1f}"
    return (f"compared within the same ways of asking ({asked.shared:.0%} of the answers): what it is compared with is what the other period "
            f"would have been if asked as in this one; as measured it was {number}")


def ways(found: Definition, now: Query, then: Query, generation: Generation, known: Context, sums: Callable) -> dict[tuple, Ways]:
    """Per cell that both periods have, how it was asked. Empty for what is observed, not asked.

    A way is the key of question, scale, direction, position, mode, language, trigger and incentive; of answers about an
    experience also how long ago it was.
    """
    columns = known.columns[found.measure.fact]
    if not found.measure.survey or "instrument" not in columns:
        return {}
    parts = ("instrument", "lag_class") if found.scope == "stage" and "lag_class" in columns else ("instrument",)
    first, second = (_by_way(found, query, parts, generation, known, sums) for query in (now, then))
    return {cell: Ways(first[cell], second[cell]) for cell in first if cell in second}


def _by_way(found: Definition, query: Query, parts: tuple[str, ...], generation: Generation, known: Context,
            sums: Callable) -> dict[tuple, dict[tuple, Sums]]:
    added = [part for part in parts if part not in query.by]
    counted, _ = sums(found, replace(query, by=(*query.by, *added)), generation, known)
    size, cells = len(query.by), {}
    for key, part in counted.items():
        if part.n:
            cells.setdefault(key[:size], {})[key[size:]] = part
    return cells

