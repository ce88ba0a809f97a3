"""The designs of money, ratios, the pair and exposed margins."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.coverage.designs import PAIR, PAIR_HARD, SIGMA
from benchmarks.coverage.judge import Design
from benchmarks.coverage.people import frame

COSTS = (4.0, 8.0)


def money() -> Iterator[Design]:
    """Amounts per person: lognormal, and mostly nothing."""
    for n in (20, 40, 120, 400, 1500, 3100, 6000):
        yield Design(
            "revenue per buyer, lognormal σ 1.3",
            "revenue_per_person",
            n,
            lambda rng, runs, n=n: frame(rng, runs, n, v=60 * np.exp(SIGMA * rng.normal(size=(runs, n)))),
            60 * float(np.exp(SIGMA**2 / 2)),
        )
    for n in (20, 40, 120, 400, 1500, 3100):
        yield Design(
            "revenue per buyer, lognormal σ 0.7",
            "revenue_per_person",
            n,
            lambda rng, runs, n=n: frame(rng, runs, n, v=60 * np.exp(0.7 * rng.normal(size=(runs, n)))),
            60 * float(np.exp(0.7**2 / 2)),
        )
    for n in (120, 400, 2000, 8500):
        yield Design(
            "cost to serve, 3 % ask for help",
            "cost_to_serve",
            n,
            lambda rng, runs, n=n: _costs(rng, runs, n),
            0.03 * 2 * (0.7 * COSTS[0] + 0.3 * COSTS[1]),
        )


def _costs(rng: np.random.Generator, runs: int, n: int) -> pd.DataFrame:
    """Nothing for most; those who ask have one ticket or more (two on average), each at the price of its way in."""
    asks = rng.random((runs, n)) < 0.03
    tickets = np.where(asks, rng.geometric(0.5, (runs, n)), 0)
    dear = rng.binomial(tickets, 0.3)
    return frame(rng, runs, n, v=(tickets - dear) * COSTS[0] + dear * COSTS[1])


def ratios() -> Iterator[Design]:
    """Contacts by orders: some write often."""
    for metric in ("contacts_per_order",):
        for n in (40, 120, 400, 1100, 1500):
            yield Design(
                "contacts per order, some write often",
                metric,
                n,
                lambda rng, runs, n=n: _orders(rng, runs, n, 1),
                100 * 0.12 / 1.5,
            )
            yield Design(
                "contacts per order, everybody alike",
                metric,
                n,
                lambda rng, runs, n=n: _orders(rng, runs, n, None),
                100 * 0.12 / 1.5,
            )


def _orders(rng: np.random.Generator, runs: int, n: int, shape: float | None) -> pd.DataFrame:
    """One row a person, as ratio.sql sums them anyway: 1 + Poisson(.5) orders, Poisson contacts with a gamma rate of mean .12."""
    rate = 0.12 if shape is None else rng.gamma(0.3, 0.12 / 0.3, (runs, n))
    return frame(rng, runs, n, base=1 + rng.poisson(0.5, (runs, n)), counted=rng.poisson(rate, (runs, n)))


def pairs() -> Iterator[Design]:
    """How it went beside how it felt."""
    for table, name in ((PAIR, "friction explains little"), (PAIR_HARD, "friction explains much")):
        a, b, c, d = table
        truths = {
            "unhappy_attributable_to_friction": 1 - (b / (a + b)) * sum(table) / (b + d),
            "unhappy_though_smooth": b / (b + d),
            "satisfied_though_hard": c / (a + c),
        }
        for metric, truth in truths.items():
            for n in (5, 10, 20, 50, 150, 400, 550):
                yield Design(
                    f"pair, {name}", metric, n, lambda rng, runs, n=n, t=table: _pair(rng, runs, n, t, 1), truth
                )
        for n in (20, 50, 150, 300, 400):
            yield Design(
                f"pair, {name}, heavy users",
                "unhappy_attributable_to_friction",
                n,
                lambda rng, runs, n=n, t=table: _pair(rng, runs, n, t, 2),
                truths["unhappy_attributable_to_friction"],
            )


def _pair(rng: np.random.Generator, runs: int, n: int, table: tuple[int, ...], each: int) -> pd.DataFrame:
    often = (
        np.ones((runs, n), dtype=int)
        if each == 1
        else np.where(rng.random((runs, n)) < 0.1, rng.integers(4, 9, (runs, n)), 1)
    )
    share = np.array(table) / sum(table)
    usual = rng.choice(4, runs * n, p=share).repeat(often.ravel())
    kind = np.where(rng.random(usual.size) < 0.5, usual, rng.choice(4, usual.size, p=share))
    return frame(rng, runs, n, often, struggled=kind >= 2, unhappy=kind % 2 == 1, goal_reached=kind < 2)


def exposures() -> Iterator[Design]:
    """Margin of unhappy buyers, known of a quarter of them and scaled."""
    for n in (100, 400, 1600, 6000):
        yield Design(
            "margin of the unhappy",
            "value_of_unhappy_customers",
            n,
            lambda rng, runs, n=n: _buyers(rng, runs, n),
            n * 0.2 * 20 * float(np.exp(0.9**2 / 2)),
            ready=True,
        )
        yield Design(
            "margin lost",
            "expected_margin_lost",
            n,
            lambda rng, runs, n=n: _buyers(rng, runs, n),
            n * 0.2 * 20 * float(np.exp(0.9**2 / 2)) * (0.5 - 0.3),
            ready=True,
        )


def _buyers(rng: np.random.Generator, runs: int, n: int) -> pd.DataFrame:
    """As exposure.sql gives it: a row a sample and person group."""
    margin = 20 * np.exp(0.9 * rng.normal(size=(runs, n)))
    answered, unhappy = rng.random((runs, n)) < 0.25, rng.random((runs, n)) < 0.2
    left = rng.random((runs, n)) < np.where(unhappy, 0.5, 0.3)
    rows = pd.DataFrame(
        {"slot": np.arange(runs).repeat(n), "person_group": rng.integers(0, 40, runs * n), "n": 1, "c": 1}
    )
    for name, values in {
        "respondents": answered,
        "unhappy_margin": margin * (answered & unhappy),
        "unhappy": answered & unhappy,
        "unhappy_left": answered & unhappy & left,
        "content": answered & ~unhappy,
        "content_left": answered & ~unhappy & left,
        "squares": (margin * (answered & unhappy)) ** 2,
        "mass": margin * (answered & unhappy),
        "top": margin * (answered & unhappy),
    }.items():
        rows[name] = values.ravel().astype(float)
    sums = rows.groupby(["slot", "person_group"], as_index=False).sum()
    return sums.assign(top=rows.groupby(["slot", "person_group"])["top"].max().to_numpy())
