"""metrics semantic: the catalogue out to another semantic layer, or definitions in from one."""

import argparse
from pathlib import Path

from commands import options
from commands.command import Command
from data.errors import UserError
from data.store.generations import open_generation
from data.terminal import out
from report.semantic.run import exported, imported


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("direction", choices=("export", "import"))
    command.add_argument("file", type=Path, nargs="?", metavar="FILE", help="of an import: JSON or YAML")
    command.add_argument("--as", dest="style", choices=("ossie", "dbt"), default="ossie")
    options.store(command)
    command.add_argument("--out", type=Path, required=True, help="the file of an export, the folder of an import")


def _run(args: argparse.Namespace) -> int:
    if args.direction == "export":
        out(exported(args.style, open_generation(args.store), args.out))
        return 0
    if args.file is None:
        raise UserError("an import reads a file", where="semantic import", fix="Name it: semantic import FILE")
    out(imported(args.file, args.out))
    return 0


COMMAND = Command(
    "semantic", "the catalogue to and from Apache Ossie and dbt's semantic layer (docs/SEMANTIC.md)", _add, _run
)
