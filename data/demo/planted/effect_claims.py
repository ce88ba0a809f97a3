"""What was planted: the sixteen effects. Sizes come from twin runs, never from here."""

import numpy as np

from data.demo.calendar import DAY
from data.demo.customers.contacts import NORMAL, SLOW
from data.demo.customers.episodes import IOS_APP, MOBILE
from data.demo.customers.experiments import Exposure
from data.demo.customers.shop import EXPECT_WEEKS, GO_LIVE
from data.demo.customers.surveys import Batch
from data.demo.planted.claims import Claim, Measure, View, points, share
from data.demo.words import ELSEWHERE, Dice, subject_of

LAST = 78


def buyers(b: View) -> np.ndarray:
    return b.done & b.o.buy.online


def _csat_of(first_device: int, last_device: int, kind: int) -> Measure:
    return lambda s, b: share(
        s.o.buy.mood > 0, buyers(b) & (b.device >= first_device) & (b.device <= last_device) & (b.kind == kind)
    )


def live(b: View) -> np.ndarray:
    return b.week >= np.array(GO_LIVE)[b.o.world.of(b.o.world.people.region)]


def _late(b: View) -> np.ndarray:
    return b.done & b.o.after.late & (b.due >= 40) & (b.due <= 52)


def _friction(b: View, count: int) -> np.ndarray:
    return b.done & b.o.buy.online & (np.minimum(b.o.buy.friction, 3) == count)


def _tickets(seen: View, base: View) -> tuple[float, float]:
    t = base.o.tickets
    slow = (t.sort == NORMAL) & np.isfinite(t.reply) & (t.reply - t.created > SLOW)
    return share(seen.o.tickets.good, slow)


def waves(b: View) -> tuple[Batch, np.ndarray, np.ndarray]:
    batch = b.batches["relationship-nps"]
    return batch, batch.items["kind"] == 0, points(batch.items["nps"])


def _answered_nps(seen: View, base: View) -> tuple[float, float]:
    batch, wave, score = waves(seen)
    return share(100 * score, wave & batch.answered)


def _invited_nps(seen: View, base: View) -> tuple[float, float]:
    batch, wave, score = waves(base)
    return share(100 * score, wave)


def _by_recent(kind: str, recent: int) -> Measure:
    def measure(seen: View, base: View) -> tuple[float, float]:
        batch, wave, score = waves(base)
        group = wave & (batch.items["recent"] == recent)
        return share(100 * score, group & batch.answered) if kind == "nps" else share(group, wave)

    return measure


def _corrected(values: dict[str, float]) -> float:
    """Answers reweighted to the invited by what the company can see: orders in the 26 weeks before."""
    weighted = sum(
        values[f"share with {r} recent orders"] * values[f"answered NPS with {r} recent orders"] for r in range(4)
    )
    return round(values["answered NPS"] - weighted, 2)


def _treated(b: View, test: str) -> np.ndarray:
    """First exposed episode of the people in the treatment arm."""
    shown: Exposure = getattr(b.o.buy, test)
    return shown.first & shown.treated & b.alive


def _converts(seen: View, base: View) -> tuple[float, float]:
    return share(seen.within(seen.o.world.episodes.start - 1, 30, seen.done), _treated(base, "click_test"))


def _writes(seen: View, base: View) -> tuple[float, float]:
    return share(seen.writes_within(seen.o.world.episodes.start, 30), _treated(base, "click_test"))


def _treated_orders(seen: View, base: View, test: str) -> np.ndarray:
    return getattr(base.o.buy, test).treated & base.o.buy.online & base.done


def _margin(seen: View, base: View) -> tuple[float, float]:
    net = seen.o.after.margin - seen.o.after.refunded * (seen.o.after.margin / np.maximum(seen.o.after.amount, 1))
    return float(net[seen.done].sum()) / 100, 1.0


def _stray(seen: View, base: View) -> tuple[float, float]:
    return _subjects(seen, "checkout-csat")


def _subjects(seen: View, survey: str) -> tuple[float, float]:
    batch = seen.batches[survey]
    subjects = [subject_of(Dice(float(u), 1), survey, "E12" in seen.o.on) for u in batch.draw[batch.answered]]
    written = [s for s in subjects if s]
    return float(sum(s in ELSEWHERE for s in written)), float(len(written))


def _old_enough(b: View) -> np.ndarray:
    return b.done & (b.o.world.episodes.start < b.o.world.window.seconds - 92 * DAY)


