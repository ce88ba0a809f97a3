"""Each mutant in a copy of the tree: broken, its tests run until the first fails, mended again. The tree it is started from is only read.

A test that fails without the mutant, too, kills nothing: every killing test is run again on the copy as it is.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from benchmarks.code_mutants.mutant import Mutant, problems
from data.errors import UserError
from data.sqlfile import ROOT

LEFT_OUT = (".git", ".venv", ".store", "own", "__pycache__", "screenshots", "*.duckdb")
LONGEST = 900  # seconds: tests that do not end by then have seen something, too
PYTEST = ("-m", "pytest", "-x", "-q", "--no-header", "--tb=short", "-p", "benchmarks.code_mutants.witness")


@dataclass(frozen=True)
class Outcome:
    """`by` is the first test that failed and `words` what it said; both empty where the mutant survived."""

    mutant: Mutant
    by: str
    words: str
    seconds: float

    @property
    def killed(self) -> bool:
        return bool(self.by)


def measure(found: list[Mutant], say: Callable[[str], None], root: Path = ROOT) -> list[Outcome]:
    """An Outcome a mutant, in order. Raises UserError where a text is not found, or a test fails without a mutant."""
    if wrong := problems(found, root):
        raise UserError("\n".join(str(one) for one in wrong))
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        copy = Path(place) / "tree"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        sound: set[str] = set()
        outcomes = []
        for number, one in enumerate(found, 1):
            outcomes.append(_tried(one, copy))
            by = outcomes[-1].by
            if by and by not in sound and _failed((by,), copy):
                raise UserError("this test fails without a mutant, too", where=by, fix="Mend it, then run this again")
            sound.add(by)
            say(f"{number} of {len(found)}: {one.id}, {'killed by ' + by if by else 'SURVIVED'}")
        return outcomes


def _tried(one: Mutant, copy: Path) -> Outcome:
    """Break the rule in the copy, run the tests, mend it whatever happens."""
    file, began = copy / one.file, monotonic()
    kept = file.read_bytes()
    file.write_text(one.applied(kept.decode("utf-8")), encoding="utf-8")
    try:
        failed = _failed(one.tests, copy)
    finally:
        file.write_bytes(kept)
    return Outcome(one, failed.get("test", ""), failed.get("words", ""), monotonic() - began)


def _failed(tests: tuple[str, ...], copy: Path) -> dict[str, str]:
    """The first test that fails in the copy and its words; empty where all pass. Raises UserError where no test was run at all."""
    note = copy.parent / "witness.json"
    note.unlink(missing_ok=True)
    # no bytecode is written: a file changed twice in one second would be run as it was
    environment = os.environ | {"WITNESS": str(note), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
    environment.pop("PYTEST_ADDOPTS", None)  # what the run around this one was asked for
    process = subprocess.Popen(
        [sys.executable, *PYTEST, *tests],
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return {"test": tests[0], "words": f"did not end within {LONGEST} s"}
    if process.returncode == 0:
        return {}
    if note.exists():
        return json.loads(note.read_text(encoding="utf-8"))
    raise UserError("the tests could not be run", where=" ".join(tests), found=said.strip()[-300:])
