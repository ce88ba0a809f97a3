"""What many commands take: the store and by whose rights it is asked, the period, the filters, the form of the answer."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from data.store.names import store_path
from metrics.query.query import Rights
from metrics.rules.access import access_file, as_groups
from report.tables import FORMATS


def store(command: argparse.ArgumentParser) -> None:
    """Which store is asked."""
    command.add_argument("--store", type=Path, default=store_path(), metavar="DIR")


def asked_store(command: argparse.ArgumentParser) -> None:
    """Which store is asked, by whose rights."""
    store(command)
    command.add_argument(
        "--as-group",
        action="append",
        default=[],
        metavar="GROUP",
        help="as somebody of this group of access.toml sees it (several: of all of them); default: THROUGHLINE_AS_GROUP, apart by "
        "commas, else everything, as who can read the store has it anyway",
    )


def answer(command: argparse.ArgumentParser, plain: str = "table") -> None:
    """Which store is asked, by whose rights, and in which form it answers; `plain` is the name of the form people read."""
    asked_store(command)
    form(command, plain)


def form(command: argparse.ArgumentParser, plain: str = "table") -> None:
    """The form of the answer, and the file it goes to."""
    command.add_argument("--format", choices=(plain, *FORMATS[1:]), default=plain)
    command.add_argument("--out", type=Path, help="write to a file (parquet needs one)")


def cut(command: argparse.ArgumentParser, plain: str = "table") -> None:
    """Period, filters, store and form, the same for every question."""
    dates(command)
    filters(command)
    answer(command, plain)


def filters(command: argparse.ArgumentParser) -> None:
    """Which part of the data is asked."""
    command.add_argument("--where", action="append", default=[], metavar="DIM=VALUE")
    command.add_argument("--journey")


def dates(command: argparse.ArgumentParser) -> None:
    """The period; without one the default of every view (metrics.query.period)."""
    command.add_argument(
        "--from",
        dest="start",
        type=day,
        metavar="DATE",
        help="default: the last 13 complete weeks, as on the pages, or all data where they do not show what there is",
    )
    command.add_argument("--to", dest="end", type=day, metavar="DATE")
    command.add_argument("--all", dest="everything", action="store_true", help="all data, undated rows among them")


def day(text: str) -> date:
    """A date of the command line. Raises argparse.ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-03-31") from None


def asked_rights(args: argparse.Namespace) -> Rights | None:
    """The rights of those groups that are named, None where none is. Raises UserError for one that access.toml does not hold."""
    names = tuple(args.as_group) or tuple(
        name.strip() for name in os.environ.get("THROUGHLINE_AS_GROUP", "").split(",") if name.strip()
    )
    return as_groups(names, access_file()) if names else None
