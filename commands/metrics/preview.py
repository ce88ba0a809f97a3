"""metrics preview: what an edit would move, before anything is published."""

import argparse
import json
from pathlib import Path

from commands import options
from commands.command import Command
from commands.question import one_period
from data import terminal
from data.store.generations import open_generation
from report.preview import run as preview
from report.preview.snapshot import SnapshotRequest, take_snapshot


def _add(command: argparse.ArgumentParser) -> None:
    edit = command.add_mutually_exclusive_group(required=True)
    edit.add_argument("--definitions", type=Path, metavar="DIR", help="edited or new definitions, one a file")
    edit.add_argument(
        "--journey", type=Path, metavar="FILE", help="an edited journey.toml; both sides are built beside"
    )
    edit.add_argument("--snapshot", action="store_true", help=argparse.SUPPRESS)
    command.add_argument(
        "--metric", action="append", default=[], metavar="ID", help="only these (default: what an edit touches)"
    )
    command.add_argument("--no-claims", action="store_true", help="numbers and names only: claims take longest")
    options.dates(command)
    options.store(command)
    options.form(command)


def _run(args: argparse.Namespace) -> int:
    one_period(args)
    asked = SnapshotRequest(tuple(args.metric), args.start, args.end, not args.no_claims)
    asked = preview.filled(asked, open_generation(args.store), args.everything)
    if args.snapshot:
        terminal.out(json.dumps(take_snapshot(open_generation(args.store), asked, args.store)))
        return 0
    made = (
        preview.of_definitions(args.definitions, args.store, asked)
        if args.definitions
        else preview.of_journey(args.journey, args.store, asked, terminal.note)
    )
    terminal.out(made.render(args.format, args.out))
    return 0


COMMAND = Command(
    "preview",
    "which numbers, names and claims an edit would move, cell by cell, before anything is published",
    _add,
    _run,
)
