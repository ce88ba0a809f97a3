"""data audit: the log."""

import argparse

from commands.command import Command
from commands.data import words
from data.store import audit
from data.store.user_records import Users, users_file


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--all", action="store_true", help="sign-ins, exports, erasures, builds and changes of settings as well"
    )
    words.store(command)
    words.form(command)


def _run(args: argparse.Namespace) -> int:
    """Every opening of one person's path, newest first, the person named as in the address of their path; with --all all that is logged."""
    if args.all:
        words.print_as(args, audit.lines(args.store), _log)
        return 0
    file = users_file(args.store)
    words.print_as(args, Users(file).openings() if file.exists() else [], _openings)
    return 0


def _log(rows: list[dict[str, str]]) -> str:
    lines = [f"{row['at']}  {row['what']:<16}  {row['who']}  {row['detail']}" for row in rows]
    return "\n".join(lines) or "nothing is written down yet"


def _openings(rows: list[dict[str, str]]) -> str:
    lines = [f"{row['opened_at']}  {row['who']}  {row['person']}  {row['view']}  {row['generation']}" for row in rows]
    return "\n".join(lines) or "nobody has opened anybody's path"


COMMAND = Command("audit", "who opened which person's path, when and from where", _add, _run)
