"""metrics drivers, silent, experiments, relationship, changes, support, promises: the analyses that are told as sheets."""

import argparse

from commands import options
from commands.command import Command
from commands.metrics.sheets import print_sheets
from commands.question import part_asked

HELP = {
    "drivers": "what goes with a raw score and with coming back, of what was recorded before: importance, dose and response, what the two ends met",
    "silent": "who answers of those invited, the score corrected by behaviour or why not, survey load, what to ask next",
    "experiments": "each experiment: was the exposure even, did the arms answer alike, each outcome, the verdict",
    "relationship": "second purchases by cohort, the company's own window, NPS by tenure and between two answers, who comes back",
    "changes": "when levels changed, what followed initiatives, changes by mix, research notes",
    "promises": "each promise by what happened and by what people say, and whether it was what they had expected",
    "support": "requests for help beyond the expected after friction with their cost, waiting for a reply, reasons",
}


def _run(args: argparse.Namespace) -> int:
    return print_sheets(args.command, part_asked(args), args)


COMMANDS = [Command(name, line, lambda command: options.cut(command, "text"), _run) for name, line in HELP.items()]
