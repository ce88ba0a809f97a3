"""What a reader gives: the number of records in the file, rows of contract tables, and the records it cannot read."""

from dataclasses import dataclass, field

from data.files.tabular import Broken
from data.values.cast import Batch


@dataclass
class Reading:
    """One file as read. Every record is in a batch, refused in a batch (`_kind`), or in `broken`."""

    records: int
    batches: list[Batch]
    broken: list[Broken] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Readings:
    """Several files read as one: the batches name each record's file in `_file`."""

    records: dict[str, int]
    batches: list[Batch]
    notes: dict[str, list[str]] = field(default_factory=dict)
