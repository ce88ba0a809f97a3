"""A question asked by a viewer of the whole store, and of a store that holds only what they may see."""

import math
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.rights import cases
from benchmarks.rights.store import only
from data.errors import UserError
from data.store.generations import Generation, open_generation
from metrics.analyses import lists
from metrics.analyses.changes import changes
from metrics.analyses.stage_scores import standing_positions
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query, Rights
from metrics.rules.access import as_groups, seen
from metrics.rules.applicable import without_right
from metrics.states import State

EACH = 100  # questions of one access file: the store that holds only what it grants serves them all
METRICS, PERIODS = 8, 6  # of one access file, so that what is read for one question serves others
FAMILY = 50  # every so many-th question is of all metrics at once
LISTS = ("moves", "reasons", "pages", "words")


@dataclass
class Found:
    """`counts`: cases by what came out; `unlike` what differed, in words."""

    counts: Counter = field(default_factory=Counter)
    unlike: list[str] = field(default_factory=list)


def compare(store: Path, wanted: int, seed: int = 1, say=lambda text: None, start: int = 0, step: int = 1) -> Found:
    """Ask `wanted` questions both ways, of every `step`-th access file from the `start`-th on."""
    generation, found = open_generation(store), Found()
    world, place = cases.world(generation), start
    while sum(found.counts.values()) < wanted:
        draw, place = Random(f"{seed}-{place}"), place + step
        groups = [cases.group(world, draw) for _ in range(draw.choice((1, 1, 2, 3)))]
        some = cases.some(world, draw, METRICS, PERIODS)
        with TemporaryDirectory() as folder:
            _one_file(
                generation, groups, some, draw, Path(folder), found, min(EACH, wanted - sum(found.counts.values()))
            )
        say(f"{sum(found.counts.values())} of {wanted}, unlike {len(found.unlike)}")
    return found


def compare_at_once(store: Path, wanted: int, seed: int, say, processes: int) -> Found:
    """As `compare`, other access files in each of so many processes."""
    shares = [wanted // processes + (place < wanted % processes) for place in range(processes)]
    found = Found()
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for one in pool.map(_share, *zip(*((store, share, seed, i, processes) for i, share in enumerate(shares)))):
            found.counts += one.counts
            found.unlike += one.unlike
            say(f"{sum(found.counts.values())} of {wanted}, unlike {len(found.unlike)}")
    return found


def _share(store: Path, wanted: int, seed: int, start: int, step: int) -> Found:
    return compare(store, wanted, seed, start=start, step=step)


def _one_file(generation: Generation, groups, world, draw: Random, folder: Path, found: Found, most: int) -> None:
    names = cases.access_file(groups, folder / "access.toml")
    rights = as_groups(names, folder / "access.toml")
    try:
        part = seen(generation, rights)
    except UserError:
        found.counts["nothing to see"] += 1
        return
    alone = replace(open_generation(only(generation, groups, folder / "store")), shows=part.shows)
    for number in range(most):
        asked = cases.question(world, draw)
        if number == most - 1 and most > 2 or number % FAMILY == FAMILY - 1:
            kind, mine, theirs = _family(asked, part, alone, rights, draw)
        elif number % 6 == 5:
            kind, mine, theirs = _listed(asked, part, alone, rights, draw)
        else:
            kind, mine, theirs = "cells", _cells(asked, part), _cells(asked, alone)
        if mine == "refused":
            found.counts["refused: would need all of it"] += 1
        elif _alike(mine, theirs):
            found.counts[f"{kind}: equal" + ("" if mine else ", nothing there")] += 1
        else:
            found.counts[f"{kind}: unlike"] += 1
            found.unlike.append(f"{groups} {asked}: {mine} | {theirs}"[:1500])
    alone.connection.close()


def _cells(asked: Query, generation: Generation):
    try:
        result = run(asked, generation)
    except UserError as error:
        return _said(error)
    if any(cell.state is State.REFUSED for cell in result.cells):
        return "refused"
    return {
        (cell.metric, tuple(cell.by.items())): (
            cell.value,
            cell.low,
            cell.high,
            cell.n,
            cell.persons,
            cell.se,
            cell.compare and (cell.compare.value, cell.compare.diff, cell.compare.low),
        )
        for cell in result.cells
        if cell.n or cell.value is not None
    }


def _said(error: UserError) -> dict:
    """A question that cannot be asked of either: a stage nobody granted is one that is not there."""
    return {"error": error.problem if hasattr(error, "problem") else str(error).split(":")[0]}


def _listed(asked: Query, part: Generation, alone: Generation, rights, draw: Random):
    name = draw.choice(LISTS)
    asked = Query(
        (), asked.journey, asked.stages or (draw.choice(list(_stages(part, asked.journey))),), asked.start, asked.end
    )
    if name == "words" and not all(grant.comments for grant in rights.grants):
        return "words", {}, {}  # whose words are seen is tested by itself: they need not be of all rows seen
    if name == "moves" and "stages" in rights.limits:
        return "moves", "refused", None
    return "lists", *(
        {i: tuple(row.items()) for i, row in enumerate(lists.listed(name, asked, one).rows)} for one in (part, alone)
    )


def _stages(generation: Generation, journey: str | None):
    return [
        s
        for (s,) in generation.cursor()
        .execute("select stage from cfg_stages where $1 is null or journey = $1", [journey])
        .fetchall()
    ]


def _family(asked: Query, part: Generation, alone: Generation, rights: Rights, draw: Random):
    """Changes of the family and positions of the stages, which run() does not answer."""
    if draw.random() < 0.5:
        asked = Query((asked.metrics[0],), asked.journey, (), asked.start, asked.end, "previous")
        given = tuple(
            m
            for m, d in catalogue().items()
            if not without_right(d, replace(asked, rights=rights), context.read(part).columns)
        )
        same = replace(
            asked, rights=Rights(given, rights.persons_everywhere)
        )  # a family is judged as a whole: it must be the same one
        return "changes", *(
            {(c.metric, c.stage, c.channel): (c.diff, c.low, c.high, c.q, c.notable) for c in changes(one_asked, one)}
            for one_asked, one in ((asked, part), (same, alone))
        )
    asked = Query((asked.metrics[0],), asked.journey, (), asked.start, asked.end)
    return "positions", *(
        {p.stage: (p.ux.value, p.ux.low, p.cx.value, p.cx.low) for p in standing_positions(asked, one)}
        for one in (part, alone)
    )


def _alike(mine, theirs) -> bool:
    """The same cells with the same numbers; sums may be added up in another order."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return mine.keys() == theirs.keys() and all(_alike(mine[key], theirs[key]) for key in mine)
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return len(mine) == len(theirs) and all(_alike(one, other) for one, other in zip(mine, theirs))
    if isinstance(mine, float) and isinstance(theirs, float):
        return math.isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-9) or (math.isnan(mine) and math.isnan(theirs))
    return bool(mine == theirs)


def table(found: Found) -> str:
    """The counts as a Markdown table."""
    lines = [
        "| asked both ways | cases |",
        "|---|---|",
        *(f"| {name} | {count:,} |" for name, count in sorted(found.counts.items())),
    ]
    return "\n".join(lines)


def report(store: Path, wanted: int, seed: int, say, processes: int = 1) -> int:
    """Print the table, and what was unlike; 1 where anything was."""
    found = compare_at_once(store, wanted, seed, say, processes) if processes > 1 else compare(store, wanted, seed, say)
    print(table(found))
    for one in found.unlike:
        print(one)
    return 1 if found.unlike else 0
