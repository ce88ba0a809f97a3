"""Same instrument or no line between two points: a change of wording, scale, mode or trigger is no change of feeling."""

from collections.abc import Callable
from dataclasses import replace

from data.store import Generation
from metrics.catalogue import Definition
from metrics.context import Context
from metrics.query import Query

ALIKE = 0.5     # at least half of the answers must have been asked in the same way in both periods


def overlap(found: Definition, now: Query, then: Query, generation: Generation, known: Context, sums: Callable) -> dict[tuple, float]:
    """Per cell: Σ over instruments of the smaller of its two shares; 1 = asked alike, 0 = never asked alike.

    Empty for what is observed, not asked. The instrument is the key of question, scale, direction, position, mode,
    language, trigger and incentive (statistics.md B7).
    """
    if not found.measure.survey or "instrument" not in known.columns[found.measure.fact]:
        return {}
    first, second = (_shares(found, query, generation, known, sums) for query in (now, then))
    return {cell: sum(min(share, second[cell].get(key, 0.0)) for key, share in shares.items())
            for cell, shares in first.items() if cell in second}


def _shares(found: Definition, query: Query, generation: Generation, known: Context, sums: Callable) -> dict[tuple, dict[str, float]]:
    counted, _ = sums(found, replace(query, by=(*query.by, "instrument")), generation, known)
    cells: dict[tuple, dict[str, float]] = {}
    for key, part in counted.items():
        cells.setdefault(key[:-1], {})[key[-1]] = part.n
    return {cell: {key: n / sum(parts.values()) for key, n in parts.items()} for cell, parts in cells.items()}
