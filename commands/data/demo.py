"""data demo: write the simulated company's exports."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from commands.command import Command
from data.errors import UserError


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--people", type=at_least(1), default=60_000, help="number of people (default 60000)")
    command.add_argument(
        "--days", type=at_least(1), default=546, help="days from 2025-05-26 on (default 546 = 78 weeks)"
    )
    command.add_argument("--events", type=at_least(1), help="instead of --people: roughly this many web events")
    command.add_argument("--seed", type=at_least(0), default=1)
    command.add_argument("--effects", default="all", help="all, none, or ids separated by commas, e.g. E1,E5,T10")
    command.add_argument("--out", type=Path, default=Path(".store/demo"))


def at_least(smallest: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number of at least `smallest`."""

    def whole(text: str) -> int:
        try:
            value = int(text.replace("_", ""))
        except ValueError:
            value = smallest - 1
        if value < smallest:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of at least {smallest}")
        return value

    return whole


def _run(args: argparse.Namespace) -> int:
    from data.demo.run import generate  # late: the other commands start without it

    try:
        generate(
            args.out,
            people=args.people,
            days=args.days,
            events=args.events,
            seed=args.seed,
            effects=args.effects,
            progress=_progress,
        )
    except ValueError as wrong:
        raise UserError(str(wrong)) from None
    except OSError as wrong:
        raise UserError("cannot be written to", file=args.out, found=wrong.strerror) from None
    print(f"Simulated company written to {args.out}")
    return 0


def _progress(label: str, done: int, total: int) -> None:
    end = "\n" if done == total else ""
    print(f"\r{label}: {done} of {total}", end=end, file=sys.stderr, flush=True)


COMMAND = Command("demo", "write the simulated company's exports", _add, _run)
