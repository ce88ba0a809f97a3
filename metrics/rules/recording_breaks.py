"""Breaks in what is recorded: where one lies between two periods, the number before and the number after are not alike.

A consent banner that halves the linked share moves every joined figure, and no customer. A break never hides a value; it
only keeps two from being subtracted.
"""

import re
from dataclasses import dataclass
from datetime import date

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.codes import Note, NoteCode, remark
from metrics.query.of_generation import of_generation

# What a count per event is made of: it moves when tags do. Dwell ends at the next event, so it moves too.
COUNTED = re.compile(
    r"\b(page_views|actions|searches|errors|rage_clicks|dead_clicks|backtracks|repeated_submits|form_abandoned|friction|"
    r"struggled|dwell_ms|events|session_events)\b"
)

# Rows made of visits and of what finds its visit, or its share of visits, by the person.
JOINING = ("contact_rate", "contacts_and_visits", "conversion", "conversion_visit")

# Kinds of break that are not taken out: something is not compared across them.
NOT_TAKEN_OUT = ("linked", "volume", "hollow")


@dataclass(frozen=True)
class Break:
    """`until` is its last day, None while it lasts. `text` says what changed; `before` and `after` are shares or counts."""

    day: date
    until: date | None
    kind: str
    before: float
    after: float
    size: float
    text: str


@of_generation(most=32)
def breaks(generation: Generation) -> tuple[Break, ...]:
    """The breaks of a generation by day; no breaks where an older version built it, which did not look for them."""
    cursor = generation.cursor()
    if not cursor.execute("select 1 from duckdb_tables() where table_name = 'breaks'").fetchone():
        return ()
    rows = cursor.execute(
        "select day, until, kind, before, after, size, text from breaks order by day, kind"
    ).fetchall()
    return tuple(Break(*row) for row in rows)


def blocks(kind: str, definition: Definition) -> bool:
    """Whether a break of this kind makes two values of the metric incomparable. What is found and taken out does not."""
    if kind == "linked":
        return joined(definition)
    if definition.measure.table not in ("visits", "occasions"):
        return False
    return kind == "hollow" or (
        kind == "volume" and bool(COUNTED.search(definition.measure.value + " " + definition.measure.where))
    )


def joined(definition: Definition) -> bool:
    """Whether the number needs to know whose visit it was: linked people, orders or tickets beside visits, and occasions,
    which gather a person's visits, contacts and answers."""
    said = f"{definition.measure.value} {definition.measure.where}"
    return (
        "linked" in definition.population
        or "linked" in said
        or definition.measure.table == "occasions"
        or definition.measure.units in JOINING
    )


def blocked(
    definition: Definition, now: tuple[date, date], then: tuple[date, date], generation: Generation
) -> Note | None:
    """Why the two periods are not compared for this metric, or None.

    They are alike where each break covers both wholly or neither at all.
    """
    for one in breaks(generation):
        if blocks(one.kind, definition) and parts(one, now, then):
            until = one.until and one.until.isoformat()
            return remark(NoteCode.RECORDED_OTHERWISE, day=one.day.isoformat(), until=until, text=one.text)
    return None


def parts(series_break: Break, now: tuple[date, date], then: tuple[date, date]) -> bool:
    """Whether a break lies between two periods, or inside one of them."""
    return {_cover(series_break, now), _cover(series_break, then)} not in ({"wholly"}, {"not"})


def _cover(series_break: Break, period: tuple[date, date]) -> str:
    start, end = period
    last = series_break.until or date.max
    if end < series_break.day or start > last:
        return "not"
    return "wholly" if series_break.day <= start and end <= last else "partly"
