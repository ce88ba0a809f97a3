"""What web analytics records of a block: real sessions with their ids, and the traffic that only looks real."""

import numpy as np

from data.demo import identity
from data.demo.calendar import DAY
from data.demo.customers.block import Outcome
from data.demo.customers.contacts import help_visits
from data.demo.customers.episodes import MOBILE
from data.demo.customers.experiments import FILTERS, PHOTOS, first_of_person
from data.demo.customers.visits import BUY, FULL, LIMITED, REFUSED, TRACK_SLOT, Sessions, Visits, visits
from data.demo.customers.world import World
from data.demo.events import EVENT_ROW, NONE, Log, Value, buy_events, engage_events, session_events, shop_events
from data.demo.site import CART, CATEGORY_0, EVENT, STEP_0, TEXT

SESSION_ROW = np.dtype(
    [
        ("a", "i8"),
        ("b", "i8"),
        ("user", "i8"),
        ("ga", "i8"),
        ("count", "i4"),
        ("device", "u1"),
        ("region", "u1"),
        ("german", "u1"),
        ("source", "u1"),
        ("release", "u1"),
        ("bot", "u1"),
        ("internal", "u1"),
    ]
)
HUMAN, DECLARED, UNDECLARED = 0, 1, 2
BOT_WEEKS, DOUBLE_WEEK = (20, 22), 12
BOTS_PER_PERSON, TABLET_PER_PERSON, STAFF_SESSIONS = 0.078, 4_000 / 60_000, 40
TABLET = 999_999_999
RELEASES = ("", "5.0.2", "5.1.0", "5.2.0", "5.2.1")


def track(outcome: Outcome) -> tuple[np.ndarray, np.ndarray, Sessions]:
    """(sessions, events, all sessions before consent); events carry local seconds and are in no order."""
    world, on = outcome.world, outcome.on
    episode, at, rage = help_visits(world, outcome.tickets, on)
    sessions, walked = visits(world, outcome.shop, outcome.buy, outcome.after, outcome.when, (episode, at), on)
    impatient = np.zeros(world.episodes.n, dtype=bool)
    impatient[episode[rage]] = True
    log = Log()
    shop_events(log, world, walked, outcome.shop)
    order = _visible_orders(outcome, sessions, walked)
    buy_events(log, world, walked, outcome.buy, outcome.after, order)
    engage_events(log, world, walked, sessions, outcome.after, impatient)
    _impressions(log, outcome, sessions)
    rows = session_events(log, world, sessions)
    heads = _heads(outcome, sessions)
    kept = sessions.consent != REFUSED
    rows = rows[kept[rows["session"]]]
    heads, rows = _with_extras(outcome, heads, rows)
    if "T5" in on:
        rows = _double_tagged(world, heads, rows)
    return heads, rows, sessions


def _visible_orders(outcome: Outcome, sessions: Sessions, walked: Visits) -> np.ndarray:
    """Order number per episode; without full consent the purchase is counted, but carries no transaction id."""
    number = identity.order_number(outcome.world.block, np.arange(outcome.world.episodes.n))
    buying = walked.stage == BUY
    hidden = walked.episode[buying][sessions.consent[walked.session[buying]] != FULL]
    number[hidden] = NONE
    return number


def _heads(outcome: Outcome, sessions: Sessions) -> np.ndarray:
    world, people = outcome.world, outcome.world.people
    person, number = sessions.person, outcome.world.people.number[sessions.person]
    heads = np.zeros(sessions.n, dtype=SESSION_ROW)
    heads["a"], heads["b"] = identity.browser(number, sessions.second_browser)
    heads["ga"] = world.window.to_utc_us(sessions.start) // 1_000_000
    limited = sessions.consent == LIMITED
    heads["a"] = np.where(limited, (heads["ga"] * 48_271 + number) % 2_147_483_648, heads["a"])
    heads["b"] = np.where(limited, heads["ga"], heads["b"])
    signed_in = _signed_in(outcome, sessions)
    heads["user"] = np.where(signed_in & ~limited & ~sessions.second_browser, number, NONE)
    heads["count"] = 1 + np.arange(sessions.n) - np.searchsorted(person, person)
    heads["device"], heads["region"], heads["german"] = sessions.device, people.region[person], people.german[person]
    source = world.u("session.source")[sessions.episode]
    heads["source"] = np.searchsorted([0.30, 0.62, 0.78, 0.90], source, side="right")
    heads["release"] = release_of(sessions.device, world.window.week_of(sessions.start))
    heads["internal"] = people.staff[person]
    return heads


def _signed_in(outcome: Outcome, sessions: Sessions) -> np.ndarray:
    """Buyers sign in from their first order on, some lookers have an account without one."""
    people, u = outcome.world.people, outcome.world.u("session.login")[sessions.episode]
    customer = outcome.after.customer[sessions.episode] | (sessions.slot >= TRACK_SLOT)
    return np.where(customer, u < 0.80, people.login[sessions.person] & (u < 0.85))


def release_of(device: np.ndarray, week: np.ndarray) -> np.ndarray:
    app = np.select([week < 40, week < 60, week < 67], [1, 2, 3], 4)
    return np.where(device >= 2, app, 0)


