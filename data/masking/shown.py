"""What may be shown of a value: its shape where it is of a person. Sample rows hold no name, address, number, id or sentence of anybody's."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from data.masking import MARK, mask
from data.masking.orders import Orders

WIDTH = 60  # characters shown of a text
SENTENCE = 3  # words; a date or a state has no more
HANDLE = re.compile(
    r"@|%40|\d{5,}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{12,}|[0-9a-fA-F]{16,}"
)  # of an address: somebody, or an id
KINDS_ALONE = re.compile(rf"{MARK.pattern}(?: {MARK.pattern})*")
SAID = re.compile(r"a text of [\d,]+ words|a line of one cell|a broken or cut-off line")  # our own words, nobody's
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


def refused(value: object, orders: Orders = Orders()) -> object:
    """A refused cell: like any value, and a sentence is nobody's to read. Of what names somebody, only the kind is left."""
    if not isinstance(value, str) or KINDS_ALONE.fullmatch(value):
        return value
    if kinds := mask(value, orders).kinds:
        return " ".join(f"[{kind}]" for kind in kinds)
    if DATE.match(value):
        return value[:WIDTH]
    words = len(value.split())
    return f"a text of {words:,} words" if words > SENTENCE and not SAID.fullmatch(value) else masked(value)


def masked(value: object) -> object:
    """A value without what could name somebody: masked, and what reads as an unknown name as its shape."""
    if not isinstance(value, str):
        return value
    text = mask(value).text
    if text == value and DATE.match(value):
        return value[:WIDTH]
    if NAME.fullmatch(text.strip()):
        text = re.sub(r"[a-zà-ÿ]", "x", re.sub(r"[A-ZÀ-Þ]", "X", text))
    return text if len(text) <= WIDTH else text[:WIDTH] + "…"


def shape_of_path(path: str, common: Callable[[str], bool]) -> str:
    """A page's path: its first part masked, further parts as long as `common` says so of the path up to there, then …"""
    parts = path.split("/")
    shown: list[str] = []
    for i, part in enumerate(parts):
        if part and len([p for p in parts[:i] if p]) and not common("/".join(parts[: i + 1])):
            shown.append("…")
            break
        shown.append(_part(part))
    return "/".join(shown)


@lru_cache(100_000)
def _part(part: str) -> str:
    """One part of a path: what is an address, a number of somebody or a long id is …; words stay."""
    plain = re.sub(r"[-_.+]|%20", " ", unquote(part))
    return (
        "…"
        if HANDLE.search(part) or mask(unquote(part)).kinds or mask(plain.title()).kinds.keys() - {"place"}
        else part
    )


def shown_file(name: str) -> str:
    """A file's name as it may be shown."""
    plain = mask(name.replace("_", " "))
    return plain.text if plain.kinds else name
