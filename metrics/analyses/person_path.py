"""One person's path: their visits by stage, and their answers, requests for help, orders and promises at their moments.

A separate right, audited by whoever asks: this module refuses without it, and nothing is suppressed here, since it is about
one person on purpose. Times are the company's. No number, address or id of the person leaves this module.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from data.errors import UserError
from data.store.generations import Generation
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Rights
from metrics.rules.access import for_persons

SHOWN_VISITS = 30  # with every page; a person with thousands of visits must stay readable, and quick
DRAWN_VISITS = 400  # on the time axis
EVENTS = 80  # of one visit


@dataclass(frozen=True)
class Mark:
    """Something done or met in a visit: `kind` of event, its name, page or target; `times` in a row."""

    at: datetime
    kind: str
    name: str
    what: str
    times: int = 1


@dataclass(frozen=True)
class Stretch:
    """What was done in one stage before going to another; `stage` is None on pages no rule maps."""

    stage: str | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Touched:
    """A stage within a visit, counted as the metrics count it."""

    stage: str
    at: datetime
    errors: int
    rage_clicks: int
    dead_clicks: int
    backtracks: int
    reached: bool | None  # None: the stage has no goal

    @property
    def friction(self) -> int:
        return self.errors + self.rage_clicks + self.dead_clicks


@dataclass(frozen=True)
class Visit:
    """One visit. `stretches` are empty for visits beyond the newest ones; `hidden` events beyond the first ones."""

    at: datetime
    until: datetime
    device: str | None
    touch_channel: str | None
    stages: tuple[Touched, ...]
    stretches: tuple[Stretch, ...] = ()
    hidden: int = 0


@dataclass(frozen=True)
class Moment:
    """Something that is no visit: `kind` answer, ticket, order or promise; `rows` as their question in metrics/sql gives them."""

    at: datetime
    kind: str
    stage: str | None
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class PersonPath:
    """Newest first. `total` visits in all, of which `visits` holds the newest; `shown` of those with every page."""

    visits: tuple[Visit, ...]
    moments: tuple[Moment, ...]
    total: int
    shown: int
    first: datetime
    segment: str | None
    customer_since: datetime | None

    def entries(self) -> list[Visit | Moment]:
        """The newest visits and every moment since, newest first; older moments where all visits are shown."""
        visits = list(self.visits[: self.shown])
        since = min(v.at for v in visits) if visits and self.total > self.shown else datetime.min
        return sorted([*visits, *(m for m in self.moments if m.at >= since)], key=lambda entry: entry.at, reverse=True)


def known(person: int, generation: Generation) -> bool:
    """Whether anybody of this number is in what is seen of the store, and has not refused to be looked at."""
    (found,) = ask_rows(generation, "path_known", {"person": person})
    return bool(found["met"]) and not found["refused"]


def path_of(person: int, journey: str, generation: Generation, rights: Rights) -> PersonPath:
    """The path of a person in a journey. Raises UserError without the right, and for who is not in the store."""
    generation = for_persons(generation, rights)
    if not known(person, generation):
        raise UserError("nobody of this name is in the data, or they do not want to be looked at")
    asked = {"person": person, "journey": journey}
    rows = ask_rows(generation, "path_visits", asked | {"most": DRAWN_VISITS})
    visits = [_visit(list(group)) for _, group in groupby(rows, key=lambda row: row["place"])]
    events = _events(person, journey, rows, generation)
    keys = list(dict.fromkeys(row["session_key"] for row in rows))
    detailed = tuple(_with_events(visit, events.get(key, [])) for visit, key in zip(visits, keys))
    moments = tuple(
        sorted((m for kind in KINDS for m in _moments(kind, asked, generation)), key=lambda m: m.at, reverse=True)
    )
    about = ask_rows(generation, "path_person", asked)[0]
    first = min([row["first_at"] for row in rows[:1]] + [m.at for m in moments], default=datetime.min)
    return PersonPath(
        detailed,
        moments,
        rows[0]["visits"] if rows else 0,
        min(SHOWN_VISITS, len(visits)),
        first,
        about["segment"],
        about["customer_since"],
    )


def _visit(rows: list[dict[str, Any]]) -> Visit:
    stages = tuple(
        Touched(
            r["stage"],
            r["local_at"],
            r["errors"],
            r["rage_clicks"],
            r["dead_clicks"],
            r["backtracks"],
            r["goal_reached"],
        )
        for r in rows
    )
    return Visit(
        min(r["local_at"] for r in rows),
        max(r["until"] for r in rows),
        rows[0]["device"],
        rows[0]["touch_channel"],
        stages,
    )


def _events(
    person: int, journey: str, rows: list[dict[str, Any]], generation: Generation
) -> dict[str, list[dict[str, Any]]]:
    """Session → events of the newest visits. Event parts know the stages of the first journey only."""
    newest = [row for row in rows if row["place"] <= SHOWN_VISITS]
    if not newest:
        return {}
    since = min(row["started_at"] for row in newest) - timedelta(days=1)  # a visit may begin on a page no stage has
    asked = {
        "person": person,
        "from_t": int(since.replace(tzinfo=UTC).timestamp() * 1000),
        "most": EVENTS,
        "sessions": list({row["session_key"] for row in newest}),
        "staged": journey == context.read(generation).journeys[0],
    }
    found: dict[str, list[dict[str, Any]]] = {}
    for row in ask_rows(generation, "path_events", asked, part="events"):
        found.setdefault(row["session_key"], []).append(row)
    return found


def _with_events(visit: Visit, events: list[dict[str, Any]]) -> Visit:
    stretches = tuple(Stretch(stage, _marks(list(group))) for stage, group in groupby(events, key=lambda e: e["stage"]))
    hidden = events[0]["events"] - len(events) if events else 0
    return Visit(visit.at, visit.until, visit.device, visit.touch_channel, visit.stages, stretches, hidden)


def _marks(events: list[dict[str, Any]]) -> tuple[Mark, ...]:
    """Events in order; the same one several times in a row is one mark."""
    runs = [list(run) for _, run in groupby(events, key=lambda e: (e["kind"], e["event_name"], e["what"]))]
    return tuple(
        Mark(run[0]["local_at"], run[0]["kind"], run[0]["event_name"] or "", run[0]["what"] or "", len(run))
        for run in runs
    )


KINDS = {"answer": "path_answers", "ticket": "path_tickets", "order": "path_orders", "promise": "path_promises"}


def _moments(kind: str, asked: dict[str, Any], generation: Generation) -> list[Moment]:
    """Rows of one kind as moments: the answers of one response stand together."""
    rows = ask_rows(generation, KINDS[kind], asked)
    runs = groupby(rows, key=lambda r: r["response"]) if kind == "answer" else ((None, [row]) for row in rows)
    groups = [tuple(run) for _, run in runs]
    return [Moment(group[0]["local_at"], kind, group[0].get("stage"), group) for group in groups]
