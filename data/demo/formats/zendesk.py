"""Support as Zendesk's API returns it, one JSON object a line: tickets, ticket_metrics, users, satisfaction_ratings."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from data.demo import identity
from data.demo.customers.block import Outcome
from data.demo.customers.contacts import (
    AUTOMATIC,
    CATEGORIES,
    CHECKOUT,
    DAMAGE,
    DUPLICATE,
    LATE,
    MERGED,
    NORMAL,
    OUTBOUND,
    PAYMENT,
    PRODUCT,
    RETURN,
    SPAM,
    VIA,
    Tickets,
)
from data.demo.words import NEGATIVE, NEUTRAL, POSITIVE, Dice, phrases, written

SITE = "https://hearthandpine.zendesk.com/api/v2"
PER_BLOCK = 100_000
AGENT, GROUP, FORM, BRAND = 900_000_000_001, 900_000_000_101, 900_000_000_201, 900_000_000_301
FIELD_REASON, FIELD_ORDER, FIELD_CLIENT = 900_000_000_401, 900_000_000_402, 900_000_000_403
TOPIC = {
    PAYMENT: "payment",
    CHECKOUT: "checkout",
    PRODUCT: "range",
    LATE: "delivery",
    DAMAGE: "quality",
    RETURN: "returns",
}
JUNK = {
    SPAM: ("Best SEO offer for your shop", "Dear owner, first page of the search results guaranteed."),
    AUTOMATIC: ("Order export finished", "This message was created automatically. Do not answer."),
    OUTBOUND: (
        "Your appointment with the fitter",
        "Good afternoon, we would like to arrange the date for your kitchen.",
    ),
}
TAGS = {
    SPAM: ["spam"],
    AUTOMATIC: ["system", "auto_created"],
    OUTBOUND: ["outbound"],
    DUPLICATE: [],
    NORMAL: [],
    MERGED: ["closed_by_merge"],
}
CLOSE_AFTER = 4 * 86_400


def objects(o: Outcome) -> dict[str, str]:
    """The block's NDJSON text per file."""
    files: dict[str, list[dict[str, Any]]] = {
        "tickets": [],
        "ticket_metrics": [],
        "users": [],
        "satisfaction_ratings": [],
    }
    seen: set[int] = set()
    clock = _Clock(o)
    times = {name: clock.texts(getattr(o.tickets, name)) for name in ("created", "reply", "solved")}
    order = np.lexsort((np.arange(o.tickets.n), o.tickets.created))
    for rank, i in enumerate(order.tolist()):
        _one(o, i, rank, times, clock, files, seen)
    return {
        name: "".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n" for item in items)
        for name, items in files.items()
    }


class _Clock:
    """UTC text of local seconds; None for what lies beyond the end of the window."""

    def __init__(self, o: Outcome):
        self._window = o.world.window

    def texts(self, local: np.ndarray) -> list[str | None]:
        inside = np.isfinite(local) & (local < self._window.seconds)
        utc = self._window.to_utc_us(np.where(inside, local, 0)) // 1_000_000
        words = np.datetime_as_string(utc.astype("datetime64[s]"), unit="s").tolist()
        return [word + "Z" if ok else None for word, ok in zip(words, inside.tolist())]


def _one(
    o: Outcome,
    i: int,
    rank: int,
    times: dict[str, list[Any]],
    clock: _Clock,
    files: dict[str, list[dict[str, Any]]],
    seen: set[int],
) -> None:
    t = o.tickets
    number = (o.world.block + 1) * PER_BLOCK + rank
    created, reply, solved = times["created"][i], times["reply"][i], times["solved"][i]
    closed = bool(t.solved[i] + CLOSE_AFTER < o.world.window.seconds)
    status = "closed" if closed and solved else "solved" if solved else "open" if reply else "new"
    requester = _requester(o, i, number)
    updated = solved or reply or created
    ticket = _ticket(o, i, number, requester, created, updated, status)
    files["tickets"].append(ticket)
    files["ticket_metrics"].append(_metrics(t, i, number, created, reply, solved, updated))
    if requester not in seen:
        seen.add(requester)
        files["users"].append(_user(o, i, requester, created))
    if solved and t.sort[i] == NORMAL:
        files["satisfaction_ratings"].append(_rating(t, i, number, requester, solved))


