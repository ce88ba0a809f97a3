"""What may stand beside people's words: a stage, a channel or a language only where enough people wrote there, or the one person who did is named by it.

Not `metrics.rules.suppression.withhold`, which protects a table of counts. There every cell and total is taken as known, a cell counts for
itself, and who lies in none of them is not there; here no count is shown, each column is judged by itself, and texts of which nobody knows the
value stand beside the others with nothing told of them: they hide whose value was taken away, as `withhold` has no cell for. Given as
a cell of its own that is hidden from the start they would, since `withhold` protects what it hides first, take another value away where
only they are unknown: of two stages of twenty writers each and one text of no stage both would go. So these are two rules.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from metrics.thresholds import VERBATIMS

Row = dict[str, Any]
Told = Mapping[str, frozenset[Any]]  # column → its values that may be told


def told_of(rows: Iterable[Row], columns: Iterable[str], empty: Row | None = None) -> Told:
    """The values that may be told of *all* rows there are (a `writer` each): those at least eight people wrote with, less those of the fewest as
    long as those which went, with the rows of which it is `empty[column]` (None), are not of eight writers together: the one that was left out
    could be told otherwise. Columns are judged one by one. Judged of each cut of the rows anew, what is told in one and not in another
    would tell the rest."""
    rows = list(rows)
    return {column: _told(rows, column, (empty or {}).get(column)) for column in columns}


def beside(rows: Iterable[Row], told: Told, empty: Row | None = None) -> list[Row]:
    """Rows with nothing but what may be told of them; `empty[column]` (None) in place of the rest."""
    return [
        row | {name: (empty or {}).get(name) for name, values in told.items() if row[name] not in values}
        for row in rows
    ]


def _told(rows: list[Row], column: str, empty: Any) -> frozenset[Any]:
    writers: dict[Any, set[Any]] = {}
    for row in rows:
        writers.setdefault(row[column], set()).add(row["writer"])
    few = {value for value, those in writers.items() if value != empty and len(those) < VERBATIMS}
    if few:
        unknown = writers.get(empty, set())  # what nobody knows cannot be told from what is not told
        rest = sorted(
            (value for value in writers if value != empty and value not in few),
            key=lambda value: (len(writers[value]), str(value)),
        )
        for value in rest:
            if len(unknown.union(*(writers[one] for one in few))) >= VERBATIMS:
                break
            few.add(value)
    return frozenset(value for value in writers if value not in few)
