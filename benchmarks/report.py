"""The tables of a benchmark as text or JSON."""

import json
from dataclasses import asdict

from benchmarks.marks import Mark
from benchmarks.recovery import Plan
from benchmarks.speed import Timing
from benchmarks.start import Start


def marks(plan: Plan, finished: int, found: list[Mark], form: str) -> str:
    """One row a mark: what, against what, how often of how many runs, the limits and the verdict."""
    if form == "json":
        rows = [asdict(mark) | {"share": mark.share, "verdict": mark.verdict} for mark in found]
        return json.dumps({"plan": asdict(plan), "finished": finished, "marks": rows}, indent=1)
    head = (
        f"{finished} of {plan.runs} companies of {plan.people:,} people and {plan.days} days, effects {plan.effects}, "
        f"seeds {plan.seed} to {plan.seed + plan.runs - 1}; long run from {plan.reference} companies of twice the size"
    )
    return (
        head
        + "\n"
        + table(("what", "held against", "runs", "hits", "share", "limits", "verdict"), [_row(mark) for mark in found])
    )


def _row(mark: Mark) -> tuple[str, ...]:
    if mark.share is None:
        return (mark.what, mark.against, f"0 of {mark.asked}", "", "", "", mark.verdict)
    runs = str(mark.runs) if mark.runs == mark.asked else f"{mark.runs} of {mark.asked}"
    return (
        mark.what,
        mark.against,
        runs,
        str(mark.hits),
        f"{mark.share:.1%}",
        f"{mark.low:.1%} to {mark.high:.1%}",
        mark.verdict,
    )


def timings(found: list[Timing], form: str) -> str:
    """One row a step or question: CPU and elapsed seconds, each also in bare scans of the same files."""
    if form == "json":
        return json.dumps([asdict(timing) for timing in found], indent=1)
    scan = found[0]
    rows = [
        (t.what, f"{t.cpu:.3f}", f"{t.wall:.3f}", f"{t.cpu / scan.cpu:.2f}", f"{t.wall / scan.wall:.2f}") for t in found
    ]
    return table(("what", "CPU s", "elapsed s", "CPU ÷ scan", "elapsed ÷ scan"), rows)


def starts(found: list[Start], form: str) -> str:
    """One row a start: seconds until the server was healthy, and until the whole Overview stood in the browser."""
    if form == "json":
        return json.dumps([asdict(start) for start in found], indent=1)
    return table(
        ("what", "healthy after s", "first screen after s"),
        [(s.what, f"{s.healthy:.1f}", f"{s.screen:.1f}") for s in found],
    )


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table that is also Markdown."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = [head, tuple("-" * width for width in widths), *rows]
    return "\n".join(
        "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(line, widths)) + " |" for line in lines
    )
