"""Many attacks on one store, protected as one answer by itself and as for a viewer of groups: how many withheld cells come back."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from benchmarks.attacks.ground import Box, Ground
from benchmarks.attacks.tries import KINDS, solve
from data.build.build import build
from data.demo.effects import chosen
from data.demo.plan import Plan
from data.demo.run import make
from data.store.generations import Generation, Store
from data.store.opened import GROUPS
from metrics.catalogue.load import definition
from metrics.query import context
from metrics.rules.privacy import least_persons

METRICS = ("completion_rate", "occasion_completion", "response_share", "contacts_per_100_occasions")
NAMES = ("device", "touch_channel", "region", "segment", "release", "task")
MODES = {"": "each answer by itself", GROUPS: "for a viewer of groups"}
CONTROL = 10
AT_ONCE = 40  # cells of one metric, stage and pair of dimensions
Say = Callable[[str], None]


@dataclass
class Line:
    """Of one kind of attack, protected in one way: tried, computed exactly, left with fewer than five counts."""

    kind: str
    mode: str
    tried: int = 0
    exact: int = 0
    narrowed: int = 0


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
    grounds = list(_grounds(generation, metrics, names))
    lines = {(kind, mode): Line(kind, mode) for kind in KINDS for mode in MODES}
    kinds, done = list(KINDS.items()), 0
    while done < attacks:
        ground = grounds[int(rng.integers(len(grounds)))]()
        for target in _targets(ground, rng):
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
                break
    return list(lines.values())


def _grounds(generation: Generation, metrics: Sequence[str], names: Sequence[str]) -> Iterator[Callable[[], Ground]]:
    """Every metric, stage and pair of dimensions, made when first looked at."""
    known = context.read(generation)
    made: dict[tuple, Ground] = {}

    def at(*what) -> Ground:
        if what not in made:
            if len(made) > 60:
                made.clear()  # answers are kept with their ground
            made[what] = Ground(*what, generation)
        return made[what]

    for metric in metrics:
        found = definition(metric)
        columns = known.columns[found.measure.fact]
        there = [name for name in names if name in columns]
        if all(known.signals.get(signal) for signal in found.measure.needs):
            for stage in known.stages[known.journeys[0]]:
                for pair in combinations(there, 2):
                    yield lambda what=(metric, stage, pair): at(*what)


def _targets(ground: Ground, rng: np.random.Generator) -> list[Box]:
    """Some cells of few people: of one week or some, by one dimension or both."""
    if any(len([value for value in values if value is not None]) < 2 for values in ground.values):
        return []  # nothing is parted by it here
    few, found = least_persons(definition(ground.metric)), []
    for by in 4 * ((0, 1), (0, 1), (0,), (1,)):
        length = int(rng.choice([1, 1, 1, 2, 4, 13]))
        first = int(rng.integers(0, max(ground.weeks - length, 0) + 1))
        found += ground.few(Box((None, None), first, min(first + length, ground.weeks)), by, few)
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
