"""Every company built by the product and asked for its causes; how often the planted one is first and a decoy is told."""

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.causes.world import EFFECT, MIXED, NOISE, PLANTED, World, write
from benchmarks.marks import Mark, false_findings, power
from benchmarks.report import table
from data.build.build import build
from data.store.generations import open_generation
from metrics.analyses.causes.find import causes
from metrics.analyses.causes.model import Cause
from metrics.query.query import Query

TOGETHER = 10  # companies in one store


@dataclass(frozen=True)
class Seen:
    """What one company was told: `first` what stands first, `told` everything listed, each a part of the world or what else it is;
    whether the interval of the planted cause's difference holds its true size (None: not told)."""

    planted: bool
    first: str
    told: tuple[str, ...]
    holds: bool | None


def measure(runs: int, answers: int, seed: int, processes: int, say: Callable[[str], None]) -> list[Seen]:
    """`runs` companies with a planted cause, and as many without."""
    seeds = range(seed, seed + runs)
    orders = [
        (tuple(seeds[first : first + TOGETHER]), answers, effect)
        for effect in (EFFECT, 0.0)
        for first in range(0, runs, TOGETHER)
    ]
    found: list[Seen] = []
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for seen in pool.map(_one, orders):
            found += seen
            say(f"{len(found)} of {2 * runs} companies")
    return found


def _one(order: tuple[tuple[int, ...], int, float]) -> list[Seen]:
    return asked(*order)


def asked(seeds: Sequence[int], answers: int, effect: float) -> list[Seen]:
    """Companies written, built by the product, asked one by one, cleared away. Raises RuntimeError where the build refused them."""
    folder = Path(tempfile.mkdtemp(prefix="causes-"))
    try:
        worlds = write(seeds, folder / "files", answers, effect)
        summary = build(folder / "files" / "sources.toml", None, folder / "store")
        if not summary.generation:
            raise RuntimeError(f"the companies were not built: {summary.failed_checks or summary.files}")
        generation = open_generation(folder / "store")
        found = [_seen(causes(Query((), stages=(one.stage,)), generation).causes, one) for one in worlds.values()]
        generation.connection.close()
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _seen(told: tuple[Cause, ...], world: World) -> Seen:
    parts = tuple(_part(one, world) for one in told)
    own = next((one for one, part in zip(told, parts) if part == PLANTED), None)
    holds = None
    if own is not None and own.difference.low is not None and own.difference.high is not None and world.effect:
        holds = own.difference.low <= world.effect <= own.difference.high
    return Seen(world.effect > 0, parts[0] if parts else "", parts, holds)


def _part(one: Cause, world: World) -> str:
    """Which part of the world a cause is; else its own name."""
    named = {
        ("promise_said", f"The price of {world.stage}"): "promise_said",
        ("promise", "On the day"): "promise",
        ("friction", "error"): "error",
        ("friction", "dead_click"): "dead_click",
        ("page", f"/{world.stage}/extra"): "page",
        ("reason", "invoice"): "reason",
    }.get((str(one.kind), one.name), "")
    return world.parts.get(named, f"{one.kind} {one.name}")


def marks(found: list[Seen]) -> list[Mark]:
    """The planted first, a decoy told, anything else told; and in companies without a cause anything told at all."""
    own, null = [one for one in found if one.planted], [one for one in found if not one.planted]
    return [
        power("the planted cause stands first", "planted", [one.first == PLANTED for one in own]),
        false_findings("the decoy met by channel is told", "planted", [MIXED in one.told for one in own]),
        false_findings("the decoy of chance is told", "planted", [NOISE in one.told for one in own]),
        false_findings("any decoy is told", "planted", [bool({MIXED, NOISE} & set(one.told)) for one in own]),
        false_findings("anything else is told", "planted", [bool(set(one.told) - {PLANTED, MIXED, NOISE}) for one in own]),
        false_findings("anything is told", "no cause", [bool(one.told) for one in null]),
    ]  # fmt: skip


def held(found: list[Seen]) -> tuple[int, int]:
    """Of the planted causes told, how many intervals hold the true size, and of how many."""
    known = [one.holds for one in found if one.holds is not None]
    return sum(known), len(known)


def render(found: list[Seen], answers: int, form: str) -> str:
    """The marks as a Markdown table or JSON."""
    made, (inside, of) = marks(found), held(found)
    if form == "json":
        rows = [asdict(mark) | {"share": mark.share, "verdict": mark.verdict} for mark in made]
        return json.dumps({"answers": answers, "marks": rows, "intervals": [inside, of]}, indent=1)
    rows = [
        (m.what, m.against, str(m.runs), str(m.hits), f"{m.share or 0:.1%}", f"{m.low:.1%} to {m.high:.1%}", m.verdict)
        for m in made
        if m.low is not None and m.high is not None
    ]
    head = f"{answers} answers in each company; the interval holds the planted size in {inside} of {of}"
    return head + "\n" + table(("what", "companies", "runs", "hits", "share", "limits", "verdict"), rows)
