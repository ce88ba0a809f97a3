"""python -m metrics list | show | channels | causes | voice | value | claims | docs | serve-mcp | token. Exit codes: 0 done, 2 the request was wrong."""

from data import room  # first: where memory is too small for the libraries below, it says so

room.check()

import argparse
import json
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from data import terminal
from data.errors import UserError
from data.store.decisions import Decisions
from data.store.generations import DEFAULT, Generation, asking
from data.store.user_records import users_file
from data.terminal import out
from data.version import version
from metrics.analyses.case.case import load_case
from metrics.analyses.case.worth import worth
from metrics.analyses.causes.find import causes, standing_query
from metrics.analyses.channels import compare_channels
from metrics.analyses.portfolio.rank import portfolio
from metrics.analyses.voice.box import complaint_box
from metrics.analyses.voice.topics import voice
from metrics.catalogue.load import catalogue
from metrics.catalogue.taxonomies import frame
from metrics.query import context, period
from metrics.query.filter_values import parts
from metrics.query.query import COMPARISONS, Query, Rights
from metrics.rules.access import as_groups, rights_of, seen
from report import cause_tables, channel_tables, claim_tables, numbers
from report.answers.asking import answered, with_others
from report.answers.tokens import token_made
from report.cases import portfolio as portfolio_tables
from report.cases import tables as case_tables
from report.findings.signing import told
from report.reference import document
from report.sheets import tables as sheet_tables
from report.sheets.registry import ANALYSES
from report.tables import FORMATS, render, render_frame, render_list
from report.voice import tables as voice_tables


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    top = argparse.ArgumentParser(prog="python -m metrics", description=__doc__)
    top.add_argument("--version", action="version", version=version())
    commands = top.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="every metric with its definition")
    listing.add_argument(
        "--as", dest="frame", metavar="FRAME", help="lenses, heart or pyramid: the metrics in that order"
    )
    listing.add_argument("--format", choices=("table", "json"), default="table")
    commands.add_parser("docs", help="docs/METRICS.md, made from the catalogue")
    show = commands.add_parser("show", help="metrics by dimensions, with intervals")
    show.add_argument("metric", nargs="+")
    show.add_argument(
        "--by", default="", metavar="DIM,DIM", help="stage, touch_channel, segment, week, answer:QUESTION …"
    )
    show.add_argument("--compare", choices=COMPARISONS)
    show.add_argument("--as-others", action="store_true", help="beside each metric what other tools would read")
    _cut(show)
    channels = commands.add_parser(
        "channels", help="one metric by touch channel at the same task: standardised to one mix, with a verdict"
    )
    channels.add_argument("metric")
    channels.add_argument("--stage", help="the stage whose channels are compared")
    _cut(channels)
    claims = commands.add_parser("claims", help="what was signed on the page Decisions, and whether it still holds")
    _store(claims)
    value = commands.add_parser(
        "value", help="what a change is worth: a business case from a CASE.toml (docs/BUSINESS-CASE.md)"
    )
    value.add_argument("case", type=Path, metavar="CASE.toml")
    _store(value)
    ranked = commands.add_parser(
        "portfolio", help="causes and frictions by what each adds a year: where the next euro goes, none counted twice"
    )
    ranked.add_argument("--journey")
    _store(ranked)
    why = commands.add_parser(
        "causes", help="what goes with unhappiness in a stage: ranked, compared alike, silent where nothing holds"
    )
    why.add_argument("--stage", help="the stage whose causes are looked for")
    _cut(why, "text")
    for one in _told(commands):
        _cut(one, "text")
    _outside(commands)
    said = commands.add_parser(
        "voice", help="what people write about: topics with share, sentiment and change, and the complaint box"
    )
    said.add_argument("--stage", help="only texts of this stage")
    said.add_argument("--compare", choices=COMPARISONS)
    _cut(said)
    return top


