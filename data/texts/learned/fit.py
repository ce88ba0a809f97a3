"""calibrate(store): learn from the rated comments of what serves, say what is reached on people it was not made of, keep it in the store."""

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from data.errors import UserError
from data.sqlfile import sql
from data.store.generations import Generation
from data.texts.learned import kept
from data.texts.learned.features import told
from data.texts.learned.measures import Reached, reached
from data.texts.learned.model import FOLDS, LEAST, Learned, learn
from data.texts.score import EMPTY, NO_WORDS, Score, score


@dataclass(frozen=True)
class Calibration:
    """What `data calibrate` did: `lists` and `learned` are what the word lists and the model reach on the same comments (a text no list can
    read counts as neutral), `languages` the rated comments of each that is read so by the next build, `few` of those that are not."""

    version: int
    scorer: str
    comments: int
    people: int
    languages: dict[str, int]
    few: dict[str, int]
    lists: Reached
    learned: Reached

    @property
    def record(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def language_of(found: Score) -> str:
    """The language a text is counted under, or the reason why none could be told."""
    return found.language or found.not_scored or ""


def calibrate(generation: Generation, store: Path) -> Calibration:
    """Learn, measure, keep. Raises UserError where no language has LEAST rated comments; then nothing is kept."""
    rows = generation.cursor().execute(sql("data/texts/learned", "rated"), {"folds": FOLDS}).fetchall()
    scored = [(row, score(row[0], row[1], row[2])) for row in rows]
    scored = [(row, found) for row, found in scored if found.not_scored not in (EMPTY, NO_WORDS) and language_of(found)]
    count = Counter(language_of(found) for _, found in scored)
    languages = {name: texts for name, texts in count.most_common() if texts >= LEAST}
    if not languages:
        most = max(count.values(), default=0)
        raise UserError(
            "too few comments came with a rating to learn from",
            found=f"{most} in one language",
            allowed=f"at least {LEAST} in one language, in the response of an NPS, CSAT or CES answer",
            fix="Until then texts are read by the word lists, and those in other languages are not scored",
        )
    scored = [(row, found) for row, found in scored if language_of(found) in languages]
    texts = [told(row[0], row[1], found.compound) for row, found in scored]
    ratings, labels = np.array([row[3] for row, _ in scored], dtype=float), [row[4] for row, _ in scored]
    if len(set(labels) & {"negative", "positive"}) < 2:
        raise UserError(
            "all rated comments say the same", found=", ".join(sorted(set(labels))), allowed="good and bad ratings"
        )
    before = kept.newest(store)
    made, read = learn(
        texts,
        ratings,
        np.array([row[5] for row, _ in scored]),
        labels,
        languages,
        int(before.stem) + 1 if before else 1,
    )
    kept.keep(made, store)
    return Calibration(
        made.version,
        made.scorer,
        len(scored),
        len({row[6] for row, _ in scored}),
        languages,
        {name: texts for name, texts in count.most_common() if texts < LEAST},
        _by_lists([found for _, found in scored], ratings, labels),
        _by_model(made, read, ratings, labels),
    )


def _by_lists(found: list[Score], ratings: np.ndarray, labels: list[str]) -> Reached:
    read = np.array([one.compound or 0.0 for one in found])
    return reached(read, [one.sentiment or "neutral" for one in found], ratings, labels)


def _by_model(made: Learned, read: np.ndarray, ratings: np.ndarray, labels: list[str]) -> Reached:
    return reached(read, [made.label(float(kind)) for kind in read], ratings, labels)


def render(found: Calibration) -> str:
    """As lines."""

    def row(name: str, one: Reached) -> str:
        numbers = ("–" if value is None else f"{value:.3f}" for value in (one.macro_f1, one.auc, one.spearman))
        return f"{name:<14}" + "".join(f"{number:>12}" for number in numbers)

    listed = ", ".join(f"{name} ({count:,})" for name, count in found.languages.items())
    few = ", ".join(f"{name} ({count:,})" for name, count in found.few.items())
    return "\n".join(
        [
            f"calibration {found.version} ({found.scorer}): {found.comments:,} rated comments of {found.people:,} people, kept in the store; the next build reads by it",
            f"read so: {listed}" + (f"; fewer than {LEAST} rated comments, as before: {few}" if few else ""),
            f"on people it was not made of{'':>1}",
            f"{'':<14}{'macro-F1':>12}{'AUC':>12}{'Spearman':>12}",
            row("word lists", found.lists),
            row("calibrated", found.learned),
            "AUC: promoters or satisfied against detractors or dissatisfied. What is read so is made of ratings: it neither explains nor confirms them.",
        ]
    )
