"""Which cells of an answer are withheld from a viewer without the right to single persons, whatever else they ask."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from data.store.generations import Generation
from data.store.opened import GROUPS, PERSONS_TOO
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES, supports_dimension
from metrics.codes import Reason, ReasonCode, because
from metrics.query import context
from metrics.query.filter_values import parts
from metrics.query.plan import alias
from metrics.query.query import Grant, Query
from metrics.query.resolve import ResolvedQuery, other_period
from metrics.query.result import Cell, blank
from metrics.rules import maturity, privacy
from metrics.rules.access.seen import Seen
from metrics.rules.disclosure.edges import Table
from metrics.rules.disclosure.people import Key
from metrics.states import State

ADDED = 60  # cells that are only withheld, of a breakdown with fewer values: without them it would tell that nobody was there
NOT_COUNTED = (State.REFUSED, State.NOT_APPLICABLE, State.NOT_COLLECTED, State.NOT_ASKED)
Stretch = tuple[date | None, date | None]


@dataclass(frozen=True)
class Guard:
    """What may be shown of one metric's answer to one question."""

    metric: str
    query: ResolvedQuery
    table: Table
    other: Stretch | None = None  # the compared period, where it is not as long as the period
    within: tuple[Grant, ...] | None = None  # only rows these hold make up the answer, of a table that holds more

    def why(self, by: dict[str, str | None], shifted: bool = False) -> Reason | None:
        """Why the cell is withheld, None where it may be shown; `shifted`: in the compared period."""
        least, worst = self.table.least, None
        for stretch in self._stretches(by, shifted):
            closed = self.table.closed(*stretch)
            for key in self._atoms(by):
                if closed.get(key):
                    worst = because(ReasonCode.FEW_PEOPLE, least=least)
                elif key in closed and worst is None:
                    worst = because(ReasonCode.TELLS_OTHERS, least=least)
        return worst

    def missing(self, there: Iterable[dict[str, str | None]]) -> list[dict[str, str | None]]:
        """Cells nobody was in, of which that is not told: they stand in the answer as withheld."""
        if not self.query.by or any(name in TIMES for name in self.query.by):
            return []
        shown = {self._cell(by) for by in there}
        closed = self.table.closed(self.query.start, self.query.end)
        absent = [cell for cell, atoms in self._of.items() if cell not in shown and any(key in closed for key in atoms)]
        names = [name for name in self.query.by if name in self.table.names]
        return (
            [
                {
                    alias(name): "unmapped" if name == "stage" and part is None else part
                    for name, part in zip(names, cell)
                }
                for cell in sorted(absent, key=str)
            ]
            if len(absent) <= ADDED
            else []
        )

    def _atoms(self, by: dict[str, str | None]) -> list[Key]:
        """The cells of the whole table that make up a cell of the answer."""
        return self._of.get(self._cell(by), [])

    def _cell(self, by: dict[str, str | None]) -> Key:
        parted = [(name, by[alias(name)]) for name in self.query.by if name in self.table.names and alias(name) in by]
        return tuple(None if name == "stage" and part == "unmapped" else part for name, part in parted)

    @cached_property
    def _of(self) -> dict[Key, list[Key]]:
        """Cell of the answer → cells of the whole table in it."""
        names = self.table.names
        by = [names.index(name) for name in self.query.by if name in names]
        kept = [(names.index(name), set(parts(value))) for name, value in self.query.filters if name in names]
        if "stage" in names and self.query.stages:
            kept.append((names.index("stage"), set(self.query.stages)))
        found: dict[Key, list[Key]] = {}
        for key in self.table.universe():
            if all(key[place] in values for place, values in kept) and self._held(key):
                found.setdefault(tuple(key[place] for place in by), []).append(key)
        return found

    def _held(self, key: Key) -> bool:
        """Whether a cell of the whole table is of rows the answer is made of."""
        return self.within is None or any(
            all(
                limit is None or key[self.table.names.index(name)] in limit
                for name, limit in (("stage", grant.stages), ("segment", grant.segments), ("region", grant.regions))
            )
            for grant in self.within
            if grant.journeys is None or self.table.journey in grant.journeys
        )

    def _stretches(self, by: dict[str, str | None], shifted: bool) -> list[Stretch]:
        """The stretches of time the cell is made of: the period, or its weeks."""
        start, end = (self.other or other_period(self.query)) if shifted else (self.query.start, self.query.end)
        weeks = [value for name, value in self.query.filters if name == "week"]
        if "week" not in by and not weeks:
            return [(start, end)]
        days = {by["week"]} if "week" in by else set(parts(weeks[0]))
        return [(day, day + timedelta(days=6)) for text in days if text and (day := _day(text))]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # no week of the data


