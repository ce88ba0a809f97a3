"""Kinds of measure: which SQL counts one and which method judges it. A kind is added by one file in this folder.

Each module names its own in KINDS: name → Kind. Nothing else needs to know of it: definitions are checked against the
names here, the planner takes the template, run() the methods.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from metrics.catalogue.definition import Definition
from metrics.codes import Beside, Reason, Warning
from metrics.kinds.sums import Sums
from metrics.states import State
from metrics.statistics.core import Comparison, Estimate, Note, Test, missing, untestable
from metrics.statistics.groups import differences


def _apart(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    """Two intervals set against each other (square and add), without a test: where no closer method is known."""
    return Comparison(differences.square_and_add(first, second), untestable(Note.UNDEFINED))


def _rows(definition: Definition, sums: Sums) -> int:
    return sums.n


def _width(definition: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    return None


def _nothing(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    return ()


def _unknown(definition: Definition) -> float | None:
    return None


def _alone(definition: Definition, sums: Sums, result: Estimate, level: float) -> tuple[Beside, ...]:
    return ()


@dataclass(frozen=True)
class Within:
    """What a stratum's value and its least error come from: `sums` by person group, n first; `value(definition, totals)` from their
    totals (sums, strata); `spread(totals)` the variance of one row, from the same totals."""

    sums: tuple[str, ...]
    value: Callable[..., Any]
    spread: Callable[..., Any]


@dataclass(frozen=True)
class Kind:
    """`template` is a file of metrics/sql that returns rows with person_group, n (rows) and c (distinct persons); for privacy
    also `who` (at most four ids) and, where it is an amount, `top` and `mass` (the largest person's and the sum of all).

    `estimate(definition, sums, level)` gives value and interval in the metric's unit. `compare(definition, now, then,
    their two estimates, level)` gives this minus that. `state(definition, sums, estimate)` overrules how a cell looks:
    (state, reason), or None where the interval's width decides, or why there is no value. `warnings(definition, sums,
    estimate)` are what travels with the cell. `within` is how it splits into strata: what two periods asked in
    different ways, and a part and the rest, are compared by; None where it does not. `count(definition, sums)` is
    the n that is shown: of a share, what it is a share of. `spread(definition)` is the SD of one row where the metric is as it
    usually is (in its unit; of times, amounts and counts over the value), None where none can be named; `carried(definition,
    sums)` the rows that spread is of, where these are not those of n. `beside(definition, sums, estimate, level)` are the numbers
    without which the value must not be read.
    """

    template: str
    estimate: Callable[[Definition, Sums, float], Estimate]
    compare: Callable[[Definition, Sums, Sums, Estimate, Estimate, float], Comparison] = _apart
    state: Callable[[Definition, Sums | None, Estimate], tuple[State, Reason | None] | None] = _width
    warnings: Callable[[Definition, Sums, Estimate], tuple[Warning, ...]] = _nothing
    within: Within | None = None
    count: Callable[[Definition, Sums], int] = _rows
    beside: Callable[[Definition, Sums, Estimate, float], tuple[Beside, ...]] = _alone
    spread: Callable[[Definition], float | None] = _unknown
    carried: Callable[[Definition, Sums], int] | None = None
    weighted: str | None = (
        None  # the file that counts the same with the weights a source brings; None: every row counts once
    )


@cache
def registry() -> dict[str, Kind]:
    """Every kind by name. Two modules may not claim one name."""
    found: dict[str, Kind] = {}
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        for name, kind in getattr(import_module(f"{__name__}.{path.stem}"), "KINDS", {}).items():
            if name in found:
                raise ValueError(f"two kinds are named {name}")
            found[name] = kind
    return found


def kind_of(definition: Definition) -> Kind:
    """The kind of a definition's measure."""
    return registry()[definition.measure.kind]


def estimate(definition: Definition, sums: Sums | None, level: float) -> Estimate:
    """Value and interval of one cell, in the metric's unit."""
    if sums is None or not sums.n:
        return missing(Note.EMPTY)
    return sums.once(definition, level, kind_of(definition).estimate)


def compare(definition: Definition, now: Sums | None, then: Sums | None, level: float) -> Comparison:
    """This period minus the other, by the method that fits: the same people may stand in both."""
    first, second = estimate(definition, now, level), estimate(definition, then, level)
    if now is None or then is None or first.value is None or second.value is None:
        return Comparison(missing(Note.EMPTY, n=None), Test(None, None, None, Note.EMPTY))
    return kind_of(definition).compare(definition, now, then, first, second, level)
