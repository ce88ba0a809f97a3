"""metrics voice: what people write about."""

import argparse

from commands import options
from commands.command import Command
from commands.question import part_asked, print_answer, with_period
from data.store.generations import Generation
from metrics.analyses.voice.box import complaint_box
from metrics.analyses.voice.topics import voice
from metrics.query.query import COMPARISONS
from report.voice.tables import render


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--stage", help="only texts of this stage")
    command.add_argument("--compare", choices=COMPARISONS)
    options.cut(command)


def _run(args: argparse.Namespace) -> int:
    def tell(generation: Generation) -> str:
        asked = with_period(part_asked(args), args, generation)
        return render(voice(asked, generation), complaint_box(asked, generation), args.format, args.out)

    return print_answer(args, tell)


COMMAND = Command(
    "voice", "what people write about: topics with share, sentiment and change, and the complaint box", _add, _run
)
