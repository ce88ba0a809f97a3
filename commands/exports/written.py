"""What is made goes into a file or onto the terminal, and into the log."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable, Iterable
from pathlib import Path

from commands.question import Content, answered
from data import terminal
from data.errors import UserError
from data.store.audit import note
from data.store.generations import Generation
from exports.cards.item import Made
from exports.cards.listing import Listing
from metrics.rules.access import for_export
from report.text.catalogue import say


def exported(args: argparse.Namespace, make: Callable[[Generation], Content]) -> Content:
    """What `make` makes of the store as the groups named may take it out, numbers written as its company does."""
    return answered(args, make, for_export)


def export(args: argparse.Namespace, make: Callable[[Generation], bytes], default: str | None = None) -> int:
    """Make, log, and write to --out, else to the file `default`, else print."""
    target = args.out or (Path(default) if default else None)
    content = exported(args, make)
    log(args, (target or Path("-")).name)
    terminal.out(write(target, content))
    return 0


def export_each(
    args: argparse.Namespace,
    asked: Callable[[argparse.Namespace, Generation], Iterable[Made]],
    make: Callable[[Made], bytes],
    suffix: str,
) -> int:
    """One file a chart, into the folder --each, numbered in order and named by what it asks."""

    def folder(generation: Generation) -> list[str]:
        found = asked(args, generation)
        try:
            args.each.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(say("exports.command.cannot_be_written"), file=args.each, found=error.strerror) from None
        lines = []
        for place, made in enumerate(found, 1):
            name = made.name if isinstance(made, Listing) else "-".join([*made.result.query.metrics[:1], made.form])
            lines.append(write(args.each / f"{place:02d}-{name.replace('_', '-')}.{suffix}", make(made)))
        return lines

    lines = exported(args, folder)
    log(args, args.each.name)
    terminal.out("\n".join(lines))
    return 0


def log(args: argparse.Namespace, what: str) -> None:
    """Write into the store's log what was exported, by whom."""
    by = say("exports.command.command_line", getuser=getpass.getuser())
    note(args.store, "export", by, f"{args.command} {what}".rstrip())


def write(path: Path | None, content: bytes) -> str:
    """Write and say so, or hand back the text."""
    if path is None:
        return content.decode("utf-8").lstrip("\ufeff").rstrip()
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UserError(
            say("exports.command.cannot_be_written"),
            file=path,
            found=error.strerror,
            fix=say("exports.command.name_another_file_with_out"),
        ) from None
    return say("exports.command.wrote", path=path)
