"""Companies over many weeks in which something did or did not change: what must be told, what must not, and the true difference."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from benchmarks.known.files import Company

FIRST = datetime(2024, 1, 1, 9)  # a Monday
QUARTER = 13
TRANSACTIONAL, RELATIONSHIP = "csat_t2b_5", "nps_relationship"


@dataclass(frozen=True)
class World:
    """`draw` makes a company of a seed. `told`: whether a change of `metric` must be told (False: nothing at all may be); `true`: the
    difference of the last quarter to the one before in the metric's unit, where the interval is held against it."""

    draw: Callable[[np.random.Generator], Company]
    metric: str
    told: bool | None
    true: float | None = None


def _shocks(random: np.random.Generator, weeks: int, size: float, memory: float) -> np.ndarray:
    """Weekly shocks of standard deviation `size`, each keeping `memory` of the week before, from a long run-in."""
    steps = random.normal(0, size * np.sqrt(1 - memory**2), weeks + 60)
    for week in range(1, len(steps)):
        steps[week] += memory * steps[week - 1]
    return steps[60:]


def visits(
    weeks: int = 78,
    each: int = 2000,
    memory: float = 0.4,
    season: float = 0.0,
    change: float = 0.0,
    step_at: int | None = None,
    step: float = 0.0,
) -> Callable:
    """One stage, so many visits a week by other people each time, seven of ten reaching the goal. `season`: points from trough to peak over a year;
    `change`: points in the last quarter; `step`: points that the level stood higher before week `step_at`."""

    def draw(random: np.random.Generator) -> Company:
        company = Company(FIRST)
        company.stage("buy")
        phase = random.uniform(0, 2 * np.pi)
        level = (
            0.7
            + _shocks(random, weeks, 0.01, memory)
            + season / 2 * np.sin(2 * np.pi * np.arange(weeks) / 52.18 + phase)
        )
        level[-QUARTER:] += change
        if step_at is not None:
            level[:step_at] += step
        for week in range(weeks):
            reached = random.random(random.poisson(each)) < level[week]
            for day, done in zip(random.uniform(0, 6.9, len(reached)), reached):
                company.visit("buy", 7 * week + day, company.next("b"), reached=bool(done))
        return company

    return draw


def satisfaction(quarterly: int, before: float, after: float, weeks: int = 78) -> Callable:
    """A CSAT survey after buying, so many answers a quarter, the share of the content before and in the last quarter."""

    def draw(random: np.random.Generator) -> Company:
        company = Company(FIRST)
        company.stage("buy")
        for week in range(weeks):
            share = after if week >= weeks - QUARTER else before
            for _ in range(random.poisson(quarterly / QUARTER)):
                company.answer(
                    "buy",
                    7 * week + random.uniform(0, 6.9),
                    5 if random.random() < share else 2,
                    "csat",
                    (1, 5),
                    company.next("c"),
                )
        company.answer("buy", 7 * weeks - 0.5, 5, "csat", (1, 5), company.next("c"))
        return company

    return draw


def relationship(quarterly: int, before: tuple[float, float], after: tuple[float, float], weeks: int = 78) -> Callable:
    """A relationship NPS survey: shares of promoters and detractors before and in the last quarter."""

    def draw(random: np.random.Generator) -> Company:
        company = Company(FIRST, kinds={"yearly": "relationship"})
        company.stage("buy")
        for week in range(weeks):
            promoters, detractors = after if week >= weeks - QUARTER else before
            for _ in range(random.poisson(quarterly / QUARTER)):
                score = random.choice((10, 8, 3), p=(promoters, 1 - promoters - detractors, detractors))
                company.answer("yearly", 7 * week + random.uniform(0, 6.9), score, "nps", (0, 10), company.next("c"))
        company.answer("yearly", 7 * weeks - 0.5, 8, "nps", (0, 10), company.next("c"))
        return company

    return draw


def deliveries(quarterly: int, weeks: int = 78) -> Callable:
    """A survey after delivery. A late parcel takes 20 days for 2, is answered within two days of its arrival, and satisfies 50 % for 85 %. Late are
    10 % of the parcels, in the last quarter 34.3 %: the true difference is .243 × −.35 = −8.5 points."""

    def draw(random: np.random.Generator) -> Company:
        company = Company(FIRST)
        company.stage("receive")
        for week in range(weeks):
            share = 0.342857 if week >= weeks - QUARTER else 0.1
            for _ in range(random.poisson(quarterly / QUARTER)):
                name, order, late = company.next("c"), company.next("o"), random.random() < share
                arrived = 7 * week + random.uniform(0, 6.9)
                ordered = arrived - (20 if late else 2)
                company.rows["orders"].append(
                    (order, company.at(ordered), "50", "20", company.at(arrived), company.at(ordered + 3), name)
                )
                score = 5 if random.random() < (0.5 if late else 0.85) else 2
                company.answer(
                    "receive",
                    min(arrived + random.uniform(0.2, 2), 7 * weeks - 0.1),
                    score,
                    "csat",
                    (1, 5),
                    name,
                    order=order,
                )
        return company

    return draw


WORLDS: dict[str, World] = {
    "visits, nothing, φ 0": World(visits(memory=0.0), "completion_rate", False),
    "visits, nothing, φ .4": World(visits(), "completion_rate", False),
    "visits, nothing, φ .8": World(visits(memory=0.8), "completion_rate", False),
    "season of 4 points, 78 weeks": World(visits(season=0.04), "completion_rate", False),
    "season of 4 points, 130 weeks": World(visits(130, each=1000, season=0.04), "completion_rate", False),
    "visits, −3 points": World(visits(change=-0.03), "completion_rate", True),
    "visits, −5 points": World(visits(change=-0.05), "completion_rate", True),
    "visits, −5 points after an old step of 10": World(
        visits(change=-0.05, step_at=40, step=0.10), "completion_rate", True
    ),
    "150 answers, nothing": World(satisfaction(150, 0.85, 0.85), TRANSACTIONAL, False),
    "150 answers, 85 → 55 %": World(satisfaction(150, 0.85, 0.55), TRANSACTIONAL, True),
    "233 answers, NPS 37 → 37": World(relationship(233, (0.55, 0.18), (0.55, 0.18)), RELATIONSHIP, False),
    "233 answers, NPS 37 → 0": World(relationship(233, (0.55, 0.18), (0.35, 0.35)), RELATIONSHIP, True),
    "late parcels, −8.5 points": World(deliveries(1500), TRANSACTIONAL, None, -0.085),
}
