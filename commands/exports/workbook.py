"""exports workbook: tables and native charts."""

import argparse

from commands.command import Command
from commands.exports import words
from commands.exports.asked import charts
from commands.exports.written import export
from exports.xlsx import workbook
from report.text.catalogue import say


def _run(args: argparse.Namespace) -> int:
    return export(args, lambda generation: workbook.build(charts(args, generation)), "throughline.xlsx")


COMMAND = Command("workbook", say("exports.command.tables_and_native_charts_xlsx"), words.charts, _run)
