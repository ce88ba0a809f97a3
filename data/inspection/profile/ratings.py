"""Ratings that stand inside other records: which columns hold them."""

import re
from dataclasses import dataclass

from data.inspection.profile.values import Column, fits
from data.inspection.profile.words import fold, meanings

WORDS = 11  # different ones that may be a scale
# What a help desk writes where nobody rated.
NOT_RATED = (
    "offered",
    "unoffered",
    "not offered",
    "no response",
    "not rated",
    "not taken",
    "unrated",
    "not surveyed",
    "none",
    "no survey",
    "no rating",
    "not yet rated",
)


@dataclass
class Rated:
    """The columns of a rating: the score, what was written beside it, when; `rest` are its others, which say nothing of the ticket."""

    score: Column
    comment: Column | None = None
    at: Column | None = None
    rest: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        return {self.score.name, *self.rest} | {found.name for found in (self.comment, self.at) if found}


def rated(columns: list[Column]) -> Rated | None:
    """The rating that records of tickets hold, where one of their columns is called so and its values are of a scale."""
    spec = meanings()["rating"]
    scores = [found for found in columns if _is_score(found, spec)]
    if not scores:
        return None
    score = max(scores, key=lambda found: found.given)
    parent = score.name.rpartition(".")[0]
    if re.search(spec["called"], fold(parent)) or _is_object(parent, columns):
        own = [found for found in columns if found.name.startswith(parent + ".") and found is not score]
    else:
        own = [found for found in columns if found is not score and _beside(found, score, spec)]
    comment = next((found for found in own if re.search(spec["comment"], fold(found.name)) and _is_text(found)), None)
    times = [found for found in own if fits("time", found, 0.7) >= 0.9]
    return Rated(score, comment, times[0] if times else None, tuple(found.name for found in own))


def unread(columns: list[Column]) -> str | None:
    """The question about a column of tickets that is called a rating, and whose words are on no known scale."""
    spec = meanings()["rating"]
    for found in columns:
        leaf, given = fold(found.name.rpartition(".")[2]), answers(found)
        called = re.search(spec["called"], leaf) and not re.search(spec["not"], leaf)
        if (
            called
            and 1 < given.different <= WORDS
            and not given.numbers
            and given.words <= 3
            and not fits("time", given, 0.7)
        ):
            words = ", ".join(repr(value) for value in sorted(given.values)[:7])
            return (
                f"is {found.name!r} a rating of the help? Its words ({words}) are on no known scale and were not read: copy the block as survey_answers "
                'with ticket_id and score, metric = "csat", scale_min, scale_max and values = { score = { "…" = 1 } }'
            )
    return None


def _beside(column: Column, score: Column, spec: dict[str, str]) -> bool:
    """Called after the rating, or a comment that stands only where somebody rated."""
    named = bool(re.search(spec["comment"], fold(column.name))) and score.given < score.rows
    return bool(re.search(spec["called"], fold(column.name))) or named and set(column.places) <= set(score.places)


def _is_score(column: Column, spec: dict[str, str]) -> bool:
    parent, _, leaf = column.name.rpartition(".")
    called = re.search(spec["called"], fold(leaf)) or (
        re.search(spec["called"], fold(parent.rpartition(".")[2])) and fold(leaf) in ("score", "value", "name")
    )
    if not called or re.search(spec["not"], fold(leaf)):
        return False
    given = answers(column)
    return given.different > 1 and fits("rating", given, 1.0) >= 0.5


def _is_object(parent: str, columns: list[Column]) -> bool:
    """Whether a key holds a rating alone: Jira's customfield_10035 with a rating and a comment."""
    return bool(parent) and sum(found.name.startswith(parent + ".") for found in columns) <= 6 and parent.count(".") > 0


def _is_text(column: Column) -> bool:
    return fits("free", column, 1.0) >= 0.7 and not fits("id", column, 0.0) == 1.0


def answers(column: Column) -> Column:
    """The column without the words that stand where nobody rated."""
    return Column(column.name, column.rows, [cell for cell in column.cells if cell.lower() not in NOT_RATED])
