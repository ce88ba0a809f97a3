"""From a design to what its intervals did: samples through the metric's own SQL in DuckDB, then the product's estimate and state."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from data.concepts import create_functions
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.kinds import estimate, kind_of
from metrics.kinds.sums import Sums
from metrics.query.plan import plan
from metrics.query.query import Query
from metrics.query.result import State
from metrics.rules.reliability import independent, reliability

LEVEL, LEAST = 0.95, 0.92  # of the intervals of shown cells, so many hold the truth at least
RARE = 0.02  # shown in fewer samples than this: never shown, for all that can be said
BATCH = 250_000  # rows at a time


@dataclass(frozen=True)
class Design:
    """`draw(rng, runs)` gives the rows of so many samples (or, with `ready`, their sums as the SQL gives them); `truth` is what an
    interval should hold, in the metric's unit."""

    what: str
    metric: str
    n: int
    draw: Callable[[np.random.Generator, int], pd.DataFrame]
    truth: float
    ready: bool = False
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Found:
    """Of `runs` samples: how many gave an interval and how many of these held the truth; the same of cells shown as plain."""

    what: str
    metric: str
    n: int
    runs: int
    intervals: int
    held: int
    shown: int
    shown_held: int
    width: float | None

    @property
    def coverage(self) -> float | None:
        return self.held / self.intervals if self.intervals else None

    @property
    def of_shown(self) -> float | None:
        """None where so few are shown that their share says nothing."""
        return self.shown_held / self.shown if self.shown >= RARE * self.runs else None

    @property
    def verdict(self) -> str:
        """within, outside (surely, at 99 %, below the mark), or never shown."""
        if self.of_shown is None:
            return "not shown"
        slack = 2.33 * (LEAST * (1 - LEAST) / self.shown) ** 0.5
        return "within" if self.of_shown >= LEAST - slack else "outside"


def judge(design: Design, runs: int, seed: int) -> Found:
    """Draw, count, estimate, compare."""
    rng, found = np.random.default_rng([seed, design.n, sum(design.what.encode())]), _definition(design)
    step = max(1, min(runs, BATCH // max(design.n, 1)))
    seen = [one for start in range(0, runs, step) for one in _batch(design, found, rng, min(step, runs - start))]
    low, high, value, shown = (np.array(column, dtype=float) for column in zip(*seen))
    known = ~(np.isnan(low) & np.isnan(high)) & ~np.isnan(value)
    held = known & ~(low > design.truth) & ~(high < design.truth)
    plain = shown.astype(bool)
    width = np.median((high - low)[known & ~np.isnan(high - low)]) if (known & ~np.isnan(high - low)).any() else None
    return Found(
        design.what,
        design.metric,
        design.n,
        runs,
        int(known.sum()),
        int(held.sum()),
        int(plain.sum()),
        int((held & plain).sum()),
        None if width is None else float(width),
    )


def _definition(design: Design) -> Definition:
    """The metric with the sample in place of its fact: kind, scale, precision and SQL stay its own."""
    found = definition(design.metric)
    parts = found.measure.parts | dict(design.parts)
    return replace(
        found,
        measure=replace(
            found.measure, fact="sample", units=None, value="f.v", where="true", vote=None, mature_days=0, parts=parts
        ),
    )


def _batch(design: Design, found: Definition, rng: np.random.Generator, runs: int) -> list[tuple]:
    frame = design.draw(rng, runs)
    if not design.ready:
        frame = _counted(found, frame)
    rows = frame.groupby("slot", sort=False)
    return [_one(found, Sums(found.measure.kind, part.reset_index(drop=True))) for _, part in rows]


def _counted(found: Definition, sample: pd.DataFrame) -> pd.DataFrame:
    statement = plan(found, Query((found.id,), journey="sample"), set(sample.columns), slot="{fact}.run")
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        create_functions(con, first_weekday=0)
        con.register("sample", sample)
        return con.execute(statement.text, statement.parameters).df()


def _one(found: Definition, sums: Sums) -> tuple:
    """(low, high, value, shown) with NaN for what there is none of."""
    result = estimate(found, sums, LEVEL)
    if result.value is None:
        return np.nan, np.nan, np.nan, False
    state = (
        kind_of(found).state(found, sums, result)
        or reliability(found, result, LEVEL, lambda level: estimate(found, sums, level), independent(found, sums))
    )[0]
    limits = (np.nan if limit is None else limit for limit in (result.low, result.high))
    return *limits, result.value, state == State.SHOWN
