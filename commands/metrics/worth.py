"""metrics value, portfolio: what a change is worth a year, and where the next euro goes."""

import argparse
from pathlib import Path

from commands import options
from commands.command import Command
from commands.question import print_answer
from metrics.analyses.case.case import load_case
from metrics.analyses.case.worth import worth
from metrics.analyses.portfolio.rank import portfolio
from report.cases import portfolio as portfolio_tables
from report.cases import tables as case_tables


def _value_words(command: argparse.ArgumentParser) -> None:
    command.add_argument("case", type=Path, metavar="CASE.toml")
    options.answer(command)


def _value(args: argparse.Namespace) -> int:
    return print_answer(
        args, lambda store: case_tables.render(worth(load_case(args.case), store), args.format, args.out)
    )


def _portfolio_words(command: argparse.ArgumentParser) -> None:
    command.add_argument("--journey")
    options.answer(command)


def _portfolio(args: argparse.Namespace) -> int:
    return print_answer(
        args, lambda store: portfolio_tables.render(portfolio(args.journey, store), args.format, args.out)
    )


VALUE = Command(
    "value",
    "what a change is worth: a business case from a CASE.toml (docs/BUSINESS-CASE.md)",
    _value_words,
    _value,
)
PORTFOLIO = Command(
    "portfolio",
    "causes and frictions by what each adds a year: where the next euro goes, none counted twice",
    _portfolio_words,
    _portfolio,
)
