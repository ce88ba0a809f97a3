"""One erasure, in a process of its own as from the command line: it rewrites every file of the store, and running apps go on."""

import json
import subprocess
import sys
from typing import Any

from data.errors import UserError
from data.store.names import store_path
from ui.session.serving import ROOT


def run(who: str, kind: str | None, by: str, also: list[str]) -> dict[str, Any]:
    """Erase whom an id or key names; returns the receipt. Raises UserError with the command's own sentence where it could not."""
    words = [sys.executable, "-m", "data", "erase", "--store", str(store_path().absolute()), "--format", "json"]
    words += [f"--by={by}", *([f"--kind={kind}"] if kind else []), "--read=-"]
    lines = "\n".join((who, *also))  # not in the words: others at the machine can read those
    made = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", input=lines, check=False)
    if made.returncode:
        last = (made.stderr.strip().splitlines() or [""])[-1]
        raise UserError(last.removeprefix("error: "))
    found: dict[str, Any] = json.loads(made.stdout)
    return found
