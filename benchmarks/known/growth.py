"""The same people behave the same for a year: no rate about people may depend on how long a period is asked about."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from benchmarks.known.ask import opened
from benchmarks.known.files import Company
from benchmarks.known.worlds import FIRST
from metrics.compute.run import run
from metrics.query.query import Query

WEEKS = (4, 13, 52)
METRICS = ("completion_rate", "contact_rate", "conversion", "unbroken_journey_rate")


@dataclass(frozen=True)
class Grown:
    """One metric over periods of 4, 13 and 52 weeks that end alike. Steady where every interval meets the longest one's."""

    metric: str
    values: tuple[float | None, ...]
    steady: bool

    @property
    def verdict(self) -> str:
        """within where the value does not depend on the length of the period."""
        return "within" if self.steady else "outside"


def steady_company(random: np.random.Generator, people: int = 400, weeks: int = 60) -> Company:
    """Each comes once in four weeks or so, reaches the goal in seven of ten visits, buys after one in five of these, asks for help after one in twenty."""
    company = Company(FIRST)
    company.stage("buy")
    for _ in range(people):
        name, browser, day = company.next("c"), company.next("b"), random.uniform(0, 28)
        while day < 7 * weeks:
            company.visit("buy", day, browser, name, reached=random.random() < 0.7)
            if random.random() < 0.2:
                company.rows["orders"].append((company.next("o"), company.at(day, 5), "50", "20", "", "", name))
            if random.random() < 0.05:
                company.ticket("buy", day + random.uniform(0.1, 2), name, 2.0)
            day += random.exponential(27) + 1
    return company


def growth(seed: int, folder: Path, say) -> list[Grown]:
    """One company, asked about the last 4, 13 and 52 weeks before its latest month (whose outcomes may still be open)."""
    say("growth: one company")
    with opened(steady_company(np.random.default_rng(seed)), folder / "growth") as generation:
        end = (FIRST + timedelta(days=7 * 55 - 1)).date()
        return [
            _grown(
                metric,
                [
                    run(Query((metric,), start=end - timedelta(days=7 * weeks - 1), end=end), generation).cells[0]
                    for weeks in WEEKS
                ],
            )
            for metric in METRICS
        ]


def _grown(metric: str, cells: list) -> Grown:
    longest = cells[-1]
    meets = [
        cell.value is None
        or cell.low is None
        or longest.low is None
        or (cell.low <= longest.high and cell.high >= longest.low)
        for cell in cells
    ]
    return Grown(metric, tuple(cell.value for cell in cells), longest.value is not None and all(meets))
