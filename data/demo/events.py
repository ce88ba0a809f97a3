"""Web events of a block as two flat arrays: sessions and events that point to them. Codes are those of site.py."""

import numpy as np

from data.demo.customers.after import After
from data.demo.customers.checkout import Checkout
from data.demo.customers.episodes import BULKY, CUSTOM
from data.demo.customers.shop import Shop
from data.demo.customers.visits import BUY, DECIDE, ENGAGE, EVALUATE, FIND, HELP_SLOT, Sessions, Visits
from data.demo.customers.world import World
from data.demo.site import (
    CART,
    CATEGORY_0,
    EVENT,
    FORM_ERRORS,
    HELP_0,
    JS_ERRORS,
    PRODUCT_0,
    REVIEW_0,
    SEARCH_0,
    STEP_0,
    TARGETS_ALL,
    TARGETS_BUY,
    TERMS,
    TEXT,
)

EVENT_ROW = np.dtype(
    [
        ("at", "f8"),
        ("session", "i4"),
        ("name", "u1"),
        ("page", "u2"),
        ("referrer", "i2"),
        ("engaged", "i4"),
        ("text", "i2"),
        ("kind", "i1"),
        ("order", "i8"),
        ("cents", "i4"),
        ("lcp", "i4"),
        ("inp", "i4"),
        ("cls", "i4"),
        ("variant", "i1"),
        ("copy", "i1"),
    ]
)
NONE = -1
ORDERS = CART + 6
Value = np.ndarray | float  # one for each row, or the same for all


class Log:
    """Collects event rows; every `add` is one kind of event over many visits."""

    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []

    def add(self, name: str, session: np.ndarray, at: np.ndarray, page: Value, **more: Value) -> None:
        rows = np.zeros(len(session), dtype=EVENT_ROW)
        for column in ("referrer", "text", "kind", "order", "variant"):
            rows[column] = NONE
        rows["lcp"] = NONE
        rows["session"], rows["at"], rows["page"], rows["name"] = session, at, page, EVENT[name]
        for column, value in more.items():
            rows[column] = value
        self._parts.append(rows)

    def rows(self) -> np.ndarray:
        return np.concatenate(self._parts)

    def by_session(self) -> np.ndarray:
        rows = self.rows()
        return rows[np.lexsort((rows["name"], rows["at"], rows["session"]))]


class Stagewise:
    """The visits of one stage with helpers to pick per-visit values of their episodes."""

    def __init__(self, world: World, visits: Visits, stage: int):
        pick = visits.stage == stage
        self.episode, self.session = visits.episode[pick], visits.session[pick]
        self.start, self.dwell = visits.start[pick], visits.dwell[pick]
        self.world = world

    def u(self, name: str) -> np.ndarray:
        return self.world.u(name)[self.episode]

    def at(self, share: Value) -> np.ndarray:
        return self.start + self.dwell * share


def shop_events(log: Log, world: World, visits: Visits, shop: Shop) -> None:
    _find(log, Stagewise(world, visits, FIND), shop)
    _evaluate(log, Stagewise(world, visits, EVALUATE), shop)
    _decide(log, Stagewise(world, visits, DECIDE), shop)


def _some(log: Log, name: str, stage: Stagewise, mask: np.ndarray, share: Value, page: Value, **more: Value) -> None:
    index = np.flatnonzero(mask)

    def cut(value: Value) -> Value:
        return value[index] if isinstance(value, np.ndarray) else value

    log.add(
        name,
        stage.session[index],
        stage.start[index] + stage.dwell[index] * cut(share),
        cut(page),
        **{key: cut(value) for key, value in more.items()},
    )


