"""What the values of a column are, whatever its header says: dates, ratings, ids, addresses, texts, states …"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from data.inspection.profile.patterns import (
    ADDRESSED,
    CALLED,
    CLOCKED,
    CODED,
    DATED,
    DIGITS,
    EMAIL,
    GROUPED,
    LIST,
    MONEY,
    NUMBER,
    PATH,
    PHONE,
    SERIAL,
    TIME,
    TRUTH,
    URL,
)
from data.inspection.profile.words import fold, meanings, name_of, said
from data.readers.qualtrics_labels import SCALES
from data.readers.qualtrics_metrics import number as leading_number
from data.values.cast import NULLS
from data.values.digits import latin
from data.values.moments import read_moment
from data.values.scales import OF, PERCENT, STARS, number_of, scales, tidy

LABELS = frozenset(tidy(label) for scale in SCALES for label in scale.labels) | frozenset(
    word for scale in scales()[0] for words in scale.places.values() for word in words
)
FEW = 400  # distinct values kept of a column
MIXED = 0.3  # of the values must be plain numbers where others are labels of the scale's ends
SCORED = {"nps", "opinion_scale", "rating", "ranking_scale", "csat", "ces"}
WRITTEN, PICKED = {"long_text", "short_text"}, {"multiple_choice", "dropdown", "yes_no", "picture_choice", "choice"}
ANSWERED = SCORED | WRITTEN | PICKED  # types of questions as forms' tools name them
LONG_RUN = 6  # numbers one after the other that are no accident
Fit = Callable[
    ["Column", float], float
]  # how well the values are of a kind; the number says how surely the header names it
ENOUGH = 0.9  # of the values given must be of a kind


@dataclass
class Column:
    """One column's values, as far as the sample holds them. Shares are of the values given."""

    name: str
    rows: int
    cells: list[str] = field(default_factory=list)  # the values given, in the file's order
    told: str = ""  # what the tool says its question is: nps, rating, long_text …
    places: list[int] = field(default_factory=list)  # the record each cell stands in

    @cached_property
    def given(self) -> int:
        return len(self.cells)

    @cached_property
    def counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for cell in self.cells:
            counts[cell] = counts.get(cell, 0) + 1
        return counts

    @cached_property
    def values(self) -> list[str]:
        """Different values, the commonest first."""
        return sorted(self.counts, key=lambda value: -self.counts[value])[:FEW]

    @cached_property
    def different(self) -> int:
        return len(self.counts)

    def share(self, test: Callable[[str], object]) -> float:
        """The share of the values given that pass a test."""
        return sum(count for value, count in self.counts.items() if test(value)) / self.given if self.given else 0.0

    @cached_property
    def numbers(self) -> list[float]:
        """The numbers its different values are, or begin with where they are labels such as `10 - Extremely likely`."""
        return [number for value in self.values if (number := self.score(value)) is not None and abs(number) < 1e15]

    @cached_property
    def plain(self) -> float:
        """The share of the values that are nothing but a number."""
        return self.share(lambda value: bool(NUMBER.match(value)))

    def score(self, value: str) -> float | None:
        """The number a value is or begins with; where others are plain numbers also the one it ends with: `Extremely likely - 10`."""
        if re.fullmatch(r"-?\d{1,3},\d+", value):
            return float(value.replace(",", "."))
        if STARS.fullmatch(value) or PERCENT.fullmatch(value):
            return number_of(value, None)
        found = leading_number(value)
        if found is None and (part := OF.fullmatch(value)):
            return float(part[1])
        return number_of(value, None) if found is None and self.plain > MIXED else found

    @cached_property
    def words(self) -> float:
        """Words a value has on average."""
        return sum(len(cell.split()) for cell in self.cells) / self.given if self.given else 0.0


def column(name: str, cells: list[Any]) -> Column:
    """A column's profile; what means nothing is left out."""
    given = [
        (place, text)
        for place, cell in enumerate(cells)
        if cell is not None and (text := latin(str(cell).strip())) not in NULLS
    ]
    return Column(name, len(cells), [text for _, text in given], places=[place for place, _ in given])


def fits(kind: str, column: Column, said_so: float) -> float:
    """How well the values are what a column of this kind holds, 0 to 1; 0 means they are not. `said_so`: the header names it."""
    if not column.given:
        return 0.0
    return FITS[kind](column, said_so)


def _time(column: Column, said_so: float) -> float:
    share = column.share(_is_time)
    if share < ENOUGH and said_so >= 0.5:
        share = max(
            share,
            column.share(lambda value: _epoch(value) or value == "0") if column.share(_epoch) else 0.0,  # 0: not yet
            column.share(lambda value: bool(SERIAL.match(value)) and said_so > 0.6),
        )
    if share < ENOUGH:
        return 0.6 if share > 0.6 else 0.0
    return (
        0.9
        if column.share(lambda value: len(value) > 10) <= 0.5
        else 1.0
        if column.share(lambda value: value[:2] in ("19", "20")) > 0.5
        else 0.97
    )