EFFECTS = (
    Claim(
        "E1",
        "Buying works but disappoints: the delivery fee is revealed late.",
        "CSAT (4 or 5 of 5) with - without",
        "online orders",
        (1, LAST),
        "Overview, Journey, Promise",
        "E1",
        {
            "csat": lambda s, b: share(s.o.buy.mood > 0, buyers(b)),
            "completion": lambda s, b: share(s.o.buy.ordered, b.online),
            "price promise kept (felt)": lambda s, b: share(s.o.buy.price_as_promised, buyers(b)),
            "unhappy orders that went smoothly": lambda s, b: share(
                s.o.buy.friction == 0, buyers(b) & (s.o.buy.mood <= 0)
            ),
        },
    ),
    Claim(
        "E2",
        "Deciding is hard but loved: the configurator.",
        "share of Decide visits with a backtrack, with - without",
        "Decide visits",
        (1, LAST),
        "Journey",
        "E2",
        {
            "backtrack": lambda s, b: share(s.o.shop.backtracks > 0, b.alive & b.o.shop.decide),
            "log dwell (median ratio = exp of the difference)": lambda s, b: share(
                np.log(s.o.shop.decide_dwell), b.alive & b.o.shop.decide
            ),
            "csat": lambda s, b: share(s.o.shop.decide_mood > 0, b.alive & b.o.shop.decide),
        },
    ),
    Claim(
        "E3",
        "App 5.2 hurts checkout on iOS; the web is untouched.",
        "share of Buy visits with an error, with - without",
        "Buy visits in the iOS app",
        (60, 66),
        "Overview, Stage",
        "E3",
        {
            "error": lambda s, b: share(s.o.buy.error, b.online & b.o.buy.app_release),
            "completion": lambda s, b: share(s.o.buy.ordered, b.online & b.o.buy.app_release),
            "contacts": lambda s, b: share(s.o.buy.contact, b.online & b.o.buy.app_release),
            "error on the web": lambda s, b: share(s.o.buy.error, b.online & (b.device <= MOBILE) & b.weeks(60, 66)),
        },
    ),
    Claim(
        "E4",
        "The new search, staged by region over four weeks, helps.",
        "second searches per searching visit, with - without",
        "Find visits in regions where it is live",
        (50, LAST),
        "Initiatives",
        "E4",
        {
            "second search": lambda s, b: share(s.o.shop.second_search, b.alive & b.o.shop.search & live(b)),
            "completion": lambda s, b: share(s.o.shop.found, b.alive & b.o.shop.find & live(b)),
        },
    ),
    Claim(
        "E5",
        "One carrier breaks the delivery promise.",
        "share on time of orders due, with - without",
        "orders due",
        (40, 52),
        "Promise",
        "E5",
        {
            "on time": lambda s, b: share(~s.o.after.late, b.done & (b.due >= 40) & (b.due <= 52)),
            "csat of late orders": lambda s, b: share(s.o.after.mood > 0, _late(b)),
            "transactional NPS of late orders": lambda s, b: share(100 * s.nps, _late(b)),
        },
    ),
    Claim(
        "E6",
        "Friction in Buy is followed by contacts.",
        "contacts within 72 h, with - without, of those who met friction",
        "Buy visits with friction",
        (1, LAST),
        "Support",
        "E6",
        {
            "contact": lambda s, b: share(s.o.buy.contact, b.online & (b.o.buy.friction > 0)),
            "contact of smooth visits (crude reference)": lambda s, b: share(
                s.o.buy.contact, b.online & (b.o.buy.friction == 0)
            ),
        },
    ),
    Claim(
        "E7",
        "Friction lowers the transactional NPS, with a plateau at three events; half of it through waiting.",
        "NPS with - without, three or more events",
        "online orders with friction",
        (1, LAST),
        "Drivers",
        "E7",
        {
            "three or more events": lambda s, b: share(100 * s.nps, _friction(b, 3)),
            "one event": lambda s, b: share(100 * s.nps, _friction(b, 1)),
            "two events": lambda s, b: share(100 * s.nps, _friction(b, 2)),
            "waiting days, one event": lambda s, b: share(s.o.after.wait_days, _friction(b, 1)),
        },
    ),
    Claim(
        "E8",
        "A first reply after more than 24 hours costs handling satisfaction, and nothing else.",
        "share rated good, with - without",
        "tickets first answered after 24 h",
        (1, LAST),
        "Support",
        "E8",
        {"rated good": _tickets, "relationship NPS of the invited": _invited_nps},
    ),
    Claim(
        "E9",
        "The silent are less happy than those who answer; only a part can be corrected.",
        "answered NPS - answers reweighted by recent orders",
        "relationship waves",
        (1, LAST),
        "Drivers",
        "E9",
        {
            "answered NPS": _answered_nps,
            "NPS of all invited": _invited_nps,
            **{f"answered NPS with {r} recent orders": _by_recent("nps", r) for r in range(4)},
            **{f"share with {r} recent orders": _by_recent("share", r) for r in range(4)},
        },
        _corrected,
    ),
    Claim(
        "E10",
        "One-page checkout wins the click and loses the customer.",
        "persons with an order within 30 days, with - without",
        "treated newcomers",
        (17, 58),
        "Experiments",
        "E10",
        {
            "conversion": _converts,
            "contacts": _writes,
            "csat": lambda s, b: share(s.o.buy.mood > 0, _treated_orders(s, b, "click_test")),
        },
    ),
    Claim(
        "E11",
        "The delivery date in the cart pleases and sells nothing more.",
        "CSAT of treated orders, with - without",
        "orders of exposed persons",
        (14, 39),
        "Experiments",
        "E11",
        {
            "csat": lambda s, b: share(s.o.buy.mood > 0, _treated_orders(s, b, "reassure_test")),
            "completion": lambda s, b: share(s.o.buy.ordered, b.online & b.o.buy.reassure_test.treated),
        },
    ),
    Claim(
        "E12",
        "Complaint box: in Buy people write about store and delivery.",
        "share of comments, with - without",
        "comments to the checkout survey",
        (1, LAST),
        "Voice",
        "E12",
        {"about store or delivery": _stray, "elsewhere": lambda s, b: _subjects(s, "configurator-csat")},
    ),
    Claim(
        "E13",
        "The telephone is worse at the same task; app and web differ only by what is bought there.",
        "CSAT of telephone orders, with - without",
        "orders by telephone",
        (1, LAST),
        "Journey",
        "E13",
        {
            "csat": lambda s, b: share(s.o.buy.mood > 0, b.done & b.o.world.episodes.by_phone),
            "csat app, raw": lambda s, b: share(s.o.buy.mood > 0, buyers(b) & (b.device >= IOS_APP)),
            "csat web, raw": lambda s, b: share(s.o.buy.mood > 0, buyers(b) & (b.device <= MOBILE)),
            **{f"csat web, basket {kind}": _csat_of(0, MOBILE, kind) for kind in range(3)},
            **{f"csat app, basket {kind}": _csat_of(IOS_APP, 3, kind) for kind in range(3)},
        },
    ),
    Claim(
        "E14",
        "A campaign raises expectations, nothing else.",
        "share for whom expectations were met, with - without",
        "orders of the campaign weeks",
        EXPECT_WEEKS,
        "Promise",
        "E14",
        {
            "met or exceeded": lambda s, b: share(s.o.after.met, b.done & b.weeks(*EXPECT_WEEKS)),
            "expectation (1-7)": lambda s, b: share(s.o.shop.expectation, b.done & b.weeks(*EXPECT_WEEKS)),
            "perceived (1-7)": lambda s, b: share(s.o.after.perceived, b.done & b.weeks(*EXPECT_WEEKS)),
        },
    ),
    Claim(
        "E15",
        "Unhappy customers leave, only partly because they are unhappy.",
        "back within 90 days, with - without",
        "orders the buyer was unhappy with",
        (1, LAST),
        "Relationship, Business case",
        "E15",
        {
            "back within 90 days": lambda s, b: share(s.comes_back, _old_enough(b) & (b.o.buy.mood <= 0)),
            "the same, satisfied buyers": lambda s, b: share(s.comes_back, _old_enough(b) & (b.o.buy.mood > 0)),
        },
    ),
    Claim(
        "E16",
        "Undoing E3 is worth this contribution margin.",
        "EUR a year: difference of the seven weeks and what follows x 52/7",
        "everybody",
        (60, LAST),
        "Business case",
        "E3",
        {"margin net of refunds, EUR": _margin},
        lambda values: round(
            (values["margin net of refunds, EUR without"] - values["margin net of refunds, EUR"]) * 52 / 7
        ),
        True,
    ),
)
