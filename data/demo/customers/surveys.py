"""Who is asked what, when they answer and what they say, as numbers. One row per invitation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from data.demo.calendar import DAY
from data.demo.customers.block import Outcome
from data.demo.customers.experiments import PHOTOS, first_of_person, running_any
from data.demo.customers.visits import HOUR

MAIL, PAGE, PHONE = "email", "anonymous", "phone"
WORDING_WEEK, CES_WEEK, DRAW_WEEK = 30, 40, 45
STEPS = np.array([-1.35, -0.7, 0.0, 0.95])  # cut points of a latent mood into 1..5; 4 and 5 are above 0


@dataclass(frozen=True)
class Batch:
    """All invitations of one survey in a block; `answered` is False where nobody answered (in time)."""

    survey: str
    person: np.ndarray
    episode: np.ndarray  # -1 for relationship surveys
    invited: np.ndarray  # local seconds
    responded: np.ndarray
    answered: np.ndarray
    via: np.ndarray  # MAIL, PAGE, PHONE
    mood: np.ndarray  # decides the tone of the comment
    draw: np.ndarray  # a uniform of its own for the wording
    items: dict[str, np.ndarray]
    slot: np.ndarray  # session slot the question was asked in, -1 = none
    incentive: np.ndarray
    version: np.ndarray = field(repr=False)

    @property
    def n(self) -> int:
        return len(self.person)


def five(mood: np.ndarray) -> np.ndarray:
    return 1 + np.searchsorted(STEPS, mood, side="right")


def eleven(likely: np.ndarray) -> np.ndarray:
    return np.clip(np.round(likely), 0, 10).astype(np.int64)


def seven(latent: np.ndarray) -> np.ndarray:
    return np.clip(np.round(latent), 1, 7).astype(np.int64)


def answer_rate(base: np.ndarray | float, respond: np.ndarray) -> np.ndarray:
    """Chance to answer of a person with response trait `respond` where people on average answer with `base`."""
    odds = np.log(base / (1 - base)) - 0.28
    return 1 / (1 + np.exp(-(odds + 0.8 * respond)))


Value = np.ndarray | float | str  # one for each episode, or the same for all


def _batch(
    o: Outcome,
    survey: str,
    asked: np.ndarray,
    rate: Value,
    invited: Value,
    delay: Value,
    mood: Value,
    items: Mapping[str, Value],
    via: Value,
    slot: Value,
    version: Value | None = None,
) -> Batch:
    """Rows of the episodes in `asked`; per-episode arrays are cut to them."""
    pick = np.flatnonzero(asked)

    def cut(value: Value) -> np.ndarray:
        return value[pick] if isinstance(value, np.ndarray) else np.full(len(pick), value)

    said = o.world.u("answer." + survey)[pick] < cut(rate)
    responded = cut(invited) + cut(delay)
    answered = said & (responded < o.world.window.seconds)
    return Batch(
        survey,
        o.world.episodes.person[pick],
        pick,
        cut(invited),
        responded,
        answered,
        cut(via),
        cut(mood),
        o.world.u("words." + survey)[pick],
        {k: cut(v) for k, v in items.items()},
        cut(slot),
        np.zeros(len(pick), dtype=bool),
        cut(0 if version is None else version),
    )


def browse(o: Outcome) -> Batch:
    """Intercept on the shop pages; one arm of the photo test keeps unhappy people from answering (T19)."""
    world, week = o.world, o.world.episodes.week
    version = (week >= WORDING_WEEK).astype(np.int64)
    mood = o.shop.browse_mood + 0.26 * version * ("T3" in o.on)
    asked = o.after.alive & (world.u("invite.browse") < 0.046)
    inside = o.after.alive & (week >= PHOTOS.first_week) & (week <= PHOTOS.last_week)
    person = world.episodes.person
    seen = running_any(person, first_of_person(person, inside, world.people.n)) & inside
    treated = seen & (world.draws.uniform("arm." + PHOTOS.name, world.people.n) < 0.5)[person]
    rate = answer_rate(0.11, world.of(world.people.respond))
    rate = rate * np.where(treated & ("T19" in o.on), np.where(mood > 0, 0.85, 0.62), 1.0)
    items = {"csat": five(mood), "expectation": seven(o.shop.expectation)}
    return _batch(
        o, "browse-csat", asked, rate, o.when.evaluate, 5 + 20 * world.u("delay.browse"), mood, items, PAGE, 0, version
    )


def configurator(o: Outcome) -> Batch:
    world = o.world
    asked = o.after.alive & o.shop.decide & (world.u("invite.configurator") < 0.30)
    mood, end = o.shop.decide_mood, o.when.decide + o.shop.decide_dwell
    ease = seven(4.6 - 0.8 * o.shop.backtracks + 0.7 * world.z("ease"))
    return _batch(
        o,
        "configurator-csat",
        asked,
        answer_rate(0.15, world.of(world.people.respond)),
        end,
        15 + 60 * world.u("delay.configurator"),
        mood,
        {"csat": five(mood), "ease": ease},
        PAGE,
        np.where(o.when.decide_new, 1, 0),
    )


def checkout(o: Outcome) -> Batch:
    """After the order: on the confirmation page for the people of the one-page test, otherwise by e-mail."""
    world, buy = o.world, o.buy
    done = o.after.done(buy)
    page, mail_all = buy.click_test.active & buy.online, buy.reassure_test.active & buy.online
    channel = np.select([page, mail_all, world.episodes.by_phone, world.episodes.in_store], [1.0, 0.62, 1.0, 0.5], 0.34)
    base = np.select([page, world.episodes.by_phone], [0.30, 0.17], 0.14)
    asked = done & (world.u("invite.checkout") < channel)
    invited = o.when.ordered + np.where(page, 5, HOUR * (2 + 20 * world.u("invite.checkout.at")))
    delay = np.where(
        page, 10 + 40 * world.u("delay.checkout"), -1.3 * DAY * np.log(1 - world.u("delay.checkout")) + 300
    )
    items = {"csat": five(buy.mood), "price_as_promised": buy.price_as_promised.astype(np.int64)}
    return _batch(
        o,
        "checkout-csat",
        asked,
        answer_rate(base, world.of(world.people.respond)),
        invited,
        delay,
        buy.mood,
        items,
        np.where(page, PAGE, MAIL),
        np.where(page, np.where(o.when.buy_new, 2, 0), -1),
    )


def delivery(o: Outcome) -> Batch:
    world, after = o.world, o.after
    asked = after.done(o.buy) & (world.u("invite.delivery") < 0.48)
    gap = np.abs(after.perceived - o.shop.expectation)
    judged = np.where(~after.met, 0, np.where(gap > 1.0, 2, 1))  # fell short, met, exceeded
    items = {
        "csat": five(after.mood),
        "nps": eleven(after.likely),
        "perceived": seven(after.perceived),
        "judged": judged,
        "on_time_felt": (~after.late ^ (world.u("felt.slip") < 0.04)).astype(np.int64),
    }
    invited = after.delivered + DAY * (0.8 + 0.5 * world.u("invite.delivery.at"))
    return _batch(
        o,
        "delivery-csat",
        asked,
        answer_rate(0.135, world.of(world.people.respond)),
        invited,
        -3.0 * DAY * np.log(1 - world.u("delay.delivery")) + 600,
        after.mood,
        items,
        MAIL,
        -1,
    )


def effort(o: Outcome) -> Batch:
    """Effort after a solved ticket: CES 1.0 (low = good) until week 40, then CES 2.0 (high = good)."""
    t = o.tickets
    pick = np.flatnonzero((t.sort == 0) & t.known & np.isfinite(t.reply) & (t.draw > 0.55))
    t = t.take(pick)
    fresh = np.modf(t.draw * 9973)[0]
    ease = 4.9 + 0.9 * t.good - 0.5 * (t.category >= 3) + 2.1 * (np.modf(t.draw * 7919)[0] - 0.5) * 2
    version = (o.world.window.week_of(t.solved) >= CES_WEEK).astype(np.int64)
    score = np.where(version == 1, seven(ease), np.clip(np.round(7.0 - 0.95 * ease), 1, 5))
    responded = t.solved + HOUR * (2 + 60 * fresh)
    said = np.modf(t.draw * 4973)[0] < answer_rate(0.13, o.world.people.respond[t.person])
    return Batch(
        "service-effort",
        t.person,
        t.episode,
        t.solved + HOUR,
        responded,
        said & (responded < o.world.window.seconds),
        np.full(t.n, MAIL),
        (ease - 4.9),
        fresh,
        {"ces": score},
        np.full(t.n, -1),
        np.zeros(t.n, dtype=bool),
        version,
    )