def _requester(o: Outcome, i: int, number: int) -> int:
    t = o.tickets
    if t.person[i] >= 0 and t.known[i]:
        return 700_000_000_000 + int(o.world.people.number[t.person[i]])
    return 800_000_000_000 + number


def _ticket(o: Outcome, i: int, number: int, requester: int, created: str, updated: str, status: str) -> dict[str, Any]:
    t = o.tickets
    subject, body = _text(o, i)
    reason = CATEGORIES[t.category[i]] if t.sort[i] in (NORMAL, DUPLICATE, MERGED) else None
    via = VIA[t.via[i]]
    values = {FIELD_REASON: reason, FIELD_ORDER: _order(o, i), FIELD_CLIENT: _client(o, i)}
    return {
        "url": f"{SITE}/tickets/{number}.json",
        "id": number,
        "external_id": None,
        "via": {"channel": via, "source": {"from": {}, "to": {}, "rel": "merge" if t.sort[i] == MERGED else None}},
        "created_at": created,
        "updated_at": updated,
        "type": "question",
        "subject": subject,
        "raw_subject": subject,
        "description": body,
        "priority": "high" if t.draw[i] < 0.1 else "normal",
        "status": status,
        "recipient": None,
        "requester_id": AGENT if t.sort[i] == OUTBOUND else requester,
        "submitter_id": AGENT if t.sort[i] == OUTBOUND else requester,
        "assignee_id": AGENT,
        "organization_id": None,
        "group_id": GROUP,
        "collaborator_ids": [],
        "follower_ids": [],
        "email_cc_ids": [],
        "problem_id": None,
        "has_incidents": False,
        "is_public": True,
        "due_at": None,
        "tags": ([reason] if reason else []) + TAGS[int(t.sort[i])],
        "custom_fields": [{"id": key, "value": value} for key, value in values.items()],
        "satisfaction_rating": None,
        "followup_ids": [],
        "ticket_form_id": FORM,
        "brand_id": BRAND,
        "allow_channelback": False,
        "allow_attachments": True,
        "from_messaging_channel": via == "chat",
    }


def _order(o: Outcome, i: int) -> str | None:
    t = o.tickets
    if t.category[i] not in (LATE, DAMAGE, RETURN) or not t.known[i] or t.episode[i] < 0:
        return None
    return identity.order_id(int(identity.order_number(o.world.block, t.episode[i])))


def _client(o: Outcome, i: int) -> str | None:
    """The help form on the site sends the browser's id along."""
    t = o.tickets
    if t.person[i] < 0 or not t.known[i] or t.category[i] > PRODUCT:
        return None
    return identity.client_id(int(o.world.people.number[t.person[i]]))


def _text(o: Outcome, i: int) -> tuple[str, str]:
    t = o.tickets
    if int(t.sort[i]) in JUNK:
        return JUNK[int(t.sort[i])]
    german = bool(o.world.people.german[t.person[i]])
    dice = Dice(float(t.draw[i]), 7)
    tone = NEUTRAL if t.category[i] == PRODUCT and dice.unit() < 0.7 else NEGATIVE
    subject = dice.pick(phrases()["de" if german else "en"]["subject"][CATEGORIES[t.category[i]]])
    body = written(
        dice,
        TOPIC.get(int(t.category[i]), "general"),
        tone,
        "de" if german else "en",
        int(o.world.people.number[t.person[i]]),
    )
    return subject, body