@cache
def _is_time(value: str) -> bool:
    """By its shape; with words in it, as `01/03/2026 às 10:05`, where the load itself would read it."""
    if TIME.match(value):
        return True
    return bool(len(value) < 60 and DATED.search(value) and CLOCKED.search(value) and read_moment(value))


def _day(column: Column, said_so: float) -> float:
    """Dates without a time of day."""
    return 0.0 if column.share(lambda value: ":" in value) > 0.1 else 1.0 if _time(column, said_so) >= 0.9 else 0.0


def _epoch(value: str) -> bool:
    if not DIGITS.match(value):
        return False
    if len(value) == 8:
        return "19900101" <= value <= "20401231" and value[4:6] <= "12"
    seconds = float(value[:10])
    return 6e8 < seconds < 2.2e9


def is_time(column: Column) -> bool:
    """Whether the values are dates by themselves."""
    return _time(column, 0.0) >= 0.9


def _key(column: Column, said_so: float) -> float:
    own = column.different / column.given
    plain = _id(column, said_so)
    return (
        0.0
        if not plain
        or column.given < 0.5 * column.rows
        or plain < 1.0
        and (column.given > 5 and own < 0.3 or column.given > 3 and own < 0.9)
        else plain
        if own > 0.98
        else 0.6 * plain
        if own > 0.5 and said_so > 0.6
        else 0.25 * plain
    )


def _repeated(column: Column, said_so: float) -> float:
    return _id(column, said_so) if column.different < column.given else 0.3 * _id(column, said_so)


def _id(column: Column, said_so: float) -> float:
    if (
        column.words > 1.2
        or is_time(column)
        or column.share(lambda v: len(v) > 100) > 0.1
        or column.share(lambda v: bool(EMAIL.match(v))) > 0.5
        and said_so < 0.6
    ):
        return 0.0
    coded = column.share(lambda value: bool(CODED.match(value)))
    return 1.0 if coded > ENOUGH else 0.7


def _free(column: Column, said_so: float) -> float:
    if is_time(column) or column.share(lambda v: bool(URL.match(v) or ADDRESSED.search(v) or NUMBER.match(v))) > 0.5:
        return 0.0
    if column.words > 2.5 and column.different > 0.3 * column.given:
        return 1.0
    return (
        0.7
        if said_so > 0.6 or column.words > 1.6 and column.different > 0.5 * column.given and column.given > 3
        else 0.3
    )


def _word(column: Column, said_so: float) -> float:
    if is_time(column) or column.words > 8:
        return 0.0
    return 1.0 if column.different <= max(12, 0.2 * column.given) else 0.5 if said_so > 0.8 else 0.0


def _state(column: Column, said_so: float) -> float:
    known = re.compile(meanings()["states"]["words"])
    share = column.share(lambda value: bool(known.match(fold(value))))
    return 1.0 if share > 0.5 else 0.5 if said_so > 0.7 and column.different <= 15 and not is_time(column) else 0.0


def _event(column: Column, said_so: float) -> float:
    if is_time(column) or column.share(lambda v: bool(URL.match(v))) > 0.5:
        return 0.0
    known = re.compile(meanings()["events"]["words"])
    share = column.share(lambda value: bool(known.match(fold(value))))
    return (
        1.0
        if share > 0.3
        else 0.6
        if said_so > 0.7 and column.different <= max(30, 0.5 * column.given) and column.words < 5
        else 0.0
    )


def _rating(column: Column, said_so: float) -> float:
    """Numbers on a scale of at most 0 to 10 (or 0 to 100 where the header says so), or labels of a known scale."""
    labels = column.share(lambda value: tidy(value) in LABELS)
    if labels > 0.6:
        return 1.0
    share = column.share(lambda value: column.score(value) is not None)
    numbers = column.numbers
    if share < 0.7 or not numbers or is_time(column) or counts_up(column):
        return 0.0
    whole = all(number == int(number) for number in numbers)
    if whole and min(numbers) >= 0 and _plain_top(numbers) <= 10:
        return 1.0 if len(set(numbers)) > 2 or column.given < 5 else 0.5
    if column.share(lambda value: bool(PERCENT.fullmatch(value))) == 1 and max(numbers) <= 100:
        return 1.0 if said_so >= 0.5 else 0.0
    return 0.6 if said_so > 0.7 and min(numbers) >= -2 and max(numbers) <= 100 and len(set(numbers)) > 2 else 0.0


