"""The simulated company: its exports in the vendors' formats, with planted, documented truth (docs/DEMO.md)."""

from collections.abc import Callable
from pathlib import Path

from data.demo import effects as _effects
from data.demo.cli import main
from data.demo.run import Plan, cores, make, people_for

__all__ = ["generate", "main"]


def generate(
    out: Path,
    *,
    people: int = 60_000,
    days: int = 546,
    events: int | None = None,
    seed: int = 1,
    effects: str | set[str] = "all",
    workers: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> dict:
    """Writes the company's exports into `out` and returns its truth (also in truth.json).

    people: how many there are; days: length of the window from 2025-05-26; events: instead of people, roughly how many
    web events; effects: "all", "none" or the ids to switch on; workers: processes, at most 2 by default. The output
    depends on people, days, seed and effects only. Raises ValueError for sizes below 1 and unknown effects.
    """
    if events is not None:
        people = people_for(events, days)
    if min(people, days) < 1 or seed < 0:
        raise ValueError("people and days must be at least 1, seed at least 0")
    plan = Plan(Path(out), people, days, seed, _effects.chosen(effects))
    return make(plan, workers or cores(), progress or (lambda label, done, total: None))
