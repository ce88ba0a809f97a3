"""A customer's own words beside a cause: of the unhappy who met it, where enough of them wrote, for who may read comments."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from data.store.generations import Generation
from data.store.opened import GROUPS
from metrics.analyses.causes import gather
from metrics.analyses.causes.gather import Candidate
from metrics.analyses.causes.model import Cause, Kind, StageCauses
from metrics.analyses.voice.beside import told_beside
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from metrics.query.resolve import reopened, resolve
from metrics.rules import privacy
from metrics.rules.access import rights_of, within_rights
from metrics.rules.disclosure import edges
from metrics.rules.disclosure.withheld import everything_told
from metrics.rules.few_writers import beside as shown_beside
from metrics.thresholds import VERBATIMS


@dataclass(frozen=True)
class Quote:
    """A redacted comment of somebody unhappy who met the cause, drawn at random and kept; `writers` are the people it was drawn of.
    `score` is the answer it came with. `day` is None in confidential mode."""

    comment: str
    writers: int
    day: date | None
    touch_channel: str | None
    language: str | None
    metric: str | None
    score: float | None
    scale_max: float | None


@within_rights
def quotes(query: Query, made: StageCauses, generation: Generation) -> tuple[Quote | None, ...]:
    """One a cause of `made`, in its order; None where fewer than eight unhappy people who met it wrote, or for who may not read comments.

    `query` is the question `made` answers. A viewer of groups gets words of the quarter the period ends in, of those who answered in the whole
    quarters around it, and none under filters, as lists of words are: two periods that differ by a week would tell whose comment came in it.
    Beside them stands what may stand beside any text of that quarter.
    """
    known = context.read(generation)
    asked, nothing = resolve(query, known), (None,) * len(made.causes)
    if not made.causes or not rights_of(generation).may("comments"):
        return nothing
    days: Query = asked
    everything = everything_told(asked, generation)
    if generation.shows == GROUPS and not everything:
        if asked.filters or (quarter := edges.quarter(asked.end, generation)) is None:
            return nothing
        days = reopened(asked, start=quarter[0], end=quarter[1])
        start, end = edges.whole_quarters(asked.start, asked.end, generation)
        asked = replace(asked, start=start, end=end)
    told = {} if everything else told_beside(str(days.journey), days.start, days.end, generation)
    if told and made.stage not in told["stage"]:
        return nothing
    rows = gather.answers(asked, generation)
    beside_words = {name: told[name] for name in ("touch_channel", "language") if name in told}
    said = shown_beside(_comments(days, made.stage, rows, generation), beside_words)
    found = {(one.kind, one.name, one.part): one for one in gather.candidates(rows, asked, generation, known)}
    least = 1 if everything else VERBATIMS
    hide = asked.confidential or known.groups_only
    return tuple(
        _quote(_of(cause, found.get((cause.kind, cause.name, cause.part)), rows, said), least, hide)
        for cause in made.causes
    )


def _comments(query: Query, stage: str, rows: pd.DataFrame, generation: Generation) -> list[dict[str, Any]]:
    """Comments of unhappy answers among the rows, in the order drawn."""
    span: dict[str, object] = {"journey": query.journey, "stage": stage, "start": query.start, "end": query.end}
    keys = set(rows["answer_key"])
    return [row for row in ask_rows(generation, "cause_quotes", span) if row["answer_key"] in keys]


def _of(
    cause: Cause, candidate: Candidate | None, rows: pd.DataFrame, said: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The comments of who met the cause; of a word or topic only those that are about it."""
    if candidate is None:
        return []
    keys = set(rows["answer_key"][candidate.met])
    return [row for row in said if row["answer_key"] in keys and _about(cause, row)]


def _about(cause: Cause, row: dict[str, Any]) -> bool:
    if cause.kind is Kind.TOPIC:
        return cause.name in (row["topics"] or ())
    return cause.kind is not Kind.WORD or cause.name in row["comment"].lower()


def _quote(rows: Iterable[dict[str, Any]], least: int, hide: bool) -> Quote | None:
    rows = list(rows)
    writers = len({row["person_id"] for row in rows})
    if not rows or writers < least:
        return None
    first = rows[0]
    drawn = Quote(
        first["comment"],
        writers,
        first["day"],
        first["touch_channel"],
        first["language"],
        first["metric"],
        first["score"],
        first["scale_max"],
    )
    return replace(drawn, day=None, writers=privacy.rounded(writers)) if hide else drawn
