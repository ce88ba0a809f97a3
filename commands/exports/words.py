"""What several commands of `python -m exports` take."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from commands import options
from exports.cards.item import KINDS
from metrics.query.query import COMPARISONS
from report.text.catalogue import say


def charts(command: argparse.ArgumentParser) -> None:
    """Which charts: metrics, a form, a basket; without any those a lead would want first."""
    command.add_argument("metric", nargs="*", help=say("exports.command.none_the_charts_a_lead_would"))
    command.add_argument(
        "--by", default="", metavar="DIM,DIM", help=say("exports.command.stage_week_touch_channel_default_stage")
    )
    command.add_argument("--form", choices=KINDS, help=say("exports.command.default_by_the_question_a_list"))
    command.add_argument(
        "--basket", type=Path, metavar="FILE", help=say("exports.command.a_basket_of_charts_instead_of")
    )
    part(command)
    place(command)


def part(command: argparse.ArgumentParser) -> None:
    """Which part of the data, and with what it is compared."""
    options.dates(command)
    command.add_argument("--compare", choices=COMPARISONS)
    options.filters(command)


def place(command: argparse.ArgumentParser) -> None:
    """Which store is asked, by whose rights, where it is written to, and where the app runs."""
    options.asked_store(command)
    command.add_argument("--out", type=Path, metavar="FILE")
    command.add_argument(
        "--address",
        default=os.environ.get("THROUGHLINE_ADDRESS", ""),
        metavar="URL",
        help=say("exports.command.where_the_app_runs_for_the"),
    )


def each(command: argparse.ArgumentParser) -> None:
    """One file a chart."""
    command.add_argument("--each", type=Path, metavar="DIR", help=say("exports.command.one_file_a_chart"))
