"""What is true of simulated companies, counted from their files by SQL of its own and from the shocks of their weeks.

An interval for a period states what would be seen of other people in the same weeks. So the truth of a run is the
long-run value plus the common shocks of that run's own weeks, where these are added to the very share that is counted
(completion); elsewhere it is the long-run value, and the shocks are part of the error.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.demo import generate
from data.demo.draws import weekly_shocks
from data.sqlfile import sql

Key = tuple[str, str | None]
APART = 1_000_000  # seeds of the reference lie this far from those of the runs
LARGER = 2  # and its companies are this many times as large


LINE = 50  # where a position stands at the company's own line


@dataclass(frozen=True)
class Counted:
    """Sums of one estimand in one company: value summed, units, and the units' weekly shocks summed."""

    y: float
    n: float
    shock: float = 0.0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.y + other.y, self.n + other.n, self.shock + other.shock)

    def __sub__(self, other: "Counted") -> "Counted":
        return Counted(self.y - other.y, self.n - other.n, self.shock - other.shock)

    @property
    def value(self) -> float:
        return self.y / self.n

    @property
    def settled(self) -> float:
        """The value with the weeks' shocks taken off."""
        return (self.y - self.shock) / self.n


def count(folder: Path, seed: int, days: int) -> dict[Key, Counted]:
    """Every estimand of raw.sql in one company's files; estimands nobody is counted in are left out."""
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        rows = con.execute(sql("benchmarks/sql", "raw"), {"folder": str(folder)}).fetchall()
    found: dict[Key, Counted] = {}
    shocks = {
        key: weekly_shocks(seed, key[1].lower(), -(-days // 7))
        for key in {(m, s) for m, s, *_ in rows}
        if key[0] == "completion_rate"
    }
    for metric, stage, week, y, n in rows:
        key = (metric, stage)
        shock = n * float(shocks[key][week]) if key in shocks else 0.0
        found[key] = found.get(key, Counted(0, 0)) + Counted(y, n, shock)
    return {key: counted for key, counted in found.items() if counted.n}


def pooled(companies: Iterable[dict[Key, Counted]]) -> dict[Key, Counted]:
    """The sums of several companies together."""
    total: dict[Key, Counted] = {}
    for company in companies:
        for key, counted in company.items():
            total[key] = total.get(key, Counted(0, 0)) + counted
    return total


def reference(
    folder: Path, companies: int, people: int, days: int, seed: int, effects: str, say: Callable[[str], None]
) -> dict[Key, Counted]:
    """Sums over companies of the same settings and other seeds. `folder` is used again for each."""
    found = []
    for place in range(companies):
        say(f"reference {place + 1} of {companies}")
        own = seed + APART + place
        generate(folder, people=LARGER * people, days=days, seed=own, effects=effects, workers=1)
        found.append(count(folder, own, days))
    return pooled(found)


def of_run(long_run: Counted, own: Counted | None) -> float:
    """The truth an interval of this run is held against: the long-run value in the weeks this run had."""
    return long_run.settled + (own.shock / own.n if own else 0.0)


def placed(journey_file: Path, long_run: dict[Key, Counted]) -> dict[str, tuple[float, float]]:
    """Per stage its true position (UX, CX) on the company's scale, 50 = line, 100 = target; if both are known and surely off
    the line: a side within two standard errors of it is on no side."""
    journey = tomllib.loads(journey_file.read_text(encoding="utf-8"))["journey"][0]
    found = {}
    for stage in journey["stage"]:
        sides = [_side(stage, side, long_run) for side in ("ux", "cx")]
        if None not in sides and all(abs(place - LINE) > 2 * error for place, error in sides):
            found[stage["name"]] = tuple(place for place, _ in sides)
    return found


def _side(stage: dict, side: str, long_run: dict[Key, Counted]) -> tuple[float, float] | None:
    """The weighted mean of a side's metrics and its standard error (shares of independent units); None where one is not counted."""
    weights, name = stage["weights"][side], stage["name"]
    if not all((metric, name) in long_run for metric in weights):
        return None
    total = variance = 0.0
    for metric, weight in weights.items():
        line, target = stage["targets"][metric]["line"], stage["targets"][metric]["target"]
        counted, length = long_run[metric, name], 50 / (target - line)
        total += weight * (LINE + length * (counted.settled - line))
        variance += (weight * length) ** 2 * max(counted.settled * (1 - counted.settled), 0.0) / counted.n
    every = sum(weights.values())
    return total / every, variance**0.5 / every


def apart(position: tuple[float, float]) -> str | None:
    """What a stage at this true position may be called."""
    ux, cx = position
    return "works_but_disappoints" if ux > LINE > cx else "hard_but_loved" if ux < LINE < cx else None
