"""JSON that cannot be read as it stands: the whole records of a broken list, and which of them are broken."""

import json
import re
from typing import Any

BAD_JSON = (ValueError, RecursionError)  # the second: brackets within brackets without end
BETWEEN = re.compile(r"[\s,]*")
AFTER = re.compile(r",\s*(?=\{)")
DECODER = json.JSONDecoder()


def read_json(text: str) -> object:
    """A document, or None where the text is none or its brackets stand within each other too deep for Python."""
    try:
        return json.loads(text)
    except BAD_JSON:
        return None


def why(error: Exception) -> str:
    """What is wrong with a text, in words."""
    return "its brackets stand within each other too deep" if isinstance(error, RecursionError) else str(error)


def _next(text: str, position: int) -> int:
    """The place of what follows blanks and commas."""
    between = BETWEEN.match(text, position)
    return between.end() if between else position


def salvage(text: str, error: Exception) -> tuple[list[Any], list[tuple[int, str]]]:
    """The whole records of the first list in `text`, and (number, what is wrong) of the broken ones between or behind them.

    Behind a broken record it goes on with the next that is like those before. `error`: what the whole text failed with.
    """
    items, broken, number, position = [], [], 0, text.find("[") + 1
    while position and (position := _next(text, position)) < len(text) and text[position] != "]":
        number += 1
        try:
            item, position = DECODER.raw_decode(text, position)
            items.append(item)
        except BAD_JSON as fault:
            broken.append((number, why(fault)))
            position = _next_alike(text, position, items[0]) if items and isinstance(items[0], dict) else 0
    return items, broken or [(number + 1, why(error))]


def _next_alike(text: str, position: int, like: dict[str, Any]) -> int:
    """Where the next record begins behind a broken one: an object with most keys of a whole one, not one inside a record. 0: nowhere."""
    for end in AFTER.finditer(text, position):
        try:
            item = DECODER.raw_decode(text, end.end())[0]
        except BAD_JSON:
            continue
        if len(like.keys() & item.keys()) * 2 > len(like):
            return end.end()
    return 0
