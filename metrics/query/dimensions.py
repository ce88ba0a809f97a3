"""What a metric can be cut by: the columns of what it is counted from, less those in which it has no meaning."""

from collections.abc import Iterable

from metrics.catalogue.definition import Definition
from metrics.query.query import DIMENSIONS

INSIDE = ("account",)  # accounts are few: a breakdown by them names customers


def has(found: Definition, columns: Iterable[str], name: str) -> bool:
    """Whether the metric can be cut by a dimension; `columns` are those of its fact in the store."""
    if name == "stage" and found.scope == "journey":
        return False
    column = {"week": "day", "month": "day"}.get(name, "session_key" if name.startswith("answer:") else name)
    kept = found.measure.dimensions
    return column in columns and (not kept or column in (*kept, "journey", "day"))


def dimensions(found: Definition, columns: Iterable[str]) -> tuple[str, ...]:
    """The dimensions a reader may be offered, in the order of DIMENSIONS."""
    return tuple(name for name in DIMENSIONS if name not in INSIDE and has(found, columns, name))