def _metrics(
    t: Tickets, i: int, number: int, created: str, reply: str | None, solved: str | None, updated: str
) -> dict[str, Any]:
    def minutes(until: np.ndarray, shown: str | None) -> dict[str, Any]:
        whole = int((until[i] - t.created[i]) // 60) if shown else None
        return {"calendar": whole, "business": whole if whole is None else whole // 3}

    reopens = int(t.reopened[i]) if solved else 0
    passed_on = t.draw[i] * 97 % 1  # one ticket in seven goes to a second agent, half of those to another team
    none = {"calendar": None, "business": None}
    return {
        "url": f"{SITE}/ticket_metrics/{number + 5_000_000_000}.json",
        "id": number + 5_000_000_000,
        "ticket_id": number,
        "created_at": created,
        "updated_at": updated,
        "group_stations": 1 + int(passed_on > 0.92),
        "assignee_stations": 1 + int(passed_on > 0.85),
        "reopens": reopens,
        "replies": (1 + int(t.draw[i] * 3) + reopens) if reply else 0,
        "assignee_updated_at": reply,
        "requester_updated_at": created,
        "status_updated_at": updated,
        "initially_assigned_at": created,
        "assigned_at": created,
        "solved_at": solved,
        "latest_comment_added_at": updated,
        "reply_time_in_minutes": minutes(t.reply, reply),
        "first_resolution_time_in_minutes": minutes(t.solved, solved),
        "full_resolution_time_in_minutes": minutes(t.solved, solved),
        "agent_wait_time_in_minutes": none,
        "requester_wait_time_in_minutes": minutes(t.solved, solved),
        "on_hold_time_in_minutes": {"calendar": 0, "business": 0},
        "custom_status_updated_at": updated,
    }


def _user(o: Outcome, i: int, requester: int, created: str) -> dict[str, Any]:
    """Known writers carry the shop's customer number where they have one; the others only a new address."""
    t = o.tickets
    person = int(t.person[i])
    known = person >= 0 and bool(t.known[i])
    number = int(o.world.people.number[person]) if person >= 0 else requester
    account = known and bool(
        o.after.customer[t.episode[i]] | o.buy.ordered[t.episode[i]] | o.world.people.login[person]
    )
    address = identity.email(number) if known else f"guest{requester % 10_000_000}@example.net"
    return {
        "id": requester,
        "url": f"{SITE}/users/{requester}.json",
        "name": f"Customer {requester % 100_000_000}",
        "email": address,
        "created_at": created,
        "updated_at": created,
        "time_zone": "Berlin",
        "iana_time_zone": "Europe/Berlin",
        "phone": identity.phone(number) if VIA[t.via[i]] == "voice" else None,
        "shared_phone_number": None,
        "photo": None,
        "locale": "de" if person >= 0 and o.world.people.german[person] else "en-GB",
        "organization_id": None,
        "role": "end-user",
        "verified": known,
        "external_id": identity.customer_id(number) if account else None,
        "tags": [],
        "alias": None,
        "active": True,
        "shared": False,
        "suspended": False,
        "user_fields": {},
    }


def _rating(t: Tickets, i: int, number: int, requester: int, solved: str) -> dict[str, Any]:
    dice = Dice(float(t.draw[i]), 11)
    score = ("good" if t.good[i] else "bad") if t.rated[i] else "offered"
    text = None
    if t.rated[i] and dice.unit() < 0.35:
        text = written(dice, "service", POSITIVE if t.good[i] else NEGATIVE, "en", number)
    return {
        "url": f"{SITE}/satisfaction_ratings/{number + 6_000_000_000}.json",
        "id": number + 6_000_000_000,
        "assignee_id": AGENT,
        "group_id": GROUP,
        "requester_id": requester,
        "ticket_id": number,
        "score": score,
        "created_at": solved,
        "updated_at": solved,
        "comment": text,
    }


def agents() -> Iterator[dict[str, Any]]:
    yield {
        "id": AGENT,
        "url": f"{SITE}/users/{AGENT}.json",
        "name": "Service desk",
        "email": "service@hearthandpine.example",
        "created_at": "2025-01-02T09:00:00Z",
        "updated_at": "2025-01-02T09:00:00Z",
        "role": "agent",
        "external_id": None,
        "phone": None,
        "active": True,
        "suspended": False,
        "locale": "en-GB",
        "tags": [],
        "user_fields": {},
    }
