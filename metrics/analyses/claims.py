"""Whether what was signed still holds: the same question asked of the newest weeks, judged against the line of then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.store.generations import Generation
from data.store.version import understood
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.query import company_week, context
from metrics.query.query import Query
from metrics.query.result import Cell


class Standing(StrEnum):
    """What may be said today of a claim that a value lies on the wrong side of a line."""

    HOLDS = "holds"  # the 95 % interval lies wholly on the wrong side
    WEAKER = "weaker"  # the interval holds the line
    OVERTURNED = "overturned"  # it lies wholly on the right side
    CANNOT_TELL = "cannot tell"  # no value today, or the metric is defined otherwise by now


@dataclass(frozen=True)
class Claim:
    """A metric of a stage lay below (or above) a line from `start` to `end`."""

    metric: str
    version: int
    journey: str
    stage: str
    line: float
    below: bool
    start: date
    end: date


@dataclass(frozen=True)
class Retested:
    """The claim today: over `start` to `end`, as many days as then. `cell` is None where the metric is no more what it was."""

    standing: Standing
    cell: Cell | None
    start: date
    end: date


@understood
def retest(claim: Claim, generation: Generation) -> Retested:
    """The standing of a claim on this generation: of the newest whole weeks, as many as it was made of, never older ones."""
    known = context.read(generation)
    start, end = claim.start, claim.end
    if known.last_day is not None:
        newest = company_week.last_whole_day(known.last_day, known.first_weekday)
        end = max(newest, claim.end)
        start = end - (claim.end - claim.start)
    found = catalogue().get(claim.metric)
    gone = claim.journey not in known.journeys or claim.stage not in known.stages.get(claim.journey, ())
    if found is None or found.version != claim.version or gone:
        return Retested(Standing.CANNOT_TELL, None, start, end)
    asked = Query((claim.metric,), claim.journey, (claim.stage,), start, end, by=("stage",))
    cell = run(asked, generation).cell(claim.metric, stage=claim.stage)
    return Retested(standing_of(claim, cell), cell, start, end)


def standing_of(claim: Claim, cell: Cell | None) -> Standing:
    """By where the interval lies; a rough estimate decides as any other, by its wider interval."""
    if cell is None or not cell.valued or cell.low is None or cell.high is None:
        return Standing.CANNOT_TELL
    wrong, right = (
        (cell.high < claim.line, cell.low > claim.line)
        if claim.below
        else (cell.low > claim.line, cell.high < claim.line)
    )
    return Standing.HOLDS if wrong else Standing.OVERTURNED if right else Standing.WEAKER
