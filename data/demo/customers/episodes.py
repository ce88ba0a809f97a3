"""When people could come: potential episodes (attempts to get something), fixed before any effect is switched on."""

from dataclasses import dataclass

import numpy as np

from data.demo.calendar import DAY, Window
from data.demo.customers.people import IOS, People
from data.demo.draws import Draws

DESKTOP, MOBILE, IOS_APP, ANDROID_APP = 0, 1, 2, 3
SMALL, BULKY, CUSTOM = 0, 1, 2
PRODUCTS = 120
MOBILE_BEFORE, MOBILE_AFTER, MOBILE_WEEK = 0.40, 0.70, 66
BUYER_GAP, LOOKER_GAP = 50.0, 250.0  # mean operational days between episodes
WARM_UP, OLD_SHARE = 200.0, 0.60
KIND_WEB, KIND_APP = (0.50, 0.85), (0.25, 0.65)  # cumulative: small, bulky, rest custom
KIND_PHONE = (0.30, 0.70)
_HOURS = np.array(
    [
        0.4,
        0.2,
        0.1,
        0.1,
        0.1,
        0.2,
        0.6,
        1.2,
        1.8,
        2.2,
        2.4,
        2.5,
        2.6,
        2.4,
        2.3,
        2.3,
        2.5,
        2.8,
        3.3,
        4.0,
        4.6,
        4.3,
        2.9,
        1.2,
    ]
)


@dataclass(frozen=True)
class Episodes:
    """One entry per potential episode, ordered by person, then time."""

    person: np.ndarray  # index into the block's people
    start: np.ndarray  # local seconds
    week: np.ndarray
    device: np.ndarray
    kind: np.ndarray  # what is in the basket; the same task on every channel
    product: np.ndarray
    by_phone: np.ndarray  # if it comes to an order, it is placed by telephone
    in_store: np.ndarray

    @property
    def n(self) -> int:
        return len(self.person)


def episodes(draws: Draws, people: People, window: Window) -> Episodes:
    person, day = _arrivals(draws, people, window)
    n = len(person)
    u = draws.uniform
    start = (np.floor(day) * DAY + _second_of_day(u("episode.hour", n), u("episode.second", n))).astype(np.int64)
    week = window.week_of(start)
    share = np.where(week >= MOBILE_WEEK, MOBILE_AFTER, MOBILE_BEFORE)
    web = np.where(people.mobile[person] < share, MOBILE, DESKTOP)
    app = people.app[person]
    device = np.where(app == 0, web, np.where(app == IOS, IOS_APP, ANDROID_APP))
    channel = u("episode.channel", n)
    buyer = people.buyer[person]
    by_phone, in_store = buyer & (channel < 0.08), buyer & (channel >= 0.08) & (channel < 0.13)
    kind = _kind(u("episode.kind", n), device, by_phone)
    product = (PRODUCTS * u("episode.product", n)).astype(np.int64)
    product = product - product % 3 + kind  # product number mod 3 = kind of basket
    return Episodes(person, start, week, device, kind, product, by_phone, in_store)


def _arrivals(draws: Draws, people: People, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Renewal process in operational time: gamma gaps (shape 1.5) for buyers, exponential ones for lookers.

    Most buyers are there from the beginning (the process has then run for a while), the others arrive in the course
    of time and make up for those who leave.
    """
    horizon = window.clock[window.days]
    slots = int(np.ceil(1.9 * (horizon + WARM_UP) / BUYER_GAP)) + 2
    rng = draws.generator("episode.gaps")
    gaps = rng.gamma(1.5, BUYER_GAP / 1.5, size=(people.n, slots))
    lookers = rng.exponential(LOOKER_GAP, size=(people.n, slots))
    gaps = np.where(people.buyer[:, None], np.maximum(gaps, 3.0), np.maximum(lookers, 1.0))
    old = draws.uniform("episode.old", people.n) < OLD_SHARE
    entry = np.where(people.buyer & ~old, horizon * draws.uniform("episode.entry", people.n), -WARM_UP)
    at = np.cumsum(gaps, axis=1) + np.where(people.buyer, entry, 0.0)[:, None]
    person, slot = np.nonzero((at >= 0) & (at < horizon))
    return person, window.real_days(at[person, slot])


def _second_of_day(u_hour: np.ndarray, u_second: np.ndarray) -> np.ndarray:
    hour = np.searchsorted(np.cumsum(_HOURS) / _HOURS.sum(), u_hour, side="right").clip(0, 23)
    return hour * 3600 + np.floor(3600 * u_second)


def _kind(u: np.ndarray, device: np.ndarray, by_phone: np.ndarray) -> np.ndarray:
    """Channels are chosen by difficulty of the case: apps and the telephone see harder baskets."""
    edges = np.array([KIND_WEB, KIND_APP, KIND_PHONE])
    row = np.where(by_phone, 2, np.where(device >= IOS_APP, 1, 0))
    return (u[:, None] >= edges[row]).sum(axis=1)
