"""What a cell's interval is held against: populations of known distribution, each with its truth worked out beside the draw.

Each design fills one stage (or one segment) of a company and returns {(metric, stage or segment): truth}.
"""

import math
from collections.abc import Callable

import numpy as np

from benchmarks.known.files import Company

Truth = dict[tuple[str, str], float]
Draw = Callable[[np.random.Generator, Company, str], Truth]
DAYS = 80  # everything happens within so many days


def _heavy(random: np.random.Generator, people: int, often: float, seldom: float) -> tuple[np.ndarray, np.ndarray]:
    """A tenth of the people come 1 + Poisson(often) times, the others 1 + Poisson(seldom): (how often, who is heavy)."""
    heavy = random.random(people) < 0.1
    return 1 + random.poisson(np.where(heavy, often, seldom)), heavy


def completion(people: int) -> Draw:
    """Heavy users reach their goal half of the time, the others in seven of ten visits, each with a chance of their own."""

    def draw(random: np.random.Generator, company: Company, stage: str) -> Truth:
        company.stage(stage)
        times, heavy = _heavy(random, people, 14, 0.5)
        chance = np.where(heavy, random.beta(2, 2, people), random.beta(8.4, 3.6, people))
        for person in range(people):
            browser = company.next("b")
            for day in random.choice(DAYS, min(times[person], DAYS), replace=False):
                company.visit(stage, day, browser, reached=random.random() < chance[person])
        visits = 0.1 * 15, 0.9 * 1.5
        return {("completion_rate", stage): (visits[0] * 0.5 + visits[1] * 0.7) / sum(visits)}

    return draw


def satisfied(people: int, share: float) -> Draw:
    """One CSAT answer a person: 5 or, less often, 4 with the given share, else 2."""

    def draw(random: np.random.Generator, company: Company, stage: str) -> Truth:
        company.stage(stage)
        for _ in range(people):
            score = 2 if random.random() >= share else 5 if random.random() < 0.7 else 4
            company.answer(stage, random.uniform(0, DAYS), score, "csat", (1, 5), company.next("c"))
        return {("csat_t2b_5", stage): share, ("csat_mean", stage): share * 4.7 + (1 - share) * 2}

    return draw


def satisfied_heavy(people: int) -> Draw:
    """A tenth of the people answer ten times as often, and half of their answers are content; of the others' eight of ten."""

    def draw(random: np.random.Generator, company: Company, stage: str) -> Truth:
        company.stage(stage)
        times, heavy = _heavy(random, people, 9, 0)
        chance = np.where(heavy, random.beta(1.5, 1.5, people), random.beta(8, 2, people))
        for person in range(people):
            name = company.next("c")
            for _ in range(times[person]):
                company.answer(
                    stage, random.uniform(0, DAYS), 5 if random.random() < chance[person] else 1, "csat", (1, 5), name
                )
        share = (0.1 * 10 * 0.5 + 0.9 * 0.8) / (0.1 * 10 + 0.9)
        return {("csat_t2b_5", stage): share, ("csat_mean", stage): 1 + 4 * share}

    return draw


def recommends(people: int, heavy_too: bool = False) -> Draw:
    """Half promote, a fifth detracts; with heavy answerers each person has a leaning of their own and answers up to ten times."""

    def draw(random: np.random.Generator, company: Company, stage: str) -> Truth:
        company.stage(stage)
        times = _heavy(random, people, 9, 0)[0] if heavy_too else np.ones(people, dtype=int)
        shares = random.dirichlet((1.0, 0.6, 0.4), people) if heavy_too else np.tile((0.5, 0.3, 0.2), (people, 1))
        for person in range(people):
            name = company.next("c")
            for score in random.choice((10, 8, 3), times[person], p=shares[person]):
                company.answer(stage, random.uniform(0, DAYS), score, "nps", (0, 10), name)
        return {("nps_transactional", stage): 30.0}

    return draw


def replied(people: int) -> Draw:
    """First reply after a lognormal time: median two hours, σ 1; 90 % within 2 · e^1.2816 hours."""

    def draw(random: np.random.Generator, company: Company, stage: str) -> Truth:
        company.stage(stage)
        for hours in random.lognormal(math.log(2), 1, people):
            company.ticket(stage, random.uniform(0, DAYS), company.next("c"), hours)
        return {("first_response_p50", stage): 2.0, ("first_response_p90", stage): 2 * math.exp(1.2815515655)}

    return draw


