"""data erase: one person out of the whole store."""

import argparse
import getpass
from pathlib import Path

from commands.command import Command
from commands.data import words
from data import room
from data.contract import contract
from data.erasure.whose import RECORDS


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "person",
        nargs="?",
        metavar="PERSON",
        help="any id a source knows them by, of a record of theirs, or the key of their path",
    )
    command.add_argument(
        "--read",
        metavar="FILE",
        help="instead of PERSON: a file (- is standard input) with it in the first line and each --also in a line below; "
        "what stands in a command can be read by others at this machine, and in its history",
    )
    command.add_argument(
        "--kind", choices=(*contract().linking, *RECORDS), help="which kind of id it is, where several people have it"
    )
    command.add_argument(
        "--by", metavar="NAME", help="who erases, for the receipt; default: who is logged in at the machine"
    )
    command.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="TEXT",
        help="a name or an address of theirs that people may have written into decisions; may be given again",
    )
    command.add_argument("--sources", type=Path, metavar="FILE", help="default: what the store was made from")
    words.store(command)
    words.form(command)


def _run(args: argparse.Namespace) -> int:
    """Erase, and print the receipt."""
    from data.erasure import erase  # late: the other commands start without it
    from data.erasure.erase import render
    from data.erasure.named import named

    person, also = named(args.person, args.also, args.read)
    with room.told(args.store):
        receipt = erase(args.store, person, args.kind, args.by or getpass.getuser(), args.sources, also)
    words.print_as(args, receipt, render)
    return 0


COMMAND = Command("erase", "erase one person from the whole store and keep them out, with a receipt", _add, _run)
