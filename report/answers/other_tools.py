"""What another tool would read from the same rows, beside ours, and the difference in words. Who asks says how (`ask`): a page keeps answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.catalogue.load import MARK, others
from metrics.query.query import Query
from metrics.query.result import Cell, Result
from report import numbers
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text

Ask = Callable[[Query], Result]
TOLD = say("report.other_tools.not_computed_told_in_words_only")


@dataclass(frozen=True)
class Other:
    """One tool's name for the thing. `rows` are (where, its number, how that lies beside ours); `differs` says why; `cells` are its
    numbers as data, none where it is told in words only."""

    tool: str
    name: str
    rows: tuple[tuple[str, str, str], ...]
    differs: str
    cells: tuple[Cell, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Now:
    """The metric's present cells, one or, where it needs a breakdown to have a meaning, one a value; and the other readings."""

    result: Result
    cells: list[Cell]
    by: tuple[str, ...]
    others: list[Other]


def now(definition: Definition, query: Query, ask: Ask) -> Now:
    """The metric and its variants over the frame's period and filters."""
    query, by = replace(query, compare=None), needed_dimensions(definition, query)
    result = _ask(definition, query, by, ask)
    return Now(
        result,
        result.of(definition.id),
        by,
        [_told(definition, entry, variant, query, ask) for entry, variant in others(definition)],
    )


def needed_dimensions(definition: Definition, query: Query) -> tuple[str, ...]:
    """The dimensions without which the number has no meaning, less those the frame holds fast."""
    fast = {name for name, value in query.filters if "," not in value} | (
        {"stage"} if len(query.stages) == 1 else set()
    )
    return tuple(name for name in definition.measure.requires if name not in fast)


def parent_metric(metric: str) -> str:
    """The metric a variant belongs to: a link to `metric~tool` opens the metric."""
    return metric.partition(MARK)[0]


def dimension_words(by: tuple[str, ...]) -> str:
    """Dimensions in words: stage and device."""
    return words.listed([DIMENSIONS.get(name, name) for name in by])


def _ask(definition: Definition, query: Query, by: tuple[str, ...], ask: Ask) -> Result:
    """Ours with every variant of that breakdown in one Result, so that what is withheld of one is withheld of all."""
    alike = [variant.id for _, variant in others(definition) if variant and needed_dimensions(variant, query) == by]
    return ask(replace(query, metrics=(definition.id, *alike), by=by))


def _told(definition: Definition, entry: dict[str, Any], variant: Definition | None, query: Query, ask: Ask) -> Other:
    differs = words.as_sentence(entry["difference"])
    if variant is None:
        return Other(entry["tool"], entry["name"], (("", "", TOLD),), differs)
    result = _ask(definition, query, needed_dimensions(variant, query), ask)
    ours = {_where(cell): cell for cell in result.of(definition.id)}
    theirs = result.of(variant.id)
    shown = [cell for cell in theirs if cell.valued] or theirs[:1]
    return Other(
        entry["tool"],
        entry["name"],
        tuple((_where(cell), *_pair(ours.get(_where(cell)), cell, definition, variant)) for cell in shown),
        differs,
        tuple(theirs),
        variant.unit,
    )


def _where(cell: Cell) -> str:
    return " · ".join(part or "unknown" for part in cell.by.values())


def _pair(ours: Cell | None, theirs: Cell, definition: Definition, variant: Definition) -> tuple[str, str]:
    """The other number as text, and how it lies beside ours."""
    if not theirs.valued:
        return "", f"{words.state_word(theirs)}: {reason_text(theirs.reason)}"
    return words.value(theirs.value, variant), gap_words(ours, theirs, definition, variant)


def gap_words(ours: Cell | None, theirs: Cell, definition: Definition, variant: Definition) -> str:
    """The difference in words. Both count the same rows, so it is a fact of arithmetic, not an estimate."""
    if ours is None or not ours.valued:
        return say("report.other_tools.ours_has_no_value_to_set")
    if variant.unit != definition.unit:
        return say("report.other_tools.on_another_scale_so_not_subtracted")
    if words.value(ours.value, definition) == words.value(theirs.value, variant):
        return say("report.other_tools.the_same_number") + _width(ours, theirs)
    assert theirs.value is not None and ours.value is not None  # both are valued
    size = numbers.difference(
        abs(theirs.value - ours.value), definition.unit, digits=1 if definition.unit == "points" else None
    )
    return say(
        "report.other_tools.ours",
        size=size,
        part=say("report.other_tools.above") if theirs.value > ours.value else say("report.other_tools.below"),
    )


def _width(ours: Cell, theirs: Cell) -> str:
    """How much surer the other claims to be, where the intervals differ by a tenth or more."""
    if ours.low is None or ours.high is None or theirs.low is None or theirs.high is None or ours.high == ours.low:
        return ""
    ratio = (theirs.high - theirs.low) / (ours.high - ours.low)
    return (
        ""
        if abs(ratio - 1) < 0.1
        else say(
            "report.other_tools.its_interval_is",
            ratio=numbers.percent(abs(ratio - 1)),
            part=say("report.other_tools.narrower") if ratio < 1 else say("report.other_tools.wider"),
        )
    )
