"""Columns that say in words how high a recommendation was: promoter, passive, detractor, beside the score or in place of it."""

from data.inspection.profile.values import Column
from data.values.scales import tidy

# tidied word → the lowest and highest score of it
SCORES = {
    "promoter": (9, 10),
    "promotor": (9, 10),
    "promoteur": (9, 10),
    "promotore": (9, 10),
    "passive": (7, 8),
    "passiv": (7, 8),
    "passif": (7, 8),
    "pasivo": (7, 8),
    "passivo": (7, 8),
    "neutral": (7, 8),
    "neutro": (7, 8),
    "neutre": (7, 8),
    "indifferent": (7, 8),
    "indifferenter": (7, 8),
    "detractor": (0, 6),
    "detraktor": (0, 6),
    "kritiker": (0, 6),
    "criticaster": (0, 6),
    "detracteur": (0, 6),
    "detrattore": (0, 6),
    "detrator": (0, 6),
}


def group_of(value: str) -> tuple[int, int] | None:
    """(lowest, highest) score of a group's word, also where it stands in the plural."""
    word = tidy(value)
    return next((SCORES[each] for each in (word, word[:-1], word[:-2], word[:-3]) if each in SCORES), None)


def is_group(column: Column) -> bool:
    """Whether the values are groups of the Net Promoter Score: nothing else, and promoters or detractors among them."""
    found = [group_of(value) for value in column.values]
    return bool(found) and None not in found and any(place and place[0] in (0, 9) for place in found)


def in_agreement(score: Column, columns: list[Column]) -> Column | None:
    """The column of groups that all of these scores stand in: they are recommendations from 0 to 10, whatever they are called."""
    for held in columns:
        if held.name == score.name or not is_group(held):
            continue
        groups = dict(zip(held.places, held.cells))
        both = [
            (score.score(cell), group_of(groups[at])) for at, cell in zip(score.places, score.cells) if at in groups
        ]
        if both and all(n is not None and group and group[0] <= n <= group[1] for n, group in both):
            return held
    return None
