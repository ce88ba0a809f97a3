"""Between which weeks a period may begin or end for a cell, so that no two periods differ by a few people.

A period is made of whole company weeks up to the last one that is over. The edge between two weeks is open for a cell where the cell could
be shown in both weeks alone; or, on the grid of 13 and of 52 weeks counted back from the last whole week, in both of those. Between two
open edges of a cell there is then always a stretch in which it can be shown by itself, or nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from data.store.generations import Generation
from data.store.opened import GROUPS
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue, definition, variants
from metrics.query import company_week, context
from metrics.query.of_generation import of_generation
from metrics.rules import privacy
from metrics.rules.disclosure import people
from metrics.rules.disclosure.people import KEPT, Key, People
from metrics.rules.suppression import withhold

GRIDS = (
    13,
    52,
)  # weeks: quarters, so that the usual period, the one before and the same weeks last year begin and end on it; years
MOST = 300  # cells of a table with small ones: with more, all are withheld rather than the fewest that protect them
Names = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A breakdown of a metric in one journey, whatever the period: what is shown of it in any stretch of time is decided here."""

    metric: str
    journey: str
    names: Names
    generation: Generation

    @property
    def least(self) -> int:
        return privacy.least_persons(definition(self.metric))

    def parents(self) -> list["Table"]:
        """The same with one part of the breakdown less: their cells are totals of this one's."""
        return (
            [
                Table(self.metric, self.journey, kept, self.generation)
                for kept in combinations(self.names, len(self.names) - 1)
            ]
            if self.names
            else []
        )

    def universe(self) -> set[Key]:
        """Every cell that has anybody, whenever."""
        if not people.has_weeks(self.metric, self.generation):
            return set(people.in_period(self.metric, self.journey, self.names, None, None, self.generation).persons)
        weekly = self._weekly()
        return set(weekly.life) | set(weekly.of(None).persons)

    def closed(self, start: date | None, end: date | None) -> dict[Key, bool]:
        """The cells not to be shown in a period → whether they have too few people in it themselves."""
        return _closed_in(self.metric, self.journey, self.names, start, end, self.generation)

    def _closed(self, start: date | None, end: date | None) -> dict[Key, bool]:
        here = self._people(start, end)
        found = {key: 0 < here.persons.get(key, 0) < self.least or key in here.heavy for key in self.hidden(start, end)}
        if not people.has_weeks(self.metric, self.generation):
            return found
        if end and end > span(self.generation)[1]:  # the week that runs
            return dict.fromkeys({*self.universe(), *here.persons}, False) | found
        if start is None or end is None:
            more = self._hidden_of(self._weekly().of(None), None)
        else:
            more = self.shut(start) | self.shut(end + timedelta(days=1))
        return dict.fromkeys(more, False) | found

    def shut(self, edge: date) -> set[Key]:
        """The cells for which no period may begin at this day, or end the day before."""
        first, last = span(self.generation)
        if edge <= first or edge > last:
            return set()
        found = self._shut_by(edge, 1)
        for weeks in GRIDS:
            if found and ((last - edge).days + 1) % (7 * weeks) == 0:
                found &= self._shut_by(edge, weeks)
        return found

    def _shut_by(self, edge: date, weeks: int) -> set[Key]:
        """The cells withheld in so many weeks before the edge, or in as many after it."""
        length, day = timedelta(days=7 * weeks), timedelta(days=1)
        return self.hidden(edge - length, edge - day) | self.hidden(edge, edge + length - day)

    def hidden(self, start: date | None, end: date | None) -> set[Key]:
        """The cells withheld in a stretch of time taken alone: few people, one person's amount, none between weeks with some, what
        is withheld of a total, and as many more as protect them."""
        return _hidden_in(self.metric, self.journey, self.names, start, end, self.generation)

    def _hidden_of(self, here: People, stretch: tuple[date | None, date | None] | None) -> set[Key]:
        persons = dict(here.persons)
        first = {key for key, count in persons.items() if count < self.least} | set(here.heavy)
        first |= self._left_over(persons, stretch)
        for key in self._between(persons, stretch):
            persons[key] = 0
            first.add(key)
        if not first:
            return set()  # no total has few people either, nor an amount of one person
        for parent in self.parents():
            above = parent._hidden_of(parent._weekly().of(None), None) if stretch is None else parent.hidden(*stretch)
            kept = [self.names.index(name) for name in parent.names]
            first |= {key for key in persons if tuple(key[place] for place in kept) in above}
        if len(persons) > MOST:
            return set(persons)
        size = self._weekly().size if people.has_weeks(self.metric, self.generation) else here.persons
        return withhold(persons, first, self.least, here.who, size)

    def _left_over(self, persons: Mapping[Key, int], stretch: tuple[date | None, date | None] | None) -> set[Key]:
        """The cells where another metric counts the same thing of a few people more: its number less this one's would be theirs."""
        more = [
            self._of(metric)._weekly().of(None) if stretch is None else self._of(metric)._people(*stretch)
            for metric in wider(self.metric, self.generation)
        ]
        return {
            key
            for key, count in persons.items()
            if any(0 < other.persons.get(key, 0) - count < self.least for other in more)
        }

    def _of(self, metric: str) -> "Table":
        """The same breakdown of another metric."""
        return Table(metric, self.journey, self.names, self.generation)

    def _between(self, persons: dict[Key, int], stretch: tuple[date | None, date | None] | None) -> Iterable[Key]:
        """Cells without anybody in the stretch that have somebody before and after it: that nobody was there tells as much as few do."""
        start, end = stretch or (None, None)
        if start is None or end is None or not people.has_weeks(self.metric, self.generation):
            return ()
        return [
            key
            for key, (first, last) in self._weekly().life.items()
            if key not in persons and first < start and last > end
        ]

    def _weekly(self) -> people.Weekly:
        return people.by_week(self.metric, self.journey, self.names, self.generation)

    def _people(self, start: date | None, end: date | None) -> People:
        if start and end and (end - start).days == 6 and people.has_weeks(self.metric, self.generation):
            return self._weekly().of(start)
        return people.in_period(self.metric, self.journey, self.names, start, end, self.generation)


