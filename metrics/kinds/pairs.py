"""The pair: how it went set beside how it felt, on the same answered occasions."""

import numpy as np

from metrics.catalogue.definition import Definition
from metrics.codes import Beside, BesideCode
from metrics.kinds import Kind, moments
from metrics.kinds.sums import MARKED_COLUMNS, PAIR_COLUMNS, Sums, pair_counts
from metrics.present import present
from metrics.statistics.core import Estimate
from metrics.statistics.levels import pair

ATTRIBUTABLE = "unhappy_attributable_to_friction"
SEEN = (0.5, 0.3)  # shares of friction a recording might see; at 1 it is the value itself


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    """Occasions of one person each: Wilson and a multinomial bootstrap; else the jackknife by person group."""
    counts = np.vstack([sums.vector(name) for name in PAIR_COLUMNS])
    alone = sums.persons == sums.n
    found = (
        pair.pair(counts.sum(axis=1), seed=20_031, level=level)
        if alone
        else pair.grouped_pair(counts, sums.persons, level)
    )
    asked: Estimate = getattr(found, present(definition.measure.field))
    return asked


def count(definition: Definition, sums: Sums) -> int:
    """The unhappy, or the satisfied, that a share is of; all that were answered about where it is of both."""
    smooth_satisfied, smooth_unhappy, struggled_satisfied, struggled_unhappy = (
        int(sums.rows[name].sum()) for name in PAIR_COLUMNS
    )
    return {
        "unhappy_though_smooth": smooth_unhappy + struggled_unhappy,
        "satisfied_though_hard": smooth_satisfied + struggled_satisfied,
    }.get(present(definition.measure.field), sums.n)


def beside(definition: Definition, sums: Sums, result: Estimate, level: float) -> tuple[Beside, ...]:
    """Of what goes with recorded friction: what it would be if the recording sees only a part of it."""
    if (
        definition.measure.field != ATTRIBUTABLE
        or result.value is None
        or not (sums.rows["marked_satisfied"].sum() + sums.rows["marked_unhappy"].sum())
    ):
        return ()
    counts, marked = (np.vstack([sums.vector(name) for name in names]) for names in (PAIR_COLUMNS, MARKED_COLUMNS))
    tried = [(seen, pair.attributable_if_seen(counts, marked, seen, level)) for seen in SEEN]
    said = [
        Beside(BesideCode.IF_RECORDED, part.value, part.low, part.high, "rate", {"recorded": seen})
        for seen, part in tried
        if part.value is not None
    ]
    return tuple(said)


def spread(definition: Definition) -> float:
    """The two shares as any share. What goes with friction is 1 less a share of the unhappy times what the smooth are fewer than all:
    with that and its error about .6."""
    return 0.6 if definition.measure.field == ATTRIBUTABLE else moments.share_spread(definition)


def carried(definition: Definition, sums: Sums) -> int:
    """Of what goes with friction the unhappy; how many they are says little of which part of them it is."""
    return (
        pair_counts(sums)[1] + pair_counts(sums)[3]
        if definition.measure.field == ATTRIBUTABLE
        else count(definition, sums)
    )


KINDS = {"pair": Kind("pair", estimate, count=count, beside=beside, spread=spread, carried=carried)}
