"""What the traps measure: the naive reading and the true one."""

from collections.abc import Callable

import numpy as np

from data.demo.calendar import DAY
from data.demo.customers.after import PROMO_WEEKS
from data.demo.customers.contacts import LATE, NORMAL
from data.demo.customers.episodes import MOBILE
from data.demo.identity import browser
from data.demo.planted.claims import Measure, View, points, share
from data.demo.planted.effect_claims import waves
from data.demo.site import EVENT, TEXT
from data.demo.tracking import BOT_WEEKS, HUMAN, TABLET

BEFORE, AFTER = (53, 65), (66, 78)


def web(b: View, weeks: tuple[int, int], device: int | None = None) -> np.ndarray:
    of = b.alive & b.o.shop.evaluate & b.weeks(*weeks)
    return of & (b.device <= MOBILE) if device is None else of & (b.device == device)


def simpson(weeks: tuple[int, int], device: int | None = None) -> Measure:
    return lambda s, b: share(s.o.shop.shortlisted, web(b, weeks, device))


def ticket_count(first: int, last: int) -> Measure:
    def measure(s: View, b: View) -> tuple[float, float]:
        week = s.o.world.window.week_of(s.o.tickets.created)
        return share((week >= first) & (week <= last), s.o.tickets.sort == NORMAL)[0], 1.0

    return measure


def events(b: View, name: str, first: int, last: int, bots: bool = True) -> float:
    heads, rows, _ = b.tracked
    week = b.o.world.window.week_of(rows["at"])
    mask = (rows["name"] == EVENT[name]) & (week >= first) & (week <= last)
    return float((mask & (bots | (heads["bot"][rows["session"]] == HUMAN))).sum())


def views_per_session(week: int) -> Measure:
    return lambda s, b: (events(b, "page_view", week, week), events(b, "session_start", week, week))


def found_per_session(bots: bool) -> Measure:
    return lambda s, b: (events(b, "select_item", *BOT_WEEKS, bots), events(b, "session_start", *BOT_WEEKS, bots))


