"""Series with a gap where they are asked in another way: a line never joins what is not one series."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.codes import ReasonCode, because
from metrics.query.result import Cell, Result, State

REASON = because(ReasonCode.ASKED_OTHERWISE_FROM_HERE)


def days_of(result: Result, metric: str, stage: str | None) -> tuple[date, ...]:
    """The days from which a metric of a stage is asked in another way."""
    found = result.broken.get(metric, {})
    return found.get(stage, found.get(None, ()))


def gapped(points: Sequence[tuple[date, Cell]], days: Sequence[date]) -> list[tuple[date, Cell]]:
    """The points in order, with one that has no value where the way of asking changes."""
    found: list[tuple[date, Cell]] = []
    for when, cell in points:
        if found and any(found[-1][0] < day <= when for day in days):
            found.append(
                (
                    when,
                    replace(
                        cell,
                        value=None,
                        low=None,
                        high=None,
                        se=None,
                        n=0,
                        persons=0,
                        state=State.NO_DATA,
                        reason=REASON,
                    ),
                )
            )
        found.append((when, cell))
    return found