def counts_up(column: Column) -> bool:
    """Whether it numbers the records: 0, 1, 2 … or back, each one further than the last. Nobody's answers run so."""
    if column.given < LONG_RUN or not all(cell.isdigit() for cell in column.cells[:LONG_RUN]):
        return False
    steps = {
        int(after) - int(before)
        for before, after in zip(column.cells, column.cells[1:])
        if after.isdigit() and before.isdigit()
    }
    return steps in ({1}, {-1})


def _plain_top(numbers: list[float]) -> float:
    """The highest number that is no code for “do not know” (77, 88, 98, 99, 999)."""
    return max((number for number in numbers if number not in (77, 88, 98, 99, 999)), default=999)


def _matching(pattern: re.Pattern[str], least: float = ENOUGH) -> Fit:
    return lambda found, said_so: 1.0 if found.share(lambda value: bool(pattern.match(value))) >= least else 0.0


def _phone(column: Column, said_so: float) -> float:
    pattern = CALLED if said_so > 0.7 and not is_time(column) else PHONE
    return 1.0 if column.share(lambda value: bool(pattern.match(value))) >= 0.5 else 0.0


def _page(column: Column, said_so: float) -> float:
    return (
        1.0
        if column.share(lambda v: bool(URL.match(v) or PATH.match(v))) > 0.6
        else 0.5
        if said_so > 0.9 and not is_time(column)
        else 0.0
    )


def _url(column: Column, said_so: float) -> float:
    if re.search(
        r"\b(photo|avatar|icon|permalink|image|picture|website|self|api|edit|analyze|href|profile)\b", fold(column.name)
    ):
        return 0.0
    share = column.share(lambda value: bool(URL.match(value)))
    return 1.0 if share > 0.5 else 0.8 if column.share(lambda v: bool(URL.match(v) or PATH.match(v))) > 0.8 else 0.0


def _truth(column: Column, said_so: float) -> float:
    return 1.0 if column.different <= 4 and column.share(lambda value: value.lower() in TRUTH) > ENOUGH else 0.0


def _whole(column: Column, said_so: float) -> float:
    return (
        1.0
        if not is_time(column)
        and column.share(lambda v: bool(NUMBER.match(v))) > ENOUGH
        and column.share(_counts) > ENOUGH
        else 0.0
    )


def _counts(value: str) -> bool:
    """A whole number, also with signs between its thousands: 1.200 and 1,200 are counts where a column is called so."""
    return bool(GROUPED.match(value)) or (
        bool(NUMBER.match(value)) and re.fullmatch(r"[-+]?\d+([.,]0+)?", value) is not None
    )


def _json(column: Column, said_so: float) -> float:
    return 1.0 if column.share(_is_json) > ENOUGH else 0.0


def _is_json(value: str) -> bool:
    try:
        return value[:1] in "{[" and isinstance(json.loads(value), (dict, list))
    except (ValueError, RecursionError):
        return False


FITS: dict[str, Fit] = {
    "time": _time,
    "day": _day,
    "key": _key,
    "repeated": _repeated,
    "id": _id,
    "free": _free,
    "word": _word,
    "state": _state,
    "event": _event,
    "rating": _rating,
    "email": _matching(EMAIL, 0.5),
    "phone": _phone,
    "number": _matching(NUMBER),
    "money": _matching(MONEY),
    "whole": _whole,
    "page": _page,
    "url": _url,
    "truth": _truth,
    "json": _json,
    "list": lambda found, said_so: (
        1.0 if found.share(lambda v: bool(LIST.match(v))) > 0.3 else 0.6 if not is_time(found) else 0.0
    ),
    "text": lambda found, said_so: 0.0 if is_time(found) else 1.0,
}


def shown(column: Column) -> str:
    """What the values are, in words and without a value of a person's: `0 to 10, 9 different`."""
    many = f"{column.given:,} values, {column.different:,} different"
    for kind, words in (
        ("email", "e-mail addresses"),
        ("phone", "telephone numbers"),
        ("url", "addresses of pages"),
        ("json", "JSON"),
    ):
        if fits(kind, column, 0.0):
            return f"{words}; {many}"
    if _time(column, said("web_events", "occurred_at", column.name)[0]):
        return f"dates; {many}"
    if fits("number", column, 0.0) and column.numbers:
        return f"numbers {min(column.numbers):g} to {max(column.numbers):g}; {many}"
    if column.words > 2.5:
        return f"texts of {column.words:.0f} words on average; {many}"
    return many


def is_name(column: Column) -> bool:
    """Whether its header says that it holds people's names."""
    return bool(re.search(meanings()["machinery"]["names"], name_of(column.name)))
