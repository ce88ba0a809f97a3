"""The sums of a whole family of metrics in few scans: one statement for all measures of a fact that need no vote.

The sums are those of metrics.run.sums, cell by cell; a test holds the two against each other.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.compute.sums import text_of
from metrics.compute.week_grid import PERIOD, WEEK, WeekGrid
from metrics.kinds.sums import Sums
from metrics.query.context import Context
from metrics.query.plan import Names, conditions, plan
from metrics.query.query import Query

MOMENTS = ("c", "n", "y", "nn", "ny", "yy", "vv", "p", "d", "np", "nd", "pp", "dd", "pd")
SHARE = ("c", "n", "y", "nn", "ny", "yy")  # of a share the other sums follow
Breakdown = tuple[str, ...]
AT_ONCE = 2


@dataclass
class Counted:
    """Sums of one metric: `periods` (level, cell, 0 or 1) → Sums by person group; `weeks` (level, cell) → moments by week."""

    periods: dict[tuple[Breakdown, tuple, int], Sums] = field(default_factory=dict)
    weeks: dict[tuple[Breakdown, tuple], pd.DataFrame] = field(default_factory=dict)


def count(
    definitions: list[Definition],
    levels: dict[str, tuple[Breakdown, ...]],
    query: Query,
    grids: dict[str, WeekGrid],
    generation: Generation,
    known: Context,
) -> dict[str, Counted]:
    """Every metric's sums at its levels (breakdowns), in the two periods and in every week before the period's end."""
    found = {definition.id: Counted() for definition in definitions}
    batches: dict[tuple, list[Definition]] = {}
    tasks: list[Callable[[], None]] = []
    for definition in definitions:
        if _together(definition):
            batches.setdefault((definition.measure.fact, levels[definition.id], grids[definition.id]), []).append(
                definition
            )
        else:
            tasks += [
                partial(_alone, definition, level, query, grids[definition.id], generation, known, found[definition.id])
                for level in levels[definition.id]
            ]
    tasks[:0] = [
        partial(_scan, fact, cuts, members, query, grid, generation, found)
        for (fact, cuts, grid), members in batches.items()
    ]
    # each question keeps one core busy; two at a time leave none idle. What each finds has its own place, so order does not matter
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()
    return found


def _together(definition: Definition) -> bool:
    measure = definition.measure
    return measure.kind == "share" and not measure.units and not measure.vote and definition.scope == "stage"


def _scan(
    fact: str,
    levels: tuple[Breakdown, ...],
    members: list[Definition],
    query: Query,
    grid: WeekGrid,
    generation: Generation,
    found: dict[str, Counted],
) -> None:
    names = tuple(dict.fromkeys(name for level in levels for name in level))
    wanted: dict[str, object] = {}
    chosen = conditions(query, wanted)
    frame = (
        generation.cursor()
        .execute(
            _statement(fact, names, levels, members, chosen),
            {
                "origin": grid.origin,
                "weeks": grid.weeks,
                "ripe": grid.ripe,
                "other": grid.other,
                "journey": query.journey,
                "start": grid.days[0],
                "end": grid.days[1],
            }
            | wanted,
        )
        .df()
    )
    marks = {level: _mark(level, names) for level in levels}
    for level in levels:
        cut = frame[frame["level"] == marks[level]]
        for place, definition in enumerate(members):
            columns = {f"{name}_{place}": name for name in SHARE}
            own = cut[cut[f"n_{place}"] > 0].rename(columns=columns)[[*level, "slot", "person_group", *SHARE]]
            weekly = own["person_group"] < 0
            _keep(definition, level, own[~weekly], own[weekly], found[definition.id])


def _statement(
    fact: str, names: Breakdown, levels: tuple[Breakdown, ...], members: list[Definition], chosen: list[str]
) -> str:
    def each(text: str) -> str:
        return ", ".join(text.replace("#", str(place)) for place in range(len(members)))

    def sets(*more: str) -> str:
        return ", ".join(f"({', '.join((*level, *more))})" for level in levels)

    return Names(sql("metrics/sql", "moments_many")).substitute(
        fact=fact,
        picks="".join(f"cast(f.{name} as varchar) as {name}, " for name in names),
        names="".join(f"{name}, " for name in names),
        values=", ".join(
            f"case when ({d.measure.where}) then cast({d.measure.value} as double) end as v_{i}"
            for i, d in enumerate(members)
        ),
        week=WEEK.format(fact="f"),
        where="f.journey = $journey and f.day between $start and $end and ("
        + " or ".join(dict.fromkeys(f"({d.measure.where})" for d in members))
        + ")"
        + "".join(f" and {one}" for one in chosen),
        person=each("count(v_#) as n_#, sum(v_#) as y_#"),
        again=each("sum(n_#) as n_#, sum(y_#) as y_#"),
        sums=each(
            "count(*) filter (where n_# > 0) as c_#, sum(n_#) as n_#, sum(y_#) as y_#, sum(n_# * n_#) as nn_#, "
            "sum(n_# * y_#) as ny_#, sum(y_# * y_#) as yy_#"
        ),
        grouping=f"grouping({', '.join(names)})",
        week_sets=sets("week", "person_id"),
        period_sets=sets("case when week >= 0 then 0 else 1 end", "person_group", "person_id"),
    )


def _mark(level: Breakdown, names: Breakdown) -> int:
    """What grouping() returns for a level: a bit for every name that is not part of it, the first name highest."""
    return sum((name not in level) << (len(names) - 1 - place) for place, name in enumerate(names))


def _alone(
    definition: Definition,
    level: Breakdown,
    query: Query,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    found: Counted,
) -> None:
    """A metric with a vote or with units of its own: the catalogue's statement, cut by week and by period."""
    periods, weekly = (
        _cut(definition, replace(query, by=level, start=first, end=grid.days[1]), slot, grid, generation, known)
        for slot, first in ((PERIOD, grid.start(grid.other)), (WEEK, grid.days[0]))
    )
    _keep(definition, level, periods, weekly, found)


