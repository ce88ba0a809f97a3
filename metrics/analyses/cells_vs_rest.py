"""A part beside the rest of the whole it belongs to: never beside the total, which holds the part itself (docs/STATISTICS.md C)."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from data.store.generations import Generation
from data.store.version import understood
from metrics.catalogue.dimensions import TIMES
from metrics.catalogue.load import definition
from metrics.compute.run import run
from metrics.compute.sums import sums
from metrics.kinds import kind_of
from metrics.present import present
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.query.result import State
from metrics.rules.access import within_rights
from metrics.rules.whole_result import ASKED
from metrics.statistics.groups.within import beside_rest
from metrics.statistics.weeks.looks import benjamini_hochberg

Q = 0.05
LEAST_EXPECTED = 5.0  # Cochran (1954): below, the normal tail is no guide
SHARES = ("share", "text_share")
ABOVE, BELOW = "above", "below"


@understood
@within_rights
def sides_of_rest(query: Query, generation: Generation) -> dict[tuple[Any, ...], str] | None:
    """Which cells of a breakdown of one metric lie surely above or below the rest of it: values of the breakdown → side.

    Share, score or mean of the cell minus that of all other cells together, jackknife by person, Benjamini–Hochberg over
    the cells at q = .05. Cells that are withheld, rough estimates or asked of nobody have no side, nor has a share of which
    fewer than five yes or no were to be expected there. None where parts are not to be set against each other: weeks, which
    share shocks; ways of asking; a metric whose cells do not add up to a rest, such as a percentile. Raises UserError as
    run() does.
    """
    (metric,) = query.metrics
    found = definition(metric)
    within = kind_of(found).within
    if within is None or any(name in TIMES or found.measure.survey and name in ASKED for name in query.by):
        return None
    known = context.read(generation)
    query = replace(resolve(query, known), compare=None)
    parts = sums(found, query, generation, known)[0]
    keys = [
        key
        for cell in run(query, generation).cells
        if cell.state is State.SHOWN and (key := tuple(cell.by.values())) in parts
    ]
    if len(keys) < 2:
        return {}
    tables = {key: np.array([part.vector(name) for name in within.sums]) for key, part in parts.items()}
    whole, everybody = np.sum(list(tables.values()), axis=0), float(sum(part.persons for part in parts.values()))
    keys = [key for key in keys if found.measure.kind not in SHARES or _expected(tables[key], whole) >= LEAST_EXPECTED]
    tests = [
        beside_rest(
            tables[key],
            whole,
            partial(within.value, found),
            (parts[key].persons, everybody),
            within.spread,
            query.level,
        )
        for key in keys
    ]
    q = benjamini_hochberg([np.nan if one.test.p is None else one.test.p for one in tests])
    return {
        key: ABOVE if present(one.estimate.value) > 0 else BELOW
        for key, one, adjusted in zip(keys, tests, q)
        if adjusted <= Q
    }


def _expected(part: np.ndarray, whole: np.ndarray) -> float:
    """How many yes, or no if they are rarer, the part would have at the whole's share."""
    p = whole[1].sum() / whole[0].sum()
    return float(part[0].sum() * min(p, 1 - p))
