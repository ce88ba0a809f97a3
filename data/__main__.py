"""python -m data build | inspect | demo | doctor | audit | erase | texts | topics. Exit codes: 0 done, 1 the answer is no, 2 the request was wrong."""

from data import room  # first: where memory is too small for the libraries below, it says so

room.check()

import argparse
import getpass
import json
import os
import re
import sys
from pathlib import Path

from data import terminal
from data.build.build import Summary, as_json, build
from data.contract import contract
from data.doctor import examine
from data.doctor import render as render_doctor
from data.erasure.whose import RECORDS
from data.errors import UserError
from data.masking import masked
from data.masking.shown import shown_file
from data.questions import Question
from data.store import audit
from data.store.generations import DEFAULT, asking
from data.store.user_records import Users, users_file
from data.version import version


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    top = argparse.ArgumentParser(prog="python -m data", description=__doc__)
    top.add_argument("--version", action="version", version=version())
    commands = top.add_subparsers(dest="command", required=True)
    make = commands.add_parser("build", help="read the sources, check them, publish a generation of the store")
    make.add_argument("--sources", type=Path, default=_env("THROUGHLINE_SOURCES", "sources.toml"), metavar="FILE")
    make.add_argument(
        "--journey",
        type=Path,
        default=_env("THROUGHLINE_JOURNEY"),
        metavar="FILE",
        help="default: journey.toml beside the sources, else the five standard stages",
    )
    make.add_argument("--store", type=Path, default=_env("THROUGHLINE_STORE", str(DEFAULT)), metavar="DIR")
    make.add_argument("--by", metavar="NAME", help="who builds, for the log; default: who is logged in at the machine")
    make.add_argument(
        "--memory",
        type=_memory,
        metavar="SIZE",
        help="what the engine may hold, as 2GB or 800MB; default: [limits] memory_mb, else a quarter of the machine and at least 1 GB",
    )
    make.add_argument("--again", action="store_true", help="build also where nothing has changed since the last build")
    make.add_argument("--engine", metavar="URL", help="where to make the facts; only duckdb (this machine) so far")
    make.add_argument("--format", choices=("text", "json"), default="text")
    look = commands.add_parser("inspect", help="which reader, which mapping, what would be refused, the block to paste")
    look.add_argument(
        "file", type=Path, help="a file; or a folder, into which sources.toml and journey.toml are written"
    )
    look.add_argument(
        "--force", action="store_true", help="with a folder: write both files anew where they stand there already"
    )
    look.add_argument("--format", choices=("text", "json"), default="text")
    commands.add_parser("demo", help="write the simulated company's exports", add_help=False)
    doctor = commands.add_parser("doctor", help="sources, freshness, refused, unmapped, linked share")
    doctor.add_argument("--store", type=Path, default=_env("THROUGHLINE_STORE", str(DEFAULT)), metavar="DIR")
    doctor.add_argument("--format", choices=("text", "json"), default="text")
    log = commands.add_parser("audit", help="who opened which person's path, when and from where")
    log.add_argument(
        "--all", action="store_true", help="sign-ins, exports, erasures, builds and changes of settings as well"
    )
    log.add_argument("--store", type=Path, default=_env("THROUGHLINE_STORE", str(DEFAULT)), metavar="DIR")
    log.add_argument("--format", choices=("text", "json"), default="text")
    gone = commands.add_parser("erase", help="erase one person from the whole store and keep them out, with a receipt")
    gone.add_argument(
        "person",
        nargs="?",
        metavar="PERSON",
        help="any id a source knows them by, of a record of theirs, or the key of their path",
    )
    gone.add_argument(
        "--read",
        metavar="FILE",
        help="instead of PERSON: a file (- is standard input) with it in the first line and each --also in a line below; "
        "what stands in a command can be read by others at this machine, and in its history",
    )
    gone.add_argument(
        "--kind", choices=(*contract().linking, *RECORDS), help="which kind of id it is, where several people have it"
    )
    gone.add_argument(
        "--by", metavar="NAME", help="who erases, for the receipt; default: who is logged in at the machine"
    )
    gone.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="TEXT",
        help="a name or an address of theirs that people may have written into decisions; may be given again",
    )
    gone.add_argument("--sources", type=Path, metavar="FILE", help="default: what the store was made from")
    gone.add_argument("--store", type=Path, default=_env("THROUGHLINE_STORE", str(DEFAULT)), metavar="DIR")
    gone.add_argument("--format", choices=("text", "json"), default="text")
    texts = commands.add_parser("texts", help="how well the word lists read texts that people have labelled")
    texts.add_argument(
        "file", type=Path, help="a CSV with text and labels (apart by |), where known language and question"
    )
    texts.add_argument("--format", choices=("text", "json"), default="text")
    topics = commands.add_parser(
        "topics", help="the topics texts are sorted by, and those found in them, as a topics.toml"
    )
    topics.add_argument("--store", type=Path, default=_env("THROUGHLINE_STORE", str(DEFAULT)), metavar="DIR")
    return top


