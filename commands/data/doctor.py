"""data doctor: the account of the current generation."""

import argparse

from commands.command import Command
from commands.data import words
from data import terminal
from data.doctor import examine, render
from data.store.generations import asking


def _add(command: argparse.ArgumentParser) -> None:
    words.store(command)
    words.form(command)


def _run(args: argparse.Namespace) -> int:
    words.print_as(args, asking(args.store, examine, terminal.note), render)
    return 0


COMMAND = Command("doctor", "sources, freshness, refused, unmapped, linked share", _add, _run)
