"""Commands of documents people have and of what goes out by itself: refresh, check, alerts, and digests of a file of subscriptions."""

from __future__ import annotations

import argparse
import getpass
import os
from pathlib import Path
from typing import Any

from data import terminal
from data.errors import UserError
from data.store.audit import note
from data.store.generations import DEFAULT, Generation, asking
from data.store.saved.sent import Sent
from data.store.user_records import users_file
from exports.check import check_words
from exports.check.judge import Judged, Verdict, judge_all
from exports.check.read import passages
from exports.pptx import refresh_words
from exports.pptx.refresh import Refreshed, refresh
from exports.subscriptions import run as run_subscriptions
from exports.subscriptions.file import load as load_subscriptions
from metrics.__main__ import as_asked, dates, groups
from metrics.query import context, period
from metrics.query.query import Query
from metrics.rules.access import for_export
from report import numbers
from report.text.catalogue import say

COMMANDS = ("alerts", "refresh", "check")


def add(commands: Any) -> None:
    """The commands that read a document somebody has."""
    told = commands.add_parser("alerts", help=say("exports.subscriptions.alerts_help"))
    told.add_argument("--subscriptions", type=Path, metavar="FILE", required=True)
    again = commands.add_parser("refresh", help=say("exports.refresh.renews_a_deck"))
    again.add_argument("document", type=Path, metavar="DECK.pptx", help=say("exports.refresh.a_deck_made_here"))
    judged = commands.add_parser("check", help=say("exports.check.says_of_each_number"))
    judged.add_argument("document", type=Path, metavar="FILE", help=say("exports.check.a_document"))
    judged.add_argument("--format", choices=("text", "json"), default="text")
    judged.add_argument("--journey")
    dates(judged)
    for command in (told, again, judged):
        command.add_argument(
            "--store", type=Path, default=Path(os.environ.get("THROUGHLINE_STORE") or DEFAULT), metavar="DIR"
        )
        groups(command)
        command.add_argument("--out", type=Path, metavar="FILE")
        command.add_argument("--address", default=os.environ.get("THROUGHLINE_ADDRESS", ""), metavar="URL")


def run(args: argparse.Namespace) -> int:
    """Carry one out; its exit code."""
    return _subscribed(args) if getattr(args, "subscriptions", None) else _of_document(args)


def _of_document(args: argparse.Namespace) -> int:
    """refresh and check: what is said goes to the terminal, a renewed deck into a file. 1: check found a number that is contradicted."""
    try:
        content = args.document.read_bytes()
    except OSError as error:
        raise UserError(
            say("exports.command.the_document_cannot_be_read"), file=args.document, found=error.strerror
        ) from None
    if args.command == "check":
        judged = asking(args.store, lambda whole: _judged(args, content, as_asked(args, whole)), terminal.note)
        text = check_words.render(judged, args.format)
        terminal.out(text if args.out is None else write(args.out, text.encode()))
        return 1 if any(one.verdict is Verdict.CONTRADICTED for one in judged) else 0
    made = asking(args.store, lambda whole: _refreshed(args, content, as_asked(args, whole)), terminal.note)
    out = args.out or args.document.with_name(f"{args.document.stem}-refreshed.pptx")
    by = say("exports.command.command_line", getuser=getpass.getuser())
    note(args.store, "export", by, f"refresh {out.name}")
    said = write(out, made.content)
    terminal.out("\n".join([*refresh_words.lines(made), said]))
    return 0


def _subscribed(args: argparse.Namespace) -> int:
    """Digests and alerts of a file of subscriptions, as this moment's data have them."""
    held = load_subscriptions(args.subscriptions)
    sent, ask = (
        Sent(users_file(args.store)),
        run_subscriptions.alerts if args.command == "alerts" else run_subscriptions.digests,
    )
    said = asking(args.store, lambda whole: ask(held, as_asked(args, whole), sent, args.address), terminal.note)
    note(args.store, "export", say("exports.command.command_line", getuser=getpass.getuser()), args.command)
    terminal.out("\n".join(said))
    return 0


def _judged(args: argparse.Namespace, content: bytes, generation: Generation) -> list[Judged]:
    known = context.read(generation)
    with numbers.written_as(known.locale, known.currency):
        asked = period.asked(Query((), args.journey, start=args.start, end=args.end), known, args.everything)
        return judge_all(passages(content, args.document.name), asked, generation)


def _refreshed(args: argparse.Namespace, content: bytes, generation: Generation) -> Refreshed:
    generation = for_export(generation)
    known = context.read(generation)
    with numbers.written_as(known.locale, known.currency):
        return refresh(content, generation, args.address)


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
