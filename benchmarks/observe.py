"""One run: simulate a company, build it, and note what the product says of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.truth import Counted, Key, count
from data.build.build import build
from data.demo import generate
from data.store.generations import Generation, open_generation
from metrics.analyses.changes import Change, changes
from metrics.analyses.stage_scores import positions
from metrics.compute.run import run
from metrics.query import company_week, context
from metrics.query.query import Query
from report.findings.finding import INFORMATION
from report.findings.findings import findings

BY_STAGE = ("completion_rate", "csat_t2b_5", "error_rate", "backtrack_rate", "contact_rate", "nps_transactional")
WHOLE = ("nps_relationship", "conversion_visit")
QUARTER, HALF_YEAR = 13, 26


@dataclass(frozen=True)
class Said:
    """A value with its interval, as the product gave them."""

    value: float
    low: float | None
    high: float | None
    n: int

    def covers(self, truth: float) -> bool | None:
        """Whether the interval holds the truth; None where there is no interval."""
        return None if self.low is None or self.high is None else self.low <= truth <= self.high


@dataclass(frozen=True)
class Observation:
    """`said` and `moved` by metric and stage; `named` per window the stages named; `claims` the findings shown."""

    own: dict[Key, Counted]
    said: dict[Key, Said]
    moved: dict[Key, Said]
    notable: tuple[Key, ...]
    named: dict[str, dict[str, str]]
    claims: tuple[str, ...]


def observe(folder: Path, people: int, days: int, seed: int, effects: str) -> Observation:
    """One company from its seed to what is said of it. Raises RuntimeError where it could not be built."""
    generate(folder / "company", people=people, days=days, seed=seed, effects=effects, workers=1)
    summary = build(folder / "company" / "sources.toml", None, folder / "store")
    if not summary.generation:
        raise RuntimeError(f"company {seed} was not built: {summary.failed_checks}")
    generation = open_generation(folder / "store")
    try:
        return _ask(generation, count(folder / "company", seed, days))
    finally:
        generation.connection.close()


def _ask(generation: Generation, own: dict[Key, Counted]) -> Observation:
    known = context.read(generation)
    last = company_week.last_whole_day(known.last_day, known.first_weekday)
    moved = changes(_window(last, QUARTER, known.first_day, "previous"), generation)
    windows = {"all weeks": Query(BY_STAGE[:1]), "last 26 weeks": _window(last, HALF_YEAR, known.first_day)}
    places = {name: positions(query, generation) for name, query in windows.items()}
    shown = findings(
        _window(last, QUARTER, known.first_day, "previous"),
        generation,
        places["last 26 weeks"],
        moved,
        windows["last 26 weeks"],
    )
    return Observation(
        own,
        _values(generation),
        {(c.metric, c.stage): _change(c) for c in moved if c.channel is None},
        tuple((c.metric, c.stage, c.channel) for c in moved if c.notable and c.better is not None),
        {name: {p.stage: p.verdict.state for p in found} for name, found in places.items()},
        tuple(f.claim for f in shown if f.kind != INFORMATION),
    )


def _window(last: date, weeks: int, first: date, compare: str | None = None) -> Query:
    """The last whole weeks of the data, as the views take them; a comparison only where the data reaches back."""
    start = max(last - timedelta(days=7 * weeks - 1), first)
    if start - timedelta(days=7 * weeks) < first:
        compare = None
    return Query(BY_STAGE[:1], start=start, end=last, compare=compare)


def _values(generation: Generation) -> dict[Key, Said]:
    """Every valued cell over all weeks, by stage and of the whole journey."""
    cells = run(Query(BY_STAGE, by=("stage",)), generation).cells + run(Query(WHOLE), generation).cells
    return {
        (cell.metric, cell.by.get("stage")): Said(cell.value, cell.low, cell.high, cell.n)
        for cell in cells
        if cell.valued
    }


def _change(change: Change) -> Said:
    return Said(change.diff, change.low, change.high, change.now.n)
