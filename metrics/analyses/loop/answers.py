"""The unhappy answers of a journey that somebody may look after: only for who may see single persons and their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.errors import UserError
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.loop.effect import Effect, arms, effect
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.rules.access import rights_of

OPEN_DAYS = 28  # an answer older than this that nobody took is not offered


@dataclass(frozen=True)
class Unhappy:
    """One answer: of whom (the number within this generation), about which stage, when, and how many days ago by the data; the words of the
    same response as kept, "" where there are none, and their language."""

    answer: str
    person: int
    stage: str
    at: datetime
    age: int
    metric: str
    score: float | None
    comment: str = ""
    language: str = ""
    scale_max: float | None = None


@understood
def unhappy_answers(journey: str | None, generation: Generation, days: int = OPEN_DAYS) -> list[Unhappy]:
    """The unhappy answers of the last days, the newest first. Raises UserError without the right to single persons and to comments, and
    for who sees a part of the data."""
    rows = _rows(journey, generation, days, None)
    last = context.read(generation).last_day or date.min
    return [
        Unhappy(
            str(row["answer_key"]),
            int(row["person_id"]),
            row["stage"],
            row["responded_at"],
            (last - row["responded_at"].date()).days,
            row["metric"],
            None if row["score"] is None else float(row["score"]),
            row["comment"] or "",
            row["language"] or "",
            None if row["scale_max"] is None else float(row["scale_max"]),
        )
        for row in rows
    ]


@understood
def contacting(journey: str | None, generation: Generation, since: date, held: Callable[[int], bool]) -> Effect:
    """What contacting caused since the holdout began: people by their first unhappy answer after `since`; `held` says who is held out."""
    rows = sorted(_rows(journey, generation, None, since), key=lambda row: (row["responded_at"], row["answer_key"]))
    found = [(int(row["person_id"]), held(int(row["person_id"])), row["next_unhappy"]) for row in rows]
    return effect(*arms(found))


def _rows(journey: str | None, generation: Generation, days: int | None, since: date | None) -> list[dict]:  # type: ignore[type-arg]
    rights, known = rights_of(generation), context.read(generation)
    if known.groups_only or rights.limits or not rights.may("comments"):
        raise UserError("one person's answers are a right of its own", fix="docs/RIGHTS.md says how it is given")
    query = resolve(Query((), journey), known)
    if known.last_day is None:
        return []
    start = since or known.last_day - timedelta(days=(days or OPEN_DAYS) - 1)
    return ask_rows(generation, "loop_answers", {"journey": query.journey, "start": start, "end": known.last_day})
