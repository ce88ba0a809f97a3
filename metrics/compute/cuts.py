"""Statements cut by an expression of a grid of weeks: of one metric, and of all measures of a fact that need no vote."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.compute.week_grid import WEEK, WeekGrid
from metrics.query.context import Context
from metrics.query.filter_values import text_of
from metrics.query.plan import Names, conditions, plan
from metrics.query.query import Query

SHARE = ("c", "n", "y", "nn", "ny", "yy")  # of a share the other sums follow
Breakdown = tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """Measures of one fact that are counted together, at the same levels."""

    fact: str
    levels: tuple[Breakdown, ...]
    members: tuple[Definition, ...]

    @property
    def names(self) -> Breakdown:
        """The columns of all levels."""
        return tuple(dict.fromkeys(name for level in self.levels for name in level))

    def statement(
        self, template: str, days: str, more: tuple[str, ...], query: Query, parameters: dict[str, Any]
    ) -> str:
        """The statement of all members over `days` (a condition) and under the query's filters, whose values are added to the
        parameters. `more` are what the levels are grouped by beside their own columns."""
        chosen = conditions(query, parameters)
        wheres = " or ".join(dict.fromkeys(f"({d.measure.where})" for d in self.members))
        return Names(sql("metrics/sql", template)).substitute(
            fact=self.fact,
            picks="".join(f"cast(f.{name} as varchar) as {name}, " for name in self.names),
            names="".join(f"{name}, " for name in self.names),
            values=", ".join(
                f"case when ({d.measure.where}) then cast({d.measure.value} as double) end as v_{i}"
                for i, d in enumerate(self.members)
            ),
            week=WEEK.format(fact="f"),
            where=" and ".join(("f.journey = $journey", days, f"({wheres})", *chosen)),
            person=self._each("count(v_#) as n_#, sum(v_#) as y_#"),
            again=self._each("sum(n_#) as n_#, sum(y_#) as y_#"),
            sums=self._each(
                "count(*) filter (where n_# > 0) as c_#, sum(n_#) as n_#, sum(y_#) as y_#, sum(n_# * n_#) as nn_#, "
                "sum(n_# * y_#) as ny_#, sum(y_# * y_#) as yy_#"
            ),
            grouping=f"grouping({', '.join(self.names)})",
            sets=", ".join(f"({', '.join((*level, *more))})" for level in self.levels),
        )

    def parts(self, frame: pd.DataFrame, more: tuple[str, ...]) -> Iterator[tuple[Definition, Breakdown, pd.DataFrame]]:
        """Each member's rows at each level, its sums under the names of SHARE."""
        for level in self.levels:
            rows = frame[frame["level"] == self._mark(level)]
            for place, definition in enumerate(self.members):
                columns = {f"{name}_{place}": name for name in SHARE}
                yield (
                    definition,
                    level,
                    rows[rows[f"n_{place}"] > 0].rename(columns=columns)[[*level, *more, *SHARE]],
                )

    def _each(self, text: str) -> str:
        return ", ".join(text.replace("#", str(place)) for place in range(len(self.members)))

    def _mark(self, level: Breakdown) -> int:
        """What grouping() returns for a level: a bit for every name that is not part of it, the first name highest."""
        return sum((name not in level) << (len(self.names) - 1 - place) for place, name in enumerate(self.names))


def cut(
    definition: Definition,
    query: Query,
    slot: str,
    grid: WeekGrid,
    generation: Generation,
    known: Context,
    unsplit: Breakdown = (),
) -> pd.DataFrame:
    """The catalogue's statement cut by an expression of the grid, without what lies outside it. Over the parts of the breakdown in
    `unsplit` everybody keeps one vote."""
    statement = plan(definition, query, known.columns[definition.measure.fact], slot, unsplit)
    grid_values = {"origin": grid.origin, "weeks": grid.weeks, "ripe": grid.ripe, "other": grid.other}
    bound = statement.parameters | {n: value for n, value in grid_values.items() if f"${n}" in statement.text}
    frame = generation.cursor().execute(statement.text, bound).df()
    return frame[frame["slot"].notna()]


def cells(frame: pd.DataFrame, names: list[str]) -> list[tuple[tuple[str | None, ...], pd.DataFrame]]:
    """The rows of each cell, by the values of its breakdown as text."""
    if not names:
        return [((), frame)] if len(frame) else []
    groups = frame.groupby(names, dropna=False, sort=True)
    return [(tuple(text_of(part) for part in key), rows) for key, rows in groups]
