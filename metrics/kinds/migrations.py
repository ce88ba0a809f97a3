"""From one relationship answer to the next: the change of the score of the same people, and the moves beneath it.

With no change at all 36–42 % of detractors stop being detractors (docs/STATISTICS.md C): single moves are noise, so the only
change that is tested is that of the margins.
"""

import numpy as np

from metrics.catalogue.definition import Definition
from metrics.codes import Warning, WarningCode, warn
from metrics.kinds import Kind
from metrics.kinds.sums import Sums
from metrics.statistics.core import Comparison, Estimate
from metrics.statistics.groups.square_tables import stuart_maxwell
from metrics.statistics.levels import few, means


def moves(sums: Sums) -> np.ndarray:
    """Persons by class before (rows) and after (columns), promoters, passives, detractors, in that order."""
    return np.array([[sums.rows[f"m{before}{after}"].sum() for after in range(3)] for before in range(3)], dtype=float)


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    """100 × mean change of the per-person score −1, 0, +1, paired; in NPS points."""
    change = few.rating(sums.moments, float(sums.rows["vv"].sum()), -2.0, 2.0, level)
    value, low, high = (None if part is None else 100 * part for part in (change.value, change.low, change.high))
    return Estimate(
        value, low, high, change.n, change.n_eff, None if change.se is None else 100 * change.se, change.df, change.note
    )


def compare(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    return means.difference(first, second, level=level)


def warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """The test of the margins, and the moves said as what they are."""
    table, test = moves(sums), stuart_maxwell(moves(sums))
    said = []
    if test.p is not None:
        said.append(warn(WarningCode.SHARES_CHANGED if test.p < 0.01 else WarningCode.SHARES_UNCHANGED, p=test.p))
    for place, code in ((2, WarningCode.DETRACTORS_MOVED), (0, WarningCode.PROMOTERS_MOVED)):
        if total := table[place].sum():
            said.append(warn(code, share=1 - table[place, place] / total))
    return tuple(said)


KINDS = {"migration": Kind("migration", estimate, compare, warnings=warnings)}
