"""metrics reconcile: one number from the records of the files to its value, and on to what other tools would read."""

import argparse

from commands import options
from commands.command import Command
from commands.metrics.sheets import print_sheets
from commands.question import part_asked


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("metric")
    command.add_argument("--stage", help="of this stage; without it of all stages together")
    options.cut(command, "text")


def _run(args: argparse.Namespace) -> int:
    return print_sheets("reconcile", part_asked(args, args.metric), args)


COMMAND = Command(
    "reconcile",
    "one number step by step from the records of the files to its value, and what a plain count and other tools read",
    _add,
    _run,
)
