"""python -m benchmarks speed: the build by step and eight warm questions, beside a bare scan of the same Parquet."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

import duckdb

from data.build.build import build
from data.demo import generate
from data.sqlfile import sql
from data.store.generations import Generation, open_generation
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query

TIMES = 5
STEPS = {
    "reading": "build: reading the files",
    "matching": "build: matching people",
    "modelling": "build: modelling",
    "checking": "build: checking",
    "publishing": "build: publishing",
}


@dataclass(frozen=True)
class Timing:
    """Seconds of this process's CPU (all threads) and of the clock."""

    what: str
    cpu: float
    wall: float


class Steps:
    """Adds the time between two progress messages to the step the first one began."""

    def __init__(self, clock: Callable[[], tuple[float, float]]):
        self.clock = clock
        self.last, self.step = clock(), "build: before the first message"
        self.spent: dict[str, tuple[float, float]] = {}

    def __call__(self, text: str) -> None:
        self.note()
        self.step = STEPS.get(text.split(" ")[0], f"build: {text}")

    def note(self) -> None:
        """Close the running step."""
        now, (cpu, wall) = self.clock(), self.spent.get(self.step, (0.0, 0.0))
        self.spent[self.step] = (cpu + now[0] - self.last[0], wall + now[1] - self.last[1])
        self.last = now


def measure(people: int, days: int, say: Callable[[str], None]) -> list[Timing]:
    """The scan first, then the build's steps and their total, then eight questions (median of five, warm)."""
    with tempfile.TemporaryDirectory(prefix="speed-") as name:
        folder = Path(name)
        say("simulating")
        generate(folder / "company", people=people, days=days)
        scan = _scan(folder / "company" / "ga4")
        say("building")
        steps = Steps(_clock)
        build(folder / "company" / "sources.toml", None, folder / "store", steps)
        steps.note()
        say("asking")
        generation = open_generation(folder / "store")
        asked = [
            _median(f"question: {what}", lambda query=query: run(query, generation))
            for what, query in questions(generation)
        ]
        generation.connection.close()
    made = [Timing(step, *spent) for step, spent in steps.spent.items()]
    total = Timing("build: all", sum(t.cpu for t in made), sum(t.wall for t in made))
    return [scan, *made, total, *asked]


def questions(generation: Generation) -> list[tuple[str, Query]]:
    """Eight questions the views ask, over the last quarter unless all is said."""
    last = context.read(generation).last_day
    quarter = {"start": last - timedelta(days=90), "end": last}
    stage = {"by": ("stage",)}
    return [
        ("completion by stage, all", Query(("completion_rate",), **stage)),
        ("completion by stage, a quarter", Query(("completion_rate",), **stage, **quarter)),
        ("completion by stage and week", Query(("completion_rate",), by=("stage", "week"), **quarter)),
        ("completion by stage, compared", Query(("completion_rate",), **stage, **quarter, compare="previous")),
        ("satisfied by stage", Query(("csat_t2b_5",), **stage, **quarter)),
        ("contact rate by stage", Query(("contact_rate",), **stage, **quarter)),
        ("median dwell by stage", Query(("dwell_p50",), **stage, **quarter)),
        ("relationship NPS", Query(("nps_relationship",), **quarter)),
    ]


def _scan(folder: Path) -> Timing:
    files = [str(path) for path in sorted(folder.glob("*.parquet"))]
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        return _median(
            "bare scan of the events", lambda: con.execute(sql("benchmarks/sql", "scan"), {"files": files}).fetchall()
        )


def _median(what: str, work: Callable[[], object]) -> Timing:
    """Once to warm up, then the median of five."""
    work()
    taken = []
    for _ in range(TIMES):
        start = _clock()
        work()
        taken.append(tuple(now - then for now, then in zip(_clock(), start)))
    return Timing(what, median(cpu for cpu, _ in taken), median(wall for _, wall in taken))


def _clock() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()
