"""python -m benchmarks recovery: many companies, each with its own truth, and how often the product is right."""

import tempfile
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.keep import Kept
from benchmarks.marks import Mark, coverage, false_findings, power
from benchmarks.observe import Observation, observe
from benchmarks.truth import Counted, Key, apart, of_run, placed, pooled, reference
from data.demo.run import COMPANY

IN_THESE_WEEKS, LONG_RUN = "files, in the run's own weeks", "files, long run"
STAGES = ("Find", "Evaluate", "Decide", "Buy", "Engage")
# Counted from the files: what raw.sql counts by the same definition as the metric. The shop survey's stage is not among
# it: its page and its session may stand in two stages.
FROM_FILES: tuple[Key, ...] = (
    *(("completion_rate", stage) for stage in STAGES),
    ("error_rate", "Buy"),
    ("backtrack_rate", "Decide"),
    *(("csat_t2b_5", stage) for stage in ("Decide", "Buy", "Engage")),
    ("nps_transactional", "Engage"),
    ("nps_relationship", None),
    ("conversion_visit", None),
)
# The shift to phones (T1) is in every company, also without effects: it moves the raw completion of this stage, so its change is not 0.
SHIFTED = ("Evaluate",)
# "Linked before" is a work of the product's identity step: its truth is the mean of the other runs.
FROM_RUNS: tuple[Key, ...] = tuple(("contact_rate", stage) for stage in ("Evaluate", "Buy", "Engage"))
PLANTED = (
    ("E1", "Buy", "works_but_disappoints", "Buy works but disappoints"),
    ("E2", "Decide", "hard_but_loved", "Decide is hard but loved"),
)


@dataclass(frozen=True)
class Plan:
    """What is simulated: `runs` companies of `people` and `days`, and `reference` larger ones for the long run."""

    runs: int
    people: int
    days: int
    seed: int
    effects: str
    reference: int
    processes: int = 1


def judge(plan: Plan, say: Callable[[str], None], keep: Path | None = None) -> tuple[int, list[Mark]]:
    """How many runs finished, and every mark they allow. `keep` names the file they are kept in.

    Works in temporary folders, a company a process at a time. Interrupted, it marks what has finished.
    """
    kept = Kept(keep, {name: value for name, value in asdict(plan).items() if name not in ("runs", "processes")})
    if kept.truth is None:
        kept.reference(_long_run(plan, say))
    wanted = range(plan.seed, plan.seed + plan.runs)
    with suppress(KeyboardInterrupt):
        _observe([seed for seed in wanted if seed not in kept.seen], plan, kept, say)
    seen = [kept.seen[seed] for seed in wanted if seed in kept.seen]
    # where the stages stand is counted from every company there is: the reference alone leaves the line within its error
    places = placed(COMPANY / "journey.toml", pooled([kept.truth, *(one.own for one in seen)]))
    return len(seen), marks(seen, kept.truth, places, plan.effects) if seen else []


def _long_run(plan: Plan, say: Callable[[str], None]) -> dict[Key, Counted]:
    with tempfile.TemporaryDirectory(prefix="recovery-") as folder:
        return reference(Path(folder), plan.reference, plan.people, plan.days, plan.seed, plan.effects, say)


def _observe(seeds: list[int], plan: Plan, kept: Kept, say: Callable[[str], None]) -> None:
    """Every seed in a process of its own, `processes` at a time: what one leaves behind never reaches the next."""
    waiting = iter(seeds)
    with ProcessPoolExecutor(plan.processes, get_context("spawn"), max_tasks_per_child=20) as pool:
        running = {pool.submit(_one, plan, seed): seed for seed in islice(waiting, plan.processes)}
        try:
            while running:
                for job in wait(running, return_when=FIRST_COMPLETED).done:
                    seed = running.pop(job)
                    kept.add(seed, job.result())
                    say(f"seed {seed}: {len(kept.seen)} of {plan.runs} runs")
                    running |= {pool.submit(_one, plan, seed): seed for seed in islice(waiting, 1)}
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _one(plan: Plan, seed: int) -> Observation:
    with tempfile.TemporaryDirectory(prefix="recovery-") as folder:
        return observe(Path(folder), plan.people, plan.days, seed, plan.effects)


