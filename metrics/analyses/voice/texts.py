"""The texts of a question as rows, and their sums by group of persons."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from data.store.opened import GROUPS as VIEWERS
from metrics.analyses.voice.model import Part
from metrics.query.filter_values import parts
from metrics.query.resolve import ResolvedQuery
from metrics.rules.disclosure import edges
from metrics.statistics.levels.nps import grouped_counts, nps
from metrics.statistics.levels.shares import grouped_share
from metrics.statistics.moments import GROUPS
from metrics.thresholds import VERBATIMS

FILTERS = ("touch_channel", "device", "release", "segment", "region", "country", "customer", "survey", "asked_via", "contact_via", "language", "task", "source", "category")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sums:
    """By person group, shape (GROUPS,): texts, scored ones, kind ones, unkind ones; and how many people wrote."""

    texts: np.ndarray
    scored: np.ndarray
    kind: np.ndarray
    unkind: np.ndarray
    persons: int

    @property
    def net(self) -> np.ndarray:
        """Kind less unkind texts."""
        net: np.ndarray = self.kind - self.unkind
        return net


def of_quarter(query: ResolvedQuery, generation: Generation) -> ResolvedQuery:
    """For a viewer of groups the question over the quarter its period ends in, as the words beside it are: topics of two periods that differ by a
    week with one writer would tell what that writer wrote about, and how kindly."""
    if generation.shows != VIEWERS or (days := edges.quarter(query.end, generation)) is None:
        return query
    return replace(query, start=days[0], end=days[1], shift=None)


def texts(query: ResolvedQuery, generation: Generation) -> pd.DataFrame:
    """One row a text of the query's journey and days, its stages and filters (columns of FILTERS) applied."""
    found: pd.DataFrame = (
        generation.cursor()
        .execute(sql("metrics/sql", "voice_texts"), {"journey": query.journey, "start": query.start, "end": query.end})
        .df()
    )
    if query.stages:
        found = found[found["stage"].isin(query.stages)]
    for name, value in query.filters:
        found = found[found[name].astype(object).where(found[name].notna(), "").astype(str).isin(parts(value))]
    return found.reset_index(drop=True)


def topics_of(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Topic → which rows are about it."""
    held = rows["topics"].to_numpy()
    at = np.repeat(np.arange(len(rows)), [len(one) for one in held])
    names = np.concatenate(held) if len(at) else np.array([], dtype=object)
    code, known = pd.factorize(names)
    found = np.zeros((len(known), len(rows)), dtype=bool)
    found[code, at] = True
    return dict(zip(known, found))


@dataclass(frozen=True, eq=False)
class TextArrays:
    """The rows as arrays, made once: who wrote, their group, whether it was scored, kind, unkind."""

    person: np.ndarray
    group: np.ndarray
    felt: np.ndarray  # 1 kind, 0 neither, −1 unkind, 2 not scored

    def sums(self, of: np.ndarray | None = None) -> Sums:
        """Sums by person group of the rows `of`, of all without it."""
        where = slice(None) if of is None else of
        group, felt = self.group[where], self.felt[where]

        def counted(those: np.ndarray) -> np.ndarray:
            return np.bincount(group[those], minlength=GROUPS).astype(float)

        persons = len(np.unique(self.person[where]))
        return Sums(
            np.bincount(group, minlength=GROUPS).astype(float),
            counted(felt != 2),
            counted(felt == 1),
            counted(felt == -1),
            persons,
        )


def text_arrays(rows: pd.DataFrame) -> TextArrays:
    """The rows as arrays."""
    felt = rows["sentiment"].map({"positive": 1, "neutral": 0, "negative": -1}).fillna(2).to_numpy(dtype=np.int64)
    return TextArrays(rows["person_id"].to_numpy(), rows["person_group"].to_numpy(dtype=np.int64), felt)


def part(sums: Sums, whole: Sums, level: float) -> Part:
    """What may be said of these texts beside the whole they are of: nothing but that they are too few, below VERBATIMS people."""
    texts_of, scored = int(sums.texts.sum()), int(sums.scored.sum())
    if sums.persons < VERBATIMS:
        return Part(0, 0, 0, None, None)
    share = grouped_share(whole.texts, sums.texts, whole.persons, level)
    net = nps(grouped_counts(sums.scored, sums.kind, sums.unkind, sums.persons), level) if scored else None
    return Part(texts_of, sums.persons, scored, share, net)
