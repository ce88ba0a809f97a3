"""Percentiles from histograms that merge: never an average of percentiles."""

from metrics.catalogue.definition import Definition
from metrics.kinds import Kind
from metrics.kinds.sums import Sums, scaled
from metrics.statistics.core import Estimate
from metrics.statistics.levels import histogram


def estimate(found: Definition, sums: Sums, level: float) -> Estimate:
    return scaled(histogram.grouped_quantile(sums.histogram, found.measure.quantile, level, sums.persons), found)


KINDS = {"quantile": Kind("histogram", estimate)}
