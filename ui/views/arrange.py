"""The answer of a cut in rows that every panel shares: which rows, in which order, what is left out, and why a metric is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from metrics.catalogue.dimensions import DIMENSIONS, TIMES
from metrics.codes import ReasonCode, because
from metrics.query.result import Cell, Result, State
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text
from ui.session import source
from ui.session.filtering import narrow

MOST_ROWS, MOST_LISTED, MOST_COLUMNS, MOST_LINES, MOST_WEEKS = 20, 100, 10, 12, 13
Key = tuple[str | None, ...]


@dataclass(frozen=True)
class Rows:
    """`keys` in order, one a row; `left_out` says in words what there was no room for, or nothing."""

    keys: list[Key]
    left_out: str = ""


def key_of(cell: Cell) -> Key:
    return tuple(cell.by.values())


class Places:
    """A result by row: `at(metric, row)` is its cell; where it has none there is no data, and the panel still has the row."""

    def __init__(self, result: Result):
        self.by, self.cells = result.query.by, {(cell.metric, key_of(cell)): cell for cell in result.cells}

    def at(self, metric: str, key: Key) -> Cell:
        found = self.cells.get((metric, key))
        return found or Cell(
            metric,
            dict(zip(self.by, key)),
            None,
            None,
            None,
            0,
            0,
            State.NO_DATA,
            because(ReasonCode.NOTHING_THERE, filtered=True),
        )


def label(by: Iterable[str], key: Key) -> str:
    """Buy · app."""
    return " · ".join(words.part(name, value) for name, value in zip(by, key)) or "all"


def parts(by: Iterable[str], key: Key) -> dict[str, str]:
    """What of a row can be filtered by: dimension → value."""
    return {name: value for name, value in zip(by, key) if value is not None and narrow.can(name, value)}


def missing(result: Result) -> dict[str, str]:
    """Metric → why it has no row in this breakdown at all: it cannot be cut so, or nothing records it."""
    found = {}
    for metric, definition in result.definitions.items():
        cells = result.of(metric)
        if not cells:
            cells = source.ask(replace(result.query, metrics=(metric,), by=())).of(metric)
        elif not result.query.by or any(cell.by for cell in cells):
            continue
        reason = reason_text(cells[0].reason) or say(
            "ui.arrange.nothing_in_this_period_and_selection", label=definition.label
        )
        found[metric] = reason if definition.label in reason else f"{definition.label}: {reason}"
    return found


def rows(result: Result, metrics: list[str], by_value: bool, most: int = MOST_ROWS) -> Rows:
    """One list of rows for all metrics: as run orders them or by the first metric's value; beyond `most` the largest by n."""
    keys = ordered(result, result.query.by, {key_of(cell) for metric in metrics for cell in result.of(metric)})
    places = Places(result)
    kept, said = largest(keys, {key: sum(places.at(m, key).n for m in metrics) for key in keys}, most, "rows")
    if by_value and metrics:
        values = {key: places.at(metrics[0], key) for key in kept}
        kept.sort(key=lambda key: (not values[key].valued, -(values[key].value or 0)))
    return Rows(kept, said)


def ordered(result: Result, by: Iterable[str], keys: Iterable[Key]) -> list[Key]:
    """Stages as the journey has them, times by date, anything else by name, unknown last."""
    names, stages = tuple(by), source.known().stages.get(result.query.journey, ())
    places = {stage: place for place, stage in enumerate(stages)}
    return sorted(
        keys,
        key=lambda key: [
            (part is None, places.get(part, len(places)) if name == "stage" else 0, part or "")
            for name, part in zip(names, key)
        ],
    )


def largest(keys: list[Key], counts: dict[Key, int], most: int, what: str) -> tuple[list[Key], str]:
    """At most so many keys, those with the largest n, in their order; and what is said of the others."""
    if len(keys) <= most:
        return keys, ""
    kept = set(sorted(keys, key=lambda key: -counts[key])[:most])
    return [key for key in keys if key in kept], say(
        "ui.arrange.the_with_the_largest_n_of", most=most, what=what, keys=len(keys)
    )


def time_of(by: Iterable[str]) -> str | None:
    """The dimension of time in a breakdown, if any."""
    return next((name for name in by if name in TIMES), None)


def axes(result: Result, metric: str) -> tuple[str, str, list[str | None], list[str | None], str]:
    """Row and column dimension of a heat table with their values, time in columns; and what is left out."""
    first, second = result.query.by
    row, column = (second, first) if first in TIMES else (first, second)
    cells = [cell for cell in result.of(metric) if len(cell.by) == 2]
    said = []
    kept = {}
    for name, most in ((row, MOST_ROWS), (column, MOST_COLUMNS)):
        keys = ordered(result, (name,), {(cell.by[name],) for cell in cells})
        counts = {key: sum(cell.n for cell in cells if cell.by[name] == key[0]) for key in keys}
        if name in TIMES:
            keys = [key for key in keys if key[0]]
            text = (
                say("ui.arrange.the_last_s_of_the_exports", most_weeks=MOST_WEEKS, name=name, keys=len(keys))
                if len(keys) > MOST_WEEKS
                else ""
            )
            keys = keys[-MOST_WEEKS:]
        else:
            keys, text = largest(keys, counts, most, say("ui.arrange.values", dimensions=DIMENSIONS[name]))
        kept[name], said = [key[0] for key in keys], said + [text]
    return row, column, kept[row], kept[column], " ".join(filter(None, said))
