"""exports refresh, check: documents people have, held against today's data."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands import options
from commands.command import Command
from commands.exports import words
from commands.exports.written import exported, log, write
from commands.question import answered, with_period
from data import terminal
from data.errors import UserError
from data.store.generations import Generation
from exports.check import check_words
from exports.check.judge import Judged, Verdict, judge_all
from exports.check.read import passages
from exports.pptx import refresh_words
from exports.pptx.refresh import refresh
from metrics.query.query import Query
from report.text.catalogue import say


def _refresh_words(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", type=Path, metavar="DECK.pptx", help=say("exports.refresh.a_deck_made_here"))
    words.place(command)


def _refresh(args: argparse.Namespace) -> int:
    """What is said goes to the terminal, the renewed deck into a file."""
    content = _read(args.document)
    made = exported(args, lambda generation: refresh(content, generation, args.address))
    out = args.out or args.document.with_name(f"{args.document.stem}-refreshed.pptx")
    log(args, out.name)
    written = write(out, made.content)
    terminal.out("\n".join([*refresh_words.lines(made), written]))
    return 0


def _check_words(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", type=Path, metavar="FILE", help=say("exports.check.a_document"))
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--journey")
    options.dates(command)
    words.place(command)


def _check(args: argparse.Namespace) -> int:
    """1: a number is contradicted."""
    content = _read(args.document)

    def judge(generation: Generation) -> list[Judged]:
        asked = with_period(Query((), args.journey, start=args.start, end=args.end), args, generation)
        return judge_all(passages(content, args.document.name), asked, generation)

    judged = answered(args, judge)
    text = check_words.render(judged, args.format)
    terminal.out(text if args.out is None else write(args.out, text.encode()))
    return 1 if any(number.verdict is Verdict.CONTRADICTED for number in judged) else 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(say("exports.command.the_document_cannot_be_read"), file=path, found=error.strerror) from None


REFRESH = Command("refresh", say("exports.refresh.renews_a_deck"), _refresh_words, _refresh)
CHECK = Command("check", say("exports.check.says_of_each_number"), _check_words, _check)
