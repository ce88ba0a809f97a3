"""The smallest way to a metric's sums: from a panel where one can answer, else None, and the statement is asked."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES
from metrics.compute.panel.count import Key, by_week, counted
from metrics.compute.panel.cut import SLOT, Cut, Slots
from metrics.compute.panel.first import by_first, stage_of
from metrics.compute.panel.load import holds, key_of, panel_of
from metrics.compute.panel.rows import Panel
from metrics.compute.week_grid import WeekGrid
from metrics.kinds.sums import Sums
from metrics.query.context import Context
from metrics.query.query import Query


def sums(
    definition: Definition, query: Query, generation: Generation, known: Context, unsplit: tuple[str, ...] = ()
) -> dict[Key, Sums] | None:
    """The sums of every cell of a resolved query, as metrics.compute.sums gives them."""
    panel = _panel(definition, query, generation, known)
    if panel is None:
        return None
    cut = _cut(definition, query, known, panel, query.by, unsplit)
    return counted(panel, key_of(definition.measure), cut, definition.measure.kind)


def periods(
    definition: Definition,
    query: Query,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    names: tuple[str, ...] | None = None,
) -> dict[Key, Sums] | None:
    """Those (or those named) of the grid's two periods: the last part of a cell's key is "0" for the one asked for and "1" for the compared one."""
    panel = _panel(definition, query, generation, known)
    if panel is None:
        return None
    slots = Slots(grid, periods=True)
    cut = replace(_cut(definition, query, known, panel, (*query.by, SLOT), ()), slots=slots)
    return counted(panel, key_of(definition.measure), cut, definition.measure.kind, names)


def weeks(
    definition: Definition,
    query: Query,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    names: tuple[str, ...],
    unsplit: tuple[str, ...] = (),
) -> dict[Key, pd.DataFrame] | None:
    """Cell → moments (those named) by week of the grid, all people together."""
    panel = _panel(definition, query, generation, known)
    if panel is None:
        return None
    cut = _cut(definition, query, known, panel, (*query.by, SLOT), unsplit)
    return by_week(panel, key_of(definition.measure), replace(cut, slots=Slots(grid), apart=False), names)


def _panel(definition: Definition, query: Query, generation: Generation, known: Context) -> Panel | None:
    """The panel that holds what is asked; None where there is none, or where it lacks what the question names."""
    if not holds(definition, known):
        return None
    filtered = {name for name, _ in query.filters}
    if filtered & set(TIMES) or any(name.startswith("answer:") for name in (*query.by, *filtered)):
        return None
    stage = stage_of(definition, query) if by_first(definition.measure, known.columns[definition.measure.fact]) else ""
    if stage is None:
        return None
    panel = panel_of(definition, query.journey or "", generation, known, stage)
    return panel if panel and {*query.by, *filtered} <= {*panel.dimensions, *TIMES} else None


def _cut(
    definition: Definition, query: Query, known: Context, panel: Panel, names: tuple[str, ...], unsplit: tuple[str, ...]
) -> Cut:
    of_stages = query.stages and definition.scope == "stage" and "stage" in panel.dimensions
    return Cut(
        query.journey or "",
        query.stages if of_stages else None,
        query.filters,
        query.start,
        query.end,
        _ripe(definition, known),
        names,
        unsplit,
        first_weekday=known.first_weekday,
    )


def _ripe(definition: Definition, known: Context) -> date | None:
    """The last day whose rows are old enough to be judged; None where all are."""
    if not definition.measure.mature_days:
        return None
    return known.last_day - timedelta(days=definition.measure.mature_days + 1) if known.last_day else date.min
