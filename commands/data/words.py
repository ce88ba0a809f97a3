"""What several commands of `python -m data` take. Nothing here loads the metric layer: a build starts without it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data import terminal
from data.store.names import store_path


def store(command: argparse.ArgumentParser) -> None:
    """Which store."""
    command.add_argument("--store", type=Path, default=store_path(), metavar="DIR")


def form(command: argparse.ArgumentParser) -> None:
    """Text for people, or JSON."""
    command.add_argument("--format", choices=("text", "json"), default="text")


def path(setting: str, default: str | None = None) -> Path | None:
    """The path a setting of the environment names, else the default."""
    value = os.environ.get(setting) or default
    return Path(value) if value else None


def print_as(args: argparse.Namespace, found: Any, text: Callable[[Any], str]) -> None:
    """Print in the form asked for."""
    as_json = args.format == "json"
    terminal.out(json.dumps(found, ensure_ascii=False, indent=2, default=str) if as_json else text(found))


def progress(text: str) -> None:
    """One line of progress on standard error."""
    print(terminal.harmless(text), file=sys.stderr, flush=True)
