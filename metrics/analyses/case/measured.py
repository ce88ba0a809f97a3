"""What the store says of a case's stage: sums by person group, turned into replicates of every link measured on the same people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.store.generations import Generation
from metrics.analyses.case.case import FILTERS, Case
from metrics.query import context
from metrics.query.filter_values import parts
from metrics.query.named_sql import ask_rows
from metrics.rules.disclosure import edges
from metrics.statistics.groups import replicates
from metrics.statistics.moments import GROUPS

YEAR = 364  # days: 52 whole weeks, so that no weekday counts more often than another
RIPE = 91  # days after which it is known whether somebody came back within 90


@dataclass(frozen=True)
class Window:
    """The days a case is measured in, and what makes a year of them."""

    start: date
    end: date
    last_day: date
    buyer_days: int = 30

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def yearly(self) -> float:
        """What a count of the window is multiplied by."""
        return YEAR / self.days

    @property
    def ripe_until(self) -> date:
        """The last day after which `buyer_days` whole days are known."""
        return min(self.end, self.last_day - timedelta(days=self.buyer_days + 1))

    @property
    def yearly_ripe(self) -> float:
        """As yearly, of the days up to `ripe_until`."""
        return YEAR / max((self.ripe_until - self.start).days + 1, 1)


def window(case: Case, generation: Generation) -> Window | None:
    """The days the case names, else the last 52 weeks of the data, or all there are; None without days. For a viewer of groups they end with the
    last of the company's weeks that is over, as every period does that is told to one."""
    known = context.read(generation)
    first_day, last_day = known.first_day, known.last_day
    if first_day is None or last_day is None:
        return None
    if known.groups_only:
        last_day = max(edges.span(generation)[1], first_day)
    end = min(case.end or last_day, last_day)
    start = max(case.start or end - timedelta(days=YEAR - 1), first_day)
    return Window(start, max(end, start), last_day, case.assumptions.buyer_days)


@dataclass(frozen=True)
class Sums:
    """Named sums by person group, and their totals in every replicate."""

    by_group: dict[str, np.ndarray]  # name → (groups,)
    drawn: dict[str, np.ndarray]  # name → (draws,)

    def total(self, name: str) -> float:
        return float(self.by_group[name].sum())

    def ratio(self, numerator: str, denominator: str) -> np.ndarray:
        return replicates.over(self.drawn[numerator], self.drawn[denominator])

    def share(self, numerator: str, denominator: str) -> float:
        """The ratio as measured, NaN without a denominator."""
        return self.total(numerator) / self.total(denominator) if self.total(denominator) else float("nan")


def with_replicates(by_group: dict[str, np.ndarray], weights: np.ndarray) -> Sums:
    """Sums with their replicates."""
    table = replicates.totals(np.vstack(list(by_group.values())), weights)
    return Sums(by_group, {name: table[:, place] for place, name in enumerate(by_group)})


def sums_by_stage(
    name: str, case: Case, window: Window, generation: Generation, weights: np.ndarray
) -> dict[str, Sums]:
    """The sums of metrics/sql/<name>.sql by stage."""
    parameters: dict[str, object] = {
        "journey": case.journey,
        "stage": case.stage,
        "start": window.start,
        "end": window.end,
        "until": window.ripe_until,
        "ripe": window.last_day - timedelta(days=RIPE),
        "buyer_days": case.assumptions.buyer_days,
        "margin_rate": case.assumptions.margin_rate,
    }
    parameters |= {name: None for name in FILTERS} | {name: parts(value) for name, value in case.filters}
    rows = ask_rows(generation, name, parameters)
    return {
        stage: with_replicates(_by_group([row for row in rows if row["stage"] == stage]), weights)
        for stage in {row["stage"] for row in rows}
    }


def _by_group(rows: list[dict[str, Any]]) -> dict[str, np.ndarray]:
    """Every sum of the rows, by person group."""
    at = np.array([row["person_group"] for row in rows])
    names = [name for name in rows[0] if name not in ("stage", "person_group")]
    return {
        name: np.bincount(at, weights=np.array([float(row[name] or 0) for row in rows]), minlength=GROUPS)
        for name in names
    }
