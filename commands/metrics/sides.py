"""metrics sides: two channels, devices, segments or regions beside each other, stage by stage."""

import argparse
from dataclasses import replace

from commands import options
from commands.command import Command
from commands.metrics.sheets import print_sheets
from commands.question import part_asked
from metrics.query.filter_values import joined


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("dimension", help="touch_channel, device, segment, region …")
    command.add_argument("first", help="one value of it")
    command.add_argument("second", help="the other")
    command.add_argument("metric", nargs="*", help="default: the five of the page Journey")
    command.add_argument("--stage", help="of this stage alone")
    options.cut(command, "text")


def _run(args: argparse.Namespace) -> int:
    part = part_asked(args, *args.metric)
    rest = tuple(one for one in part.filters if one[0] != args.dimension)
    two = (args.dimension, joined((args.first, args.second)))
    return print_sheets("side_by_side", replace(part, by=(args.dimension,), filters=(*rest, two)), args)


COMMAND = Command("sides", "two channels, devices, segments … beside each other, each difference judged", _add, _run)
