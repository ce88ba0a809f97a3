"""The company's own tables, columns named as in the contract: orders, people, invitations, exposures, notes."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from data.demo import identity
from data.demo.calendar import HOLIDAYS, WEEK, Window, week_start
from data.demo.customers.after import CARRIERS, PROMO_WEEKS, TROUGH_WEEKS
from data.demo.customers.block import Outcome
from data.demo.customers.checkout import APP_WEEKS
from data.demo.customers.episodes import IOS_APP
from data.demo.customers.experiments import CLICK, CONTROL, REASSURE, TREATMENT
from data.demo.customers.people import BIG_ACCOUNT, REGIONS, People
from data.demo.customers.surveys import Batch
from data.demo.customers.visits import BANNER_WEEK, FULL, consent_of
from data.demo.tracking import BOT_WEEKS

COLUMNS = {
    "orders": (
        "order_id",
        "ordered_at",
        "amount",
        "currency",
        "refunded",
        "margin",
        "promised_at",
        "delivered_at",
        "touch_channel",
        "customer_id",
        "anonymous_id",
        "carrier",
        "task",
    ),
    "people": (
        "customer_id",
        "account",
        "segment",
        "region",
        "customer_since",
        "consent",
        "staff_test",
        "internal_customer",
    ),
    "invitations": ("invitation_id", "survey", "invited_at", "asked_via", "customer_id", "anonymous_id"),
    "exposures": ("experiment", "unit", "unit_kind", "variant", "exposed_at"),
    "annotations": ("id", "at", "until", "kind", "stage", "text", "initiative", "metric", "dimension", "value"),
    "research_notes": ("id", "at", "stage", "method", "participants", "severity", "text"),
}
TASKS = ("small item", "bulky item", "made to order")


def lines(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def utc(window: Window, local: np.ndarray) -> list[str]:
    seconds = window.to_utc_us(np.asarray(local, dtype=np.float64)) // 1_000_000
    return [word + "Z" for word in np.datetime_as_string(seconds.astype("datetime64[s]"), unit="s").tolist()]


def orders(o: Outcome) -> str:
    world, after, window = o.world, o.after, o.world.window
    pick = np.flatnonzero(after.done(o.buy) & (o.when.ordered < window.seconds))
    pick = pick[np.argsort(o.when.ordered[pick], kind="stable")]
    device, person = world.episodes.device[pick], world.episodes.person[pick]
    touch = np.select(
        [world.episodes.by_phone[pick], world.episodes.in_store[pick], device >= IOS_APP],
        ["phone", "store", "app"],
        "web",
    )
    consent = consent_of(world, person, window.week_of(o.when.ordered[pick]), o.on)
    delivered = after.delivered[pick]
    arrived = [text if at < window.seconds else "" for text, at in zip(utc(window, delivered), delivered.tolist())]
    number = world.people.number[person]
    known = o.buy.online[pick] & (consent == FULL)
    columns = zip(
        [identity.order_id(int(n)) for n in identity.order_number(world.block, pick)],
        utc(window, o.when.ordered[pick]),
        _money(after.amount[pick]),
        ["EUR"] * len(pick),
        _money(after.refunded[pick]),
        _money(after.margin[pick]),
        utc(window, after.promised[pick]),
        arrived,
        touch.tolist(),
        [identity.customer_id(int(n)) for n in number],
        [identity.client_id(int(n)) if k else "" for n, k in zip(number, known)],
        [CARRIERS[c] for c in after.carrier[pick]],
        [TASKS[k] for k in world.episodes.kind[pick]],
    )
    return lines(columns)


def _money(cents: np.ndarray) -> list[str]:
    return [f"{c / 100:.2f}" for c in cents.tolist()]


def people(o: Outcome) -> str:
    """Everybody with an account: customers and lookers who sign in; customer_since is empty until the first order."""
    folk, window = o.world.people, o.world.window
    done = np.flatnonzero(o.after.done(o.buy) & (o.when.ordered < window.seconds))
    first = np.full(folk.n, np.inf)
    np.minimum.at(first, o.world.episodes.person[done], o.when.ordered[done])
    member = folk.known | np.isfinite(first) | folk.login | folk.staff | folk.big_account | folk.frequent_voice
    pick = np.flatnonzero(member)
    since = utc(window, np.where(np.isfinite(first), first, 0))
    rows = []
    for i in pick.tolist():
        start = (
            (week_start(1) - timedelta(int(folk.tenure[i]))).isoformat() + "T08:00:00Z"
            if folk.known[i]
            else (since[i] if np.isfinite(first[i]) else "")
        )
        rows.append(
            (
                identity.customer_id(int(folk.number[i])),
                _account(folk, i),
                "B2B" if folk.b2b[i] else "consumer",
                REGIONS[folk.region[i]],
                start,
                str(bool(folk.consent[i] > 0.05)).lower(),
                str(bool(folk.staff[i])).lower(),
                str(bool(folk.internal[i])).lower(),
            )
        )
    return lines(rows)


def _account(folk: People, i: int) -> str:
    if folk.big_account[i]:
        return BIG_ACCOUNT
    return f"ACC-{1000 + int(folk.number[i]) // 9:05d}" if folk.b2b[i] else ""


def invitations(o: Outcome, made: list[Batch]) -> str:
    rows = []
    for batch in made:
        at = utc(o.world.window, batch.invited)
        inside = batch.invited < o.world.window.seconds
        number = o.world.people.number[batch.person]
        for i in np.flatnonzero(inside).tolist():
            on_page = batch.slot[i] >= 0
            rows.append(
                (
                    f"I-{o.world.block:04d}-{batch.survey[:2]}{i}",
                    batch.survey + ("-v2" if batch.version[i] else ""),
                    at[i],
                    "web" if on_page else batch.via[i],
                    "" if on_page else identity.customer_id(int(number[i])),
                    identity.client_id(int(number[i])) if on_page else "",
                )
            )
    return lines(rows)


def exposures(o: Outcome) -> str:
    """The two tests of the shop's own splitter; the tests seen by web analytics are events there."""
    rows = []
    world = o.world
    for test, shown in ((CLICK, o.buy.click_test), (REASSURE, o.buy.reassure_test)):
        pick = np.flatnonzero(shown.first & o.after.alive)
        at = utc(world.window, world.episodes.start[pick])
        for i, when in zip(pick.tolist(), at):
            unit = identity.client_id(int(world.people.number[world.episodes.person[i]]))
            rows.append((test.name, unit, "anonymous_id", TREATMENT if shown.treated[i] else CONTROL, when))
    return lines(rows)