def marks(
    seen: list[Observation], truth: dict[Key, Counted], places: dict[str, tuple[float, float]], effects: str
) -> list[Mark]:
    """The marks of observed runs; `places` are the stages' true positions."""
    found = [_from_files(key, seen, truth[key]) for key in FROM_FILES if key in truth]
    if len(seen) > 1:
        found += [_from_runs(key, seen) for key in FROM_RUNS]
    return found + (_planted(seen) if effects == "all" else _unplanted(seen)) + _misnamed(seen, places)


def label(key: Key) -> str:
    """An estimand as the table names it."""
    return f"{key[0]} {key[1]}" if key[1] else key[0]


def _from_files(key: Key, seen: list[Observation], reference: Counted) -> Mark:
    """Against the reference and the files of the other runs: the run itself is left out, or it would vouch for its own interval."""
    against = IN_THESE_WEEKS if key[0] == "completion_rate" else LONG_RUN
    none = Counted(0.0, 0.0)
    everybody = sum((one.own.get(key, none) for one in seen), reference)
    covered = [
        one.said[key].covers(of_run(everybody - one.own.get(key, none), one.own.get(key))) if key in one.said else None
        for one in seen
    ]
    return coverage(label(key), against, covered)


def _from_runs(key: Key, seen: list[Observation]) -> Mark:
    """Against the other runs taken together: the run itself is left out, or it would vouch for its own interval."""
    sums = [(one.said[key].value * one.said[key].n, one.said[key].n) if key in one.said else (0.0, 0) for one in seen]
    total, units = (sum(part) for part in zip(*sums))
    covered = [
        one.said[key].covers((total - y) / (units - n)) if key in one.said and units > n else None
        for one, (y, n) in zip(seen, sums)
    ]
    return coverage(label(key), "the other runs together", covered)


def _planted(seen: list[Observation]) -> list[Mark]:
    found = []
    for effect, stage, name, claim in PLANTED:
        for window in seen[0].named:
            found.append(
                power(
                    f"{effect}: {stage} named",
                    f"planted; {window}",
                    [one.named[window].get(stage) == name for one in seen],
                )
            )
        found.append(
            power(
                f"{effect}: among the findings shown",
                "planted; last 26 weeks",
                [any(said.startswith(claim) for said in one.claims) for one in seen],
            )
        )
    return found


def _unplanted(seen: list[Observation]) -> list[Mark]:
    """Without effects: nothing moved between the last two quarters, so every notable change is false."""
    steady = [
        coverage(
            f"change of {label(key)}",
            "0: 13 weeks against the 13 before",
            [one.moved[key].covers(0.0) if key in one.moved else None for one in seen],
        )
        for key in (("completion_rate", stage) for stage in STAGES if stage not in SHIFTED)
    ]
    compared = [bool(one.notable) if one.moved else None for one in seen]
    return [*steady, false_findings("any notable change", "nothing planted", compared)]


def _misnamed(seen: list[Observation], places: dict[str, tuple[float, float]]) -> list[Mark]:
    """Stages named though their true position is not on those two sides of the company's line."""
    right = {stage: apart(position) for stage, position in places.items()}

    def wrong(named: dict[str, str]) -> bool:
        return any(
            state in ("works_but_disappoints", "hard_but_loved") and right[stage] != state
            for stage, state in named.items()
            if stage in right
        )

    return [
        false_findings(
            "any stage wrongly named", f"true positions; {window}", [wrong(one.named[window]) for one in seen]
        )
        for window in seen[0].named
    ]
