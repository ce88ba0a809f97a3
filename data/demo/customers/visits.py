"""Sessions and the stages walked in each: from what people did to when and on which browser they did it."""

from dataclasses import dataclass

import numpy as np

from data.demo.calendar import DAY
from data.demo.customers.after import After
from data.demo.customers.checkout import Checkout
from data.demo.customers.shop import Shop
from data.demo.customers.world import World

FIND, EVALUATE, DECIDE, BUY, ENGAGE = range(5)
HOUR = 3600
FULL, LIMITED, REFUSED = 0, 1, 2
BANNER_WEEK = 33
TRACK_SLOT, HELP_SLOT = 3, 4


@dataclass(frozen=True)
class Timing:
    """Local seconds, per episode."""

    evaluate: np.ndarray
    evaluate_end: np.ndarray
    decide_new: np.ndarray  # Decide happens in a session of its own
    decide: np.ndarray
    buy_new: np.ndarray
    buy: np.ndarray
    ordered: np.ndarray  # when the order is placed, on any channel
    engage: np.ndarray


@dataclass(frozen=True)
class Visits:
    """One row per (session, stage)."""

    episode: np.ndarray
    session: np.ndarray  # index into Sessions
    stage: np.ndarray
    start: np.ndarray
    dwell: np.ndarray


@dataclass(frozen=True)
class Sessions:
    person: np.ndarray
    episode: np.ndarray
    slot: np.ndarray
    start: np.ndarray
    device: np.ndarray
    second_browser: np.ndarray  # never signed in there
    consent: np.ndarray

    @property
    def n(self) -> int:
        return len(self.person)


def timing(world: World, shop: Shop, buy: Checkout) -> Timing:
    u, start = world.u, world.episodes.start.astype(np.float64)
    evaluate = start + np.where(shop.find, 55 * np.exp(0.6 * world.z("find.dwell")) + 8, 0)
    evaluate_end = evaluate + np.where(shop.evaluate, shop.views * 24 * np.exp(0.35 * world.z("evaluate.dwell")) + 8, 0)
    decide_new = u("decide.new") < 0.5
    decide = np.where(decide_new, evaluate_end + HOUR * (0.7 + 3 * u("decide.gap")), evaluate_end)
    decide_end = np.where(shop.decide, decide + shop.decide_dwell + 8, evaluate_end)
    buy_new = u("buy.new") < 0.45
    at = np.where(buy_new, decide_end + HOUR * (0.7 + 4 * u("buy.gap")), decide_end)
    ordered = at + np.where(buy.online, buy.dwell, 300)
    return Timing(
        evaluate, evaluate_end, decide_new, decide, buy_new, at, ordered, ordered + DAY * (0.8 + 3.5 * u("engage.gap"))
    )


def visits(
    world: World,
    shop: Shop,
    buy: Checkout,
    after: After,
    when: Timing,
    helped: tuple[np.ndarray, np.ndarray],
    on: frozenset[str],
) -> tuple[Sessions, Visits]:
    """`helped` = (episode, local start) of visits to the help pages made while a ticket is open."""
    alive, start = after.alive, world.episodes.start.astype(np.float64)
    decide_slot = np.where(when.decide_new, 1, 0)
    buy_slot = np.where(when.buy_new, 2, np.where(shop.decide, decide_slot, 0))
    zero = np.zeros(world.episodes.n, dtype=np.int64)
    engage_dwell = 40 + 80 * world.u("engage.dwell")
    parts = [
        _part(FIND, alive & shop.find, zero, start, when.evaluate - start - 8),
        _part(EVALUATE, alive & shop.evaluate, zero, when.evaluate, when.evaluate_end - when.evaluate - 8),
        _part(DECIDE, alive & shop.decide, decide_slot, when.decide, shop.decide_dwell),
        _part(BUY, alive & buy.online, buy_slot, when.buy, buy.dwell),
        _part(ENGAGE, after.done(buy) & after.tracks, zero + TRACK_SLOT, when.engage, engage_dwell),
        (
            helped[0],
            np.full(len(helped[0]), ENGAGE),
            np.full(len(helped[0]), HELP_SLOT),
            helped[1],
            30 + engage_dwell[helped[0]],
        ),
    ]
    episode, stage, slot, at, dwell = (np.concatenate(column) for column in zip(*parts))
    inside = at + dwell < world.window.seconds
    episode, stage, slot, at, dwell = (column[inside] for column in (episode, stage, slot, at, dwell))
    key, session = np.unique(episode * 8 + slot, return_inverse=True)
    begin = np.full(len(key), np.inf)
    np.minimum.at(begin, session, at)
    return _sessions(world, key // 8, key % 8, begin, on), Visits(episode, session, stage, at, dwell)


def _part(
    stage: int, mask: np.ndarray, slot: np.ndarray, start: np.ndarray, dwell: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    episode = np.flatnonzero(mask)
    return episode, np.full(len(episode), stage), slot[episode], start[episode], dwell[episode]


def _sessions(world: World, episode: np.ndarray, slot: np.ndarray, start: np.ndarray, on: frozenset[str]) -> Sessions:
    person = world.episodes.person[episode]
    roaming = (slot == 0) & (world.u("session.second")[episode] < 0.27) & ~world.people.staff[person]
    return Sessions(
        person,
        episode,
        slot,
        start,
        world.episodes.device[episode],
        roaming,
        consent_of(world, person, world.window.week_of(start), on),
    )


def consent_of(world: World, person: np.ndarray, week: np.ndarray, on: frozenset[str]) -> np.ndarray:
    """What the consent banner leaves: refused visits are not tracked, limited ones get a new id each time (T10)."""
    u, buyer = world.people.consent[person], world.people.buyer[person]
    refuse = np.where(buyer, 0.13, 0.28)
    banner = (week >= BANNER_WEEK) & ("T10" in on)
    state = np.where(u < refuse, REFUSED, np.where(u < refuse + 0.30, LIMITED, FULL))
    return np.where(banner, state, FULL)
