"""metrics reconcile: one number from the records of the files to its value, and on to what other tools would read."""

import argparse

from commands import options
from commands.command import Command
from commands.question import part_asked, print_answer
from data.store.generations import Generation
from report.sheets import tables
from report.sheets.registry import ANALYSES, question


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("metric")
    command.add_argument("--stage", help="of this stage; without it of all stages together")
    options.cut(command, "text")


def _run(args: argparse.Namespace) -> int:
    analysis = ANALYSES["reconcile"]

    def tell(generation: Generation) -> str:
        asked = question("reconcile", part_asked(args, args.metric), generation, args.everything)
        sheets = analysis.tell(analysis.ask(asked, generation))
        return tables.render(sheets, "table" if args.format == "text" else args.format, args.out)

    return print_answer(args, tell)


COMMAND = Command(
    "reconcile",
    "one number step by step from the records of the files to its value, and what a plain count and other tools read",
    _add,
    _run,
)
