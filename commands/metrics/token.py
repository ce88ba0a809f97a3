"""metrics token: a token for a spreadsheet or an assistant."""

import argparse

from commands.command import Command
from data.terminal import out
from metrics.rules.access import access_file
from report.answers.tokens import token_made


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", required=True, help="what it is for")
    command.add_argument(
        "--group", action="append", required=True, metavar="GROUP", help="of access.toml; several: all"
    )


def _run(args: argparse.Namespace) -> int:
    out(token_made(args.name, tuple(args.group), access_file()))
    return 0


COMMAND = Command("token", "make a token for access.toml: for a spreadsheet or an assistant", _add, _run)
