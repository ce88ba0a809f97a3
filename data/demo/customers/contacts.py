"""Who asks for help, when, about what, how long it takes and how the handling is rated."""

from dataclasses import dataclass, fields

import numpy as np

from data.demo.calendar import DAY
from data.demo.customers.after import After
from data.demo.customers.checkout import Checkout
from data.demo.customers.shop import Shop
from data.demo.customers.visits import HOUR, Timing
from data.demo.customers.world import World

CATEGORIES = (
    "payment",
    "checkout_problem",
    "product_question",
    "late_delivery",
    "damaged_item",
    "return_refund",
    "account",
)
PAYMENT, CHECKOUT, PRODUCT, LATE, DAMAGE, RETURN, ACCOUNT = range(7)
VIA = ("web", "email", "chat", "voice", "api")
NORMAL, DUPLICATE, MERGED, SPAM, AUTOMATIC, OUTBOUND = range(6)
JUNK_PER_PERSON = 0.045
SLOW = 24 * HOUR


@dataclass(frozen=True)
class Tickets:
    """One row per ticket; person and episode are -1 for what no customer sent. Times are local seconds."""

    episode: np.ndarray
    person: np.ndarray
    created: np.ndarray
    category: np.ndarray
    via: np.ndarray
    sort: np.ndarray  # NORMAL … OUTBOUND
    known: np.ndarray  # the ticket carries who it is
    reply: np.ndarray  # inf = closed without a reply
    solved: np.ndarray
    good: np.ndarray  # how the handling would be rated
    rated: np.ndarray
    reopened: np.ndarray
    draw: np.ndarray  # a uniform of its own for wording

    @property
    def n(self) -> int:
        return len(self.episode)

    def take(self, index: np.ndarray) -> "Tickets":
        return Tickets(*(getattr(self, f.name)[index] for f in fields(self)))


def tickets(world: World, shop: Shop, buy: Checkout, after: After, when: Timing, on: frozenset[str]) -> Tickets:
    firsts = _firsts(world, shop, buy, after, when)
    made = [_handled(world, *firsts, 0, on)]
    for round_ in (1, 2):
        made.append(_again(world, made[-1], round_, on))
    made.append(_copies(world, made[0]))
    made.append(_junk(world))
    every = Tickets(*(np.concatenate([getattr(t, f.name) for t in made]) for f in fields(Tickets)))
    return every.take(np.flatnonzero((every.created >= 0) & (every.created < world.window.seconds)))


