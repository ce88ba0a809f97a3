"""What may be shown of a value: its shape where it is of a person. Sample rows hold no name, address, number, id or sentence of anybody's."""

import re
from typing import Any

WIDTH = 60  # characters shown of a text
SENTENCE = 3  # words; a date or a state has no more
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\+?\d[\d\s()/-]{7,}\d")  # an address or a number to call
NAME = re.compile(
    r"\b[A-ZÀ-Þ][a-zà-ÿ'’-]+(\s+(van|von|de|da|del|di|la|le|der|den|dos)\b)*\s+[A-ZÀ-Þ][a-zà-ÿ'’-]+(\s+[A-ZÀ-Þ][a-zà-ÿ'’-]+)*$"
)
DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,].*)?$")
PROSE = ("comment", "body", "subject", "text", "properties")
IDS = ("id", "unit", "value_a", "value_b")


def masked_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a contract table with every value as it may be shown; empty cells left out."""
    return {name: _cell(name, value) for name, value in row.items() if value is not None}


def _cell(name: str, value: object) -> object:
    if not isinstance(value, str):
        return (
            [masked(str(item)) for item in value]
            if isinstance(value, list)
            else value
            if isinstance(value, (int, float, bool))
            else str(value)
        )
    if name.startswith("id_") or name.endswith("_id") and name != "question_id" or name in IDS:
        return value[:3] + "…" if len(value) > 3 else "…"
    if name in PROSE:
        return f"a text of {len(value.split()):,} words"
    if name in ("url", "referrer", "path"):
        return masked(re.split(r"[?#]", value)[0])
    return masked(value)


def refused(value: object) -> object:
    """A refused cell: like any value, and a sentence is nobody's to read."""
    words = len(value.split()) if isinstance(value, str) and not DATE.match(value) else 0
    return f"a text of {words:,} words" if words > SENTENCE else masked(value)


def masked(value: object) -> object:
    """A value without what could name somebody: addresses and numbers to call cut out, what reads as a name as its shape."""
    if not isinstance(value, str):
        return value
    if DATE.match(value):
        return value[:WIDTH]
    text = ADDRESS.sub("…", value)
    if NAME.fullmatch(text.strip()):
        text = re.sub(r"[a-zà-ÿ]", "x", re.sub(r"[A-ZÀ-Þ]", "X", text))
    return text if len(text) <= WIDTH else text[:WIDTH] + "…"
