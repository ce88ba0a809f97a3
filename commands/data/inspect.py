"""data inspect: how a file, or every file of a folder, is to be read."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.command import Command
from commands.data import words
from data.errors import UserError


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", type=Path, help="a file; or a folder, into which sources.toml and journey.toml are written"
    )
    command.add_argument(
        "--force", action="store_true", help="with a folder: write both files anew where they stand there already"
    )
    words.form(command)


def _run(args: argparse.Namespace) -> int:
    from data.inspection import inspect, render, shown  # late: the other commands start without it

    if args.file.is_dir():
        return _folder(args)
    if not args.file.exists():
        raise UserError("there is no such file", file=args.file, fix="Name a file or a folder")
    found = inspect(args.file)
    words.print_as(args, shown(found) if args.format == "json" else found, render)
    return 0 if found.get("matches") else 1


def _folder(args: argparse.Namespace) -> int:
    from data.inspection.folder import inspect_folder, render

    found = inspect_folder(args.file, args.force, words.progress)
    words.print_as(args, found, render)
    return 0 if found["written"] else 1


COMMAND = Command("inspect", "which reader, which mapping, what would be refused, the block to paste", _add, _run)
