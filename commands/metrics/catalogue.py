"""metrics list, docs: every metric with its definition."""

import argparse

from commands.command import Command
from data.terminal import out
from metrics.catalogue.load import catalogue
from metrics.catalogue.taxonomies import frame
from report.reference import document
from report.tables import render_frame, render_list


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as", dest="frame", metavar="FRAME", help="lenses, heart or pyramid: the metrics in that order"
    )
    command.add_argument("--format", choices=("table", "json"), default="table")


def _list(args: argparse.Namespace) -> int:
    metrics = catalogue()
    out(render_frame(frame(args.frame), metrics) if args.frame else render_list(metrics.values(), args.format))
    return 0


def _docs(args: argparse.Namespace) -> int:
    out(document().rstrip("\n"))
    return 0


LIST = Command("list", "every metric with its definition", _add, _list)
DOCS = Command("docs", "docs/METRICS.md, made from the catalogue", lambda command: None, _docs)
