"""The sums of one metric's cells: from the rows held of its fact, or by one statement."""

from functools import partial

import duckdb
import numpy as np
import pandas as pd

from data.errors import UserError
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.compute import shared
from metrics.compute.asked_once import asked_once
from metrics.compute.panel import ask
from metrics.kinds.sums import Part, Sums, Whole
from metrics.query.context import Context
from metrics.query.filter_values import text_of
from metrics.query.plan import Plan, plan
from metrics.query.resolve import ResolvedQuery
from metrics.rules.applicable import without_right

Cells = dict[tuple[str | None, ...], Sums]


def sums(
    definition: Definition, query: ResolvedQuery, generation: Generation, known: Context, unsplit: tuple[str, ...] = ()
) -> tuple[dict[tuple[str | None, ...], Sums], str]:
    """The sums of every cell of a resolved query, by the values of its breakdown, and the SQL that makes them: the rows held of a fact
    (metrics.compute.panel) give the same. Over the parts of the breakdown in `unsplit` everybody keeps one vote. Of a metric the viewer is
    not given there are none."""
    if without_right(definition, query, known.columns):
        return {}, ""
    columns = known.columns[definition.measure.fact]
    wide = shared.wider(definition, query, known, unsplit)
    statement = plan(definition, wide, columns, unsplit=unsplit)
    cells = asked_once(
        generation,
        definition.measure.kind,
        statement.text,
        statement.parameters,
        partial(_smallest, definition, wide, statement, generation, known, unsplit),
    )
    own = statement.text if wide is query else plan(definition, query, columns, unsplit=unsplit).text
    return shared.part_of(cells, query, wide), own


def _smallest(
    definition: Definition,
    query: ResolvedQuery,
    statement: Plan,
    generation: Generation,
    known: Context,
    unsplit: tuple[str, ...],
) -> Cells:
    held = ask.sums(definition, query, generation, known, unsplit)
    return _cells(definition, statement, generation) if held is None else held


def _cells(definition: Definition, statement: Plan, generation: Generation) -> Cells:
    try:
        frame = generation.cursor().execute(statement.text, statement.parameters).df()
    except duckdb.ConversionException as error:
        raise UserError(f"a filter value does not fit its column: {str(error).splitlines()[0]}") from None
    if frame.empty:
        return {}
    if not statement.dimensions:
        return {(): Sums(definition.measure.kind, frame)}
    return _by_cell(definition.measure.kind, frame, list(statement.dimensions))


def _by_cell(kind: str, frame: pd.DataFrame, names: list[str]) -> Cells:
    """The rows of each cell. Statements return them ordered by cell; what a cell holds is cut out when somebody looks at it."""
    codes = np.column_stack([pd.factorize(frame[name])[0] for name in names])
    edges = np.flatnonzero((codes[1:] != codes[:-1]).any(axis=1)) + 1
    starts, ends = [0, *edges.tolist()], [*edges.tolist(), len(frame)]
    values = zip(*([text_of(one) for one in frame[name].iloc[starts]] for name in names))
    whole = Whole(frame)
    found: Cells = {key: Part(kind, whole, slice(*place)) for key, *place in zip(values, starts, ends)}
    if len(found) == len(starts):
        return found
    groups = frame.groupby(names, dropna=False, sort=True)  # a kind whose SQL leaves the order open
    return {tuple(text_of(part) for part in key): Sums(kind, rows) for key, rows in groups}
