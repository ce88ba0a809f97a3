"""A part beside the rest of the whole it belongs to: never beside the total, which holds the part itself (statistics.md C)."""

from dataclasses import replace

import numpy as np

from data.store import Generation
from data.version import understood
from metrics import context
from metrics.catalogue import definition
from metrics.kinds import kind_of
from metrics.query import Query
from metrics.result import State
from metrics.run import resolve, run, sums
from metrics.statistics.looks import benjamini_hochberg
from metrics.statistics.within import beside_rest

Q = 0.05
ABOVE, BELOW = "above", "below"


@understood
def standing(query: Query, generation: Generation) -> dict[tuple, str] | None:
    """Which cells of a breakdown of one metric lie surely above or below the rest of it: values of the breakdown → side.

    Share, score or mean of the cell minus that of all other cells together, jackknife by person, Benjamini–Hochberg over
    the cells at q = .05. Cells that are withheld, too few to lean on or asked of nobody have no side. None for a metric
    whose cells do not add up to a rest, such as a percentile. Raises UserError as run() does.
    """
    (metric,) = query.metrics
    found = definition(metric)
    kind = kind_of(found)
    if kind.within is None:
        return None
    known = context.read(generation)
    query = replace(resolve(query, known), compare=None)
    cells = [cell for cell in run(query, generation).cells if cell.state is State.SHOWN]
    if len(cells) < 2:
        return {}
    names, value = kind.within
    parts = {key: np.array([part.vector(name) for name in names]) for key, part in sums(found, query, generation, known)[0].items()}
    whole = sum(parts.values())
    keys = [key for cell in cells if (key := tuple(cell.by.values())) in parts]
    tests = [beside_rest(parts[key], whole, lambda totals: value(found, totals), query.level) for key in keys]
    q = benjamini_hochberg([np.nan if one.test.p is None else one.test.p for one in tests])
    return {key: ABOVE if one.estimate.value > 0 else BELOW for key, one, adjusted in zip(keys, tests, q) if adjusted <= Q}