def _find(log: Log, v: Stagewise, shop: Shop) -> None:
    landing = np.where(v.u("find.landing") < 0.45, 0, CATEGORY_0 + np.floor(12 * v.u("find.category"))).astype(int)
    category = CATEGORY_0 + (np.floor(12 * v.u("find.category")).astype(int) + 1) % 12
    term = np.floor(len(TERMS) * v.u("find.term")).astype(int)
    again = (term + 7) % len(TERMS)
    search, second = shop.search[v.episode], shop.second_search[v.episode]
    more = ~search & (v.u("find.more") < 0.6)
    every = np.ones(len(v.episode), dtype=bool)
    _some(log, "page_view", v, every, 0.0, landing)
    _some(log, "page_view", v, search, 0.25, SEARCH_0 + term, referrer=landing)
    _some(log, "view_search_results", v, search, 0.26, SEARCH_0 + term, text=TEXT[TERMS[0]] + term)
    _some(log, "page_view", v, second, 0.55, SEARCH_0 + again, referrer=SEARCH_0 + term)
    _some(log, "view_search_results", v, second, 0.56, SEARCH_0 + again, text=TEXT[TERMS[0]] + again)
    _some(log, "page_view", v, more, 0.4, category, referrer=landing)
    last = np.where(second, SEARCH_0 + again, np.where(search, SEARCH_0 + term, np.where(more, category, landing)))
    _some(log, "select_item", v, shop.found[v.episode], 0.98, last)
    _some(log, "dead_click", v, v.u("find.dead") < 0.03, 0.7, last, text=TEXT[TARGETS_ALL[1]])


