"""data build: read the sources, check them, publish a generation of the store."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from pathlib import Path

from commands.command import Command
from commands.data import words
from commands.data.build_account import as_text, remarks
from data import terminal
from data.build.build import as_json, build
from data.errors import UserError
from data.store import audit


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--sources", type=Path, default=words.path("THROUGHLINE_SOURCES", "sources.toml"), metavar="FILE"
    )
    command.add_argument(
        "--journey",
        type=Path,
        default=words.path("THROUGHLINE_JOURNEY"),
        metavar="FILE",
        help="default: journey.toml beside the sources, else the five standard stages",
    )
    words.store(command)
    command.add_argument(
        "--by", metavar="NAME", help="who builds, for the log; default: who is logged in at the machine"
    )
    command.add_argument(
        "--memory",
        type=size,
        metavar="SIZE",
        help="what the engine may hold, as 2GB or 800MB; default: [limits] memory_mb, else a quarter of the machine and at least 1 GB",
    )
    command.add_argument(
        "--again", action="store_true", help="build also where nothing has changed since the last build"
    )
    command.add_argument("--engine", metavar="URL", help="where to make the facts; only duckdb (this machine) so far")
    words.form(command)


def size(text: str) -> int:
    """A size in bytes, as 2GB or 800MB. Raises argparse.ArgumentTypeError."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([MG])i?B?\s*", text, re.IGNORECASE)
    size = int(float(found[1]) * (1 << (20 if found[2].upper() == "M" else 30))) if found else 0
    if size < 64 << 20:
        raise argparse.ArgumentTypeError(f"'{text}' is not a size of at least 64MB, as 2GB or 800MB")
    return size


def _run(args: argparse.Namespace) -> int:
    """Build, show progress on standard error, the account on standard output."""
    if args.engine not in (None, "duckdb"):
        raise UserError("no such engine", where="--engine", found=args.engine, allowed="duckdb")
    summary = build(args.sources, args.journey, args.store, words.progress, args.memory, args.again)
    if summary.generation and not summary.unchanged:
        audit.built(
            args.store,
            args.by or f"{getpass.getuser()} (command line)",
            [args.sources, args.journey or args.sources.with_name("journey.toml")],
        )
    if args.format == "json":
        print(terminal.harmless("\n".join(remarks(summary))), file=sys.stderr)
    terminal.out(as_json(summary) if args.format == "json" else as_text(summary))
    return 0 if summary.generation and not summary.barren else 1


COMMAND = Command("build", "read the sources, check them, publish a generation of the store", _add, _run)
