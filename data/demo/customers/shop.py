"""Find, Evaluate and Decide: what each potential episode does before the cart. Pure functions of (world, effects)."""

from dataclasses import dataclass

import numpy as np

from data.demo.customers.episodes import DESKTOP, MOBILE, MOBILE_WEEK
from data.demo.customers.world import World

GO_LIVE = (50, 51, 52, 53, 10_000)  # week of the search release by region; Austria never
SECOND_SEARCH, SECOND_SEARCH_NEW, FIND_GAIN = 0.24, 0.18, 0.025
FIND_OK = 0.62
MARGINAL = (FIND_OK - 0.005, FIND_OK + 0.03)  # found only just: these people do worse later on (T17)
EXPECT_WEEKS = (30, 36)


@dataclass(frozen=True)
class Shop:
    find: np.ndarray
    search: np.ndarray
    second_search: np.ndarray
    found: np.ndarray
    marginal: np.ndarray
    evaluate: np.ndarray
    views: np.ndarray  # product and review pages looked at in Evaluate
    evaluate_rage: np.ndarray
    shortlisted: np.ndarray
    decide: np.ndarray
    backtracks: np.ndarray
    decide_dwell: np.ndarray  # seconds
    decided: np.ndarray
    decide_mood: np.ndarray  # latent satisfaction; above 0 = 4 or 5 of 5
    browse_mood: np.ndarray
    expectation: np.ndarray  # latent, on the 1-7 scale


def shop(world: World, on: frozenset[str]) -> Shop:
    find, search, second, found, marginal = _find(world, on)
    evaluate = ~find | found & (world.u("evaluate.visit") < 0.85)
    views, rage, shortlisted = _evaluate(world, on)
    decide = evaluate & shortlisted & (world.u("decide.visit") < 0.30)
    backtracks, dwell, decided, mood = _decide(world, on)
    return Shop(
        find,
        search,
        second,
        found,
        marginal,
        evaluate,
        views,
        evaluate & rage,
        evaluate & shortlisted,
        decide,
        backtracks,
        dwell,
        decide & decided,
        mood,
        _browse_mood(world),
        _expectation(world, on),
    )


def _find(world: World, on: frozenset[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    week, buyer = world.episodes.week, world.of(world.people.buyer)
    find = world.u("find.visit") < np.where(buyer, 0.65, 0.85)
    live = week >= np.array(GO_LIVE)[world.of(world.people.region)]
    better = live & ("E4" in on)
    search = find & (world.u("find.search") < 0.55)
    second = search & (world.u("find.second") < np.where(better, SECOND_SEARCH_NEW, SECOND_SEARCH))
    luck = world.u("find.ok")
    found = find & (luck < FIND_OK + world.shock("find") + FIND_GAIN * better)
    return find, search, second, found, found & (luck > MARGINAL[0]) & (luck < MARGINAL[1])


def _evaluate(world: World, on: frozenset[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Motivated people look longer, complete more and rage-click more; the rage click itself costs completion (T8)."""
    device, motivation = world.episodes.device, world.z("evaluate.motivation")
    views = 1 + np.minimum(9, np.floor(np.exp(0.55 + 0.75 * motivation + 0.35 * world.z("evaluate.views")))).astype(
        np.int64
    )
    rage = world.u("evaluate.rage") < 0.0035 * views**2
    base = np.where(device == DESKTOP, 0.805, np.where(device == MOBILE, 0.605, 0.70))
    web_gain = 0.02 * ((world.episodes.week >= MOBILE_WEEK) & (device <= MOBILE)) * ("T1" in on)
    hit = 0.03 * rage * ("T8" in on)
    pull = 0.11 * np.clip(motivation, -2, 2) * np.where(device == DESKTOP, 0.8, 1.0)
    shortlisted = world.u("evaluate.ok") < base + web_gain + pull + world.shock("evaluate") - hit
    return views, rage, shortlisted


def _decide(world: World, on: frozenset[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    hard = "E2" in on
    u = world.u("decide.backtrack")
    rate = 0.44 if hard else 0.22
    backtracks = (u < rate).astype(np.int64) + (u < rate * 0.45) + (u < rate * 0.2)
    dwell = (324.0 if hard else 180.0) * np.exp(0.7 * world.z("decide.dwell"))
    decided = world.u("decide.ok") < (0.70 if hard else 0.78) + world.shock("decide")
    mood = (
        (1.32 if hard else 0.90)
        + 0.45 * world.of(world.people.affinity)
        + 0.35 * world.of(world.people.scale)
        + world.z("decide.mood")
        + world.shock("csat") * 3
    )
    return backtracks, dwell, decided, mood


def _browse_mood(world: World) -> np.ndarray:
    return (
        0.56
        + 0.45 * world.of(world.people.affinity)
        + 0.35 * world.of(world.people.scale)
        + world.z("browse.mood")
        + world.shock("csat") * 3
    )


def _expectation(world: World, on: frozenset[str]) -> np.ndarray:
    week = world.episodes.week
    raised = (week >= EXPECT_WEEKS[0]) & (week <= EXPECT_WEEKS[1]) & ("E14" in on)
    return 4.7 + 0.80 * raised + 0.4 * world.of(world.people.scale) + 0.9 * world.z("expectation")
