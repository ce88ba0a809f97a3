"""Every design at once, and its table."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict

from benchmarks.coverage import amounts, designs
from benchmarks.coverage.judge import Design, Found, judge
from data.errors import UserError

FAMILIES = (
    designs.shares,
    designs.scores,
    designs.times,
    amounts.money,
    amounts.ratios,
    amounts.pairs,
    amounts.exposures,
)


def all_designs(only: str = "") -> list[Design]:
    """Every design whose name or metric matches the pattern, in order. Raises UserError where none does."""
    found = [design for family in FAMILIES for design in family() if re.search(only, f"{design.what} {design.metric}")]
    if not found:
        raise UserError(
            "no design matches",
            where="--only",
            found=only,
            fix="A word of a design's or a metric's name, such as heavy",
        )
    return found


def measure(runs: int, seed: int, only: str, say: Callable[[str], None]) -> list[Found]:
    """One Found a design."""
    found = []
    for design in all_designs(only):
        found.append(judge(design, runs, seed))
        say(_line(found[-1]))
    return found


def table(found: list[Found], form: str) -> str:
    """As JSON, or a table that is also Markdown."""
    if form == "json":
        return json.dumps(
            [
                asdict(one) | {"coverage": one.coverage, "coverage_of_shown": one.of_shown, "verdict": one.verdict}
                for one in found
            ],
            indent=1,
        )
    head = ("design", "metric", "n", "with interval", "hold the truth", "shown", "of shown hold", "verdict")
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, tuple("---" for _ in head), *map(_row, found)))


def _row(one: Found) -> tuple[str, ...]:
    return (
        one.what,
        f"`{one.metric}`",
        f"{one.n:,}",
        f"{one.intervals / one.runs:.0%}",
        _share(one.coverage),
        f"{one.shown / one.runs:.0%}",
        _share(one.of_shown),
        one.verdict,
    )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


def _line(one: Found) -> str:
    return f"{one.what} ({one.metric}), n {one.n:,}: {_share(one.coverage) or 'no interval'}, of shown {_share(one.of_shown) or '–'}"
