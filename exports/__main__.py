"""python -m exports deck | workbook | picture | table | digest | alerts | refresh | check. Exit codes: 0 done, 1 a number is contradicted, 2 the request was wrong."""

from data import room  # first: where memory is too small for the libraries below, it says so

room.check()

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from data import terminal
from data.errors import UserError
from data.store.audit import note
from data.store.generations import DEFAULT, Generation, asking
from data.version import version
from exports import digest, documents
from exports.cards import basket, collect
from exports.cards.card import FORMS
from exports.cards.item import CHANNELS, KINDS, Made
from exports.cards.item import make as make_one
from exports.cards.listing import Listing
from exports.csv import list_file, table
from exports.documents import write
from exports.pptx import case_slides, deck, master
from exports.xlsx import workbook
from metrics.__main__ import as_asked, dates, groups, named, question
from metrics.analyses.case.case import load_case
from metrics.analyses.case.worth import worth
from metrics.query import context, period
from metrics.query.query import COMPARISONS
from metrics.rules.access import for_export
from report import numbers, placement
from report.text.catalogue import say

COMMANDS = {
    "deck": say("exports.command.slides_with_native_charts_pptx"),
    "workbook": say("exports.command.tables_and_native_charts_xlsx"),
    "picture": say("exports.command.one_chart_as_png_or_svg"),
    "table": say("exports.command.one_charts_numbers_as_csv"),
    "digest": say("exports.command.the_findings_as_text_or_html"),
}


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    top = argparse.ArgumentParser(prog="python -m exports", description=__doc__)
    top.add_argument("--version", action="version", version=version())
    commands = top.add_subparsers(dest="command", required=True)
    for name, help_ in COMMANDS.items():
        command = commands.add_parser(name, help=help_)
        _question(command, metrics=name != "digest")
        command.add_argument(
            "--store", type=Path, default=Path(os.environ.get("THROUGHLINE_STORE") or DEFAULT), metavar="DIR"
        )
        groups(command)
        command.add_argument("--out", type=Path, metavar="FILE")
        command.add_argument(
            "--address",
            default=os.environ.get("THROUGHLINE_ADDRESS", ""),
            metavar="URL",
            help=say("exports.command.where_the_app_runs_for_the"),
        )
        if name == "deck":
            command.add_argument(
                "--master",
                type=Path,
                default=Path(os.environ["THROUGHLINE_MASTER"]) if os.environ.get("THROUGHLINE_MASTER") else None,
                metavar="COMPANY.pptx",
                help=say("exports.master.the_companys_own"),
            )
            command.add_argument("--layout", default="", metavar="NAME", help=say("exports.master.which_layout"))
            command.add_argument("--methods", action="store_true", help=say("exports.appendix.adds_an_appendix"))
        if name in ("deck", "picture"):
            command.add_argument("--each", type=Path, metavar="DIR", help=say("exports.command.one_file_a_chart"))
        if name == "deck":
            command.add_argument(
                "--case",
                type=Path,
                metavar="CASE.toml",
                help=say("exports.command.the_slides_of_a_business_case"),
            )
        if name in ("picture", "digest"):
            command.add_argument(
                "--format",
                choices=("png", "svg") if name == "picture" else ("text", "html"),
                help=say("exports.command.default_by_the_name_of_out"),
            )
        if name == "picture":
            command.add_argument("--theme", choices=("light", "dark"), default="light")
        if name == "digest":
            command.add_argument(
                "--subscriptions", type=Path, metavar="FILE", help=say("exports.subscriptions.a_file_of_subscriptions")
            )
            command.add_argument(
                "--audience", default=digest.EVERYONE, help=say("exports.command.everyone_or_an_owner_named_in")
            )
    documents.add(commands)
    return top


def _question(command: argparse.ArgumentParser, *, metrics: bool) -> None:
    command.set_defaults(metric=[], by="", form=None, basket=None, as_others=False)
    if metrics:
        command.add_argument("metric", nargs="*", help=say("exports.command.none_the_charts_a_lead_would"))
        command.add_argument(
            "--by", default="", metavar="DIM,DIM", help=say("exports.command.stage_week_touch_channel_default_stage")
        )
        command.add_argument(
            "--form",
            choices=KINDS,
            help=say("exports.command.default_by_the_question_a_list"),
        )
        command.add_argument(
            "--basket", type=Path, metavar="FILE", help=say("exports.command.a_basket_of_charts_instead_of")
        )
    dates(command)
    command.add_argument("--compare", choices=COMPARISONS)
    command.add_argument("--where", action="append", default=[], metavar="DIM=VALUE")
    command.add_argument("--journey")


def cards(args: argparse.Namespace, generation: Generation) -> list[Made]:
    """What a command line means: a basket's, a list, the named metrics', else the ten a lead would want."""
    if args.basket:
        if args.metric:
            raise UserError(
                say("exports.command.a_basket_says_what_is_asked"),
                where="--basket",
                found=", ".join(args.metric),
                fix=say("exports.command.name_metrics_or_a_basket"),
            )
        return basket.rebuild(basket.load(_read(args.basket)), generation, address=args.address)
    if args.form in KINDS and args.form not in FORMS:
        return _lists(args, generation)
    if not args.metric and not args.form:
        return collect.headline(question(args, generation), generation, args.address)
    args.metric = args.metric or list(
        {
            "throughline": placement.shown("sides"),
            "ledger": placement.shown("deck_ledger"),
            "pair": placement.shown("deck_pair"),
        }.get(args.form, ())
    )
    args.by = args.by or ("" if args.form == "pair" else "week" if args.form == "trend" else "stage")
    return collect.cards_of(question(args, generation), generation, args.form, args.address)