def moments_by_week(
    definition: Definition,
    level: Breakdown,
    query: Query,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    unsplit: Breakdown = (),
) -> dict[tuple, pd.DataFrame]:
    """Cell → moments by week, of any metric; over the parts of the breakdown in `unsplit` everybody keeps one vote."""
    asked = replace(query, by=level, start=grid.days[0], end=grid.days[1])
    return _by_week(_cut(definition, asked, WEEK, grid, generation, known, unsplit), level)


def _cut(
    definition: Definition,
    asked: Query,
    slot: str,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    unsplit: Breakdown = (),
) -> pd.DataFrame:
    """The catalogue's statement cut by an expression of the grid, without what lies outside it."""
    statement = plan(definition, asked, known.columns[definition.measure.fact], slot, unsplit)
    bound = {"origin": grid.origin, "weeks": grid.weeks, "ripe": grid.ripe, "other": grid.other}
    bound = statement.parameters | {name: value for name, value in bound.items() if f"${name}" in statement.text}
    frame = generation.cursor().execute(statement.text, bound).df()
    return frame[frame["slot"].notna()]


def _keep(
    definition: Definition, level: Breakdown, periods: pd.DataFrame, weekly: pd.DataFrame, found: Counted
) -> None:
    for key, rows in _cells(periods, [*level, "slot"]):
        found.periods[level, key[:-1], int(key[-1])] = Sums(definition.measure.kind, rows)
    found.weeks |= {(level, key): table for key, table in _by_week(weekly, level).items()}


def _by_week(weekly: pd.DataFrame, level: Breakdown) -> dict[tuple, pd.DataFrame]:
    columns = [name for name in MOMENTS if name in weekly.columns]
    return {key: rows.groupby("slot")[columns].sum().astype(np.float64) for key, rows in _cells(weekly, list(level))}


def _cells(frame: pd.DataFrame, names: list[str]):
    if not names:
        return [((), frame)] if len(frame) else []
    return ((tuple(text_of(part) for part in key), rows) for key, rows in frame.groupby(names, dropna=False, sort=True))
