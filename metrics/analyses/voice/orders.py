"""The order people's words are shown in: drawn at random, or by what stands beside each of them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

DRAWN, NEWEST, OLDEST, LOWEST, LONGEST = "drawn", "newest", "oldest", "low", "longest"
ORDERS = (DRAWN, NEWEST, OLDEST, LOWEST, LONGEST)
BY_DAY = (NEWEST, OLDEST)
Row = TypeVar("Row")


def offered(days_told: bool) -> tuple[str, ...]:
    """The orders there are: where days are not told, none by day, for an order tells what it goes by."""
    return ORDERS if days_told else tuple(order for order in ORDERS if order not in BY_DAY)


def put(rows: Sequence[Row], order: str, of: Callable[[Row], dict[str, Any]]) -> list[Row]:
    """The rows in an order of ORDERS, as voice_comments.sql has it; `of` gives a row's day, score, scale_max and comment. What has no day or score
    stands last, and what is equal stays as it came."""

    def place(row: Row) -> tuple[bool, float]:
        part = of(row)
        if order in BY_DAY:
            day = part["day"]
            return day is None, 0.0 if day is None else day.toordinal() * (-1 if order == NEWEST else 1)
        if order == LOWEST:
            known = part["score"] is not None and part["scale_max"]
            return not known, part["score"] / part["scale_max"] if known else 0.0
        return False, -len(part["comment"] or "") if order == LONGEST else 0.0

    return sorted(rows, key=place)