def _lists(args: argparse.Namespace, generation: Generation) -> list[Made]:
    """A list, or the channels of each metric named. Raises UserError for a list that is no metric's or lacks its stage."""
    query = question(args, generation)
    if args.form != "moves" and len(query.stages) != 1:
        raise UserError(
            say("exports.command.this_list_is_of_one_stage"),
            where="--form",
            found=args.form,
            fix=say("exports.command.name_it_where_stage_stage"),
        )
    if args.form != CHANNELS and query.metrics:
        raise UserError(
            say("exports.command.this_list_is_of_no_metric"),
            where="--form",
            found=args.form,
            fix=say("exports.command.leave_the_metric_out"),
        )
    if args.form == CHANNELS and not query.metrics:
        raise UserError(
            say("exports.command.channels_are_compared_by_a_metric"),
            where="--form",
            found=args.form,
            fix=say("exports.command.name_one_for_example_completion_rate"),
        )
    if args.form == CHANNELS:
        known = context.read(generation)
        asked = [period.of_channels(replace(named(args), metrics=(m,)), known, args.everything) for m in query.metrics]
    else:
        asked = [query]
    return [make_one(args.form, one, generation, args.address) for one in asked]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            say("exports.command.the_basket_cannot_be_read"),
            file=path,
            found=getattr(error, "strerror", None) or say("exports.command.not_utf_8"),
        ) from None


def make(args: argparse.Namespace, generation: Generation) -> bytes:
    """The bytes of the artefact."""
    if args.command == "digest":
        made = digest.build(question(args, generation), generation, args.audience, args.address)
        return (made.html if _style(args, "text") == "html" else made.text).encode()
    if getattr(args, "case", None):
        known = context.read(generation)
        found = cards(args, generation) if args.metric or args.basket or args.form else []
        case = case_slides.leaves_of(
            worth(load_case(args.case), generation), known.company, known.simulated, args.address
        )
        return deck.build(found, case, _master(args), args.methods)
    found = cards(args, generation)
    if args.command == "deck":
        return deck.build(found, (), _master(args), args.methods)
    if args.command == "workbook":
        return workbook.build(found)
    return _single(args)(found[0] if not args.metric and not args.basket else _only(found))


def _master(args: argparse.Namespace) -> master.Master | None:
    return master.load(args.master, args.layout) if args.master else None


def each(args: argparse.Namespace, generation: Generation) -> str:
    """One file a chart, into a folder, numbered in order and named by what it asks."""
    found, ground = cards(args, generation), _master(args) if args.command == "deck" else None
    suffix = "pptx" if args.command == "deck" else _style(args, "png")
    make_file = (lambda made: deck.build([made], (), ground, args.methods)) if args.command == "deck" else _single(args)
    try:
        args.each.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(say("exports.command.cannot_be_written"), file=args.each, found=error.strerror) from None
    said = []
    for place, made in enumerate(found, 1):
        name = made.name if isinstance(made, Listing) else "-".join([*made.result.query.metrics[:1], made.form])
        said.append(write(args.each / f"{place:02d}-{name.replace('_', '-')}.{suffix}", make_file(made)))
    return "\n".join(said)


def _single(args: argparse.Namespace) -> Callable[[Made], bytes]:
    """The maker of what holds one card or list; kaleido is loaded for a picture only."""
    if args.command == "table":
        return lambda made: list_file.table(made) if isinstance(made, Listing) else table.build(made)
    from exports.image import picture

    return lambda made: picture.build(made, _style(args, "png"), args.theme)


def _only(found: list[Made]) -> Made:
    if len(found) != 1:
        raise UserError(
            say("exports.command.this_holds_one_chart"),
            found=say("exports.command.charts", found=len(found)),
            fix=say("exports.command.name_one_metric_or_make_a"),
        )
    return found[0]


def _style(args: argparse.Namespace, default: str) -> str:
    """--format, else what the file's name says."""
    named = {".svg": "svg", ".png": "png", ".html": "html", ".txt": "text"}.get(
        args.out.suffix.lower() if args.out else ""
    )
    return args.format or named or default


def target(args: argparse.Namespace) -> Path | None:
    """Where to write; text goes to the terminal unless a file is named."""
    if args.out or args.command in ("table", "digest"):
        return args.out
    suffix = {"deck": "pptx", "workbook": "xlsx"}.get(args.command) or _style(args, "png")
    return Path(f"throughline.{suffix}")


def _made(args: argparse.Namespace, whole: Generation) -> bytes | str:
    generation = for_export(as_asked(args, whole))
    known = context.read(generation)
    with numbers.written_as(known.locale, known.currency):
        return each(args, generation) if getattr(args, "each", None) else make(args, generation)


def main(argv: list[str] | None = None) -> int:
    """Run a command; a request that cannot be carried out is one sentence and exit code 2."""
    args = parser().parse_args(argv)
    try:
        if args.command in documents.COMMANDS or getattr(args, "subscriptions", None):
            return documents.run(args)
        made = asking(args.store, lambda generation: _made(args, generation), terminal.note)
        note(
            args.store,
            "export",
            say("exports.command.command_line", getuser=getpass.getuser()),
            f"{args.command} {(target(args) or Path('-')).name}",
        )
        text = made if isinstance(made, str) else write(target(args), made)
    except UserError as error:
        terminal.error(error)
        return 2
    terminal.out(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