def _outside(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What answers programs that ask from outside."""
    assistant = commands.add_parser(
        "serve-mcp", help="answer assistants (Model Context Protocol), over stdio or on 127.0.0.1 (docs/ASSISTANTS.md)"
    )
    _where(assistant)
    assistant.add_argument("--transport", choices=("stdio", "http"), default="stdio")
    assistant.add_argument("--port", type=int, default=8502, help="with --transport http (default 8502)")
    preview = commands.add_parser(
        "preview", help="which numbers, names and claims an edit would move, cell by cell, before anything is published"
    )
    edit = preview.add_mutually_exclusive_group(required=True)
    edit.add_argument("--definitions", type=Path, metavar="DIR", help="edited or new definitions, one a file")
    edit.add_argument(
        "--journey", type=Path, metavar="FILE", help="an edited journey.toml; both sides are built beside"
    )
    edit.add_argument("--snapshot", action="store_true", help=argparse.SUPPRESS)
    preview.add_argument(
        "--metric", action="append", default=[], metavar="ID", help="only these (default: what an edit touches)"
    )
    preview.add_argument("--no-claims", action="store_true", help="numbers and names only: claims take longest")
    dates(preview)
    preview.add_argument("--store", type=Path, default=Path(os.environ.get("THROUGHLINE_STORE") or DEFAULT))
    preview.add_argument("--format", choices=FORMATS, default="table")
    preview.add_argument("--out", type=Path, help="write to a file (parquet needs one)")
    semantic = commands.add_parser(
        "semantic", help="the catalogue to and from Apache Ossie and dbt's semantic layer (docs/SEMANTIC.md)"
    )
    semantic.add_argument("direction", choices=("export", "import"))
    semantic.add_argument("file", type=Path, nargs="?", metavar="FILE", help="of an import: JSON or YAML")
    semantic.add_argument("--as", dest="style", choices=("ossie", "dbt"), default="ossie")
    semantic.add_argument("--store", type=Path, default=Path(os.environ.get("THROUGHLINE_STORE") or DEFAULT))
    semantic.add_argument("--out", type=Path, required=True, help="the file of an export, the folder of an import")
    token = commands.add_parser("token", help="make a token for access.toml: for a spreadsheet or an assistant")
    token.add_argument("--name", required=True, help="what it is for")
    token.add_argument("--group", action="append", required=True, metavar="GROUP", help="of access.toml; several: all")


def _told(commands: Any) -> list[argparse.ArgumentParser]:
    """The analyses that are told as sheets."""
    return [
        commands.add_parser("drivers", help="what goes with a raw score and with coming back, of what was recorded before: importance, dose and response, what the two ends met"),
        commands.add_parser("silent", help="who answers of those invited, the score corrected by behaviour or why not, survey load, what to ask next"),
        commands.add_parser("experiments", help="each experiment: was the exposure even, did the arms answer alike, each outcome, the verdict"),
        commands.add_parser("relationship", help="second purchases by cohort, the company's own window, NPS by tenure and between two answers, who comes back"),
        commands.add_parser("changes", help="when levels changed, what followed initiatives, changes by mix, research notes"),
        commands.add_parser("support", help="requests for help beyond the expected after friction with their cost, waiting for a reply, reasons"),
    ]  # fmt: skip


def _cut(command: argparse.ArgumentParser, plain: str = "table") -> None:
    """Period, filters, store and form, the same for every question."""
    dates(command)
    command.add_argument("--where", action="append", default=[], metavar="DIM=VALUE")
    command.add_argument("--journey")
    _store(command, plain)


def _store(command: argparse.ArgumentParser, plain: str = "table") -> None:
    """Which store is asked, and in which form it answers."""
    _where(command)
    command.add_argument("--format", choices=(plain, *FORMATS[1:]), default=plain)
    command.add_argument("--out", type=Path, help="write to a file (parquet needs one)")


def _where(command: argparse.ArgumentParser) -> None:
    """Which store is asked, by whose rights."""
    command.add_argument("--store", type=Path, default=Path(os.environ.get("THROUGHLINE_STORE") or DEFAULT))
    groups(command)


def groups(command: argparse.ArgumentParser) -> None:
    """By whose rights it is answered."""
    command.add_argument(
        "--as-group",
        action="append",
        default=[],
        metavar="GROUP",
        help="as somebody of this group of access.toml sees it (several: of all of them); default: THROUGHLINE_AS_GROUP, apart by "
        "commas, else everything, as who can read the store has it anyway",
    )


def as_asked(args: argparse.Namespace, generation: Generation) -> Generation:
    """The generation as those groups see it that are named. Raises UserError for one that access.toml does not hold."""
    rights = asked_rights(args)
    return generation if rights is None else seen(generation, rights)


def asked_rights(args: argparse.Namespace) -> Rights | None:
    """The rights of those groups that are named, None where none is. Raises UserError for one that access.toml does not hold."""
    names = tuple(args.as_group) or tuple(
        name.strip() for name in os.environ.get("THROUGHLINE_AS_GROUP", "").split(",") if name.strip()
    )
    return as_groups(names, access_file()) if names else None


def access_file() -> Path:
    """Where it is written which group sees what: THROUGHLINE_ACCESS, else access.toml in this folder."""
    return Path(os.environ.get("THROUGHLINE_ACCESS") or "access.toml")


def dates(command: argparse.ArgumentParser) -> None:
    """The period; without one the default of every view (metrics.period)."""
    command.add_argument(
        "--from",
        dest="start",
        type=day,
        metavar="DATE",
        help="default: the last 13 complete weeks, as on the pages, or all data where they do not show what there is",
    )
    command.add_argument("--to", dest="end", type=day, metavar="DATE")
    command.add_argument("--all", dest="everything", action="store_true", help="all data, undated rows among them")


def day(text: str) -> date:
    """A date of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-03-31") from None


def question(args: argparse.Namespace, generation: Generation) -> Query:
    """The Query a command line means, its period filled in. Raises UserError for a malformed --where or two periods at once."""
    known = context.read(generation)
    if args.command == "causes":
        asked = period.asked(named(args), known, args.everything)
        return asked if args.start or args.end or args.everything else standing_query(asked, known)
    fill = period.of_channels if args.command == "channels" else period.asked
    return fill(named(args), known, args.everything)


def named(args: argparse.Namespace) -> Query:
    """What is named on the command line, without a period where none is."""
    if args.everything and (args.start or args.end):
        raise UserError(
            "all data has no first and no last day", where="--all", found="--from or --to", fix="Leave one of them out"
        )
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
    rest = tuple((name, value) for name, value in filters if name not in ("stage", "journey"))
    if args.command in ANALYSES:
        return Query((), journey, stages, args.start, args.end, filters=rest)
    if args.command == "voice":
        stages = (args.stage,) if args.stage else stages
        return Query((), journey, stages, args.start, args.end, args.compare, rest)
    if args.command in ("channels", "causes"):
        metrics = (args.metric,) if args.command == "channels" else ()
        return Query(metrics, journey, (args.stage,) if args.stage else stages, args.start, args.end, filters=rest)
    by = tuple(name.strip() for name in args.by.split(",") if name.strip())
    return Query(tuple(args.metric), journey, stages, args.start, args.end, args.compare, rest, by)


def _answered(args: argparse.Namespace, generation: Generation) -> str:
    """What show, channels, causes and value print."""
    known = context.read(generation)
    with numbers.written_as(known.locale, known.currency):
        if args.command == "claims":
            if rights_of(generation).limits:
                raise UserError(
                    "decisions were signed on numbers of everybody, and these groups see a part of the data"
                )
            signed = [told(one, generation) for one in Decisions(users_file(args.store)).all()]
            return claim_tables.render(signed, args.format, args.out)
        if args.command == "value":
            return case_tables.render(worth(load_case(args.case), generation), args.format, args.out)
        if args.command in ANALYSES:
            one, style = ANALYSES[args.command], "table" if args.format == "text" else args.format
            return sheet_tables.render(one.tell(one.ask(named(args), generation)), style, args.out)
        if args.command == "portfolio":
            return portfolio_tables.render(portfolio(args.journey, generation), args.format, args.out)
        asked = question(args, generation)
        if args.command == "channels":
            return channel_tables.render(compare_channels(asked, generation), args.format, args.out)
        if args.command == "voice":
            return voice_tables.render(
                voice(asked, generation), complaint_box(asked, generation), args.format, args.out
            )
        if args.command == "causes":
            style = "table" if args.format == "text" else args.format
            return cause_tables.render(causes(asked, generation), style, args.out)
        others = replace(asked, metrics=with_others(asked.metrics)) if args.as_others else asked
        return render(answered(others, generation), args.format, args.out)


def _serve(args: argparse.Namespace) -> int:
    """Answer assistants until they go."""
    from exports.assistant.run import serve  # only here: what is served over a protocol leaves the building

    serve(args.store, lambda: asked_rights(args), access_file(), args.port if args.transport == "http" else None)
    return 0


def _preview(args: argparse.Namespace) -> str:
    """What an edit would move."""
    from data.store.generations import open_generation  # only here: a preview builds
    from report.preview import run as tried
    from report.preview.snapshot import Asked, taken

    asked = Asked(tuple(args.metric), args.start, args.end, not args.no_claims)
    if args.everything and (args.start or args.end):
        raise UserError("all data has no first and no last day", where="--all", fix="Leave one of them out")
    asked = tried.filled(asked, open_generation(args.store), args.everything)
    if args.snapshot:
        return json.dumps(taken(open_generation(args.store), asked, args.store))
    made = (
        tried.of_definitions(args.definitions, args.store, asked)
        if args.definitions
        else tried.of_journey(args.journey, args.store, asked, terminal.note)
    )
    return made.render(args.format, args.out)


def _semantic(args: argparse.Namespace) -> str:
    """The catalogue out to another semantic layer, or definitions in from one."""
    from data.store.generations import open_generation
    from report.semantic.run import exported, imported

    if args.direction == "import":
        if args.file is None:
            raise UserError("an import reads a file", where="semantic import", fix="Name it: semantic import FILE")
        return imported(args.file, args.out)
    return exported(args.style, open_generation(args.store), args.out)


def main(argv: list[str] | None = None) -> int:
    """Run a command; a request that cannot be carried out is one sentence and exit code 2."""
    args = parser().parse_args(argv)
    try:
        if args.command == "list":
            text = (
                render_frame(frame(args.frame), catalogue())
                if args.frame
                else render_list(catalogue().values(), args.format)
            )
        elif args.command == "serve-mcp":
            return _serve(args)
        elif args.command == "semantic":
            text = _semantic(args)
        elif args.command == "preview":
            text = _preview(args)
        elif args.command == "token":
            text = token_made(args.name, tuple(args.group), access_file())
        elif args.command == "docs":
            text = document().rstrip("\n")
        else:
            text = asking(args.store, lambda whole: _answered(args, as_asked(args, whole)), terminal.note)
    except UserError as error:
        terminal.error(error)
        return 2
    out(text)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read the output has gone, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
