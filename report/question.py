"""A question as the JSON object a basket keeps, and back: the same parts as in an address (report.address), and the interval's level."""

from typing import Any

from data.errors import UserError, check_keys
from metrics.query.query import Query
from report.address import day_of
from report.text.catalogue import say

KEYS = ("metrics", "journey", "stages", "from", "to", "compare", "filters", "by", "level")


def record(query: Query) -> dict[str, Any]:
    """The question without what is at its default; rights are left out."""
    found = {
        "metrics": query.metrics,
        "journey": query.journey,
        "stages": query.stages,
        "from": query.start and query.start.isoformat(),
        "to": query.end and query.end.isoformat(),
        "compare": query.compare,
        "filters": query.filters,
        "by": query.by,
        "level": query.level if query.level != Query(()).level else None,
    }
    return {key: value for key, value in found.items() if value not in (None, ())}


def query_of(entry: dict[str, Any], where: str, *, more: tuple[str, ...] = ()) -> Query:
    """The question of an object, which may hold the keys `more` beside it. Raises UserError naming the key; `where` says which object."""
    check_keys(entry, (*more, *KEYS), file="basket", where=where)
    start, end = (
        None if entry.get(key) is None else day_of(entry[key], file="basket", where=where) for key in ("from", "to")
    )
    return Query(
        _texts(entry, "metrics", where),
        _text(entry, "journey", where),
        _texts(entry, "stages", where),
        start,
        end,
        _text(entry, "compare", where),
        _filters(entry, where),
        _texts(entry, "by", where),
        level=_level(entry, where),
    )


def _text(entry: dict[str, Any], key: str, where: str) -> str | None:
    if entry.get(key) is not None and not isinstance(entry[key], str):
        raise UserError(say("report.question.is_a_text", key=key), file="basket", where=where, found=entry[key])
    return entry.get(key)


def _texts(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
        raise UserError(say("report.question.is_a_list_of_texts", key=key), file="basket", where=where, found=found)
    return tuple(found)


def _filters(entry: dict[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    found = entry.get("filters", [])
    if not isinstance(found, list) or not all(
        isinstance(f, list) and len(f) == 2 and all(isinstance(x, str) for x in f) for f in found
    ):
        raise UserError(say("report.question.filters_is_a_list_of_pairs"), file="basket", where=where, found=found)
    return tuple((name, value) for name, value in found)


def _level(entry: dict[str, Any], where: str) -> float:
    level = entry.get("level", Query(()).level)
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0.5 <= level < 1:
        raise UserError(
            say("report.question.level_is_a_share"),
            file="basket",
            where=where,
            found=level,
            allowed=say("report.question.from_0_5_to_below_1"),
        )
    return float(level)
