"""Percentiles from histograms that merge: never an average of percentiles."""

import math
from statistics import NormalDist

from metrics.catalogue.definition import Definition
from metrics.kinds import Kind
from metrics.kinds.sums import Sums, scaled
from metrics.present import present
from metrics.statistics.core import Estimate
from metrics.statistics.levels import histogram


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    return scaled(
        histogram.grouped_quantile(sums.histogram, present(definition.measure.quantile), level, sums.persons),
        definition,
    )


def spread(definition: Definition) -> float:
    """Of a percentile of times whose logarithm has an SD of 1, as times of people mostly have: √(q(1 − q)) ÷ the normal density there,
    over the value. Of a score of a page's movement (CLS) the same, times its line between good and poor, .1."""
    q = present(definition.measure.quantile)
    usual = math.sqrt(q * (1 - q)) / NormalDist().pdf(NormalDist().inv_cdf(q))
    return 0.1 * usual if definition.unit == "score" else usual


KINDS = {"quantile": Kind("histogram", estimate, spread=spread)}
