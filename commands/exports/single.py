"""exports picture, table: one chart as PNG or SVG, its numbers as CSV."""

from __future__ import annotations

import argparse

from commands.command import Command
from commands.exports import words
from commands.exports.asked import charts, only
from commands.exports.written import export, export_each
from data.store.generations import Generation
from exports.cards.item import Made
from exports.cards.listing import Listing
from exports.csv import list_file, table
from report.text.catalogue import say


def _picture_words(command: argparse.ArgumentParser) -> None:
    words.charts(command)
    words.each(command)
    command.add_argument("--format", choices=("png", "svg"), help=say("exports.command.default_by_the_name_of_out"))
    command.add_argument("--theme", choices=("light", "dark"), default="light")


def _picture(args: argparse.Namespace) -> int:
    from exports.image import picture  # late: a browser's engine, for pictures only

    named = args.out.suffix.lower().lstrip(".") if args.out else ""
    style = args.format or (named if named in ("png", "svg") else "png")
    if args.each:
        return export_each(args, charts, lambda made: picture.build(made, style, args.theme), style)
    return export(args, lambda store: picture.build(_single(args, store), style, args.theme), f"throughline.{style}")


def _table(args: argparse.Namespace) -> int:
    def make(generation: Generation) -> bytes:
        made = _single(args, generation)
        return list_file.table(made) if isinstance(made, Listing) else table.build(made)

    return export(args, make)


def _single(args: argparse.Namespace, generation: Generation) -> Made:
    """The only chart of what is named; where nothing is, the first a lead would want."""
    found = charts(args, generation)
    return found[0] if not args.metric and not args.basket else only(found)


PICTURE = Command("picture", say("exports.command.one_chart_as_png_or_svg"), _picture_words, _picture)
TABLE = Command("table", say("exports.command.one_charts_numbers_as_csv"), words.charts, _table)
