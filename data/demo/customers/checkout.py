"""Buy: who reaches the cart, what goes wrong there, who orders and how it felt."""

from dataclasses import dataclass

import numpy as np

from data.demo.customers.episodes import IOS_APP
from data.demo.customers.experiments import CLICK, REASSURE, Exposure, exposure
from data.demo.customers.shop import Shop
from data.demo.customers.world import World

APP_WEEKS = (60, 66)
ERROR = np.array([0.008, 0.021, 0.052])  # by kind of basket
CLICKS = np.array([0.080, 0.165, 0.36])  # rage or dead click
COMPLETION, COMPLETION_IOS = 0.845, 0.695
MOOD = np.array([0.77, 0.30, -0.41])  # small, bulky, custom
CONTACT = np.array([0.007, 0.019, 0.056])


@dataclass(frozen=True)
class Checkout:
    reached: np.ndarray  # an order or an attempt, on any channel
    online: np.ndarray
    error: np.ndarray
    clicks: np.ndarray  # rage and dead clicks
    friction: np.ndarray  # errors + clicks, 0..
    dwell: np.ndarray
    ordered: np.ndarray  # potential: a person who has left by then does not
    mood: np.ndarray  # latent satisfaction; above 0 = 4 or 5 of 5
    price_as_promised: np.ndarray
    contact: np.ndarray  # asks for help because of the checkout
    app_release: np.ndarray  # an iOS visit in the weeks of app 5.2
    click_test: Exposure
    reassure_test: Exposure


def checkout(world: World, shop: Shop, on: frozenset[str]) -> Checkout:
    reached, online = _reach(world, shop)
    weeks, device = world.episodes.week, world.episodes.device
    release = (device == IOS_APP) & (weeks >= APP_WEEKS[0]) & (weeks <= APP_WEEKS[1])
    broken = release & ("E3" in on)
    error, clicks = _friction(world, broken)
    friction = np.where(online, error + clicks, 0)
    plain = _ordered(world, reached, online, broken, np.zeros(world.episodes.n, dtype=bool))
    click = exposure(world, CLICK, plain, np.ones(world.episodes.n, dtype=bool))
    easier = click.treated & ("E10" in on) & online
    ordered = _ordered(world, reached, online, broken, easier)
    reassure = exposure(world, REASSURE, None, online)
    mood = _mood(world, on, friction, online, easier, reassure.treated & online & ("E11" in on))
    contact = reached & _contact(world, on, friction, broken, easier)
    dwell = (95 + 40 * world.episodes.kind) * np.exp(0.6 * world.z("buy.dwell")) * (1 + 0.35 * np.minimum(friction, 3))
    felt = world.u("buy.price") < (0.71 if "E1" in on else 0.93) + 0.12 * np.tanh(mood) - 0.035
    return Checkout(
        reached,
        online,
        error & online,
        np.where(online, clicks, 0),
        friction,
        dwell,
        ordered,
        mood,
        felt,
        contact,
        release & online,
        click,
        reassure,
    )


def _reach(world: World, shop: Shop) -> tuple[np.ndarray, np.ndarray]:
    buyer = world.of(world.people.buyer)
    wants = world.u("buy.visit") < np.where(buyer, 0.78, 0.158)
    direct = buyer & (world.u("buy.direct") < 0.14)  # comes back for a basket filled earlier
    reached = shop.shortlisted & wants | direct & shop.evaluate
    return reached, reached & ~world.episodes.by_phone & ~world.episodes.in_store


def _friction(world: World, broken: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    kind, trait = world.episodes.kind, world.of(world.people.friction)
    error = world.u("buy.error") < _shift(ERROR[kind], trait) + 0.05 * broken
    u = world.u("buy.clicks")
    rate = _shift(CLICKS[kind], trait)
    clicks = (u < rate).astype(np.int64) + (u < rate * 0.50) + (u < rate * 0.28) + (u < rate * 0.10)
    return error, clicks


def _shift(rate: np.ndarray, trait: np.ndarray) -> np.ndarray:
    """A person's own rate: logit moved by the trait (SD 1.0), lowered so that the mean stays near `rate`."""
    return 1 / (1 + np.exp(-(np.log(rate / (1 - rate)) * 1.0 - 0.40 * (1 - 2 * rate) + trait)))


def _ordered(
    world: World, reached: np.ndarray, online: np.ndarray, broken: np.ndarray, easier: np.ndarray
) -> np.ndarray:
    base = np.where(world.episodes.device == IOS_APP, COMPLETION_IOS, COMPLETION)
    limit = base + world.shock("buy") - 0.07 * broken + 0.125 * easier
    return reached & (~online | (world.u("buy.ok") < limit))


def _mood(
    world: World,
    on: frozenset[str],
    friction: np.ndarray,
    online: np.ndarray,
    easier: np.ndarray,
    reassured: np.ndarray,
) -> np.ndarray:
    """Satisfaction with buying. The marginal tenth of buyers is the least satisfied: who survives depends on errors."""
    base = np.where(world.episodes.device == IOS_APP, COMPLETION_IOS, COMPLETION)
    marginal = online & (world.u("buy.ok") / base > 0.90)
    fee = 0.0 if "E1" in on else 0.62
    phone = 0.33 * world.episodes.by_phone * ("E13" in on)
    traits = 0.62 * world.of(world.people.affinity) + 0.35 * world.of(world.people.scale)
    return (
        MOOD[world.episodes.kind]
        + fee
        - phone
        - 0.04 * np.minimum(friction, 3)
        - 1.05 * marginal
        - 0.36 * easier
        + 0.34 * reassured
        + traits
        + world.z("buy.mood")
        + 3 * world.shock("csat")
    )


def _contact(
    world: World, on: frozenset[str], friction: np.ndarray, broken: np.ndarray, easier: np.ndarray
) -> np.ndarray:
    rate = CONTACT[world.episodes.kind] + 0.040 * (friction > 0) * ("E6" in on) + 0.013 * broken + 0.075 * easier
    return world.u("buy.contact") < rate
