"""Randomised tests: who was exposed, when, and to which variant. The unit is the person."""

from dataclasses import dataclass

import numpy as np

from data.demo.customers.world import World

CONTROL, TREATMENT = "control", "treatment"


@dataclass(frozen=True)
class Experiment:
    name: str
    first_week: int
    last_week: int
    newcomers: bool  # only people without an order so far


CLICK = Experiment("one-page-checkout", 17, 58, True)  # E10
REASSURE = Experiment("delivery-date-in-cart", 14, 39, False)  # E11
FILTERS = Experiment("filter-panel", 60, 70, False)  # T19: sample ratio mismatch
PHOTOS = Experiment("review-photos", 36, 78, False)  # T19: unequal response


@dataclass(frozen=True)
class Exposure:
    """Per episode: `first` marks the exposing one, `active` all exposed ones, `treated` those in the treatment."""

    first: np.ndarray
    active: np.ndarray
    treated: np.ndarray


def exposure(world: World, test: Experiment, ordered: np.ndarray | None, eligible: np.ndarray) -> Exposure:
    """First eligible episode inside the weeks exposes; `ordered` (needed for newcomers) excludes earlier buyers."""
    person, week = world.episodes.person, world.episodes.week
    inside = eligible & (week >= test.first_week) & (week <= test.last_week)
    if test.newcomers:
        if ordered is None:
            raise ValueError(f"{test.name}: who is new needs the orders of before")
        early = np.zeros(world.people.n, dtype=bool)
        early[person[ordered & (week < test.first_week)]] = True
        inside &= ~(early | world.people.known)[person]
    first = first_of_person(person, inside, world.people.n)
    exposed = running_any(person, first)
    active = exposed & (week <= test.last_week)
    arm = world.draws.uniform("arm." + test.name, world.people.n) < 0.5
    return Exposure(first, active, active & arm[person])


def first_of_person(person: np.ndarray, mask: np.ndarray, n: int) -> np.ndarray:
    """Marks each person's first True; entries are ordered by person and time."""
    seen = np.full(n, -1)
    index = np.flatnonzero(mask)[::-1]
    seen[person[index]] = index
    first = np.zeros(len(person), dtype=bool)
    first[seen[seen >= 0]] = True
    return first


def running_count(person: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """How many True a person had before this entry."""
    total = np.cumsum(mask) - mask
    start = np.searchsorted(person, person, side="left")
    return total - total[start]


def running_any(person: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Whether the person had a True before or at this entry."""
    return (running_count(person, mask) + mask) > 0
