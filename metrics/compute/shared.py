"""The question that is asked in place of another, so that one scan answers many: of one stage as a part of that of all stages, of some
whole weeks as a part of that of all weeks. The sums of what was asked are taken out of it; a test holds them against those asked alone.
"""

from dataclasses import replace
from typing import TypeVar

from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES
from metrics.query import company_week
from metrics.query.context import Context
from metrics.query.plan import template_of
from metrics.query.resolve import ResolvedQuery

Key = tuple[str | None, ...]
Found = TypeVar("Found")
PLAIN = "moments"  # the SQL that counts each cell of its own rows alone


def wider(definition: Definition, query: ResolvedQuery, known: Context, unsplit: tuple[str, ...] = ()) -> ResolvedQuery:
    """A question of which the answers to `query` are a part; the same question where there is none that more would ask.

    Stages: a row lies in one stage, and within a breakdown by stage nobody's vote in one takes it from another. Weeks: of answers only,
    which are few; all weeks of visits would cost more than they save. Both only where the SQL looks at nothing beside the cell's rows.
    """
    columns = known.columns[definition.measure.fact]
    if definition.measure.units or template_of(definition, columns) != PLAIN:
        return query
    if query.stages and definition.scope == "stage" and "stage" in columns and "stage" not in unsplit:
        if "stage" in query.by:
            query = replace(query, stages=())
        elif len(query.stages) == 1:
            query = replace(query, stages=(), by=("stage", *query.by))
    return _all_weeks(query, known) if definition.measure.survey and "week" not in unsplit else query


def part_of(cells: dict[Key, Found], query: ResolvedQuery, wide: ResolvedQuery) -> dict[Key, Found]:
    """The cells of `query` among those of the wider question, by the keys they have when asked alone."""
    if wide is query:
        return dict(cells)
    if wide.stages != query.stages:
        place, stages = wide.by.index("stage"), set(query.stages)
        cells = {key: one for key, one in cells.items() if key[place] in stages}
    if wide.start != query.start or wide.end != query.end:
        place, first, last = wide.by.index("week"), str(query.start), str(query.end)
        cells = {key: one for key, one in cells.items() if first <= (key[place] or "") <= last}
    added = len(wide.by) - len(query.by)
    return {key[added:]: one for key, one in cells.items()}


def _all_weeks(query: ResolvedQuery, known: Context) -> ResolvedQuery:
    """The question over all weeks of the data, where it is asked by week and begins and ends with one."""
    times = [name for name in (*query.by, *(name for name, _ in query.filters)) if name in TIMES]
    if (
        times != ["week"]
        or "week" not in query.by
        or not (query.start and query.end and known.first_day and known.last_day)
    ):
        return query
    weekday = known.first_weekday
    if query.start != company_week.week_start(query.start, weekday) or query.end != company_week.week_end(
        query.end, weekday
    ):
        return query
    first, last = (
        company_week.week_start(known.first_day, weekday),
        company_week.week_end(known.last_day, weekday),
    )
    return replace(query, start=min(query.start, first), end=max(query.end, last))