def _firsts(
    world: World, shop: Shop, buy: Checkout, after: After, when: Timing
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """First contacts: (episode, created, category, slot), the slot telling the reasons of one episode apart."""
    u, done = world.u, after.done(buy)
    asks = after.alive & shop.evaluate & (u("ask.product") < 0.020)
    trouble_at = np.where(
        after.late, after.promised + DAY * 1.5 * u("ask.delay"), after.delivered + DAY * 2 * u("ask.delay")
    )
    category = np.where(u("ask.buy") < 0.55, PAYMENT, CHECKOUT)
    back = after.delivered + DAY * (1 + 8 * u("ask.delay"))
    parts = (
        (
            after.alive & buy.contact,
            when.ordered + HOUR * np.minimum(70, 0.1 - 14 * np.log(1 - u("ask.wait"))),
            category,
        ),
        (asks, when.evaluate_end + HOUR * (0.1 + 5 * u("ask.wait")), np.full(world.episodes.n, PRODUCT)),
        (done & after.delivery_contact, trouble_at, np.where(after.late, LATE, DAMAGE)),
        (done & after.return_contact, back, np.full(world.episodes.n, RETURN)),
    )
    index = [np.flatnonzero(mask) for mask, _, _ in parts]
    episode = np.concatenate(index)
    slot = np.concatenate([np.full(len(i), s) for s, i in enumerate(index)])
    created = np.concatenate([at[i] for (_, at, _), i in zip(parts, index)])
    return episode, created, np.concatenate([c[i] for (_, _, c), i in zip(parts, index)]), slot


def _handled(
    world: World,
    episode: np.ndarray,
    created: np.ndarray,
    category: np.ndarray,
    slot: np.ndarray,
    round_: int,
    on: frozenset[str],
) -> Tickets:
    def u(name: str) -> np.ndarray:
        table = world.draws.uniform(f"ticket.{name}.{round_}", world.episodes.n * 4)
        return table[episode * 4 + slot]

    waiting = np.exp(np.log(6.5 * HOUR) + 1.35 * _normal(u("reply")))
    ignored = u("ignored") < 0.04
    reply = np.where(ignored, np.inf, created + waiting)
    solved = np.where(
        ignored, created + 5 * DAY, created + waiting + np.exp(np.log(16 * HOUR) + 1.1 * _normal(u("solve")))
    )
    via = np.searchsorted([0.38, 0.66, 0.80], u("via"), side="right")
    easy = (category != LATE) & (category != RETURN)
    good = u("good") < 0.80 + 0.06 * easy - 0.15 * (waiting > SLOW) * ("E8" in on)
    traceable = (category <= PRODUCT) | (u("known") < 0.45)
    return Tickets(
        episode,
        world.episodes.person[episode],
        created,
        category,
        via,
        np.full(len(episode), NORMAL),
        traceable,
        reply,
        solved,
        good,
        ~ignored & (u("rated") < 0.16),
        u("reopen") < 0.07,
        u("draw"),
    )


def _again(world: World, before: Tickets, round_: int, on: frozenset[str]) -> Tickets:
    """30 % write again within a week of the solution, mostly about the same thing."""
    n = world.episodes.n * 4
    key = before.episode * 4 + before.category % 4
    again = np.flatnonzero(world.draws.uniform(f"again.{round_}", n)[key] < 0.28)
    key, old = key[again], before.take(again)
    at = old.solved + DAY * (0.2 + 6.5 * world.draws.uniform(f"again.when.{round_}", n)[key])
    other = world.draws.uniform(f"again.what.{round_}", n)[key] < 0.2
    return _handled(world, old.episode, at, np.where(other, ACCOUNT, old.category), key % 4, round_, on)


def _copies(world: World, firsts: Tickets) -> Tickets:
    """The same trouble told on a second channel within the hour, or merged by an agent."""
    pick = np.flatnonzero(firsts.draw < 0.06)
    copy = firsts.take(pick)
    merged = copy.draw < 0.025
    values = {f.name: getattr(copy, f.name) for f in fields(Tickets)}
    values |= dict(
        created=copy.created + 240 + 50_000 * copy.draw,
        via=(copy.via + 1) % 4,
        sort=np.where(merged, MERGED, DUPLICATE),
        rated=np.zeros(copy.n, dtype=bool),
    )
    return Tickets(**values)


def _junk(world: World) -> Tickets:
    n = int(round(world.people.n * JUNK_PER_PERSON))
    u = world.draws.uniform
    created = world.window.seconds * u("junk.when", n)
    sort = SPAM + np.searchsorted([0.45, 0.8], u("junk.sort", n), side="right")
    none, no = np.full(n, -1), np.zeros(n, dtype=bool)
    return Tickets(
        none,
        none,
        created,
        np.full(n, ACCOUNT),
        np.where(sort == SPAM, 1, 4),
        sort,
        no,
        np.full(n, np.inf),
        created + HOUR * (1 + 20 * u("junk.closed", n)),
        no,
        no,
        no,
        u("junk.draw", n),
    )


def help_visits(world: World, made: Tickets, on: frozenset[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """While a ticket is open its sender reads the help pages, impatiently (T7): (episode, start, rage click)."""
    open_ = (made.sort == NORMAL) & (made.category >= LATE) & ("T7" in on)
    pick = np.flatnonzero(open_ & (made.draw > 0.65))
    _, first = np.unique(made.episode[pick], return_index=True)
    pick = pick[first]
    at = (
        made.created[pick]
        + np.minimum(20 * HOUR, np.where(np.isinf(made.reply[pick]), 8 * HOUR, made.solved[pick] - made.created[pick]))
        * 0.7
    )
    return made.episode[pick], at, made.draw[pick] > 0.90


def _normal(u: np.ndarray) -> np.ndarray:
    """Standard normal from a uniform (logistic approximation, scaled to unit variance)."""
    clipped = np.clip(u, 1e-9, 1 - 1e-9)
    return np.log(clipped / (1 - clipped)) * (np.sqrt(3) / np.pi)