def linked(first: int, last: int) -> Measure:
    """Share of tracked human sessions on a browser that somebody with an account used by the end."""

    def measure(s: View, b: View) -> tuple[float, float]:
        heads, _, _ = b.tracked
        key = heads["a"] * 4_000_000_007 + heads["b"]
        known = np.isin(key, np.unique(key[heads["user"] >= 0]))
        week = (heads["ga"] - b.o.world.window.to_utc_us(np.zeros(1))[0] // 1_000_000) // (7 * DAY) + 1
        return share(known, (week >= first) & (week <= last) & (heads["bot"] == HUMAN))

    return measure


def purchases_per_session(first: int, last: int) -> Measure:
    return lambda s, b: (events(b, "purchase", first, last, False), events(b, "session_start", first, last, False))


def contacted(b: View) -> np.ndarray:
    person = np.zeros(b.o.world.people.n, dtype=bool)
    t = b.o.tickets
    person[t.person[t.sort == NORMAL]] = True
    return person


def lookers(b: View) -> np.ndarray:
    ordered = np.zeros(b.o.world.people.n, dtype=bool)
    ordered[b.o.world.episodes.person[b.done]] = True
    seen = np.zeros(b.o.world.people.n, dtype=bool)
    seen[b.o.world.episodes.person[b.alive]] = True
    return seen & ~ordered & ~b.o.world.people.known


def status_today(s: View, b: View) -> tuple[float, float]:
    never = np.ones(b.o.world.people.n, dtype=bool)
    never[b.o.world.episodes.person[b.done]] = False
    never &= ~b.o.world.people.known
    return share(b.o.buy.ordered, b.alive & never[b.o.world.episodes.person])


def pairs(s: View) -> tuple[np.ndarray, np.ndarray]:
    """NPS scores of people who answered two waves in a row: (first, second)."""
    batch = s.batches["relationship-nps"]
    at = np.flatnonzero(batch.answered & (batch.items["kind"] == 0))
    order = at[np.lexsort((batch.invited[at], batch.person[at]))]
    same = batch.person[order[1:]] == batch.person[order[:-1]]
    score = batch.items["nps"][order]
    return score[:-1][same], score[1:][same]


def no_longer_detractor(s: View, b: View) -> tuple[float, float]:
    first, second = pairs(s)
    return share(second > 6, first <= 6)


def pair_change(s: View, b: View) -> tuple[float, float]:
    first, second = pairs(s)
    return share(100 * (points(second) - points(first)), np.ones(len(first), dtype=bool))


def nps_of(kind: int | None, what: str = "nps") -> Measure:
    def measure(s: View, b: View) -> tuple[float, float]:
        batch = s.batches["relationship-nps"]
        group = np.ones(batch.n, dtype=bool) if kind is None else batch.items["kind"] == kind
        if what == "rate":
            return share(batch.answered, group)
        return share(100 * points(batch.items["nps"]), group & batch.answered)

    return measure


def by_phone(s: View, b: View) -> tuple[float, float]:
    batch, wave, _ = waves(b)
    return share(100 * points(s.batches["relationship-nps"].items["nps"]), wave & (batch.via == "phone"))


def first_reply_hours(first_day_from_end: int, answered_only: bool) -> Measure:
    def measure(s: View, b: View) -> tuple[float, float]:
        t, end = b.o.tickets, b.o.world.window.seconds
        new = (t.sort == NORMAL) & np.isfinite(t.reply) & (t.created >= end - first_day_from_end * DAY)
        new &= t.created < end - (first_day_from_end - 7) * DAY
        return share((t.reply - t.created) / 3600, new & (t.reply < end) if answered_only else new)

    return measure


def delivery_answers(last_weeks: bool) -> Measure:
    def measure(s: View, b: View) -> tuple[float, float]:
        batch = b.batches["delivery-csat"]
        end = b.o.world.window.seconds
        recent = batch.invited >= end - 14 * DAY
        return share(batch.answered, (batch.invited < end) & (recent if last_weeks else ~recent))

    return measure


def tablet(s: View, b: View) -> tuple[float, float]:
    heads, _, _ = b.tracked
    first, _ = browser(np.array([TABLET]), np.zeros(1))
    return float((heads["a"] == first[0]).sum()), 1.0


def visits_in(week: int) -> Measure:
    return lambda s, b: (float((b.alive & (b.week == week)).sum()), 1.0)


def tone(promoters: bool) -> Measure:
    """Share of clearly happy moods among those who gave 9-10 or 0-6: the comment's tone is the score's tone."""

    def measure(s: View, b: View) -> tuple[float, float]:
        batch = b.batches["delivery-csat"]
        nps = batch.items["nps"]
        return share(batch.mood > 0.15, batch.answered & ((nps >= 9) if promoters else (nps <= 6)))

    return measure


def crude(struggled: bool) -> Measure:
    return lambda s, b: share(b.o.buy.contact, b.online & ((b.o.buy.friction > 0) == struggled))


def promo(what: str) -> Measure:
    def measure(s: View, b: View) -> tuple[float, float]:
        after, of = s.o.after, b.done & b.weeks(*PROMO_WEEKS)
        net = after.margin - after.refunded * (after.margin / np.maximum(after.amount, 1))
        return share((after.amount if what == "gross" else net) / 100, of)

    return measure


def arm_answers(treated: bool, what: str) -> Measure:
    """The photo test: answering and answered CSAT per arm."""

    def measure(s: View, b: View) -> tuple[float, float]:
        batch = b.batches["browse-csat"]
        arm = b.o.world.draws.uniform("arm.review-photos", b.o.world.people.n) < 0.5
        group = (arm[batch.person] == treated) & (b.week[batch.episode] >= 36)
        return share(batch.answered, group) if what == "rate" else share(batch.mood > 0, group & batch.answered)

    return measure


def test_arm(variant: int) -> Measure:
    def measure(s: View, b: View) -> tuple[float, float]:
        _, rows, _ = b.tracked
        shown = (rows["name"] == EVENT["experiment_impression"]) & (b.o.world.window.week_of(rows["at"]) <= 70)
        from_filters = shown & (b.o.world.window.week_of(rows["at"]) >= 60) & (rows["text"] == TEXT["filter-panel"])
        return float((from_filters & (rows["variant"] == variant)).sum()), 1.0

    return measure


def helping(s: View, b: View) -> tuple[float, float]:
    t = b.o.tickets
    opened = (t.sort == NORMAL) & (t.category >= LATE) & (t.draw > 0.65)
    return share(t.draw > 0.90, opened)


def persons(mask_of: Callable[[View], np.ndarray]) -> Measure:
    return lambda s, b: (float(mask_of(b).sum()), 1.0)
