"""Who is drawn, and how often: samples of people as frames with one row a visit, answer, ticket or order.

Every function draws `runs` samples of `people` people each; `run`, `person_id` and `person_group` are columns of all. Written
for this benchmark alone: nothing here knows how the product estimates anything.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

LIGHT, HEAVY = (1, 4), (10, 31)  # rows of most people, and of the heavy users


def frame(
    rng: np.random.Generator, runs: int, people: int, often: np.ndarray | None = None, **columns: np.ndarray
) -> pd.DataFrame:
    """One row for each of `often` (runs, people) occasions of everybody; `columns` are values by row or by person."""
    often = np.ones((runs, people), dtype=int) if often is None else often
    person = np.arange(runs * people).repeat(often.ravel())
    group = rng.integers(0, 40, runs * people)
    rows = {"run": person // people, "person_id": person, "person_group": group[person]}
    for name, values in columns.items():
        flat = np.asarray(values).ravel()
        rows[name] = flat[person] if flat.size == runs * people != person.size else flat
    return pd.DataFrame(rows)


def visits(rng: np.random.Generator, runs: int, people: int, heavy: float = 0.1) -> np.ndarray:
    """How often each comes: a share of heavy users 10–30 times, the others one to three times."""
    light = rng.integers(*LIGHT, (runs, people))
    return np.where(rng.random((runs, people)) < heavy, rng.integers(*HEAVY, (runs, people)), light)


def chances(rng: np.random.Generator, runs: int, people: int, centre: float, sd: float) -> np.ndarray:
    """Everybody's own chance, logistic(centre + sd·Z), shape (runs, people)."""
    return 1 / (1 + np.exp(-(centre + sd * rng.normal(size=(runs, people)))))


def mean_chance(centre: float, sd: float) -> float:
    """E[logistic(centre + sd·Z)] by Gauss–Hermite."""
    node, weight = np.polynomial.hermite_e.hermegauss(80)
    return float(weight @ (1 / (1 + np.exp(-(centre + sd * node)))) / weight.sum())


def yes_no(
    rng: np.random.Generator, runs: int, people: int, centre: float, sd: float, heavy: float = 0.1
) -> pd.DataFrame:
    """Yes (1) or no (0) at every visit, by each person's own chance."""
    often = visits(rng, runs, people, heavy)
    chance = chances(rng, runs, people, centre, sd).ravel().repeat(often.ravel())
    return frame(rng, runs, people, often, v=(rng.random(chance.size) < chance).astype(float))


def ratings(
    rng: np.random.Generator,
    runs: int,
    people: int,
    shares: Sequence[float],
    first: int = 1,
    often: np.ndarray | None = None,
    alike: float = 0.0,
) -> pd.DataFrame:
    """Answers on a scale from `first` on with these shares; a person gives their own usual answer with probability `alike`."""
    often = np.ones((runs, people), dtype=int) if often is None else often
    values = np.arange(first, first + len(shares))
    usual = rng.choice(values, runs * people, p=shares).repeat(often.ravel())
    other = rng.choice(values, usual.size, p=shares)
    return frame(rng, runs, people, often, v=np.where(rng.random(usual.size) < alike, usual, other).astype(float))


def mean_rating(shares: Sequence[float], first: int = 1) -> float:
    """The mean of a scale."""
    return float(np.arange(first, first + len(shares)) @ np.asarray(shares))
