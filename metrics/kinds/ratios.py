"""One sum over another, clustered by person: contacts over visits, contacts over orders."""

from dataclasses import replace

from metrics.catalogue.definition import Definition
from metrics.kinds import Kind, moments
from metrics.kinds.sums import Sums
from metrics.statistics.core import Comparison, Estimate
from metrics.statistics.levels import few, means


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    """Σ counted ÷ Σ base, times the definition's factor (per 100)."""
    factor = float(definition.measure.parts.get("per", "1"))
    ratio = few.per_row(sums.moments, float(sums.rows["most"].max()), level)
    return replace(
        ratio,
        **{
            name: getattr(ratio, name) * factor
            for name in ("value", "low", "high", "se")
            if getattr(ratio, name) is not None
        },
    )


def compare(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    return means.difference(first, second, level=level)


KINDS = {"ratio": Kind("ratio", estimate, compare, spread=moments.share_spread)}
