"""exports digest, alerts: the findings of today, and what a file of subscriptions sends."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.command import Command
from commands.exports import words
from commands.exports.written import export, log
from commands.question import as_asked, metrics_asked, with_period
from data import terminal
from data.store.generations import Generation, asking
from data.store.saved.sent import Sent
from data.store.user_records import users_file
from exports import digest
from exports.subscriptions import run as subscriptions
from exports.subscriptions.file import load
from report.text.catalogue import say

STYLES = {".html": "html", ".txt": "text"}


def _digest_words(command: argparse.ArgumentParser) -> None:
    command.set_defaults(metric=[], by="")
    words.part(command)
    words.place(command)
    command.add_argument("--format", choices=("text", "html"), help=say("exports.command.default_by_the_name_of_out"))
    command.add_argument(
        "--subscriptions", type=Path, metavar="FILE", help=say("exports.subscriptions.a_file_of_subscriptions")
    )
    command.add_argument(
        "--audience", default=digest.EVERYONE, help=say("exports.command.everyone_or_an_owner_named_in")
    )


def _digest(args: argparse.Namespace) -> int:
    if args.subscriptions:
        return _subscribed(args)
    style = args.format or STYLES.get(args.out.suffix.lower() if args.out else "", "text")

    def make(generation: Generation) -> bytes:
        asked = with_period(metrics_asked(args), args, generation)
        made = digest.build(asked, generation, args.audience, args.address)
        return (made.html if style == "html" else made.text).encode()

    return export(args, make)


def _alert_words(command: argparse.ArgumentParser) -> None:
    command.add_argument("--subscriptions", type=Path, metavar="FILE", required=True)
    words.place(command)


def _subscribed(args: argparse.Namespace) -> int:
    """Digests or alerts of a file of subscriptions, as this moment's data have them."""
    held, sent = load(args.subscriptions), Sent(users_file(args.store))
    carry_out = subscriptions.alerts if args.command == "alerts" else subscriptions.digests
    lines = asking(args.store, lambda whole: carry_out(held, as_asked(args, whole), sent, args.address), terminal.note)
    log(args, "")
    terminal.out("\n".join(lines))
    return 0


COMMAND = Command("digest", say("exports.command.the_findings_as_text_or_html"), _digest_words, _digest)
ALERTS = Command("alerts", say("exports.subscriptions.alerts_help"), _alert_words, _subscribed)
