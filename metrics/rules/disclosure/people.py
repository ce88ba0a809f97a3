"""How many people a metric counts in every cell of a breakdown, by week or in one period: what disclosure is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from data.store.generations import Generation
from metrics.catalogue.dimensions import supports_dimension
from metrics.catalogue.load import definition
from metrics.query import context
from metrics.query.filter_values import text_of
from metrics.query.of_generation import of_generation
from metrics.query.plan import plan
from metrics.query.resolve import ResolvedQuery
from metrics.thresholds import DOMINANT

KEPT = 1024  # answers of each kind kept of a generation; each is small, and a page asks some dozens
Key = tuple[str | None, ...]
Counted = tuple[
    dict[Key, int], dict[Key, float], dict[Key, float], dict[Key, set[str]]
]  # people, largest and whole amount, ids


@dataclass(frozen=True)
class People:
    """Of one stretch of time: distinct persons by cell, the cells of which one person has over half of the amount, and the ids of the
    few where they are few."""

    persons: Mapping[Key, int] = field(default_factory=dict)
    heavy: frozenset[Key] = frozenset()
    who: Mapping[Key, frozenset[str]] = field(default_factory=dict)


NOBODY = People()


@dataclass(frozen=True)
class Weekly:
    """People by the first day of the company's week (None: rows without a date), and of every cell the first and last week with
    anybody in it and the sum of its weeks' people: its size, whatever the period."""

    weeks: Mapping[date | None, People]
    life: Mapping[Key, tuple[date, date]]
    size: Mapping[Key, int]

    def of(self, week: date | None) -> People:
        """One week's people; nobody where there is no row."""
        return self.weeks.get(week, NOBODY)


def has_weeks(metric: str, generation: Generation) -> bool:
    """Whether the metric's rows have a day."""
    found = definition(metric)
    return supports_dimension(found, context.read(generation).columns[found.measure.fact], "week")


@of_generation(most=KEPT)
def in_period(
    metric: str, journey: str, names: tuple[str, ...], start: date | None, end: date | None, generation: Generation
) -> People:
    """The people of every cell by `names` in a period (both days, or neither: all rows)."""
    return next(iter(_counted(metric, journey, names, start, end, generation).values()), NOBODY)


@of_generation(most=KEPT)
def by_week(metric: str, journey: str, names: tuple[str, ...], generation: Generation) -> Weekly:
    """The people of every cell by `names` in every week there is."""
    return _weekly(_counted(metric, journey, (*names, "week"), None, None, generation))


def _weekly(weeks: dict[date | None, People]) -> Weekly:
    life: dict[Key, tuple[date, date]] = {}
    size: dict[Key, int] = {}
    for week in sorted(week for week in weeks if week is not None):
        for key, count in weeks[week].persons.items():
            life[key] = (life.get(key, (week, week))[0], week)
            size[key] = size.get(key, 0) + count
    return Weekly(weeks, life, size)


def _counted(
    metric: str, journey: str, names: tuple[str, ...], start: date | None, end: date | None, generation: Generation
) -> dict[date | None, People]:
    """Week → people; under None the whole where it is not asked by week."""
    found, known = definition(metric), context.read(generation)
    query = ResolvedQuery((metric,), journey, start=start, end=end, by=names)
    statement = plan(found, query, known.columns[found.measure.fact])
    frame = generation.cursor().execute(statement.text, statement.parameters).df()
    weekly = bool(names) and names[-1] == "week"
    keys = _keys(frame, list(statement.dimensions))
    tables: dict[date | None, Counted] = {}
    money = found.unit == "money" and {"top", "mass"} <= set(frame)
    columns = [frame[name].to_numpy() for name in ("c", *(("top", "mass") if money else ()))]
    ids = frame["who"].tolist() if "who" in frame else [()] * len(frame)
    for row, key in enumerate(keys):
        week = _day(key[-1]) if weekly else None
        cell = key[:-1] if weekly else key
        persons, top, mass, who = tables.setdefault(week, ({}, {}, {}, {}))
        persons[cell] = persons.get(cell, 0) + int(columns[0][row])
        if money:
            top[cell] = max(top.get(cell, 0.0), float(columns[1][row]))
            mass[cell] = mass.get(cell, 0.0) + float(columns[2][row])
        few = ids[row]
        if isinstance(few, np.ndarray | list):
            who.setdefault(cell, set()).update(few)
    return {week: _people(*parts) for week, parts in tables.items()}


def _people(persons: dict[Key, int], top: dict[Key, float], mass: dict[Key, float], who: dict[Key, set[str]]) -> People:
    return People(
        persons,
        frozenset(key for key in top if mass[key] and top[key] > DOMINANT * mass[key]),
        {key: frozenset(who[key]) for key, count in persons.items() if key in who and len(who[key]) == count},
    )


def _keys(frame: pd.DataFrame, names: list[str]) -> list[Key]:
    """The breakdown of every row as text; missing stays missing."""
    if not names:
        return [()] * len(frame)
    return list(zip(*([text_of(value) for value in frame[name].tolist()] for name in names)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