def guard(definition: Definition, query: ResolvedQuery, generation: Generation, other: Stretch | None = None) -> Guard:
    """The guard of a metric in a question, over the weeks it is answered for."""
    until = maturity.over_by_now(definition, query, context.read(generation))
    query = replace(query, start=until.start, end=until.end)
    names = [*query.by, *(name for name, _ in query.filters)]
    if query.stages and definition.scope == "stage" and "stage" not in names:
        names.append("stage")
    cut = tuple(sorted({name for name in names if name not in TIMES}))
    return Guard(definition.id, query, Table(definition.id, query.journey or "", cut, generation), other)


def _beside(guard: Guard, definition: Definition, generation: Generation) -> Guard | None:
    """Where other pages show the same viewer more rows: the answer as a filter of all those rows, so that it is shown only beside
    what they may show. None where every page shows the same rows."""
    if not isinstance(generation, Seen) or generation.beside is None:
        return None
    grants = generation.rights.grants or ()
    limits = {
        name
        for grant in grants
        for name, limit in (("stage", grant.stages), ("segment", grant.segments), ("region", grant.regions))
        if limit is not None
    }
    columns = context.read(generation.beside).columns[definition.measure.fact]
    if any(not supports_dimension(definition, columns, name) for name in limits):
        return None  # no row without the column is granted: there is no number
    table = guard.table
    wide = replace(table, names=tuple(sorted({*table.names, *limits})), generation=generation.beside)
    return replace(guard, table=wide, within=grants)


def everything_told(query: Query, generation: Generation) -> bool:
    """Whether nothing need be withheld: whoever asks may see single persons, and the company has not asked for confidence."""
    return generation.shows == PERSONS_TOO and not query.confidential


def protected(
    cells: list[Cell],
    definitions: dict[str, Definition],
    query: ResolvedQuery,
    generation: Generation,
    other: Stretch | None = None,
) -> list[Cell]:
    """The cells as this viewer may see them: all of them with the right to single persons; else less those of too few people and what
    would give them away, within this answer, and for a viewer of groups beside every other answer, too."""
    if everything_told(query, generation):
        return [replace(cell, who=None, compare=cell.compare and replace(cell.compare, who=None)) for cell in cells]
    if generation.shows != GROUPS:
        return privacy.protect(cells, definitions)
    by_metric = {metric: guards(found, query, generation, other) for metric, found in definitions.items()}
    now, before = {}, set()
    counted = [index for index, cell in enumerate(cells) if cell.state not in NOT_COUNTED]
    for index in counted:
        cell = cells[index]
        for one in by_metric[cell.metric]:
            if index not in now and (reason := one.why(cell.by)):
                now[index] = reason
            if cell.compare and one.why(cell.by, shifted=True):
                before.add(index)
    found = privacy.protect(cells, definitions, now, before)
    for metric in {cells[index].metric for index in counted}:
        told = because(ReasonCode.TELLS_OTHERS, least=by_metric[metric][0].table.least)
        there = [cell.by for cell in cells if cell.metric == metric]
        for one in by_metric[metric]:
            absent = one.missing(there)
            there += absent
            found += [blank(definitions[metric], by, State.SUPPRESSED, told) for by in absent]
    return found


def guards(
    definition: Definition, query: ResolvedQuery, generation: Generation, other: Stretch | None = None
) -> list[Guard]:
    """The guard of these rows, and where the same viewer sees more rows elsewhere that of all of them."""
    mine = guard(definition, query, generation, other)
    return [mine, *filter(None, [_beside(mine, definition, generation)])]
