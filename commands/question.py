"""The question a command line means, and who asks it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

from commands.options import asked_rights
from data import terminal
from data.errors import UserError
from data.store.generations import Generation, asking
from metrics.query import context, period
from metrics.query.filter_values import parts
from metrics.query.query import Query
from metrics.rules.access import seen
from report import numbers

Content = TypeVar("Content")


def answered(
    args: argparse.Namespace,
    tell: Callable[[Generation], Content],
    allowed: Callable[[Generation], Generation] = lambda generation: generation,
) -> Content:
    """What `tell` makes of the store as the groups named see it, numbers written as its company does. `allowed` narrows it further."""

    def told(whole: Generation) -> Content:
        generation = allowed(as_asked(args, whole))
        known = context.read(generation)
        with numbers.written_as(known.locale, known.currency):
            return tell(generation)

    return asking(args.store, told, terminal.note)


def print_answer(args: argparse.Namespace, tell: Callable[[Generation], str]) -> int:
    """Print what `tell` says, as `answered`."""
    terminal.out(answered(args, tell))
    return 0


def as_asked(args: argparse.Namespace, generation: Generation) -> Generation:
    """The generation as those groups see it that are named. Raises UserError for one that access.toml does not hold."""
    rights = asked_rights(args)
    return generation if rights is None else seen(generation, rights)


def metrics_asked(args: argparse.Namespace) -> Query:
    """Metrics by dimensions (--by, --compare), without a period where none is named."""
    journey, stages, rest = _parts(args)
    by = tuple(name.strip() for name in args.by.split(",") if name.strip())
    return Query(tuple(args.metric), journey, stages, args.start, args.end, args.compare, rest, by)


def part_asked(args: argparse.Namespace, *metrics: str) -> Query:
    """A part of the data, narrowed to the stage of --stage where the command takes one, without a period where none is named."""
    journey, stages, rest = _parts(args)
    if getattr(args, "stage", None):
        stages = (args.stage,)
    return Query(metrics, journey, stages, args.start, args.end, getattr(args, "compare", None), rest)


def with_period(asked: Query, args: argparse.Namespace, generation: Generation) -> Query:
    """With the default period where none is named. Raises UserError for two periods at once."""
    return period.with_default_period(asked, context.read(generation), args.everything)


def one_period(args: argparse.Namespace) -> None:
    """Raise UserError where all data and a day of it are asked at once."""
    if args.everything and (args.start or args.end):
        raise UserError(
            "all data has no first and no last day", where="--all", found="--from or --to", fix="Leave one of them out"
        )


def _parts(args: argparse.Namespace) -> tuple[str | None, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Journey, stages and the other filters. Raises UserError for a malformed --where or two periods at once."""
    one_period(args)
    filters = []
    for text in args.where:
        name, separator, value = text.partition("=")
        if not separator:
            raise UserError(
                "a filter is written DIMENSION=VALUE", where="--where", found=text, fix="For example --where stage=Buy"
            )
        filters.append((name.strip(), value.strip()))
    stages = tuple(stage for name, value in filters if name == "stage" for stage in parts(value))
    journey = args.journey or next((value for name, value in filters if name == "journey"), None)
    return journey, stages, tuple((name, value) for name, value in filters if name not in ("stage", "journey"))
