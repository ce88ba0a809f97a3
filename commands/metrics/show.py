"""metrics show: any metrics by any dimensions, with intervals."""

import argparse
from dataclasses import replace

from commands import options
from commands.command import Command
from commands.question import metrics_asked, print_answer, with_period
from data.store.generations import Generation
from metrics.query.query import COMPARISONS
from report.answers.asking import answer_with_verdicts, with_others
from report.tables import render


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("metric", nargs="+")
    command.add_argument(
        "--by", default="", metavar="DIM,DIM", help="stage, touch_channel, segment, week, answer:QUESTION …"
    )
    command.add_argument("--compare", choices=COMPARISONS)
    command.add_argument("--as-others", action="store_true", help="beside each metric what other tools would read")
    options.cut(command)


def _run(args: argparse.Namespace) -> int:
    def tell(generation: Generation) -> str:
        asked = with_period(metrics_asked(args), args, generation)
        if args.as_others:
            asked = replace(asked, metrics=with_others(asked.metrics))
        return render(answer_with_verdicts(asked, generation), args.format, args.out)

    return print_answer(args, tell)


COMMAND = Command("show", "metrics by dimensions, with intervals", _add, _run)
