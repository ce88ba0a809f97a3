"""Random access files and random questions about a generation."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from data.store.generations import Generation
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import supports_dimension
from metrics.catalogue.load import catalogue, definition
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query
from metrics.rules.disclosure.edges import span

BREAKDOWNS = (
    (),
    ("stage",),
    ("week",),
    ("touch_channel",),
    ("device",),
    ("segment",),
    ("region",),
    ("stage", "region"),
    ("month",),
)
FILTERS = ("device", "touch_channel", "segment", "region", "customer")
ROWS = "select distinct {0} from people_visits where {0} is not null order by {0}"


@dataclass(frozen=True)
class World:
    """What the store holds that files and questions can name."""

    journeys: tuple[str, ...]
    stages: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    first: date
    last: date
    columns: dict[str, set[str]]
    metrics: tuple[str, ...]  # those that have a number somewhere: the others are asked now and then
    week: date  # first day of the first of the company's weeks
    periods: tuple[tuple[date, date], ...] = ()  # of which one is asked; none: any


def world(generation: Generation) -> World:
    """The names in a generation."""
    known = context.read(generation)
    values = {
        name: tuple(str(value) for (value,) in generation.cursor().execute(ROWS.format(name)).fetchall())
        for name in FILTERS
    }
    stages = tuple(stage for each in known.stages.values() for stage in each)
    assert known.first_day and known.last_day, "a store without days"
    told = tuple(metric for metric, found in catalogue().items() if _told(found, known.journeys[0], generation))
    return World(
        known.journeys, stages, values, known.first_day, known.last_day, known.columns, told, span(generation)[0]
    )


def _told(found: Definition, journey: str, generation: Generation) -> bool:
    by = ("stage",) if found.scope == "stage" else ()
    return any(cell.valued for cell in run(Query((found.id,), journey, by=by), generation).cells)


def group(world: World, draw: random.Random) -> dict[str, list[str] | bool]:
    """What one group may see: each limit there or not, by chance; sometimes a name that is nowhere."""
    found: dict[str, list[str] | bool] = {name: draw.random() < 0.5 for name in ("comments", "persons", "exports")}
    for key, names in (
        ("journeys", world.journeys),
        ("stages", world.stages),
        ("segments", world.values["segment"]),
        ("regions", world.values["region"]),
    ):
        if names and draw.random() < (0.2 if key == "journeys" else 0.45):
            found[key] = draw.sample(names, draw.randint(1, max(1, len(names) - 1))) + (
                ["nowhere"] if draw.random() < 0.1 else []
            )
    return found


def access_file(groups: list[dict[str, list[str] | bool]], path: Path) -> tuple[str, ...]:
    """Write access.toml; the names of its groups."""
    lines, names = [], []
    for place, one in enumerate(groups):
        names.append(f"group {place}")
        lines += ["[[group]]", f'name = "{names[-1]}"', 'members = ["somebody@example.com"]']
        for key, value in one.items():
            written = str(value).lower() if isinstance(value, bool) else "[" + ", ".join(f"'{v}'" for v in value) + "]"
            lines.append(f"{key} = {written}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tuple(names)


def some(world: World, draw: random.Random, metrics: int, periods: int) -> World:
    """The same with a few metrics and periods, so that what is counted for one question serves others."""
    return replace(
        world,
        metrics=tuple(draw.sample(world.metrics, min(metrics, len(world.metrics)))),
        periods=tuple(period(world, draw) for _ in range(periods)),
    )


def period(world: World, draw: random.Random) -> tuple[date, date]:
    """All days, or as many days as some weeks have; every second one of the company's own weeks, since no other is told to a group."""
    if draw.random() >= 0.8:
        return world.first, world.last
    start = world.first + timedelta(days=draw.randint(0, max((world.last - world.first).days - 30, 0)))
    if draw.random() < 0.5:
        start = max(start - (start - world.week) % timedelta(days=7), world.week)
    return start, min(start + timedelta(days=7 * draw.randint(1, 12) - 1), world.last)


def question(world: World, draw: random.Random) -> Query:
    """One metric of the catalogue by something, over some weeks, filtered or not, compared or not."""
    found = definition(draw.choice(world.metrics if draw.random() < 0.95 else list(catalogue())))
    start, end = draw.choice(world.periods) if world.periods else period(world, draw)
    fits = {
        name
        for name in (*FILTERS, "stage", "week", "month")
        if supports_dimension(found, world.columns[found.measure.fact], name)
    }
    if draw.random() < 0.05:
        fits = {*FILTERS, "stage", "week", "month"}  # what has no meaning is refused, also of a part
    picked = [name for name in FILTERS if name in fits and world.values[name]]
    filters = tuple(
        (name, draw.choice(world.values[name]))
        for name in draw.sample(picked, min(draw.choice((0, 0, 1)), len(picked)))
    )
    stages = tuple(draw.sample(world.stages, 1)) if found.scope == "stage" and draw.random() < 0.3 else ()
    by = draw.choice([names for names in BREAKDOWNS if set(names) <= fits])
    return Query((found.id,), world.journeys[0], stages, start, end, draw.choice((None, None, "previous")), filters, by)
