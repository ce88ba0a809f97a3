"""A difference of two means inside one cell: people who were asked before against people who were asked after."""

from dataclasses import replace

from metrics.catalogue.definition import Definition
from metrics.codes import Warning, WarningCode, warn
from metrics.kinds import Kind
from metrics.kinds.sums import Sums
from metrics.statistics.core import Comparison, Estimate, Note, missing
from metrics.statistics.groups import differences
from metrics.statistics.levels import few, means


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    """Mean after minus mean before; each clustered by person. On a scale whose ends are known the two intervals are joined
    (square and add), else Welch's t."""
    sides = [Sums(sums.kind, sums.rows[sums.rows["side"] == side]) for side in (1, 0)]
    if any(not side.n for side in sides):
        return missing(Note.UNDEFINED, sums.n)
    if definition.measure.scale:
        bottom, top = definition.measure.scale
        after, before = (few.rating(side.moments, float(side.rows["vv"].sum()), bottom, top, level) for side in sides)
        return replace(differences.square_and_add(after, before), n=sums.n)
    after, before = (means.ratio_of_sums(side.moments, float(side.rows["vv"].sum()), level) for side in sides)
    gap = means.difference(after, before, level=level).estimate
    return Estimate(gap.value, gap.low, gap.high, sums.n, None, gap.se, gap.df, gap.note)


def compare(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    return means.difference(first, second, level=level)


def warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """That two different groups of people are compared."""
    return (warn(WarningCode.TWO_GROUPS),)


KINDS = {"gap": Kind("gap", estimate, compare, warnings=warnings)}
