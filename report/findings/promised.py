"""What was promised beside what came: a decision that is done, its metric then and now, and how far the company's promises reach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from data.store.saved.cases import SavedCase
from metrics.catalogue.load import catalogue
from report import numbers
from report.findings.signing import Told
from report.text.catalogue import say
from report.words import words

LEAST = 3  # decisions measured before a factor is named
DONE = "done"


@dataclass(frozen=True)
class PromisedChange:
    """Of one decision: the change promised and the one measured since, its 95 % limits, in the metric's unit."""

    metric: str
    promised: float
    measured: float
    low: float
    high: float

    @property
    def part(self) -> float:
        """Measured as a part of promised: 1 is as promised, below 0 the wrong way."""
        return self.measured / self.promised


def kept(told: Told, case: SavedCase | None) -> PromisedChange | None:
    """Of a decision that is done: promised is what its case aims at, else the line it was signed against. None where either end has
    no value, where the days of then and now overlap, or nothing was promised."""
    decision, cell = told.decision, told.retested.cell
    if decision.status != DONE or cell is None or not cell.valued or decision.value is None or cell.value is None:
        return None
    if (
        None in (decision.low, decision.high, cell.low, cell.high)
        or told.retested.start.isoformat() <= decision.last_day
    ):
        return None
    aim = decision.line
    if case is not None and case.spec.get("metric") == decision.metric and case.spec.get("target") is not None:
        aim = float(case.spec["target"])
    promised, measured = aim - decision.value, float(cell.value) - decision.value
    if not promised:
        return None
    then, now = ((high or 0.0) - (low or 0.0) for low, high in ((decision.low, decision.high), (cell.low, cell.high)))
    half = math.hypot(then, now) / 2
    return PromisedChange(decision.metric, promised, measured, measured - half, measured + half)


def factor(found: list[PromisedChange]) -> float | None:
    """The company's optimism: the median part of what was promised that came. None below three decisions."""
    return median(one.part for one in found) if len(found) >= LEAST else None


def promised_words(one: PromisedChange) -> str:
    """`Promised +10 points, measured +4 points (−1 to +9).`"""
    unit = catalogue()[one.metric].unit
    promised, measured = (numbers.difference(value, unit, plus=True) for value in (one.promised, one.measured))
    limits = words.interval(one.low, one.high, unit, plus=True)
    return say("findings.promised.beside", promised=promised, measured=measured, limits=limits)


def factor_said(found: list[PromisedChange]) -> str:
    """How far promises reach, or how many more decisions have to be measured to say it."""
    part = factor(found)
    if part is None:
        return say("findings.promised.too_few", have=len(found), least=LEAST) if found else ""
    return say("findings.promised.factor", found=len(found), part=numbers.percent(part))
