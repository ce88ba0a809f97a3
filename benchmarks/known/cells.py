"""Coverage: how often the interval of a cell holds the truth, apart for cells shown plainly and for those marked as few."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scipy import stats

from benchmarks.known.ask import opened
from benchmarks.known.designs import company_of_cells
from metrics.compute.run import run
from metrics.query.query import Query

FIRST = datetime(2025, 1, 6, 9)
LEAST = 0.92  # of 95 % intervals, where a number is shown


@dataclass(frozen=True)
class Cell:
    """One design and metric over all runs: how often it was shown, marked as few, given no number; how often its interval held the truth."""

    metric: str
    design: str
    runs: int
    shown: int
    few: int
    shown_held: int
    few_held: int

    @property
    def verdict(self) -> str:
        """outside where the plainly shown intervals cover less than 92 %, beyond what chance makes of so many runs (one-sided 1 %)."""
        if not self.shown:
            return "never shown"
        return "outside" if stats.binom.cdf(self.shown_held, self.shown, LEAST) < 0.01 else "within"


def cells(runs: int, seed: int, folder: Path, say) -> list[Cell]:
    """Build so many companies and hold every interval against the truth."""
    seen: dict[tuple[str, str], list[tuple[str, bool | None]]] = defaultdict(list)
    for run_ in range(runs):
        say(f"cells: company {run_ + 1} of {runs}")
        company, truth = company_of_cells(seed + run_, FIRST)
        with opened(company, folder / f"cells-{run_}") as generation:
            for by in ("stage", "segment"):
                asked = tuple(
                    dict.fromkeys(metric for metric, place in truth if place.startswith("spent-") == (by == "segment"))
                )
                for cell in run(Query(asked, by=(by,)), generation).cells:
                    key = (cell.metric, cell.by[by])
                    if key in truth:
                        held = None if cell.low is None or cell.high is None else cell.low <= truth[key] <= cell.high
                        seen[key].append((str(cell.state), held))
    return [_counted(key, found, runs) for key, found in sorted(seen.items())]


def _counted(key: tuple[str, str], found: list[tuple[str, bool | None]], runs: int) -> Cell:
    by_state = {state: [bool(held) for own, held in found if own == state] for state in ("shown", "few")}
    return Cell(*key, runs, len(by_state["shown"]), len(by_state["few"]), sum(by_state["shown"]), sum(by_state["few"]))
