"""What a caller from outside may send, described once: the description is its JSON schema, and by it every argument is checked.

What does not fit is one sentence (UserError): which argument, what was found, what is allowed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from data.errors import UserError, nearest
from report.text.catalogue import say

LONGEST = 400  # letters of a text
MOST = 50  # texts of a list


class Kind(StrEnum):
    """What an argument is: a text, one or several texts, a day, yes or no, a whole number, filters, or keys and values."""

    TEXT = "text"
    TEXTS = "texts"
    DAY = "day"
    FLAG = "flag"
    COUNT = "count"
    WHERE = "where"
    TABLE = "table"


ALLOWED = {
    Kind.TEXT: say("assistant.allowed.text"),
    Kind.TEXTS: say("assistant.allowed.texts"),
    Kind.DAY: say("assistant.allowed.day"),
    Kind.FLAG: say("assistant.allowed.flag"),
    Kind.COUNT: say("assistant.allowed.count"),
    Kind.WHERE: say("assistant.allowed.where"),
    Kind.TABLE: say("assistant.allowed.table"),
}
TEXT_OR_LIST = {
    "anyOf": [
        {"type": "string", "maxLength": LONGEST},
        {"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "maxItems": MOST},
    ]
}
SCHEMAS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string", "maxLength": LONGEST},
    Kind.TEXTS: TEXT_OR_LIST,
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.FLAG: {"type": "boolean"},
    Kind.COUNT: {"type": "integer", "minimum": 1, "maximum": 100},
    Kind.WHERE: {"type": "object", "additionalProperties": TEXT_OR_LIST},
    Kind.TABLE: {"type": "object"},
}


@dataclass(frozen=True)
class Argument:
    """One argument: its name, kind, what is said of it, and the words it may be where it is one of a few."""

    name: str
    kind: Kind
    about: str
    choices: tuple[str, ...] = ()
    required: bool = False


def schema(arguments: Iterable[Argument]) -> dict[str, Any]:
    """The JSON schema of an object of these arguments."""
    listed = list(arguments)
    return {
        "type": "object",
        "properties": {
            one.name: SCHEMAS[one.kind]
            | ({"enum": list(one.choices)} if one.choices else {})
            | {"description": one.about}
            for one in listed
        },
        "required": [one.name for one in listed if one.required],
        "additionalProperties": False,
    }


def checked(given: object, arguments: Iterable[Argument]) -> dict[str, Any]:
    """The arguments by name; lists as tuples, days as dates, filters as name → tuple of values. What is null was not sent. Raises
    UserError for the first that does not fit."""
    known = {one.name: one for one in arguments}
    if not isinstance(given, Mapping):
        raise UserError("arguments are keys and values", found=quoted(given), allowed=", ".join(known))
    for name in given:
        if name not in known:
            raise UserError(
                "there is no such argument",
                found=quoted(name),
                allowed=", ".join(known) or "none",
                fix=nearest(str(name), known),
            )
    found = {name: _one(value, known[name]) for name, value in given.items() if value is not None}
    for one in known.values():
        if one.required and found.get(one.name) in (None, "", ()):
            raise UserError(
                "this argument is needed", where=one.name, allowed=", ".join(one.choices) or ALLOWED[one.kind]
            )
    return found


def _one(value: object, argument: Argument) -> Any:
    made = _CHECKS[argument.kind](value)
    if made is None:
        raise UserError(
            "this cannot stand here", where=argument.name, found=quoted(value), allowed=ALLOWED[argument.kind]
        )
    if argument.choices and made not in argument.choices:
        raise UserError(
            "this is none of the words that stand here",
            where=argument.name,
            found=quoted(value),
            allowed=", ".join(argument.choices),
            fix=nearest(str(made), argument.choices),
        )
    return made


def quoted(value: object) -> str:
    """What was sent, short, in one line and without signs that nobody sees."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(sign if sign.isprintable() else "�" for sign in text)
    return repr(text[:80] + "…" if len(text) > 80 else text)


def _text(value: object) -> str | None:
    fits = isinstance(value, str) and len(value) <= LONGEST and all(sign.isprintable() for sign in value)
    return str(value).strip() if fits else None


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple) or len(value) > MOST:
        return None
    found = [_text(one) for one in value]
    return None if any(one is None for one in found) else tuple(one for one in found if one)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _count(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100
    return int(str(value)) if fits else None


def _where(value: object) -> dict[str, tuple[str, ...]] | None:
    if not isinstance(value, Mapping) or len(value) > MOST:
        return None
    found = {_text(name): _texts(one) for name, one in value.items()}
    return None if None in found or not all(found.values()) else {str(name): one for name, one in found.items() if one}


def _table(value: object) -> dict[str, Any] | None:
    return dict(value) if isinstance(value, Mapping) and all(isinstance(name, str) for name in value) else None


_CHECKS = {
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.DAY: _day,
    Kind.FLAG: _flag,
    Kind.COUNT: _count,
    Kind.WHERE: _where,
    Kind.TABLE: _table,
}
