"""The pair: how it went set beside how it felt, on the same answered occasions."""

import numpy as np

from metrics.catalogue import Definition
from metrics.estimate import PAIR_COLUMNS, Sums
from metrics.kinds import Kind
from metrics.statistics import pair
from metrics.statistics.core import Estimate


def estimate(found: Definition, sums: Sums, level: float) -> Estimate:
    """Occasions of one person each: Wilson and a multinomial bootstrap; else the jackknife by person group."""
    counts = np.vstack([sums.vector(name) for name in PAIR_COLUMNS])
    if sums.persons == sums.n:
        return getattr(pair.pair(counts.sum(axis=1), seed=20_031, level=level), found.measure.field)
    return getattr(pair.grouped_pair(counts, sums.persons, level), found.measure.field)


def count(found: Definition, sums: Sums) -> int:
    """The unhappy, or the satisfied, that a share is of; all that were answered about where it is of both."""
    smooth_satisfied, smooth_unhappy, struggled_satisfied, struggled_unhappy = (int(sums.rows[name].sum()) for name in PAIR_COLUMNS)
    return {"unhappy_though_smooth": smooth_unhappy + struggled_unhappy,
            "satisfied_though_hard": smooth_satisfied + struggled_satisfied}.get(found.measure.field, sums.n)


KINDS = {"pair": Kind("pair", estimate, count=count)}
