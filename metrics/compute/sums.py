"""The sums of one metric's cells, by one statement."""

from functools import partial

import duckdb

from data.errors import UserError
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.compute.asked_once import asked_once
from metrics.kinds.sums import Sums
from metrics.query.context import Context
from metrics.query.filter_values import text_of
from metrics.query.plan import Plan, plan
from metrics.query.resolve import ResolvedQuery
from metrics.rules.applicable import without_right

Cells = dict[tuple[str | None, ...], Sums]


def sums(
    found: Definition, query: ResolvedQuery, generation: Generation, known: Context, unsplit: tuple[str, ...] = ()
) -> tuple[dict[tuple[str | None, ...], Sums], str]:
    """The sums of every cell of a resolved query, by the values of its breakdown, and the SQL that made them. Over the parts of the
    breakdown in `unsplit` everybody keeps one vote. Of a metric the viewer is not given there are none."""
    if without_right(found, query, known.columns):
        return {}, ""
    statement = plan(found, query, known.columns[found.measure.fact], unsplit=unsplit)
    cells = asked_once(
        generation,
        found.measure.kind,
        statement.text,
        statement.parameters,
        partial(_cells, found, statement, generation),
    )
    return dict(cells), statement.text


def _cells(found: Definition, statement: Plan, generation: Generation) -> Cells:
    try:
        frame = generation.cursor().execute(statement.text, statement.parameters).df()
    except duckdb.ConversionException as error:
        raise UserError(f"a filter value does not fit its column: {str(error).splitlines()[0]}") from None
    if frame.empty:
        return {}
    if not statement.dimensions:
        return {(): Sums(found.measure.kind, frame)}
    groups = frame.groupby(list(statement.dimensions), dropna=False, sort=True)
    return {tuple(text_of(part) for part in key): Sums(found.measure.kind, rows) for key, rows in groups}