@of_generation(most=KEPT)
def _closed_in(
    metric: str, journey: str, names: Names, start: date | None, end: date | None, generation: Generation
) -> dict[Key, bool]:
    return Table(metric, journey, names, generation)._closed(start, end)


@of_generation(most=KEPT)
def _hidden_in(
    metric: str, journey: str, names: Names, start: date | None, end: date | None, generation: Generation
) -> set[Key]:
    table = Table(metric, journey, names, generation)
    return table._hidden_of(table._people(start, end), (start, end))


@of_generation(most=KEPT)
def wider(metric: str, generation: Generation) -> list[str]:
    """The metrics that count the same value of the same population under fewer conditions, where they can be asked; those, too, that are another
    tool's reading of a metric: `why_differs` sets them beside ours, and each can be asked by its name."""
    mine, signals = definition(metric), context.read(generation).signals
    every = [one for known in catalogue().values() for one in (known, *variants(known).values())]
    return [
        other.id
        for other in every
        if (other.measure.fact, other.measure.units, other.measure.value, other.scope)
        == (mine.measure.fact, mine.measure.units, mine.measure.value, mine.scope)
        and _conditions(other) < _conditions(mine)
        and all(signals.get(signal) for signal in other.measure.needs)
    ]


def _conditions(definition: Definition) -> set[str]:
    return set(definition.measure.where.split(" and ")) - {"true"}


def span(generation: Generation) -> tuple[date, date]:
    """First day of the first week with data, last day of the last week that is over."""
    known = context.read(generation)
    if known.first_day is None or known.last_day is None:
        return date.min, date.max - timedelta(days=1)
    return (
        company_week.week_start(known.first_day, known.first_weekday),
        company_week.last_shown_day(known.first_day, known.last_day, known.first_weekday),
    )


def quarter(day: date | None, generation: Generation) -> tuple[date, date] | None:
    """First and last day of the quarter of the grid a day lies in, of the last one without a day: for what is shown of no two periods that
    share a week. None where nothing has a day."""
    if context.read(generation).last_day is None:
        return None
    last, length = span(generation)[1], timedelta(days=7 * GRIDS[0])
    back = max((last - (day or last)) // length, 0)
    end = last - back * length
    return end - length + timedelta(days=1), end


def whole_quarters(start: date | None, end: date | None, generation: Generation) -> tuple[date | None, date | None]:
    """For a viewer of groups the period widened to whole quarters of that grid, for analyses that are no sums of cells: two questions then never
    differ by a week with a few people in it. For everybody else the days as they are."""
    if generation.shows != GROUPS or start is None or end is None:
        return start, end
    first, last = quarter(start, generation), quarter(end, generation)
    return (max(first[0], context.read(generation).first_day or start), last[1]) if first and last else (start, end)
