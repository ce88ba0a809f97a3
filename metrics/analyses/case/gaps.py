"""How much more often the unhappy of a stage stay away, drawn towards what all stages of the journey have in common.

A stage is picked for a case because it stands out, so its own difference is too large on average (winner's curse). Between the
stages' differences the random-effects model says how far to trust the stage's own (DerSimonian & Laird 1986; empirical Bayes).
"""

from __future__ import annotations

import numpy as np

from metrics.analyses.case.measured import Sums
from metrics.statistics.groups import meta


def leave_gap(sums: Sums) -> np.ndarray:
    """Share of the unhappy who ordered nothing in the 90 days after − share of the content who did, by replicate."""
    return np.asarray(sums.ratio("unhappy_left", "unhappy_then") - sums.ratio("content_left", "content_then"))


def shrunken(stages: dict[str, Sums], stage: str, least: int) -> np.ndarray:
    """The gap of one stage by replicate, drawn to the mean of those stages with at least `least` people on both sides."""
    known = {name: leave_gap(sums) for name, sums in stages.items() if enough(sums, least)}
    own = known[stage]
    if len(known) < 2:
        return own
    table = np.vstack(list(known.values()))
    variance = np.nanvar(table, axis=1)
    if not (variance > 0).all():
        return own
    tau2 = meta.moment_tau2(np.nanmean(table, axis=1), variance)
    weight = 1 / (tau2 + variance)
    common = weight @ table / weight.sum()
    trust = tau2 / (tau2 + variance[list(known).index(stage)])
    return np.asarray(trust * own + (1 - trust) * common)


def enough(sums: Sums, least: int) -> bool:
    """Whether both sides of the difference hold `least` people."""
    return min(sums.total("unhappy_then"), sums.total("content_then")) >= least
