"""What is known of the answers of a stage: the answers, and every candidate as met, not met or not known of each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.analyses.causes.model import Kind
from metrics.analyses.causes.words import words_of
from metrics.query.context import Context
from metrics.query.filter_values import parts
from metrics.query.of_generation import of_generation
from metrics.query.resolve import ResolvedQuery

FILTERS = ("touch_channel", "device", "release", "segment", "region", "country", "customer", "survey", "asked_via", "language", "task")  # fmt: skip
MOST_PAGES = 25  # of a stage, those most people saw
LIGHT = {"kind", "name", "part", "page"}  # columns of few values
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
    rows = _of_days("cause_answers", query, generation)
    rows = rows[rows["stage"] == query.stages[0]]
    for name, value in query.filters:
        rows = rows[rows[name].astype(object).where(rows[name].notna(), "").astype(str).isin(parts(value))]
    return rows.reset_index(drop=True)


def candidates(rows: pd.DataFrame, query: ResolvedQuery, generation: Generation, known: Context) -> list[Candidate]:
    """Every candidate the store can tell of these answers, in a fixed order."""
    found = [*_placed(rows), *_facts(rows, facts(query, generation))]
    if known.signals.get("people_visits") and generation.parts("events"):
        found += _pages(rows, _pages_seen(query.journey, generation))
    found += _topics(rows, _of_days("cause_topics", query, generation))
    return [*found, *_words(rows, _of_days("cause_words", query, generation))]


def facts(query: ResolvedQuery, generation: Generation) -> pd.DataFrame:
    """What is known of every stage's answers of the query's days (metrics/sql/cause_facts.sql)."""
    return _of_days("cause_facts", query, generation)


def _of_days(name: str, query: ResolvedQuery, generation: Generation) -> pd.DataFrame:
    """The rows of every stage over the query's days: its stages are asked one after the other, and share what is read."""
    return _kept(name, query.journey, query.start, query.end, generation)


@of_generation(most=8)
def _kept(name: str, journey: str | None, start: date | None, end: date | None, generation: Generation) -> pd.DataFrame:
    span = {"journey": journey, "start": start, "end": end}
    return _light(generation.cursor().execute(sql("metrics/sql", name), span).df())


@of_generation(most=2)
def _pages_seen(journey: str | None, generation: Generation) -> pd.DataFrame:
    """What was seen of all days: reading the single events costs more than all the rest of a cause, and no period changes it."""
    cursor = generation.cursor_with("events")
    return _light(cursor.execute(sql("metrics/sql", "cause_pages"), {"journey": journey}).df())


def _light(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with names that are said over and over held once."""
    for name in LIGHT & set(frame.columns):
        frame[name] = frame[name].astype("category")
    return frame


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
    facts = facts[facts["answer_key"].isin(at.index)].astype({name: object for name in LIGHT & set(facts.columns)})
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
    place = pd.Index(rows["answer_key"]).get_indexer(seen["answer_key"])
    pages, place = seen["page"].astype(object).to_numpy()[place >= 0], place[place >= 0]
    known = np.zeros(len(rows), dtype=bool)
    known[place] = True
    count = Counter(page for page in pages if page != "")
    for page in sorted(sorted(count, key=lambda page: (-count[page], page))[:MOST_PAGES]):
        met = np.zeros(len(rows), dtype=bool)
        met[place[pages == page]] = True
        yield Candidate(Kind.PAGE, str(page), "", known, met)


def _words(rows: pd.DataFrame, comments: pd.DataFrame) -> Iterator[Candidate]:
    """Words that say what a comment is about, of the answers that came with a comment."""
    comments = comments[comments["answer_key"].isin(rows["answer_key"])]
    known = rows["answer_key"].isin(comments["answer_key"]).to_numpy()
    for word, keys in words_of(list(zip(comments["answer_key"], comments["comment"]))).items():
        yield Candidate(Kind.WORD, word, "", known, rows["answer_key"].isin(keys).to_numpy())


def _topics(rows: pd.DataFrame, comments: pd.DataFrame) -> Iterator[Candidate]:
    """What comments are about, of the answers that came with a comment that says something."""
    comments = comments[comments["answer_key"].isin(rows["answer_key"])]
    known = rows["answer_key"].isin(comments["answer_key"]).to_numpy()
    told = comments.explode("topics").dropna(subset="topics")
    for topic, keys in told.groupby("topics", sort=True)["answer_key"]:
        yield Candidate(Kind.TOPIC, str(topic), "", known, rows["answer_key"].isin(keys).to_numpy())
