"""data texts, topics: how texts are read, and the topics they are sorted by."""

import argparse
from pathlib import Path

from commands.command import Command
from commands.data import words
from data import terminal
from data.store.generations import asking


def _labelled(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", type=Path, help="a CSV with text and labels (apart by |), where known language and question"
    )
    words.form(command)


def _texts(args: argparse.Namespace) -> int:
    """Sensitivity, specificity and macro-F1 of the word lists on labelled texts, and what they left out."""
    from data.texts.check import check, render  # late: the other commands start without it

    found = check(args.file)
    words.print_as(args, [*found.labels, found.summary] if args.format == "json" else found, render)
    return 0


def _topics(args: argparse.Namespace) -> int:
    """topics.toml of a store on standard output."""
    from data.texts.topics.written import topics_toml

    terminal.out(asking(args.store, topics_toml, terminal.note))
    return 0


def _calibrate_words(command: argparse.ArgumentParser) -> None:
    words.store(command)
    words.form(command)


def _calibrate(args: argparse.Namespace) -> int:
    """Learn from the store's rated comments; 1 where there are too few."""
    from data.texts.learned.fit import calibrate, render  # late: the other commands start without it

    found = asking(args.store, lambda generation: calibrate(generation, args.store), terminal.note)
    words.print_as(args, found.record if args.format == "json" else found, render)
    return 0


CALIBRATE = Command(
    "calibrate", "learn from comments that came with a rating how your customers put it", _calibrate_words, _calibrate
)
TEXTS = Command("texts", "how well the word lists read texts that people have labelled", _labelled, _texts)
TOPICS = Command(
    "topics", "the topics texts are sorted by, and those found in them, as a topics.toml", words.store, _topics
)
