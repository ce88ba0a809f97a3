"""From a generation to a panel: one statement a fact, with the definitions' own expressions."""

import weakref
from collections.abc import Hashable
from dataclasses import replace
from threading import Condition
from typing import Any

import numpy as np
from cachetools import LRUCache, cached

from data.sqlfile import sql
from data.store.generations import Generation
from metrics.catalogue.definition import Definition, Measure
from metrics.catalogue.dimensions import DIMENSIONS, INSIDE, TIMES
from metrics.catalogue.load import catalogue
from metrics.compute.panel import first
from metrics.compute.panel.first import by_first
from metrics.compute.panel.rows import UNDATED, Dimension, Panel, Said
from metrics.query import context
from metrics.query.context import Context
from metrics.query.of_generation import of_generation
from metrics.query.plan import Names, template_of

BYTES = 256 << 20  # of panels held by one process; those longest not asked for go first
ROWS = 2_000_000  # of a fact with more the statements are asked as they are
PLAIN = "moments"  # the SQL that counts each cell of its own rows alone
ANY_PERIOD = (
    "@same_time",
    "@same_stage",
    "@names",
    "@cell_start",
    "@cell_end",
    "@fact",
)  # units that have none are the same in every period
BESIDE = ("asked_lag",)  # what answers are told apart by beside the dimensions
SMALL, ABSENT = 100, -128  # whole numbers up to the first are held in a byte, the second where there is none


def key_of(measure: Measure) -> Hashable:
    """What tells a measure from others of its fact."""
    return measure.value, measure.where, measure.vote, measure.vote_order


def holds(definition: Definition, known: Context) -> bool:
    """Whether the rows behind a metric can be held: its sums are those of single rows, or of units that are the same in every period."""
    measure, columns = definition.measure, known.columns[definition.measure.fact]
    if template_of(definition, columns) != PLAIN or not {"day", "person_id", "person_group"} <= columns:
        return False
    if "$" in measure.value + measure.where or known.signals.get(measure.fact, ROWS + 1) > ROWS:
        return False
    if not measure.units or by_first(measure, columns):
        return True
    text = sql("metrics/sql", measure.units)
    return "@sessions" in text and measure.vote is None and not any(hole in text for hole in ANY_PERIOD)


def panel_of(
    definition: Definition, journey: str, generation: Generation, known: Context, stage: str = ""
) -> Panel | None:
    """The panel that holds a metric's rows, with those of all metrics that are counted of the same; None where a row has no person.
    `stage`: of units that one row decides, which stage what follows has to be of (metrics.compute.panel.first)."""
    measure = definition.measure
    parts = tuple(sorted(measure.parts.items())) if stage else ()
    together = _together(generation, measure.fact, measure.units, measure.where if measure.units else None, parts)
    if key_of(measure) not in map(key_of, together):
        together = (measure,)
    of_journey = journey if measure.units and not stage else ""
    return _held(generation, measure.fact, measure.units, of_journey, together, known, stage, parts)


@of_generation(most=256)
def _together(
    generation: Generation, fact: str, units: str | None, where: str | None, parts: tuple[tuple[str, str], ...]
) -> tuple[Measure, ...]:
    """The measures of the catalogue that are counted of the same rows; units are made of rows that are kept alike (`where`)."""
    known = context.read(generation)
    same = {
        key_of(one.measure): one.measure
        for one in catalogue().values()
        if (one.measure.fact, one.measure.units) == (fact, units)
        and where in (None, one.measure.where)
        and parts in ((), tuple(sorted(one.measure.parts.items())))
        and holds(one, known)
    }
    return tuple(same.values())


def _key(
    generation: Generation,
    fact: str,
    units: str | None,
    journey: str,
    measures: tuple[Measure, ...],
    known: Context,
    stage: str,
    parts: tuple[tuple[str, str], ...],
) -> tuple[Any, ...]:
    """The connection is held weakly: an old generation is closed when nobody reads it."""
    same = tuple(map(key_of, measures))
    return weakref.ref(generation.connection), generation.key, fact, units, journey, same, stage, parts


