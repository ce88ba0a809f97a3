"""Batches of spoiled files in processes of their own; a batch that dies or fails is done again file by file, so that the one is known."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.mutants.plan import mutant
from data.sqlfile import ROOT

BATCH = 100
WALL = 900  # seconds without a word after which a process is ended: a file that waits for ever uses no CPU time


@dataclass(frozen=True)
class Order:
    """A run: how many files, of which seed, and which share `data inspect` looks at too (every n-th)."""

    files: int
    seed: int = 1
    every: int = 10


def measure(order: Order, say: Callable[[str], None]) -> list[dict]:
    """A line a file and part (load, inspect): see judge.line."""
    lines: list[dict] = []
    for first in range(0, order.files, BATCH):
        count = min(BATCH, order.files - first)
        found, why = _batch(first, count, order)
        if why:
            found = [line for number in range(first, first + count) for line in _alone(number, order)]
        lines += found
        faults = sum(bool(line["faults"]) for line in lines)
        say(f"{first + count:,} of {order.files:,} files, {faults} with a fault")
        for line in found:
            for fault in line["faults"]:
                say(f"  {line['number']} {line['reader']} {line['what']} {line['kind']}, {line['operator']}: {fault}")
    return lines


def _alone(number: int, order: Order) -> list[dict]:
    found, why = _batch(number, 1, order)
    if why:
        each = mutant(number, order.seed)
        found = [line for line in found if not line["faults"]]
        found.append(
            {
                "number": number,
                "part": "inspect" if found else "load",
                "reader": each.seed.reader,
                "what": each.seed.what,
                "kind": each.seed.kind,
                "operator": each.operator.name,
                "rows_in": 0,
                "loaded": 0,
                "problem": None,
                "seconds": 0.0,
                "faults": [why],
            }
        )
    return found


def _batch(first: int, count: int, order: Order) -> tuple[list[dict], str | None]:
    """The lines of a batch, and how its process ended where it did not end well."""
    command = [sys.executable, "-m", "benchmarks.mutants.batch", *map(str, (first, count, order.seed, order.every))]
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=WALL)
        output, code, last = done.stdout, done.returncode, done.stderr.strip().split("\n")[-1]
    except subprocess.TimeoutExpired as late:
        output, code, last = (late.stdout or b"").decode(), 1, f"no end after {WALL} s"
    lines = [line for line in map(json.loads, output.splitlines()) if "part" in line]
    if code == 0:
        return lines, None
    how = {-24: "given up after 30 s of CPU time", -9: "killed: too much memory"}.get(
        code, f"crash, signal {-code}" if code < 0 else "ends in an exception"
    )
    return lines, f"{how}: {last[:250]}" if last else how
