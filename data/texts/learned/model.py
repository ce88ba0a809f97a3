"""A model of ratings: ridge regression on words in five folds of people, so that no rating of a writer's own tells how their text is read."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from data.texts.learned.features import BUCKETS, Told, counted, rarity_of, weighed

FOLDS = 5
PENALTY = 1.0  # of ridge, on rows of length 1
LEAST = 300  # rated comments in a language before texts of it are read by what was learned
STEPS = 200  # of the solver, at most


@dataclass(frozen=True, eq=False)
class Learned:
    """`weights` (FOLDS, BUCKETS + 1) and `levels` (FOLDS,): one model a fold, made without its people. `low` and `high`: at or below is
    negative, at or above positive. `languages`: rated comments of each that is read so. `version` counts a store's calibrations."""

    version: int
    rarity: np.ndarray
    weights: np.ndarray
    levels: np.ndarray
    low: float
    high: float
    languages: dict[str, int]

    @property
    def scorer(self) -> str:
        """Names the model to the letter: another one is another instrument."""
        return f"own {self.version} {hashlib.sha256(self.weights.tobytes()).hexdigest()[:8]}"

    def reads(self, language: str) -> bool:
        """Whether texts of this language (or of none that could be told, by its reason) are read by it."""
        return language in self.languages

    def read(self, texts: Sequence[Told], seen: Sequence[Collection[int]]) -> tuple[np.ndarray, np.ndarray]:
        """(how kind each text is, −1 … 1, and how many of its features were ever rated). `seen`: the folds of who wrote each text: models
        that know them are left out; where all do, all are taken."""
        if not texts:
            return np.zeros(0), np.zeros(0, dtype=int)
        counts = counted(texts)
        by_fold = weighed(counts, self.rarity, texts) @ self.weights.T + self.levels
        # the model of a fold was made without its people: of who wrote, that one alone may speak
        use = np.array([[len(folds) != 1 or fold in folds for fold in range(FOLDS)] for folds in map(set, seen)])
        kind = (by_fold * use).sum(axis=1) / use.sum(axis=1)
        known = np.asarray((counts.multiply(self.rarity > 0) > 0).sum(axis=1)).ravel()
        return np.clip(kind, -1.0, 1.0), known.astype(int)

    def label(self, kind: float) -> str:
        """positive, neutral or negative."""
        return "positive" if kind >= self.high else "negative" if kind <= self.low else "neutral"


def learn(
    texts: Sequence[Told],
    ratings: np.ndarray,
    fold: np.ndarray,
    labels: Sequence[str],
    languages: dict[str, int],
    version: int,
) -> tuple[Learned, np.ndarray]:
    """The model, and what it reads in each text out of fold. `ratings` −1 … 1, `fold` 0 … FOLDS − 1 by person; the two thresholds make as
    many negative and positive texts as there are such `labels`."""
    from scipy.sparse.linalg import lsqr

    counts = counted(texts)
    rarity = rarity_of(counts)
    rows = weighed(counts, rarity, texts)
    weights, levels, read = np.zeros((FOLDS, BUCKETS + 1)), np.zeros(FOLDS), np.zeros(len(texts))
    for place in range(FOLDS):
        own, others = np.flatnonzero(fold == place), np.flatnonzero(fold != place)
        levels[place] = ratings[others].mean()
        weights[place] = lsqr(rows[others], ratings[others] - levels[place], damp=PENALTY**0.5, iter_lim=STEPS)[0]
        read[own] = rows[own] @ weights[place] + levels[place]
    read = np.clip(read, -1.0, 1.0)
    low, high = (
        float(np.quantile(read, share))
        for share in (
            np.mean([one == "negative" for one in labels]),
            1 - np.mean([one == "positive" for one in labels]),
        )
    )
    made = Learned(
        version, rarity.astype(np.float32), weights.astype(np.float32), levels, low, max(low, high), languages
    )
    return made, read
