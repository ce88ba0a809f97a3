"""What most tools print: intervals as if every row were another person. For comparison only; no metric uses it."""

from metrics.catalogue.definition import Definition
from metrics.kinds import Kind, moments
from metrics.kinds.sums import Sums
from metrics.statistics.core import Estimate
from metrics.statistics.levels.shares import wilson


def share(definition: Definition, sums: Sums, level: float) -> Estimate:
    return wilson(float(sums.rows["y"].sum()), sums.n, level=level)


KINDS = {"share_iid": Kind("moments", share, spread=moments.share_spread)}