def _evaluate(log: Log, v: Stagewise, shop: Shop) -> None:
    product = v.world.episodes.product[v.episode]
    views = shop.views[v.episode]
    previous = np.full(len(product), NONE)
    for step in range(1, 11):
        seen = views >= step
        page = (PRODUCT_0 if step % 3 else REVIEW_0) + (product + 3 * ((step - 1) - (step - 1) // 3)) % 120
        _some(log, "page_view", v, seen, (step - 1) / np.maximum(views, 1) * 0.9, page, referrer=previous)
        previous = np.where(seen, page, previous)
    _some(log, "view_item", v, views >= 1, 0.01, PRODUCT_0 + product, kind=v.world.episodes.kind[v.episode])
    _some(log, "rage_click", v, shop.evaluate_rage[v.episode], 0.88, previous, text=TEXT["img.gallery"])
    _some(log, "add_to_wishlist", v, shop.shortlisted[v.episode], 0.98, previous, kind=v.world.episodes.kind[v.episode])


def _decide(log: Log, v: Stagewise, shop: Shop) -> None:
    every = np.ones(len(v.episode), dtype=bool)
    back = shop.backtracks[v.episode]
    _some(log, "page_view", v, every, 0.0, STEP_0)
    _some(log, "page_view", v, every, 0.15, STEP_0 + 1, referrer=STEP_0)
    for number, share in ((1, 0.3), (2, 0.5), (3, 0.7)):
        _some(log, "page_view", v, back >= number, share, STEP_0 + number - 1, referrer=STEP_0 + number)
        _some(log, "page_view", v, every, share + 0.1, STEP_0 + min(number + 1, 4), referrer=STEP_0 + number)
    _some(log, "save_configuration", v, shop.decided[v.episode], 0.98, STEP_0 + 4)


def buy_events(log: Log, world: World, visits: Visits, buy: Checkout, after: After, order: np.ndarray) -> None:
    """`order` = order number per episode, -1 where it must not show up in web analytics."""
    v = Stagewise(world, visits, BUY)
    kind, ordered = world.episodes.kind[v.episode], buy.ordered[v.episode]
    every = np.ones(len(v.episode), dtype=bool)
    far = ordered | (v.u("buy.depth") < 0.6)
    log.add("page_view", v.session, v.start, CART)
    log.add("add_to_cart", v.session, v.start + 0.5, CART, kind=kind)
    log.add("page_view", v.session, v.at(0.2), CART + 1, referrer=CART)
    log.add("begin_checkout", v.session, v.at(0.21), CART + 1, kind=kind)
    extra = np.where(kind == BULKY, CART + 2, CART + 3)
    _some(log, "page_view", v, (kind == BULKY) | (kind == CUSTOM), 0.4, extra, referrer=CART + 1, kind=kind)
    _some(log, "page_view", v, far, 0.65, CART + 4, referrer=CART + 1)
    _trouble(log, v, buy, every)
    _some(log, "page_view", v, ordered, 0.99, CART + 5, referrer=CART + 4)
    _some(
        log,
        "purchase",
        v,
        ordered,
        0.995,
        CART + 5,
        kind=kind,
        order=order[v.episode],
        cents=after.amount[v.episode].astype(np.int32),
    )


def _trouble(log: Log, v: Stagewise, buy: Checkout, every: np.ndarray) -> None:
    error, clicks = buy.error[v.episode] & every, buy.clicks[v.episode]
    form = v.u("buy.error.form") < 0.4
    message = np.floor(2 * v.u("buy.error.text")).astype(int)
    _some(log, "js_error", v, error & ~form, 0.7, CART + 4, text=TEXT[JS_ERRORS[0]] + message)
    _some(log, "form_error", v, error & form, 0.35, CART + 1, text=TEXT[FORM_ERRORS[0]] + message)
    target = TEXT[TARGETS_BUY[0]] + 2 * np.floor(2 * v.u("buy.click.text")).astype(int)
    for number in range(1, 5):
        dead = v.u("buy.click.dead") < 0.35
        share = 0.5 + 0.08 * number
        _some(log, "dead_click", v, (clicks >= number) & dead, share, CART + 1, text=target)
        _some(log, "rage_click", v, (clicks >= number) & ~dead, share, CART + 1, text=target)


def engage_events(
    log: Log, world: World, visits: Visits, sessions: Sessions, after: After, impatient: np.ndarray
) -> None:
    """`impatient` = per episode, rage-clicks on the help pages while a ticket is open."""
    v = Stagewise(world, visits, ENGAGE)
    helping = sessions.slot[v.session] == HELP_SLOT
    tracked = after.tracked[v.episode]
    topic = HELP_0 + np.floor(5 * v.u("engage.topic")).astype(int)
    _some(log, "page_view", v, ~helping, 0.0, ORDERS)
    _some(log, "page_view", v, ~helping, 0.4, ORDERS + 1, referrer=ORDERS)
    _some(log, "track_order", v, ~helping & tracked, 0.95, ORDERS + 1)
    _some(log, "page_view", v, ~helping & ~tracked, 0.6, topic, referrer=ORDERS + 1)
    _some(log, "page_view", v, helping, 0.0, topic)
    _some(log, "page_view", v, helping, 0.5, HELP_0 + (topic - HELP_0 + 1) % 5, referrer=topic)
    _some(
        log,
        "rage_click",
        v,
        helping & impatient[v.episode],
        0.8,
        HELP_0 + (topic - HELP_0 + 1) % 5,
        text=TEXT["a.help-topic"],
    )


def session_events(log: Log, world: World, sessions: Sessions) -> np.ndarray:
    """Adds session_start, vitals and a closing user_engagement to every session that has events."""
    rows = log.by_session()
    first = np.flatnonzero(np.r_[True, rows["session"][1:] != rows["session"][:-1]])
    last = np.r_[first[1:] - 1, len(rows) - 1]
    session = rows["session"][first]
    log.add("session_start", session, rows["at"][first] - 0.001, rows["page"][first])
    seconds = rows["at"][last] - rows["at"][first] + 4
    log.add(
        "user_engagement",
        session,
        rows["at"][last] + 4,
        rows["page"][last],
        engaged=np.minimum(seconds * 1000 * 0.8, 2e9).astype(np.int32),
    )
    u = world.u("vitals")[sessions.episode[session]]
    z = world.z("vitals.lcp")[sessions.episode[session]]
    slow = np.where(sessions.device[session] == 1, 1.25, 1.0)
    log.add(
        "web_vitals",
        session,
        rows["at"][first] + 2.5,
        rows["page"][first],
        lcp=np.minimum(1350 * slow * np.exp(0.38 * z), 60_000).astype(np.int32),
        inp=(90 * slow * np.exp(0.9 * (u - 0.3))).astype(np.int32),
        cls=(1000 * 0.16 * u**2).astype(np.int32),
    )
    return log.rows()
