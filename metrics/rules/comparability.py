"""Only like is set against like: a change of wording, scale, mode, trigger or time to answer is no change of feeling.

Where two periods were asked in different mixes of ways, the difference is taken within each way and combined
(statistics.within); where too little was asked in the same way, there is none (docs/STATISTICS.md B6, B7).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.codes import Warning, WarningCode, warn
from metrics.kinds import kind_of
from metrics.kinds.sums import Sums
from metrics.present import present
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.rules.instrument_changes import chance, overlap
from metrics.statistics.core import Comparison
from metrics.statistics.groups.within import within_strata
from metrics.statistics.moments import GROUPS

LEAST = 0.5  # at least half of the answers of each period were asked in a way that the other knows, else no difference
EVEN = (
    0.95  # of a measure that cannot be split into ways: mixes that share so much of what two samples of one mix would
)
TENTH = 0.1  # of what matters: so small a part of a difference may be the mix of ways


@dataclass(frozen=True, eq=False)
class InstrumentMix:
    """One cell's answers of two periods by how they were asked: way → sums."""

    now: dict[tuple[Any, ...], Sums]
    then: dict[tuple[Any, ...], Sums]

    @property
    def shared(self) -> float:
        """The part of the answers asked in a way both periods know, in the period where it is smaller."""
        both = self.now.keys() & self.then.keys()
        return min(
            sum(side[way].n for way in both) / sum(part.n for part in side.values()) for side in (self.now, self.then)
        )

    @property
    def even(self) -> bool:
        """Whether both periods have the same mix of ways, as far as samples of their sizes tell."""
        first, second = ({way: part.n for way, part in side.items()} for side in (self.now, self.then))
        return overlap(first, second) >= EVEN * (1 - chance(first, second))

    def difference(self, definition: Definition, level: float) -> Comparison:
        """This period minus the other within each way, combined; for a kind of measure that can be split into ways."""
        within = present(kind_of(definition).within)
        ways = sorted(self.now.keys() & self.then.keys(), key=str)

        def table(name: str) -> np.ndarray:
            return np.array([[side[way].vector(name) for way in ways] for side in (self.now, self.then)]).reshape(
                2, len(ways), GROUPS
            )

        sums = np.array([table(name) for name in within.sums])
        return within_strata(
            sums[:, 0], sums[:, 1], partial(within.value, definition), table("c"), within.spread, level
        )


def like_with_like(
    definition: Definition, instruments: InstrumentMix, measured: Comparison, level: float
) -> Comparison | None:
    """The difference that may be told: as measured where everything was asked in one way, or where the mix of ways makes less than
    a tenth of what matters; else within the ways. None where the measure cannot be split and the mixes are not the same."""
    if len(instruments.now.keys() | instruments.then.keys()) == 1:
        return measured
    if kind_of(definition).within is None:
        return measured if instruments.even else None
    alike = instruments.difference(definition, level)
    if alike.estimate.value is None:
        return None
    return (
        measured
        if abs(alike.estimate.value - present(measured.estimate.value)) <= TENTH * definition.matters
        else alike
    )


def warning(instruments: InstrumentMix) -> Warning:
    """What goes with a difference taken within ways of asking. No number of the other period: it may be withheld."""
    return warn(WarningCode.WITHIN_INSTRUMENTS, share=instruments.shared)


def instrument_mixes(
    definition: Definition, now: Query, then: Query, generation: Generation, known: Context, sums: Callable[..., Any]
) -> dict[tuple[Any, ...], InstrumentMix]:
    """Per cell that both periods have, how it was asked. Empty for what is observed, not asked.

    A way is the key of question, scale, direction, position, mode, language, trigger and incentive; of answers about an
    experience also how long ago it was, except of a delivery: a late parcel makes a late answer, and what is an outcome is no part
    of how it was asked.
    """
    names = instrument_columns(definition, known)
    if not names:
        return {}
    first, second = (_by_way(definition, query, names, generation, known, sums) for query in (now, then))
    return {cell: InstrumentMix(first[cell], second[cell]) for cell in first if cell in second}


def instrument_columns(definition: Definition, known: Context) -> tuple[str, ...]:
    """The columns that tell how something was asked; none of what is observed."""
    columns = known.columns[definition.measure.fact]
    if not definition.measure.survey or "instrument" not in columns:
        return ()
    return ("instrument", "asked_lag") if definition.scope == "stage" and "asked_lag" in columns else ("instrument",)


def _by_way(
    definition: Definition,
    query: Query,
    parts: tuple[str, ...],
    generation: Generation,
    known: Context,
    sums: Callable[..., Any],
) -> dict[tuple[Any, ...], dict[tuple[Any, ...], Sums]]:
    added = [part for part in parts if part not in query.by]
    counted, _ = sums(definition, replace(query, by=(*query.by, *added)), generation, known, tuple(added))
    size, cells = len(query.by), dict[tuple[Any, ...], dict[tuple[Any, ...], Sums]]()
    for key, part in counted.items():
        if part.n:
            cells.setdefault(key[:size], {})[key[size:]] = part
    return cells
