"""metrics channels: touch channels at the same task."""

import argparse

from commands import options
from commands.command import Command
from commands.question import part_asked, print_answer
from data.store.generations import Generation
from metrics.analyses.channels import compare_channels
from metrics.query import context, period
from report.channel_tables import render


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("metric")
    command.add_argument("--stage", help="the stage whose channels are compared")
    options.cut(command)


def _run(args: argparse.Namespace) -> int:
    def tell(generation: Generation) -> str:
        asked = period.of_channels(part_asked(args, args.metric), context.read(generation), args.everything)
        return render(compare_channels(asked, generation), args.format, args.out)

    return print_answer(args, tell)


COMMAND = Command(
    "channels", "one metric by touch channel at the same task: standardised to one mix, with a verdict", _add, _run
)
