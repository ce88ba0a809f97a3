"""Money per person: shown whole, tested capped at the p99.9 of all persons (metrics/statistics/levels/money.py). An order without an
amount is no order of 0: beyond a few of these there is no number."""

import numpy as np

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, Warning, WarningCode, because, warn
from metrics.kinds import Kind
from metrics.kinds.sums import Sums
from metrics.states import State
from metrics.statistics.core import Comparison, Estimate, Note, missing
from metrics.statistics.levels import money


def _amounts(sums: Sums) -> np.ndarray:
    """One a person of whom any amount is known, shape (persons,)."""
    found: np.ndarray = sums.rows["y"].dropna().to_numpy(dtype=float)
    return found


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    """The mean per person, unwinsorised, with the gamma interval over persons."""
    if sums.too_little_known:
        return missing(Note.UNDEFINED, sums.n)
    return money.mean_money(_amounts(sums), level=level).raw


def compare(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    """Both periods capped at one common p99.9: a few large orders are no change."""
    return money.money_difference(_amounts(now), _amounts(then), level=level).winsorised


def state(definition: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    """Why there is no amount although there are orders: of too many of them it is not known."""
    if sums is None or not sums.too_little_known:
        return None
    unknown, orders = sums.unknown
    return State.NO_DATA, because(ReasonCode.AMOUNTS_UNKNOWN, unknown=unknown, orders=orders)


def unknown(sums: Sums) -> tuple[Warning, ...]:
    """How many orders bring no amount, where it is a few."""
    without, orders = sums.unknown
    return (warn(WarningCode.AMOUNTS_UNKNOWN, unknown=without, orders=orders),) if without else ()


def warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """Amounts that are not known; how many persons the tests would cap, and at what."""
    seen = money.mean_money(_amounts(sums))
    if not seen.capped:
        return unknown(sums)
    return (*unknown(sums), warn(WarningCode.TESTS_CAP, capped=seen.capped, persons=sums.n, cap=seen.cap))


def spread(definition: Definition) -> float:
    """Of revenue of those who bought: an SD of √2 of the mean, about that of a lognormal amount with σ 1."""
    return 2**0.5


KINDS = {"money": Kind("money", estimate, compare, state, warnings, spread=spread)}
