"""How a planted truth is written down: what is measured, on whom, and how twins are compared.

A measure is a function (seen, base) -> (numerator, denominator). `base` is the company as generated and says who
belongs to the population; `seen` is either the same or its twin without the effect and says what happened to them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from data.demo.calendar import DAY
from data.demo.customers.asking import ask
from data.demo.customers.block import Outcome
from data.demo.customers.contacts import NORMAL
from data.demo.customers.surveys import Batch, eleven
from data.demo.customers.visits import Sessions

RETURN_DAYS = 90
Tracked = tuple[np.ndarray, np.ndarray, Sessions]  # what tracking.track returns


class View:
    """An outcome with the masks and numbers that measures ask for again and again."""

    def __init__(self, outcome: Outcome, tracked: Tracked | None = None):
        self.o, self._tracked = outcome, tracked
        self.week, self.device = outcome.world.episodes.week, outcome.world.episodes.device
        self.kind = outcome.world.episodes.kind

    @property
    def tracked(self) -> Tracked:
        """What web analytics recorded; a twin is never tracked."""
        if self._tracked is None:
            raise ValueError("only the company as generated is tracked")
        return self._tracked

    @cached_property
    def alive(self) -> np.ndarray:
        return self.o.after.alive

    @cached_property
    def online(self) -> np.ndarray:
        return self.alive & self.o.buy.online

    @cached_property
    def done(self) -> np.ndarray:
        return self.o.after.done(self.o.buy)

    @cached_property
    def batches(self) -> dict[str, Batch]:
        return {batch.survey: batch for batch in ask(self.o)}

    @cached_property
    def nps(self) -> np.ndarray:
        return points(eleven(self.o.after.likely))

    @cached_property
    def due(self) -> np.ndarray:
        return self.o.world.window.week_of(self.o.after.promised)

    @cached_property
    def contacts(self) -> np.ndarray:
        """Sorted keys person, time of first contacts."""
        t = self.o.tickets
        return np.sort((t.person * 1e9 + t.created)[t.sort == NORMAL])

    def writes_within(self, start: np.ndarray, days: float) -> np.ndarray:
        begin = self.o.world.episodes.person * 1e9 + start
        return np.searchsorted(self.contacts, begin + days * DAY) > np.searchsorted(self.contacts, begin)

    def weeks(self, first: int, last: int) -> np.ndarray:
        return (self.week >= first) & (self.week <= last)

    def within(self, start: np.ndarray, days: float, what: np.ndarray) -> np.ndarray:
        """Per entry of episodes: does the person have an episode marked `what` within `days` after `start`."""
        keys = self.o.world.episodes.person[what] * 1e9 + self.o.world.episodes.start[what]
        begin = self.o.world.episodes.person * 1e9 + start
        return np.searchsorted(keys, begin + days * DAY, "right") > np.searchsorted(keys, begin, "right")

    @cached_property
    def comes_back(self) -> np.ndarray:
        return self.within(self.o.world.episodes.start + 1, RETURN_DAYS, self.alive)


def points(score: np.ndarray) -> np.ndarray:
    """+1 promoter, 0 passive, -1 detractor."""
    return (score >= 9).astype(np.int64) - (score <= 6)


Measure = Callable[[View, View], tuple[float, float]]
Settle = Callable[[dict[str, float]], float | None]


@dataclass(frozen=True)
class Claim:
    """One planted truth. `twin` = the switch turned off in the twin ('' = compared within one and the same company)."""

    id: str
    text: str
    estimand: str
    population: str
    weeks: tuple[int, int]
    view: str
    twin: str
    measures: dict[str, Measure] = field(repr=False)
    settle: Settle | None = None  # size from the values; default: first twin difference
    totals: bool = False  # values are sums over everybody, not means


def share(what: np.ndarray, of: np.ndarray) -> tuple[float, float]:
    """Mean of `what` (a mask or numbers) over the mask `of`, as (sum, count)."""
    return float(what[of].sum()), float(of.sum())


def gap(first: str, second: str) -> Settle:
    return lambda values: round(values[first] - values[second], 4)


def ratio(first: str, second: str, less: float = 0.0) -> Settle:
    """First over second (minus `less`); None where there is no second."""
    return lambda values: round(values[first] / values[second] - less, 4) if values[second] else None
