"""What an analysis that is told as sheets answers on the command line."""

import argparse

from commands.question import print_answer
from data.store.generations import Generation
from metrics.query.query import Query
from report.sheets import tables
from report.sheets.registry import ANALYSES, question


def print_sheets(name: str, asked: Query, args: argparse.Namespace) -> int:
    """Ask the analysis of that name, over the days its page has where the question names none, and print what it tells."""
    analysis = ANALYSES[name]

    def tell(generation: Generation) -> str:
        sheets = analysis.tell(analysis.ask(question(name, asked, generation, args.everything), generation))
        return tables.render(sheets, "table" if args.format == "text" else args.format, args.out)

    return print_answer(args, tell)