@cached(LRUCache(BYTES, getsizeof=lambda one: one.nbytes if one else 1024), key=_key, condition=Condition())
def _held(
    generation: Generation,
    fact: str,
    units: str | None,
    journey: str,
    measures: tuple[Measure, ...],
    known: Context,
    stage: str,
    parts: tuple[tuple[str, str], ...],
) -> Panel | None:
    cursor, bound = generation.cursor(), dict[str, Any]()
    kept = " or ".join(dict.fromkeys(f"({one.where})" for one in measures))
    rows, columns = fact, known.columns[fact]
    if stage:
        rows, kept = first.visits(measures, stage), "true"
    elif units:
        template, bound = Names(sql("metrics/sql", units)), {"journey": journey}
        inner = template.substitute(picks="f.*, ", sessions="v.journey = $journey", where="false")
        columns = {name for name, *_ in cursor.execute(inner, bound).description or ()}
        rows = f"({template.substitute(picks='f.*, ', sessions='v.journey = $journey', where=kept)})"
        kept = "true"
    named = [name for name in (*DIMENSIONS, *BESIDE) if name in columns and name not in (*TIMES, *INSIDE)]
    values = _values(fact, [name for name in named if name in known.columns[fact]], generation, known)
    text = Names(sql("metrics/sql", "panel")).substitute(
        fact=rows,
        picks="".join(
            f"coalesce(list_position($in_{name}, cast(f.{name} as varchar)), 0) as {name}, " for name in named
        ),
        values=", ".join(_columns(place, one, units, stage) for place, one in enumerate(measures)),
        where=kept,
    )
    listed = {f"in_{name}": values[name] for name in named}
    return _panel(cursor.execute(text, bound | listed).fetchnumpy(), values, named, measures)


def _values(fact: str, named: list[str], generation: Generation, known: Context) -> dict[str, list[str]]:
    """Every value of these columns of a fact, sorted; of journeys and stages also those without a row, since a unit may be one of them."""
    each = (f"select distinct '{name}', cast(f.{name} as varchar) from f where f.{name} is not null" for name in named)
    text = f"with f as (select {', '.join(named)} from {fact}) {' union all '.join(each)}"
    values: dict[str, set[str]] = {name: set() for name in named}
    for name, value in generation.cursor().execute(text).fetchall() if named else ():
        values[name].add(value)
    settled = {"journey": known.journeys, "stage": [stage for stages in known.stages.values() for stage in stages]}
    return {name: sorted(values.get(name, set()) | set(settled.get(name, ()))) for name in {*named, *settled}}


def _columns(place: int, measure: Measure, units: str | None, stage: str) -> str:
    """What a row says: the value where the measure keeps it; with a vote also whether it votes, for whom, and which vote counts; of units
    that one row decides also when it was."""
    if stage:
        return f"f.unit_{place} as v_{place}" + ("" if place else ", epoch_us(f.started_at) as first_at")
    value, where = measure.value, "true" if units else measure.where
    said = f"case when ({where}) then cast({value} as double) end as v_{place}"
    if not measure.vote:
        return said
    return (
        f"{said}, coalesce(({where}), false) as k_{place}, dense_rank() over (order by {measure.vote}) as w_{place}, "
        f"row_number() over (order by {measure.vote_order}) as o_{place}"
    )


def _panel(
    found: dict[str, Any], values: dict[str, list[str]], named: list[str], measures: tuple[Measure, ...]
) -> Panel | None:
    if any(np.ma.is_masked(found[name]) for name in ("person_id", "person_group")):
        return None
    day = np.ma.filled(found["day_number"], UNDATED).astype(np.int32)
    order = np.argsort(day, kind="stable")
    people, person = np.unique(np.ma.getdata(found["person_id"])[order], return_inverse=True)
    group = np.ma.getdata(found["person_group"])[order].astype(np.int16)
    first_of = None
    if "first_at" in found:
        moment = np.ma.filled(found["first_at"], np.iinfo(np.int64).max)[order]
        first_of = np.lexsort((moment, person, group)).astype(np.int32)
    return Panel(
        day[order],
        person.astype(np.int32),
        people,
        group,
        {name: _dimension(np.ma.getdata(found[name])[order], values[name]) for name in named},
        {key_of(one): replace(_said(found, place, one, order), first=first_of) for place, one in enumerate(measures)},
    )


def _dimension(places: np.ndarray, values: list[str]) -> Dimension:
    """From places counted from 1, 0 where the value is unknown, to places from 0, the unknown one last."""
    codes = np.where(places > 0, places - 1, len(values)).astype(np.min_scalar_type(len(values)))
    return Dimension(codes, tuple(values))


def _said(found: dict[str, Any], place: int, measure: Measure, order: np.ndarray) -> Said:
    values = np.ma.filled(found[f"v_{place}"].astype(np.float64), np.nan)[order]
    known = ~np.isnan(values)
    told = values[known]
    whole = bool(np.all(np.abs(told) <= SMALL) and np.all(told == np.round(told)))
    held = np.where(known, values, ABSENT).astype(np.int8) if whole else values
    binary = bool(np.all((told == 0) | (told == 1)))
    if not measure.vote:
        return Said(held, ABSENT, binary)
    kept, vote, first = (np.ma.getdata(found[f"{name}_{place}"])[order] for name in "kwo")
    return Said(held, ABSENT, binary, kept.astype(bool), vote.astype(np.int32), first.astype(np.int32))
