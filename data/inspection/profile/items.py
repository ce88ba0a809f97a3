"""Questionnaires of several items, such as the System Usability Scale: columns that are one measure together, never each by itself."""

import re
from dataclasses import dataclass

from data.inspection.profile.values import Column, fits
from data.inspection.profile.words import fold, meanings

NUMBERED = re.compile(r"^(?P<stem>.*?)[\s_.\-\[(#]*(?P<number>\d{1,2})(?=$|[\]):.\s])")
LEAST = 4  # numbered columns on one scale that are items of something, whatever it is


@dataclass
class Items:
    """`columns` in the order of the items. Without a metric nobody knows what they measure together."""

    name: str
    columns: list[Column]
    metric: str | None
    low: float | None
    high: float | None

    @property
    def spec(self) -> dict[str, object]:
        """It as sources.toml writes it under `questions`."""
        found: dict[str, object] = {"columns": [each.name for each in self.columns]}
        found |= {"metric": self.metric} if self.metric else {}
        return found | ({"scale_min": self.low, "scale_max": self.high} if self.high is not None else {})

    @property
    def ask(self) -> str:
        first = repr(self.columns[0].name[:60])
        if self.metric:
            return f"are the {len(self.columns)} columns from {first} on the items of one {self.metric} questionnaire, in its order? Taken so"
        return (
            f"what do the {len(self.columns)} columns from {first} on measure together? State metric, scale_min and scale_max "
            f"at {self.name} in questions; without it no metric counts them"
        )


def items_of(columns: list[Column]) -> list[Items]:
    """Groups of rating columns that are items of one questionnaire: by their numbered names, or by the wording of the first two."""
    ratings = [found for found in columns if fits("rating", found, 1.0) and _level(found)]
    found = _worded(columns, ratings)
    taken = {each.name for group in found for each in group.columns}
    stems: dict[str, list[tuple[int, Column]]] = {}
    for each in ratings:
        if each.name not in taken and (match := NUMBERED.match(each.name)):
            stems.setdefault(fold(match["stem"]), []).append((int(match["number"]), each))
    for stem, numbered in stems.items():
        numbered.sort(key=lambda pair: pair[0])
        known = _known(stem)
        if [number for number, _ in numbered] == list(range(1, len(numbered) + 1)) and (
            known and len(numbered) == known["items"] or not known and len(numbered) >= LEAST
        ):
            found.append(_group(stem or "items", [each for _, each in numbered], known))
    return found


def _known(stem: str) -> dict[str, object] | None:
    return next((spec for spec in meanings()["items"] if re.search(str(spec["called"]), stem)), None)


def _worded(columns: list[Column], ratings: list[Column]) -> list[Items]:
    """Ten ratings in a row of which the first two say what the System Usability Scale's do."""
    names = [found.name for found in ratings]
    for spec in meanings()["items"]:
        first, second, many = spec.get("first"), spec.get("second"), int(spec["items"])
        for place, found in enumerate(columns[: -many + 1 or None]):
            own = columns[place : place + many]
            if (
                first
                and re.search(first, fold(found.name))
                and re.search(second, fold(own[1].name))
                and all(each.name in names for each in own)
            ):
                return [_group(spec["name"], own, spec)]
    return []


def _group(stem: str, columns: list[Column], known: dict[str, object] | None) -> Items:
    name = "-".join(stem.split()[:4]) or "items"
    if known:
        return Items(
            str(known["name"]), columns, str(known["name"]), float(str(known["low"])), float(str(known["high"]))
        )
    seen = [number for each in columns for number in each.numbers]
    whole = next(
        (span for span in ((1, 5), (1, 7), (0, 10), (1, 10)) if seen and min(seen) == span[0] and max(seen) == span[1]),
        (None, None),
    )
    return Items(name, columns, None, *whole)


def _level(column: Column) -> bool:
    """Whole numbers up to ten, or words of a scale."""
    return not column.numbers or all(number == int(number) and 0 <= number <= 10 for number in column.numbers)
