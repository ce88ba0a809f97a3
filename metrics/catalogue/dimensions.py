"""What a metric can be cut by: the columns of what it is counted from, less those in which it has no meaning."""

from collections.abc import Iterable

from metrics.catalogue.definition import Definition

# Dimension → what it is called. A metric has those its fact has a column for.
DIMENSIONS = {
    "journey": "journey",
    "stage": "stage",
    "day": "day",
    "week": "week",
    "month": "month",
    "touch_channel": "touch channel",
    "device": "device",
    "region": "region",
    "country": "country",
    "segment": "segment",
    "customer": "customer then",
    "release": "release",
    "survey": "survey",
    "asked_via": "asked via",
    "language": "language",
    "lag_class": "time to answer",
    "instrument": "instrument",
    "contact_via": "contacted via",
    "category": "reason",
    "stage_basis": "how the stage was found",
    "account": "account",
    "promise": "promise",
    "carrier": "carrier",
    "task": "task",
}
TIMES = ("day", "week", "month")

INSIDE = ("account",)  # accounts are few: a breakdown by them names customers


def supports_dimension(definition: Definition, columns: Iterable[str], name: str) -> bool:
    """Whether the metric can be cut by a dimension; `columns` are those of its fact in the store."""
    if name == "stage" and definition.scope == "journey":
        return False
    column = {"week": "day", "month": "day"}.get(name, "session_key" if name.startswith("answer:") else name)
    kept = definition.measure.dimensions
    return column in columns and (not kept or column in (*kept, "journey", "day"))


def dimensions(definition: Definition, columns: Iterable[str]) -> tuple[str, ...]:
    """The dimensions a reader may be offered, in the order of DIMENSIONS."""
    return tuple(name for name in DIMENSIONS if name not in INSIDE and supports_dimension(definition, columns, name))
