"""metrics causes: what goes with unhappiness in a stage."""

import argparse

from commands import options
from commands.command import Command
from commands.question import part_asked, print_answer, with_period
from data.store.generations import Generation
from metrics.analyses.causes.find import causes, standing_query
from metrics.analyses.portfolio.of_causes import beside_causes
from metrics.query import context
from report.cause_tables import render


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--stage", help="the stage whose causes are looked for")
    options.cut(command, "text")


def _run(args: argparse.Namespace) -> int:
    def tell(generation: Generation) -> str:
        asked = with_period(part_asked(args), args, generation)
        if not (args.start or args.end or args.everything):
            asked = standing_query(asked, context.read(generation))
        found = causes(asked, generation)
        style = "table" if args.format == "text" else args.format
        return render(found, style, args.out, beside_causes(found.query, found, generation))

    return print_answer(args, tell)


COMMAND = Command(
    "causes", "what goes with unhappiness in a stage: ranked, compared alike, silent where nothing holds", _add, _run
)