def annotations(window: Window) -> str:
    """What the company wrote down; a third of the bot wave and the double tag nobody noticed are not among it."""

    def span(first: int, last: int) -> tuple[str, str]:
        return week_start(first).isoformat(), (week_start(last + 1) - timedelta(1)).isoformat()

    notes = [
        (*span(*APP_WEEKS), "release", "Buy", "App 5.2 for iOS"),
        *(
            (
                week_start(w).isoformat(),
                "",
                "release",
                "Find",
                f"New search live in {r}",
                "New search",
                "search_refinement_rate",
                "region",
                r,
            )
            for r, w in zip(REGIONS, (50, 51, 52, 53))
        ),
        (
            week_start(62).isoformat(),
            "",
            "release",
            "Evaluate",
            "New product page",
            "New product page",
            "completion_rate",
            "",
            "",
        ),
        (*span(*BOT_WEEKS), "incident", "Find", "Crawler wave"),
        (week_start(BANNER_WEEK).isoformat(), "", "tracking", "", "New consent banner"),
        (*span(30, 36), "campaign", "", "Campaign 'The last sofa you will ever buy'"),
        (*span(*PROMO_WEEKS), "campaign", "Buy", "Autumn sale"),
        (
            week_start(TROUGH_WEEKS[1] + 1).isoformat(),
            "",
            "initiative",
            "Engage",
            "New onboarding after the order",
            "New onboarding",
            "completion_rate",
            "",
            "",
        ),
        (*span(45, 45), "survey", "", "Prize draw for the relationship survey"),
        (week_start(30).isoformat(), "", "survey", "Evaluate", "Shop survey worded anew"),
        (week_start(40).isoformat(), "", "survey", "Engage", "Effort question changed to CES 2.0"),
        *((day.isoformat(), "", "holiday", "", name) for name, days in HOLIDAYS.items() for day in days),
    ]
    end = (week_start(1) + timedelta(window.days)).isoformat()
    kept = sorted(note for note in notes if note[0] < end)
    return lines((f"A{i:02d}", *note, *([""] * (9 - len(note)))) for i, note in enumerate(kept, 1))


NOTES = (
    (9, "Find", "usability test", 8, "medium", "Five of eight searched twice before they found a small desk."),
    (18, "Buy", "interview", 12, "high", "Nine of twelve said they learned the delivery fee on the last page."),
    (
        26,
        "Decide",
        "usability test",
        10,
        "low",
        "All ten went back and forth in the configurator; eight said they enjoyed it.",
    ),
    (37, "Engage", "diary study", 6, "high", "After the campaign people expected a showroom, not a parcel."),
    (61, "Buy", "session replay", 20, "high", "iOS 5.2: the pay button jumps when the keyboard closes."),
    (70, "Evaluate", "interview", 9, "low", "Phone users scroll past the dimensions."),
)


def research_notes(window: Window) -> str:
    return lines(
        (f"N{i}", week_start(week).isoformat(), *rest)
        for i, (week, *rest) in enumerate(NOTES, 1)
        if week * WEEK <= window.seconds
    )
