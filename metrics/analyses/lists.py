"""Questions that are not metric × dimension, as they may be shown: moves between stages, reasons for contact, pages, people's words.

Each comes from one file in metrics/sql. What the views print and what leaves the house is the same list, protected here:
fewer than five people are left out, words need eight writers, confidential rounds counts and gives no days. Filters by
channel, device, segment and region do not apply, and whoever shows a list says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.errors import UserError
from data.store.generations import Generation
from data.store.opened import GROUPS
from metrics.analyses.voice.beside import told_beside
from metrics.codes import Note, NoteCode, remark
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from metrics.rules import privacy
from metrics.rules.access import beside, within_rights
from metrics.rules.disclosure import edges
from metrics.rules.disclosure.withheld import everything_told
from metrics.rules.few_writers import beside as shown_beside
from metrics.statistics.levels import few
from metrics.statistics.moments import Moments
from metrics.thresholds import PERSONS, VERBATIMS

MOST_WORDS = 5000  # of one file; the page draws a few
MOST_REASONS, MOST_PAGES = 10, 8
EVERY = 100_000


@dataclass(frozen=True)
class Listed:
    """`rows` that may be shown; `n` is what they count in all, of what `grain`; `notes` what was left out."""

    rows: tuple[dict[str, Any], ...]
    n: int
    grain: str
    notes: tuple[Note, ...] = ()
    until: date | None = None  # last day of the quarter it is of, where not of the period


@dataclass(frozen=True)
class _Counted:
    """What the rule of small cells wants to know of a row."""

    persons: int
    who: frozenset[Any] | None = None


@within_rights
def listed(name: str, query: Query, generation: Generation) -> Listed:
    """A list by name for a journey, a period and, but for moves, one stage. Raises UserError for an unknown name."""
    if name not in LISTS:
        raise UserError("there is no such list", found=name, allowed=", ".join(LISTS))
    if context.read(generation).confidential:
        query = replace(query, confidential=True)
    if name in UNITS and beside(generation):
        return Listed((), 0, UNITS[name], (remark(NoteCode.OTHER_ROWS_ELSEWHERE),))
    if generation.shows == GROUPS and (quarter := edges.quarter(query.end, generation)):
        query = replace(query, start=quarter[0], end=quarter[1])
        return replace(LISTS[name](query, generation), until=quarter[1])
    return LISTS[name](query, generation)


def _told(
    rows: list[dict[str, Any]], name: Callable[[dict[str, Any]], tuple[Any, ...]], query: Query, generation: Generation
) -> list[dict[str, Any]]:
    """The rows that may be told beside their total: all to who may see single persons."""
    if everything_told(query, generation):
        return rows
    kept = privacy.disclosable({name(row): _Counted(row["persons"]) for row in rows})
    return [row for row in rows if name(row) in kept]


def _asked_for(query: Query, generation: Generation, most: int) -> dict[str, object]:
    """How many rows a statement is to give, and of how many people each: every one where what may be told is decided afterwards."""
    if generation.shows == GROUPS:
        return {"few": 1, "most": EVERY}
    return {"few": 1 if everything_told(query, generation) else PERSONS, "most": most}


def moves(query: Query, generation: Generation) -> Listed:
    """from_stage, to_stage (None: the session ended there), done (it ended with the stage's goal reached), visits, share of the
    visits to the first, persons."""
    if {"stages"} & query.rights.limits:  # a visit that went on to a stage nobody granted would read as one that ended
        return Listed((), 0, "visits", (remark(NoteCode.SOME_STAGES),))
    rows = ask_rows(generation, "movement", _span(query))
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["from_stage"]] = totals.get(row["from_stage"], 0) + row["visits"]
    shown = [
        row | {"share": row["visits"] / totals[row["from_stage"]]} for row in _told(rows, _pair, query, generation)
    ]
    return _listed(shown, query, "visits", NoteCode.MOVES_LEFT_OUT)


def _pair(row: dict[str, Any]) -> tuple[str, str]:
    return row["from_stage"], row["to_stage"] or ("done" if row["done"] else "")


def reasons(query: Query, generation: Generation) -> Listed:
    """reason, tickets, share of all requests of the stage, persons: the ten most frequent first, n all requests."""
    rows = ask_rows(generation, "ticket_reasons", _span(query) | _asked_for(query, generation, MOST_REASONS))
    whole = int(rows[0]["requests"]) if rows else 0
    if generation.shows == GROUPS:
        rows = _told(rows, lambda row: (row["reason"],), query, generation)[:MOST_REASONS]
    shown = [
        {name: row[name] for name in ("reason", "tickets", "persons")} | {"share": row["tickets"] / whole}
        for row in rows
    ]
    found = _listed(shown, query, "tickets", NoteCode.REASONS_LEFT_OUT)
    return replace(found, n=privacy.rounded(whole) if query.confidential else whole)


def pages(query: Query, generation: Generation) -> Listed:
    """page, visits that saw it, views, frictions (rage clicks, dead clicks, errors), per_100 (frictions per 100 views), exits (visits that left
    the journey from it), exit_rate per view with exit_low and exit_high (95 %, by person), persons: most friction first."""
    known = context.read(generation)
    query = replace(query, start=query.start or known.first_day, end=query.end or known.last_day)
    if not (query.start and query.end):
        return Listed((), 0, "views")
    bounds = [
        ask_rows(generation, "day_start", {"day": day})[0]["t"] for day in (query.start, query.end + timedelta(days=1))
    ]
    rows = ask_rows(
        generation,
        "stage_pages",
        _span(query) | {"from_t": bounds[0], "to_t": bounds[1]} | _asked_for(query, generation, MOST_PAGES),
        part="events",
    )
    if generation.shows == GROUPS:
        rows = _told(rows, lambda row: (row["page"],), query, generation)[:MOST_PAGES]
    return _listed(
        [_page(row) for row in rows],
        query,
        "views",
        NoteCode.PAGES_LEFT_OUT,
    )


def _page(row: dict[str, Any]) -> dict[str, Any]:
    """A page's counts with its exits per view, and Wilson's interval by person: no view has two exits."""
    sums = {name: row[name] for name in ("c", "nn", "ny", "yy", "n3", "n4")} | {"n": row["views"], "y": row["exits"]}
    found = few.share(Moments(**{name: np.array([value]) for name, value in sums.items()}))
    counts = {name: row[name] for name in ("page", "visits", "views", "frictions", "exits", "persons")}
    bounds = {"exit_rate": found.value, "exit_low": found.low, "exit_high": found.high}
    return counts | {"per_100": 100 * row["frictions"] / row["views"]} | bounds


def writers(rows: Iterable[dict[str, Any]]) -> int:
    """How many people wrote these comments: somebody who wrote ten is one."""
    return len({row["writer"] for row in rows})


def words(query: Query, generation: Generation) -> Listed:
    """comment (redacted when the store was made), metric, score, scale_max, survey, day, touch_channel, language, writer, person_id: in
    an order drawn at random and kept. The person is for the way to their path only and leaves no view."""
    if not query.rights.may("comments"):
        return Listed((), 0, "comments", (remark(NoteCode.NO_COMMENTS),))
    least = 1 if everything_told(query, generation) else VERBATIMS
    rows = ask_rows(generation, "verbatims", _span(query) | {"most": MOST_WORDS, "least": least})
    if least > 1 and rows:  # what may stand beside the words of a few
        told = told_beside(str(query.journey), query.start, query.end, generation)
        beside_words = {name: told[name] for name in ("survey", "touch_channel", "language")}
        rows = shown_beside(rows, beside_words) if set(query.stages[:1]) <= told["stage"] else []
    if query.confidential or generation.shows == GROUPS:
        rows = [row | {"day": None} for row in rows]
    return Listed(
        tuple(rows),
        privacy.rounded(len(rows)) if query.confidential else len(rows),
        "comments",
        (remark(NoteCode.WORDS_OF_SEVERAL, least=VERBATIMS),),
    )


UNITS = {"moves": "visits", "reasons": "tickets", "pages": "views"}  # what the lists of counts count
LISTS = {"moves": moves, "reasons": reasons, "pages": pages, "words": words}
COUNTS = {"visits", "tickets", "views", "frictions", "exits", "persons"}
STEPS = {"share": "rate", "per_100": "points", "exit_rate": "rate", "exit_low": "rate", "exit_high": "rate"}


def _span(query: Query) -> dict[str, object]:
    return {
        "journey": query.journey,
        "stage": query.stages[0] if query.stages else None,
        "start": query.start,
        "end": query.end,
    }


def _listed(rows: list[dict[str, Any]], query: Query, grain: str, note: NoteCode) -> Listed:
    """Rows with their total; rounded where the company wants its counts kept to itself."""
    total = sum(row[grain] for row in rows)
    if query.confidential:
        rows = [
            {
                key: privacy.rounded(v) if key in COUNTS else privacy.step(v, STEPS[key]) if key in STEPS else v
                for key, v in row.items()
            }
            for row in rows
        ]
        total = privacy.rounded(total)
    notes = (remark(note), remark(NoteCode.CONFIDENTIAL)) if query.confidential else (remark(note),)
    return Listed(tuple(rows), total, grain, notes)