def _impressions(log: Log, outcome: Outcome, sessions: Sessions) -> None:
    """Two tests that exist in web analytics only; one loses a part of its treatment arm on phones (T19)."""
    world = outcome.world
    week = world.window.week_of(sessions.start)
    for test, text in ((FILTERS, "filter-panel"), (PHOTOS, "review-photos")):
        inside = (week >= test.first_week) & (week <= test.last_week) & (sessions.slot == 0) & ~sessions.second_browser
        first = first_of_person(sessions.person, inside, world.people.n)
        pick = np.flatnonzero(first)
        arm = (world.draws.uniform("arm." + test.name, world.people.n) < 0.5)[sessions.person[pick]]
        if test is FILTERS and "T19" in outcome.on:
            lost = arm & (sessions.device[pick] == MOBILE) & (world.u("impression.lost")[sessions.episode[pick]] < 0.22)
            pick, arm = pick[~lost], arm[~lost]
        log.add("experiment_impression", pick, sessions.start[pick] + 0.2, CATEGORY_0, text=TEXT[text], variant=arm)


def _with_extras(outcome: Outcome, heads: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    made = [(heads, rows)]
    if "T4" in outcome.on:
        made.append(_bots(outcome, len(heads)))
    made.append(_tablet(outcome, sum(len(h) for h, _ in made)))
    made.append(_staff(outcome, sum(len(h) for h, _ in made)))
    return np.concatenate([h for h, _ in made]), np.concatenate([r for _, r in made])


def _blank(n: int, start: np.ndarray, outcome: Outcome) -> np.ndarray:
    heads = np.zeros(n, dtype=SESSION_ROW)
    heads["user"], heads["count"] = NONE, 1
    heads["ga"] = outcome.world.window.to_utc_us(start) // 1_000_000
    return heads


def _rows(session: np.ndarray, at: np.ndarray, name: str, page: Value) -> np.ndarray:
    log = Log()
    log.add(name, session, at, page)
    return log.rows()


def _bots(outcome: Outcome, offset: int) -> tuple[np.ndarray, np.ndarray]:
    """A crawl in weeks 20-22: one page, no time on it; a third pretends to be a browser."""
    world = outcome.world
    n = int(round(world.people.n * BOTS_PER_PERSON))
    u = world.draws.uniform
    start = ((BOT_WEEKS[0] - 1) * 7 + 21 * u("bot.when", n)) * DAY
    keep = start < world.window.seconds
    heads = _blank(n, start, outcome)
    heads["a"] = np.floor(2_147_483_648 * u("bot.a", n)).astype(np.int64)
    heads["b"], heads["region"] = heads["ga"], 3
    heads["bot"] = np.where(np.arange(n) % 3 == 0, UNDECLARED, DECLARED)
    page = np.floor(CATEGORY_0 + 12 * u("bot.page", n)).astype(int)
    session = np.arange(n)[keep]
    rows = np.concatenate(
        [
            _rows(session, start[keep] - 0.001, "session_start", page[keep]),
            _rows(session, start[keep], "page_view", page[keep]),
        ]
    )
    rows["session"] += offset
    return heads, rows


def _tablet(outcome: Outcome, offset: int) -> tuple[np.ndarray, np.ndarray]:
    """The tablet on the shop floor: one browser, many people signing in on it (T20)."""
    world = outcome.world
    n = int(round(world.people.n * TABLET_PER_PERSON))
    u = world.draws.uniform
    day = np.floor(world.window.days * u("tablet.day", n))
    start = day * DAY + (9.5 + 10 * u("tablet.hour", n)) * 3600
    heads = _blank(n, start, outcome)
    heads["a"], heads["b"] = identity.browser(np.full(n, TABLET), np.zeros(n))
    person = np.floor(world.people.n * u("tablet.person", n)).astype(int)
    someone = world.people.known[person] & (u("tablet.login", n) < 0.5)
    heads["user"] = np.where(someone, world.people.number[person], NONE)
    heads["device"], heads["count"] = MOBILE, 1 + np.argsort(np.argsort(start))
    session = np.arange(n)
    rows = np.concatenate(
        [
            _rows(session, start, "page_view", CATEGORY_0 + session % 12),
            _rows(session, start + 40, "page_view", STEP_0),
            _rows(session, start + 95, "user_engagement", STEP_0),
        ]
    )
    rows["session"] += offset
    rows["engaged"][rows["name"] == EVENT["user_engagement"]] = 80_000
    return heads, rows


def _staff(outcome: Outcome, offset: int) -> tuple[np.ndarray, np.ndarray]:
    """Testers walk through checkout and never buy (T23)."""
    world = outcome.world
    testers = np.repeat(np.flatnonzero(world.people.staff), STAFF_SESSIONS)
    n = len(testers)
    start = (
        np.floor(world.window.days * world.draws.uniform("staff.day", n)) * DAY
        + (9 + 8 * world.draws.uniform("staff.hour", n)) * 3600
    )
    heads = _blank(n, start, outcome)
    number = world.people.number[testers]
    heads["a"], heads["b"] = identity.browser(number, np.zeros(n))
    heads["user"], heads["internal"] = number, 1
    session = np.arange(n)
    rows = np.concatenate(
        [_rows(session, start + 20 * step, "page_view", CART + page) for step, page in enumerate((0, 1, 4))]
        or [np.zeros(0, dtype=EVENT_ROW)]
    )
    rows["session"] += offset
    return heads, rows


def _double_tagged(world: World, heads: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """For one week the web shop carries the tag twice: every page view arrives again a few milliseconds later."""
    web = heads["device"][rows["session"]] <= MOBILE
    twice = web & (rows["name"] == EVENT["page_view"]) & (world.window.week_of(rows["at"]) == DOUBLE_WEEK)
    again = rows[twice].copy()
    again["at"] += 0.004
    again["copy"] = 1
    return np.concatenate([rows, again])
