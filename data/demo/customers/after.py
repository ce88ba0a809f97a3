"""Engage: the order is delivered (or late), people look after it, come back or leave."""

from dataclasses import dataclass

import numpy as np

from data.demo.calendar import DAY
from data.demo.customers.checkout import Checkout
from data.demo.customers.episodes import PRODUCTS
from data.demo.customers.experiments import running_count
from data.demo.customers.shop import Shop
from data.demo.customers.world import World

CARRIERS = ("Nordfracht", "Boxline", "Kurier Eins")
BAD_CARRIER, BAD_WEEKS = 1, (40, 52)
ON_TIME, ON_TIME_BAD = 0.94, 0.60  # the bad carrier has .38 of the parcels
PROMO_WEEKS = (68, 71)
TROUGH_WEEKS = (53, 56)  # before the onboarding initiative (N2): chance, and it passes
PRICE = np.array([58.0, 240.0, 640.0])
MARGIN = np.array([0.36, 0.33, 0.38])


@dataclass(frozen=True)
class After:
    amount: np.ndarray  # cents, gross
    margin: np.ndarray  # cents, contribution margin before refunds
    refunded: np.ndarray  # cents
    carrier: np.ndarray
    wait_days: np.ndarray
    promised: np.ndarray  # local seconds
    delivered: np.ndarray  # local seconds
    late: np.ndarray
    mood: np.ndarray  # latent satisfaction with delivery; above 0 = 4 or 5 of 5
    likely: np.ndarray  # latent 0-10 for the transactional NPS
    met: np.ndarray  # met or exceeded what was expected (potential answer)
    perceived: np.ndarray  # latent, 1-7
    delivery_contact: np.ndarray
    return_contact: np.ndarray
    tracks: np.ndarray  # looks after the order online
    tracked: np.ndarray
    leave: np.ndarray  # potential: never comes back after this order
    alive: np.ndarray  # has not left before this episode
    customer: np.ndarray  # has ordered before this episode

    def done(self, checkout: Checkout) -> np.ndarray:
        return checkout.ordered & self.alive


def after(world: World, shop: Shop, buy: Checkout, on: frozenset[str]) -> After:
    amount, margin, refunded = _money(world, on)
    carrier, wait, promised, delivered, late = _delivery(world, buy, on)
    mood, likely = _feeling(world, buy, late, wait, on)
    met, perceived = _against_expectation(world, shop, late)
    leave = buy.ordered & _leaves(world, buy, on)
    person = world.episodes.person
    alive = running_count(person, leave) == 0
    customer = world.of(world.people.known) | (running_count(person, buy.ordered & alive) > 0)
    tracked = world.u("engage.ok") < _engage_limit(world, shop)
    trouble = world.u("engage.contact") < np.where(late, 0.24, 0.055)
    returns = ~trouble & (world.u("engage.return") < 0.03 + 0.25 * (refunded > 0))
    return After(
        amount,
        margin,
        refunded,
        carrier,
        wait,
        promised,
        delivered,
        late,
        mood,
        likely,
        met,
        perceived,
        trouble,
        returns,
        world.u("engage.visit") < 0.80,
        tracked,
        leave,
        alive,
        customer,
    )


def _money(world: World, on: frozenset[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    kind, week = world.episodes.kind, world.episodes.week
    promo = (week >= PROMO_WEEKS[0]) & (week <= PROMO_WEEKS[1]) & ("T21" in on)
    base = PRICE[kind] * (0.6 + 0.8 * (world.episodes.product / PRODUCTS)) * np.exp(0.35 * world.z("order.amount"))
    amount = np.floor(base * 100 * np.where(promo, 1.09, 1.0)).astype(np.int64)
    back = world.u("order.refund") < np.where(promo, 0.10, 0.05)
    refunded = np.where(back, np.floor(amount * (0.4 + 0.6 * world.u("order.refund.part"))), 0).astype(np.int64)
    margin = np.floor(amount * (MARGIN[kind] - 0.023 * promo)).astype(np.int64)
    return amount, margin, refunded


def _delivery(
    world: World, buy: Checkout, on: frozenset[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Each friction event in checkout holds the order up by a day; the promise is made with that day in it (E7)."""
    u = world.u
    carrier = np.searchsorted([0.40, 0.78], u("order.carrier"), side="right")
    held = np.minimum(buy.friction, 3) * ("E7" in on)
    lead = 3 + 3 * world.episodes.kind + np.floor(4 * u("order.lead")) + held
    promised = (world.episodes.start // DAY + lead + 1) * DAY - 1
    due = world.window.week_of(promised)
    failing = (carrier == BAD_CARRIER) & (due >= BAD_WEEKS[0]) & (due <= BAD_WEEKS[1]) & ("E5" in on)
    late = u("order.late") >= np.where(failing, ON_TIME_BAD, ON_TIME)
    slip = np.where(late, 1 + np.floor(6 * u("order.slip")), -np.floor(2 * u("order.slip")))
    delivered = promised + slip * DAY - np.floor(10 * 3600 * u("order.hour")) - 3600 * 5
    wait = lead + np.where(late, slip, 0)
    return carrier, wait, promised.astype(np.int64), delivered.astype(np.int64), late


def _feeling(
    world: World, buy: Checkout, late: np.ndarray, wait: np.ndarray, on: frozenset[str]
) -> tuple[np.ndarray, np.ndarray]:
    affinity, scale = world.of(world.people.affinity), world.of(world.people.scale)
    noise, csat = world.z("delivery.mood"), 3 * world.shock("csat")
    mood = 1.02 - 0.92 * late * ("E5" in on) + 0.45 * affinity + 0.35 * scale + noise + csat
    expected_wait = 4.5 + 3 * world.episodes.kind
    hits = np.minimum(buy.friction, 3) * ("E7" in on)
    likely = (
        8.35
        - 0.078 * hits
        - 0.078 * (wait - expected_wait)
        - 0.49 * late * ("E5" in on)
        + 0.75 * affinity
        + 0.55 * scale
        + 0.9 * noise
        + 0.9 * world.z("delivery.likely")
        + csat
    )
    return mood, likely


def _against_expectation(world: World, shop: Shop, late: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Perceived quality does not know what was expected; whether it 'met expectations' does."""
    perceived = 5.2 - 0.9 * late + 0.4 * world.of(world.people.scale) + 0.9 * world.z("perceived")
    met = perceived - shop.expectation + 1.45 * world.z("met") + 1.0 > 0
    return met, perceived


def _engage_limit(world: World, shop: Shop) -> np.ndarray:
    week = world.episodes.week
    trough = 0.035 * ((week >= TROUGH_WEEKS[0]) & (week <= TROUGH_WEEKS[1]))
    return 0.80 + world.shock("engage") - trough - 0.30 * shop.marginal


def _leaves(world: World, buy: Checkout, on: frozenset[str]) -> np.ndarray:
    """Attached people stay and are happier; being unhappy by itself adds only part of the difference (E15)."""
    attachment = world.of(world.people.affinity)
    rate = 0.20 - 0.20 * np.clip(attachment, -1.6, 1.0) + 0.09 * (buy.mood <= 0) * ("E15" in on)
    return world.u("leave") < rate
