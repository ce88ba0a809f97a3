"""A stock: how many there are at the end of the period. Everything is counted, so there is nothing to estimate."""

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, Warning, WarningCode, warn
from metrics.kinds import Kind
from metrics.kinds.sums import Sums
from metrics.present import present
from metrics.states import State
from metrics.statistics.core import Comparison, Estimate, Note, untestable


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    return Estimate(float(sums.rows["y"].sum()), n=sums.n, note=Note.NO_VARIATION)


def compare(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    return Comparison(
        Estimate(present(first.value) - present(second.value), note=Note.NO_VARIATION), untestable(Note.NO_VARIATION)
    )


def state(definition: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    return None if result.value is None else (State.SHOWN, None)


def warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """Why there is no interval."""
    return (warn(WarningCode.COUNT_OF_ALL),)


KINDS = {"stock": Kind("stock", estimate, compare, state, warnings)}
