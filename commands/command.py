"""One command of a program, and a program made of commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data import terminal
from data.errors import UserError
from data.version import version


@dataclass(frozen=True)
class Command:
    """`name` as it is typed; `help`, one line; `add` puts what it takes onto its parser; `run` carries it out and gives the exit code:
    0 done, 1 the answer is no. A UserError it raises is one sentence and exit code 2."""

    name: str
    help: str
    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def parser(program: str, about: str, commands: Sequence[Command]) -> argparse.ArgumentParser:
    """What the program takes. `about` is its description."""
    top = argparse.ArgumentParser(prog=program, description=about)
    top.add_argument("--version", action="version", version=version())
    under = top.add_subparsers(dest="command", required=True)
    for command in commands:
        one = under.add_parser(command.name, help=command.help)
        one.set_defaults(run=command.run)
        command.add(one)
    return top


def carry_out(top: argparse.ArgumentParser, argv: Sequence[str] | None) -> int:
    """Run what the words name; a request that cannot be carried out is one sentence and exit code 2."""
    args = top.parse_args(argv)
    try:
        code: int = args.run(args)
    except UserError as error:
        terminal.error(error)
        return 2
    return code


def end(main: Callable[[], int]) -> None:
    """Run as the whole of a process, and end it with the exit code."""
    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read the output has gone, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