def needed_help(people: int) -> Draw:
    """One visit each; a tenth contacts the company a day later, 1 + Poisson(.5) times on days of their own, half of them by telephone (8), half by e-mail (4)."""

    def draw(random: np.random.Generator, company: Company, stage: str) -> Truth:
        company.stage(stage)
        for _ in range(people):
            name, day = company.next("c"), random.uniform(0, DAYS - 10)
            company.visit(stage, day, company.next("b"), name)
            if random.random() < 0.1:
                for later in range(min(1 + random.poisson(0.5), 6)):
                    company.ticket(stage, day + 0.5 + later, name, 1.0, "voice" if random.random() < 0.5 else "email")
        return {("contact_rate", stage): 0.1, ("cost_to_serve", stage): 0.1 * 1.5 * 6}

    return draw


def spent(people: int) -> Draw:
    """One order each, lognormal with median 40 and σ 1.3: mean 40 · e^0.845. Three contacts per ten orders, most people none."""

    def draw(random: np.random.Generator, company: Company, segment: str) -> Truth:
        for amount in random.lognormal(math.log(40), 1.3, people):
            name, day = company.next("c"), random.uniform(0, DAYS - 10)
            company.rows["people"].append((name, segment))
            company.rows["orders"].append(
                (company.next("o"), company.at(day), f"{amount:.2f}", f"{amount * 0.4:.2f}", "", "", name)
            )
            for later in range(random.poisson(random.gamma(0.5, 0.6))):
                company.ticket("help", day + 1 + 1.5 * later, name, 1.0)
        mean = 40 * math.exp(0.845)
        return {
            ("revenue_per_person", segment): mean,
            ("margin_per_person", segment): 0.4 * mean,
            ("contacts_per_order", segment): 30.0,
        }

    return draw


def paired(people: int) -> Draw:
    """Every visit reaches its goal, three of ten meet an error; unhappy are 20 % without and 50 % with one: 29 % of all."""

    def draw(random: np.random.Generator, company: Company, stage: str) -> Truth:
        company.stage(stage)
        for _ in range(people):
            name, day, hard = company.next("c"), random.uniform(0, DAYS), random.random() < 0.3
            session = company.visit(stage, day, company.next("b"), name, reached=True, error=hard)
            unhappy = random.random() < (0.5 if hard else 0.2)
            company.answer(stage, day + 0.01, 2 if unhappy else 5, "csat", (1, 5), name, session)
        return {
            ("unhappy_though_smooth", stage): 0.14 / 0.29,
            ("unhappy_attributable_to_friction", stage): 1 - 0.2 / 0.29,
        }

    return draw


STAGES: dict[str, Draw] = (
    {f"completion-{n}": completion(n) for n in (12, 40, 100, 200)}
    | {f"satisfied-{n}": satisfied(n, 0.8) for n in (5, 10, 20, 50, 150, 400)}
    | {f"ceiling-{n}": satisfied(n, 0.97) for n in (5, 10, 20, 50, 150, 400)}
    | {f"heavy-{n}": satisfied_heavy(n) for n in (20, 50, 150, 400)}
    | {f"recommends-{n}": recommends(n) for n in (10, 30, 100, 400)}
    | {f"recommends-heavy-{n}": recommends(n, True) for n in (50, 150)}
    | {f"replied-{n}": replied(n) for n in (5, 10, 20, 60, 200)}
    | {f"helped-{n}": needed_help(n) for n in (120, 400)}
    | {f"paired-{n}": paired(n) for n in (5, 10, 20, 100, 400)}
)
SEGMENTS: dict[str, Draw] = {f"spent-{n}": spent(n) for n in (20, 40, 120, 400)}


def company_of_cells(seed: int, first) -> tuple[Company, Truth]:
    """One company with every design in it, and the truth of each cell."""
    random, truth = np.random.default_rng(seed), {}
    company = Company(first, settings="cost_per_contact = { voice = 8.0, other = 4.0 }\n")
    company.stage("help")
    for name, draw in (STAGES | SEGMENTS).items():
        truth |= draw(random, company, name)
    company.visit("help", 300, "last")  # long after: nothing above is too recent to be judged
    return company, truth
