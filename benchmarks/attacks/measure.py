"""Many attacks on one store, protected as one answer by itself and as for a viewer of groups: how many withheld cells come back."""

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import combinations, repeat
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.attacks.ground import Box, Ground
from benchmarks.attacks.lines import MODES, Line, Say
from benchmarks.attacks.tries import KINDS, solve
from data.build.build import build
from data.demo.effects import chosen
from data.demo.plan import Plan
from data.demo.run import make
from data.store.generations import Generation, Store
from data.store.opened import GROUPS
from metrics.catalogue.load import definition
from metrics.query import context
from metrics.rules.disclosure.edges import span
from metrics.rules.privacy import least_persons

METRICS = ("completion_rate", "occasion_completion", "response_share", "contacts_per_100_occasions")
NAMES = ("device", "touch_channel", "region", "segment", "release", "task")
CONTROL = 10
AT_ONCE = 20  # cells of one metric, stage and pair of dimensions
EDGES = (
    6  # between weeks, of one metric and pair: its attacks share them, so that what disclosure counts is counted once
)
SPANS = ((0, 1), (0, 1), (0,), (1,))  # cells by both dimensions more often than by one


def measure(
    generation: Generation,
    attacks: int,
    seed: int,
    say: Say,
    metrics: Sequence[str] = METRICS,
    names: Sequence[str] = NAMES,
) -> list[Line]:
    """So many attacks on cells of one to four people drawn at random, all kinds alike often; every so many-th also where each answer is
    protected by itself alone, which shows that the attacks are ones."""
    rng = np.random.default_rng(seed)
    lines = {(kind, mode): Line(kind, mode) for kind in KINDS for mode in MODES}
    kinds, done = list(KINDS.items()), 0
    everywhere = list(_places(generation, metrics, names))
    while done < attacks:
        metric, stages, pair = everywhere[int(rng.integers(len(everywhere)))]
        weeks, spans = _weeks(generation), None
        edges = tuple(sorted({0, weeks, *rng.integers(0, weeks + 1, EDGES).tolist()}))
        for stage in stages:
            ground = Ground(metric, stage, pair, generation, edges=edges)
            spans = spans or [(by, *_span(weeks, rng)) for by in 2 * SPANS]
            for target in _targets(ground, spans, rng):
                kind, attack = kinds[done % len(kinds)]
                asked = attack(ground, target, rng)
                for mode in MODES if done // len(KINDS) % CONTROL == 0 else (GROUPS,):
                    line, found = lines[kind, mode], solve(ground, target, asked, mode)
                    line.tried += 1
                    line.exact += found.exact
                    line.narrowed += found.narrowed
                done += 1
                if done % 250 == 0:
                    say(f"{done} of {attacks}")
                if done >= attacks:
                    return list(lines.values())
    return list(lines.values())


def measure_at_once(store: Path, attacks: int, seed: int, say: Say, processes: int) -> list[Line]:
    """As `measure`, of a store on the disk, a part of the attacks in each of so many processes, each with a seed of its own."""
    shares = [attacks // processes + (place < attacks % processes) for place in range(processes)]
    found: dict[tuple[str, str], Line] = {}
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for lines in pool.map(_share, repeat(store), shares, (seed + place for place in range(processes))):
            for line in lines:
                sum_ = found.setdefault((line.kind, line.mode), Line(line.kind, line.mode))
                sum_.tried, sum_.exact = sum_.tried + line.tried, sum_.exact + line.exact
                sum_.narrowed += line.narrowed
            say(f"{sum(line.tried for line in found.values() if line.mode == GROUPS)} of {attacks}")
    return list(found.values())


def _share(store: Path, attacks: int, seed: int) -> list[Line]:
    return measure(Store(store).generation(), attacks, seed, lambda _: None)


def _weeks(generation: Generation) -> int:
    start, end = span(generation)
    return ((end - start).days + 1) // 7


def _span(weeks: int, rng: np.random.Generator) -> tuple[int, int]:
    """First week and the week after the last, of one week or some."""
    length = min(int(rng.choice([1, 1, 1, 2, 4, 13])), weeks)
    first = int(rng.integers(0, weeks - length + 1))
    return first, first + length


def _places(
    generation: Generation, metrics: Sequence[str], names: Sequence[str]
) -> Iterator[tuple[str, list[str], tuple[str, str]]]:
    """Every metric with the stages and each pair of dimensions it can be asked by."""
    known = context.read(generation)
    for metric in metrics:
        found = definition(metric)
        columns = known.columns[found.measure.fact]
        if all(known.signals.get(signal) for signal in found.measure.needs):
            for pair in combinations([name for name in names if name in columns], 2):
                yield metric, list(known.stages[known.journeys[0]]), pair


def _targets(ground: Ground, spans: list[tuple[tuple[int, ...], int, int]], rng: np.random.Generator) -> list[Box]:
    """Some cells of few people: of one week or some, by one dimension or both."""
    if any(len([value for value in values if value is not None]) < 2 for values in ground.values):
        return []  # nothing is parted by it here
    few, found = least_persons(definition(ground.metric)), []
    for by, first, end in spans:
        found += ground.few(Box((None, None), first, end), by, few)
    order = rng.permutation(len(found))[:AT_ONCE]
    return [found[place] for place in order]


@contextmanager
def company(store: Path | None, people: int, days: int, seed: int, say: Say) -> Iterator[Generation]:
    """The current generation of a store, or of a simulated company built in a folder that is gone afterwards."""
    if store is not None:
        yield Store(store).generation()
        return
    with tempfile.TemporaryDirectory() as folder:
        make(Plan(Path(folder) / "demo", people, days, seed, chosen("all")), 1, lambda *_: None)
        say("simulated; built from its files")
        build(Path(folder) / "demo" / "sources.toml", None, Path(folder) / "store")
        yield Store(Path(folder) / "store").generation()


def failed(lines: list[Line]) -> bool:
    """Whether a viewer of groups got anywhere."""
    return any(line.narrowed for line in lines if line.mode == GROUPS)


def render(lines: list[Line]) -> str:
    """A Markdown table."""
    head = "| attack | protected | tried | computed exactly | fewer than five counts left |\n|---|---|---|---|---|\n"
    return head + "\n".join(
        f"| {line.kind} | {MODES[line.mode]} | {line.tried:,} | {line.exact:,} | {line.narrowed:,} |" for line in lines
    )
