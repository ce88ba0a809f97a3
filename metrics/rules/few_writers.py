"""What may stand beside people's words: a stage, a channel or a day only where enough people wrote there, or the one person who did is named by it."""

from collections.abc import Iterable
from typing import Any

from metrics.thresholds import VERBATIMS

Row = dict[str, Any]


def without_few(rows: list[Row], columns: Iterable[str], empty: Row | None = None) -> list[Row]:
    """Rows of one cut (a `writer` each) in which a value of one of `columns` stays where at least eight people wrote with it, else is `empty[column]`
    (None). As many more values go, those of the fewest first, as it takes that those which went are of eight writers together: the one that
    was left out could be told otherwise. Columns are judged one by one."""
    gone = {column: _too_few(rows, column, (empty or {}).get(column)) for column in columns}
    return [
        row | {name: (empty or {}).get(name) for name, values in gone.items() if row[name] in values} for row in rows
    ]


def _too_few(rows: list[Row], column: str, empty: Any) -> set[Any]:
    writers: dict[Any, set[Any]] = {}
    for row in rows:
        writers.setdefault(row[column], set()).add(row["writer"])
    few = {value for value, those in writers.items() if value != empty and len(those) < VERBATIMS}
    if not few:
        return few
    unknown = writers.get(empty, set())  # what nobody knows cannot be told from what is not told
    rest = sorted(
        (value for value in writers if value != empty and value not in few),
        key=lambda value: (len(writers[value]), str(value)),
    )
    for value in rest:
        if len(unknown.union(*(writers[one] for one in few))) >= VERBATIMS:
            break
        few.add(value)
    return few