def _env(name: str, default: str | None = None) -> Path | None:
    value = os.environ.get(name) or default
    return Path(value) if value else None


def _memory(text: str) -> int:
    """A size in bytes, as 2GB or 800MB. Raises argparse.ArgumentTypeError."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([MG])i?B?\s*", text, re.IGNORECASE)
    size = int(float(found[1]) * (1 << (20 if found[2].upper() == "M" else 30))) if found else 0
    if size < 64 << 20:
        raise argparse.ArgumentTypeError(f"'{text}' is not a size of at least 64MB, as 2GB or 800MB")
    return size


def run_build(args: argparse.Namespace) -> int:
    """Build, show progress on standard error, the account on standard output."""
    if args.engine not in (None, "duckdb"):
        raise UserError("no such engine", where="--engine", found=args.engine, allowed="duckdb")
    summary = build(
        args.sources,
        args.journey,
        args.store,
        lambda text: print(terminal.harmless(text), file=sys.stderr, flush=True),
        args.memory,
        args.again,
    )
    if summary.generation and not summary.unchanged:
        audit.built(
            args.store,
            args.by or f"{getpass.getuser()} (command line)",
            [args.sources, args.journey or args.sources.with_name("journey.toml")],
        )
    if args.format == "json":
        print(terminal.harmless("\n".join(remarks(summary))), file=sys.stderr)
    terminal.out(as_json(summary) if args.format == "json" else as_text(summary))
    return 0 if summary.generation and not summary.barren else 1


def as_text(summary: Summary) -> str:
    """The account as a person reads it."""
    width = max([len(shown_file(f["file"])) for f in summary.files] + [4])
    lines = [f"{'file':<{width}}  {'in':>10}  {'loaded':>10}  {'refused':>10}  source"]
    for file in summary.files:
        lines.append(
            f"{shown_file(file['file']):<{width}}  {file['rows_in']:>10,}  {file['loaded']:>10,}  {file['refused']:>10,}  {file['source']}"
        )
    lines += remarks(summary)
    lines.append(
        f"unchanged: {summary.generation} serves on, made of the same files, settings and rules (--again builds all the same)"
        if summary.unchanged
        else f"published {summary.generation}"
        if summary.generation
        else "not published: "
        + ("a check failed" if summary.failed_checks else "nothing was loaded")
        + "; what was there before still serves"
    )
    return "\n".join(lines)


def remarks(summary: Summary) -> list[str]:
    """What a person should look at: `!` for what may be wrong, `?` for how something was read."""
    lines = [f"! {file['source']}: {file['problem']}" for file in summary.files if file.get("problem")]
    lines += [f"? {shown_file(file['file'])}: {file['notes']}" for file in summary.files if file.get("notes")]
    lines += [
        f"! source {source!r}: {rows:,} records, none loaded: {summary.reasons.get(source, 'no reason is known')}"
        for source, rows in summary.barren.items()
    ]
    lines += question_lines(summary.open_questions)
    lines += [f"! check failed: {text}" for text in summary.failed_checks]
    return [masked(line) for line in lines]


def question_lines(questions: list[Question], most: int = 20) -> list[str]:
    """One line a question with how to say that it is so; severe ones stand first."""
    lines = [
        f"! {question.sentence}" + (f' (If it is so: confirmed = ["{question.key}"])' if question.source else "")
        for question in questions[:most]
    ]
    return lines + (
        [f"! and {len(questions) - most:,} more: see python -m data doctor"] if len(questions) > most else []
    )


def run_inspect(args: argparse.Namespace) -> int:
    """Propose how a file, or every file of a folder, is to be read."""
    from data.inspection import inspect, render, shown

    if args.file.is_dir():
        return _inspect_folder(args)
    if not args.file.exists():
        raise UserError("there is no such file", file=args.file, fix="Name a file or a folder")
    found = inspect(args.file)
    terminal.out(
        json.dumps(shown(found), ensure_ascii=False, indent=2, default=str) if args.format == "json" else render(found)
    )
    return 0 if found.get("matches") else 1


def _inspect_folder(args: argparse.Namespace) -> int:
    from data.inspection.folder import inspect_folder, render

    found = inspect_folder(
        args.file, args.force, lambda text: print(terminal.harmless(text), file=sys.stderr, flush=True)
    )
    terminal.out(
        json.dumps(found, ensure_ascii=False, indent=2, default=str) if args.format == "json" else render(found)
    )
    return 0 if found["written"] else 1


def run_doctor(args: argparse.Namespace) -> int:
    """The account of the current generation."""
    found = asking(args.store, examine, terminal.note)
    terminal.out(json.dumps(found, ensure_ascii=False, indent=2) if args.format == "json" else render_doctor(found))
    return 0


def run_audit(args: argparse.Namespace) -> int:
    """Every opening of one person's path, newest first. The person is named as in the address of their path. With --all everything the log
    holds: sign-ins, exports, erasures, builds and changes of settings among it."""
    if args.all:
        every = audit.lines(args.store)
        text = (
            "\n".join(f"{row['at']}  {row['what']:<16}  {row['who']}  {row['detail']}" for row in every)
            or "nothing is written down yet"
        )
        terminal.out(json.dumps(every, ensure_ascii=False, indent=2) if args.format == "json" else text)
        return 0
    file = users_file(args.store)
    found = Users(file).openings() if file.exists() else []
    if args.format == "json":
        terminal.out(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        lines = [
            f"{row['opened_at']}  {row['who']}  {row['person']}  {row['view']}  {row['generation']}" for row in found
        ]
        terminal.out("\n".join(lines) or "nobody has opened anybody's path")
    return 0


def run_texts(args: argparse.Namespace) -> int:
    """Sensitivity, specificity and macro-F1 of the word lists on labelled texts, and what they left out."""
    from data.texts.check import check, render

    found = check(args.file)
    terminal.out(
        json.dumps([*found.labels, found.summary], ensure_ascii=False, indent=2)
        if args.format == "json"
        else render(found)
    )
    return 0


def run_erase(args: argparse.Namespace) -> int:
    """Erase one person everywhere, and print the receipt."""
    from data.erasure import erase
    from data.erasure.erase import render
    from data.erasure.named import named

    person, also = named(args.person, args.also, args.read)
    with room.told(args.store):
        receipt = erase(args.store, person, args.kind, args.by or getpass.getuser(), args.sources, also)
    terminal.out(json.dumps(receipt, ensure_ascii=False, indent=2) if args.format == "json" else render(receipt))
    return 0


def run_topics(args: argparse.Namespace) -> int:
    """topics.toml of a store on standard output."""
    from data.texts.topics.written import topics_toml

    terminal.out(asking(args.store, topics_toml, terminal.note))
    return 0


RUN = {
    "topics": run_topics,
    "erase": run_erase,
    "build": run_build,
    "inspect": run_inspect,
    "doctor": run_doctor,
    "audit": run_audit,
    "texts": run_texts,
}


def main(argv: list[str] | None = None) -> int:
    """Run a command; a request that cannot be carried out is one sentence and exit code 2."""
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] == ["demo"]:  # it has arguments of its own
        from data.demo import main as demo

        return demo(argv[1:])
    args = parser().parse_args(argv)
    try:
        return RUN[args.command](args)
    except UserError as error:
        terminal.error(error)
        return 2


if __name__ == "__main__":
    sys.exit(main())
