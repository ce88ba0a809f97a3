"""All parts of the benchmark of known truth, each in a folder of its own that goes when it is done."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.known.cells import cells
from benchmarks.known.growth import growth
from benchmarks.known.moves import moves
from benchmarks.known.names import names
from benchmarks.known.tables import Found

PARTS = ("cells", "changes", "names", "growth")


def measure(parts: list[str], runs: int, seed: int, only: str, say: Callable[[str], None]) -> dict[str, list[Found]]:
    """The rows of each part asked for, in the order of PARTS."""
    with tempfile.TemporaryDirectory() as folder:
        made = {
            "cells": lambda: cells(runs, seed, Path(folder), say),
            "changes": lambda: moves(runs, seed, Path(folder), say, only),
            "names": lambda: names(runs, seed, Path(folder), say),
            "growth": lambda: growth(seed, Path(folder), say),
        }
        return {part: made[part]() for part in PARTS if part in parts}
