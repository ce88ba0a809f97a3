"""exports deck: slides with native charts."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from commands.command import Command
from commands.exports import words
from commands.exports.asked import charts
from commands.exports.written import export, export_each
from data.store.generations import Generation
from exports.pptx import case_slides, deck, master
from metrics.analyses.case.case import load_case
from metrics.analyses.case.worth import worth
from metrics.query import context
from report.text.catalogue import say


def _add(command: argparse.ArgumentParser) -> None:
    words.charts(command)
    words.each(command)
    ground = os.environ.get("THROUGHLINE_MASTER")
    command.add_argument(
        "--master",
        type=Path,
        default=Path(ground) if ground else None,
        metavar="COMPANY.pptx",
        help=say("exports.master.the_companys_own"),
    )
    command.add_argument("--layout", default="", metavar="NAME", help=say("exports.master.which_layout"))
    command.add_argument("--methods", action="store_true", help=say("exports.appendix.adds_an_appendix"))
    command.add_argument(
        "--case", type=Path, metavar="CASE.toml", help=say("exports.command.the_slides_of_a_business_case")
    )


def _run(args: argparse.Namespace) -> int:
    ground = master.load(args.master, args.layout) if args.master else None
    if args.each:
        return export_each(args, charts, lambda made: deck.build([made], (), ground, args.methods), "pptx")

    def make(generation: Generation) -> bytes:
        if not args.case:
            return deck.build(charts(args, generation), (), ground, args.methods)
        known = context.read(generation)
        found = charts(args, generation) if args.metric or args.basket or args.form else []
        case = worth(load_case(args.case), generation)
        leaves = case_slides.leaves_of(case, known.company, known.simulated, args.address)
        return deck.build(found, leaves, ground, args.methods)

    return export(args, make, "throughline.pptx")


COMMAND = Command("deck", say("exports.command.slides_with_native_charts_pptx"), _add, _run)
