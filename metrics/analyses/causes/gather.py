"""What is known of the answers of a stage: the answers, and every candidate as met, not met or not known of each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.analyses.causes.model import Kind
from metrics.analyses.causes.words import words_of
from metrics.query.context import Context
from metrics.query.filter_values import parts
from metrics.query.resolve import ResolvedQuery

FILTERS = ("touch_channel", "device", "release", "segment", "region", "country", "customer", "survey", "asked_via", "language", "task")  # fmt: skip
MOST_PAGES = 25  # of a stage, those most people saw
VALUES = {Kind.CHANNEL: "touch_channel", Kind.DEVICE: "device", Kind.RELEASE: "release"}


@dataclass(frozen=True, eq=False)
class Candidate:
    """One thing that may go with unhappiness: of which answers it is `known`, and which `met` it (never where it is not known)."""

    kind: Kind
    name: str
    part: str
    known: np.ndarray
    met: np.ndarray


def answers(query: ResolvedQuery, generation: Generation) -> pd.DataFrame:
    """One row an occasion answered about in the query's one stage, its filters applied (columns of FILTERS)."""
    rows = _ask(generation, "cause_answers", query)
    for name, value in query.filters:
        rows = rows[rows[name].astype(object).where(rows[name].notna(), "").astype(str).isin(parts(value))]
    return rows.reset_index(drop=True)


def candidates(rows: pd.DataFrame, query: ResolvedQuery, generation: Generation, known: Context) -> list[Candidate]:
    """Every candidate the store can tell of these answers, in a fixed order."""
    facts = _ask(generation, "cause_facts", query)
    found = [*_placed(rows), *_facts(rows, facts)]
    if known.signals.get("people_visits") and generation.parts("events"):
        found += _pages(rows, _ask(generation, "cause_pages", query, part="events"))
    return [*found, *_words(rows, _ask(generation, "cause_words", query))]


def _ask(generation: Generation, name: str, query: ResolvedQuery, part: str | None = None) -> pd.DataFrame:
    span = {"journey": query.journey, "stage": query.stages[0], "start": query.start, "end": query.end}
    text = sql("metrics/sql", name)
    cursor = generation.cursor_with(part) if part else generation.cursor()
    found: pd.DataFrame = cursor.execute(text, {key: value for key, value in span.items() if f"${key}" in text}).df()
    return found


def _placed(rows: pd.DataFrame) -> Iterator[Candidate]:
    """Channel, device and release: each value against the other values."""
    for kind, column in VALUES.items():
        yield from _one_each(kind, rows[column])


def _one_each(kind: Kind, values: pd.Series, name: str = "") -> Iterator[Candidate]:
    """Each value of something everybody has one of; of two values one candidate would mirror the other, and both are looked at."""
    known = values.notna().to_numpy()
    for value in sorted(values.dropna().unique()):
        met = (values == value).to_numpy() & known
        yield Candidate(kind, name or str(value), str(value) if name else "", known, met)


def _facts(rows: pd.DataFrame, facts: pd.DataFrame) -> Iterator[Candidate]:
    """What cause_facts.sql tells, kind by kind."""
    at = pd.Series(rows.index, index=rows["answer_key"])
    facts = facts[facts["answer_key"].isin(at.index)]
    for (kind, name), own in facts.groupby(["kind", "name"], sort=True):
        place = at[own["answer_key"]].to_numpy()
        if kind in (Kind.ARM, Kind.CARRIER):
            continue
        known, met = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
        known[place], met[place] = True, own["met"].to_numpy(dtype=bool)
        yield Candidate(Kind(kind), str(name), "", known, met)
    carried = facts[facts["kind"] == Kind.CARRIER].drop_duplicates("answer_key").set_index("answer_key")["name"]
    yield from _one_each(Kind.CARRIER, rows["answer_key"].map(carried))
    for name, own in facts[facts["kind"] == Kind.ARM].groupby("name", sort=True):
        variants = rows["answer_key"].map(own.set_index("answer_key")["part"])
        yield from _one_each(Kind.ARM, variants, str(name))


def _pages(rows: pd.DataFrame, seen: pd.DataFrame) -> Iterator[Candidate]:
    """The pages most answers saw, of the answers whose visits are known."""
    known = rows["answer_key"].isin(seen["answer_key"]).to_numpy()
    seen = seen[(seen["page"] != "") & seen["answer_key"].isin(rows["answer_key"])]
    for page in seen["page"].value_counts().head(MOST_PAGES).index.sort_values():
        met = rows["answer_key"].isin(seen.loc[seen["page"] == page, "answer_key"]).to_numpy()
        yield Candidate(Kind.PAGE, str(page), "", known, met)


def _words(rows: pd.DataFrame, comments: pd.DataFrame) -> Iterator[Candidate]:
    """Words that say what a comment is about, of the answers that came with a comment."""
    comments = comments[comments["answer_key"].isin(rows["answer_key"])]
    known = rows["answer_key"].isin(comments["answer_key"]).to_numpy()
    for word, keys in words_of(list(zip(comments["answer_key"], comments["comment"]))).items():
        yield Candidate(Kind.WORD, word, "", known, rows["answer_key"].isin(keys).to_numpy())
