"""The values of a filter as one text and back (apart by commas, a comma of a value itself written as backslash and comma), and a value found as text."""

import re
from collections.abc import Iterable

import pandas as pd

PART = re.compile(r"((?:\\[,\\]|[^,])*)(?:,|$)")


def joined(values: Iterable[str]) -> str:
    """One text for several values."""
    return ",".join(re.sub(r"\\(?=[,\\]|$)|,", lambda sign: "\\" + sign[0], value) for value in values)


def parts(text: str) -> list[str]:
    r"""The values of one text: `a,b` is two, `a\, b` is one, a\b stays what it is."""
    found, place = [], 0
    while place <= len(text):
        part = PART.match(text, place)
        assert part is not None  # it fits the empty text
        found.append(re.sub(r"\\([,\\])", r"\1", part[1]))
        if part.end() == len(text) and not part[0].endswith(",") or part[1] + "," != part[0]:
            break
        place = part.end()
    return found


def text_of(value: object) -> str | None:
    """A dimension's value as text; missing stays missing."""
    if value is None or value is pd.NaT or value != value:
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)
