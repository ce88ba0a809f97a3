"""Observations as lines of a file: a benchmark that is stopped keeps what it has, and one that goes on asks no seed twice."""

import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.observe import Observation, Said
from benchmarks.truth import Counted, Key
from data.errors import UserError


class Kept:
    """What is in the file, and where more goes. Without a file nothing is kept. Raises UserError for another plan's file."""

    def __init__(self, file: Path | None, settings: dict):
        self.file, self.settings = file, settings
        self.truth: dict[Key, Counted] | None = None
        self.seen: dict[int, Observation] = {}
        for line in file.read_text(encoding="utf-8").splitlines() if file and file.exists() else ():
            self._read(json.loads(line), file)
        if file and not (file.exists() and file.stat().st_size):
            self._write({"settings": settings})

    def _read(self, line: dict, file: Path) -> None:
        if "settings" in line and line["settings"] != self.settings:
            raise UserError(
                "this file holds another benchmark",
                file=file,
                found=str(line["settings"]),
                allowed=str(self.settings),
                fix="Name another file with --keep",
            )
        if "truth" in line:
            self.truth = _keyed(line["truth"], Counted)
        if "seed" in line:
            self.seen[line["seed"]] = observation(line["seen"])

    def reference(self, truth: dict[Key, Counted]) -> None:
        """Keep what is true in the long run."""
        self.truth = truth
        self._write({"truth": _listed(truth)})

    def add(self, seed: int, seen: Observation) -> None:
        """Keep a finished run."""
        self.seen[seed] = seen
        self._write({"seed": seed, "seen": plain(seen)})

    def _write(self, line: dict) -> None:
        if self.file:
            with self.file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(line) + "\n")


def plain(seen: Observation) -> dict:
    """An observation of lists and texts only."""
    return {
        "own": _listed(seen.own),
        "said": _listed(seen.said),
        "moved": _listed(seen.moved),
        "notable": seen.notable,
        "named": seen.named,
        "claims": seen.claims,
    }


def observation(line: dict) -> Observation:
    """The observation `plain` made the line from."""
    return Observation(
        _keyed(line["own"], Counted),
        _keyed(line["said"], Said),
        _keyed(line["moved"], Said),
        tuple(tuple(key) for key in line["notable"]),
        line["named"],
        tuple(line["claims"]),
    )


def _listed(found: dict) -> list:
    return [[list(key), list(asdict(value).values())] for key, value in found.items()]


def _keyed(found: list, kind: type) -> dict:
    return {tuple(key): kind(*values) for key, values in found}
