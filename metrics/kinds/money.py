"""Money per person: shown whole, tested capped at the p99.9 of all persons (metrics/statistics/levels/money.py)."""

from metrics.catalogue.definition import Definition
from metrics.codes import Warning, WarningCode, warn
from metrics.kinds import Kind
from metrics.kinds.sums import Sums
from metrics.statistics.core import Comparison, Estimate
from metrics.statistics.levels import money


def estimate(found: Definition, sums: Sums, level: float) -> Estimate:
    """The mean per person, unwinsorised, with the t interval over persons."""
    return money.mean_money(sums.rows["y"], level=level).raw


def compare(found: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float) -> Comparison:
    """Both periods capped at one common p99.9: a few large orders are no change."""
    return money.money_difference(now.rows["y"], then.rows["y"], level=level).winsorised


def warnings(found: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """How many persons the tests would cap, and at what."""
    seen = money.mean_money(sums.rows["y"])
    if not seen.capped:
        return ()
    return (warn(WarningCode.TESTS_CAP, capped=seen.capped, persons=sums.n, cap=seen.cap),)


def spread(found: Definition) -> float:
    """Of revenue of those who bought: an SD of √2 of the mean, about that of a lognormal amount with σ 1."""
    return 2**0.5


KINDS = {"money": Kind("money", estimate, compare, warnings=warnings, spread=spread)}
