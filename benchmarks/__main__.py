"""python -m benchmarks recovery | speed | build | page | start | moves | truth | causes | coverage | inspect | mutants | masks | attacks | hostile | rights | mcp | sentences | claims | code-mutants. Exit codes: 0 done, 1 a mark outside its limits, 2 a wrong request."""

import argparse
import sys
from pathlib import Path

from benchmarks import (
    attacks,
    code_mutants,
    hostile,
    inspect,
    masks,
    measured,
    mixes,
    moves,
    mutants,
    recovery,
    report,
    speed,
    start,
)
from benchmarks.attacks import beyond
from benchmarks.causes import measure as planted_causes
from benchmarks.claims import measure as signed_claims
from benchmarks.coverage import table as coverage
from benchmarks.known import measure as known_truth
from benchmarks.known import tables
from benchmarks.rights import compare as rights
from benchmarks.sentences import measure as spoken
from commands.data.demo import at_least
from data.errors import UserError
from data.store.generations import open_generation

LONGEST = 546
BEYOND = 50  # attacks on cells for each on words, causes and cases: those take some hundred milliseconds


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    top = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    marks = commands.add_parser("recovery", help="coverage, power and false findings over many simulated companies")
    marks.add_argument("--runs", type=at_least(1), required=True)
    marks.add_argument("--people", type=at_least(100), default=3_000, help="people in each company (default 3000)")
    marks.add_argument("--days", type=at_least(1), default=LONGEST, help="days in each company (default 546)")
    marks.add_argument("--seed", type=at_least(0), default=1, help="run r has seed + r")
    marks.add_argument("--effects", choices=("none", "all"), default="all")
    marks.add_argument("--reference", type=at_least(1), default=16, help="companies the long-run truth is counted from")
    marks.add_argument("--processes", type=at_least(1), default=2, help="companies at a time (default 2)")
    marks.add_argument(
        "--keep", type=Path, help="a file that keeps every finished run; the same command goes on from it"
    )
    marks.add_argument("--format", choices=("text", "json"), default="text")
    timing = commands.add_parser("speed", help="the build by step and eight questions, as ratios to a bare scan")
    timing.add_argument("--people", type=at_least(100), default=60_000)
    timing.add_argument("--days", type=at_least(1), default=LONGEST)
    timing.add_argument("--format", choices=("text", "json"), default="text")
    made = commands.add_parser(
        "build", help="a build in its own process, and one of nothing new, beside a bare scan of the same Parquet"
    )
    made.add_argument("--sources", type=Path, required=True, metavar="FILE", help="of a company `data demo` wrote")
    made.add_argument("--memory", default="1GB", metavar="SIZE")
    made.add_argument("--format", choices=("text", "json"), default="text")
    opened = commands.add_parser(
        "page", help="the views warm and with periods nobody asked for, beside a bare scan of the events"
    )
    opened.add_argument("--store", type=Path, required=True, metavar="DIR", help="a built store; a copy of it is asked")
    opened.add_argument("--periods", type=at_least(1), default=4)
    opened.add_argument("--format", choices=("text", "json"), default="text")
    looks = commands.add_parser(
        "inspect", help="what `data inspect` makes of every file of a folder, as a Markdown table"
    )
    looks.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    looks.add_argument("--leave-out", default="", metavar="NAME", help="files of this name are no exports")
    looks.add_argument("--format", choices=("text", "json"), default="text")
    commands.add_parser("masks", help="recall and precision of the masker by kind and language, on labelled texts")
    sent = commands.add_parser(
        "hostile", help="hostile strings through every name and text of a company into every file it makes"
    )
    sent.add_argument("--strings", type=at_least(1), default=10_000)
    sent.add_argument("--seed", type=at_least(0), default=1)
    tries = commands.add_parser(
        "attacks", help="withheld cells, and what is left of their secret beside related questions, by linear programs"
    )
    tries.add_argument("--attacks", type=at_least(1), default=10_000)
    tries.add_argument("--people", type=at_least(100), default=4_000, help="of the simulated company (default 4000)")
    tries.add_argument("--days", type=at_least(1), default=182)
    tries.add_argument(
        "--store", type=Path, metavar="DIR", help="a store that is there, instead of a simulated company"
    )
    tries.add_argument("--processes", type=at_least(1), default=1, help="parts of the attacks at a time (default 1)")
    tries.add_argument("--seed", type=at_least(0), default=1)
    said = commands.add_parser(
        "sentences",
        help="sentences of known truth about a store, half of them false: what `exports check` makes of them",
    )
    said.add_argument("--sentences", type=at_least(10), default=2_000)
    said.add_argument("--store", type=Path, required=True, metavar="DIR", help="a built store; it is only read")
    said.add_argument("--seed", type=at_least(0), default=7)
    signed = commands.add_parser(
        "claims",
        help="companies in which nothing changes, and with a planted reversal: which signed claims are overturned?",
    )
    signed.add_argument("--runs", type=at_least(1), default=200)
    signed.add_argument("--seed", type=at_least(0), default=1)
    seen = commands.add_parser(
        "rights",
        help="random access files and questions: the numbers are those of a store that holds only what may be seen",
    )
    seen.add_argument("--cases", type=at_least(1), default=1_000)
    seen.add_argument("--store", type=Path, required=True, metavar="DIR", help="a built store; it is only read")
    seen.add_argument("--processes", type=at_least(1), default=1, help="parts of the cases at a time (default 1)")
    seen.add_argument("--seed", type=at_least(0), default=1)
    called = commands.add_parser(
        "mcp",
        help="calls of an assistant: equal to `metrics show`, nothing beyond a viewer's rights, one sentence for junk",
    )
    called.add_argument("--calls", type=at_least(1), default=500, help="of each kind (default 500)")
    called.add_argument(
        "--printed",
        type=at_least(0),
        metavar="N",
        help="of the first kind only so many: each opens the store anew (default as many as --calls)",
    )
    called.add_argument("--store", type=Path, required=True, metavar="DIR", help="a built store; it is only read")
    called.add_argument("--seed", type=at_least(0), default=1)
    first = commands.add_parser("start", help="seconds from the start of the app to its first screen")
    first.add_argument("--later", type=at_least(1), default=3, help="starts after the first (default 3)")
    first.add_argument("--store", type=Path, metavar="DIR", help="a store that is there: later starts only")
    first.add_argument("--format", choices=("text", "json"), default="text")
    moved = commands.add_parser(
        "moves", help="what the family of changes tells of simulated weeks: false news, a season, power"
    )
    moved.add_argument("--runs", type=at_least(1), default=100, help="companies of each world (default 100)")
    moved.add_argument("--seed", type=at_least(0), default=1)
    known = commands.add_parser(
        "truth", help="companies of known truth from plain files: intervals, changes, names and periods held against it"
    )
    known.add_argument("--runs", type=at_least(1), default=20, help="companies of each kind (default 20)")
    known.add_argument(
        "--part", choices=tuple(known_truth.PARTS), action="append", help="only this part; may be given several times"
    )
    known.add_argument(
        "--only", default="", metavar="TEXT", help="of the changes, only companies whose name holds this"
    )
    known.add_argument("--seed", type=at_least(0), default=1)
    known.add_argument("--format", choices=("text", "json"), default="text")
    why = commands.add_parser(
        "causes", help="small companies with one planted cause among two decoys: found first, and nothing else told?"
    )
    why.add_argument("--runs", type=at_least(1), default=200, help="companies with a cause, and without (default 200)")
    why.add_argument("--answers", type=at_least(100), default=700, help="answers in each company (default 700)")
    why.add_argument("--seed", type=at_least(0), default=1)
    why.add_argument("--processes", type=at_least(1), default=2, help="companies at a time (default 2)")
    why.add_argument("--format", choices=("text", "json"), default="text")
    held = commands.add_parser(
        "coverage",
        help="how often 95 %% intervals hold the truth, by design and n: heavy users, ceilings, skewed money, few people",
    )
    held.add_argument("--runs", type=at_least(1), default=1_000, help="samples of each design (default 1000)")
    held.add_argument("--only", default="", metavar="PATTERN", help="only designs or metrics whose name matches")
    held.add_argument("--seed", type=at_least(0), default=1)
    held.add_argument("--format", choices=("text", "json"), default="text")
    spoiled = commands.add_parser(
        "mutants",
        help="files of every reader spoiled in every way, through the real loader and a share of them through `data inspect`",
    )
    spoiled.add_argument("--files", type=at_least(1), default=10_000)
    spoiled.add_argument(
        "--every",
        type=at_least(0),
        default=10,
        metavar="N",
        help="every N-th file is inspected too (default 10; 0: none)",
    )
    spoiled.add_argument("--seed", type=at_least(0), default=1)
    spoiled.add_argument("--format", choices=("text", "json"), default="text")
    broken = commands.add_parser(
        "code-mutants", help="rules of the code broken one at a time in a copy of the tree: does a test see it?"
    )
    broken.add_argument("--only", default="", metavar="TEXT", help="only mutants whose id, file or rule holds this")
    broken.add_argument("--format", choices=("text", "json"), default="text")
    return top


def main(argv: list[str] | None = None) -> int:
    """Run a benchmark; progress on standard error, the table on standard output."""
    args = parser().parse_args(argv)
    if args.command == "speed":
        print(report.timings(speed.measure(args.people, args.days, _say), args.format))
        return 0
    if args.command in ("build", "page"):
        return _measured(args)
    if args.command == "moves":
        outside = moves.report(args.runs, args.seed)
        return 1 if mixes.report(args.runs, args.seed) else outside
    if args.command == "rights":
        return rights.report(args.store, args.cases, args.seed, _say, args.processes)
    if args.command == "mcp":
        from benchmarks import assistant  # only here: it needs the SDK of requirements-assistant.txt

        told = assistant.measure(args.store, args.calls, args.seed, _say, args.printed)
        print(assistant.render(told))
        return 1 if assistant.failed(told) else 0
    if args.command == "masks":
        print(masks.render())
        return 0
    if args.command == "hostile":
        sent = hostile.measure(args.strings, args.seed, _say)
        print(hostile.render(sent))
        return 1 if sent.failed else 0
    if args.command == "attacks":
        return _attacked(args)
    if args.command == "start":
        return _started(args)
    if args.command == "inspect":
        return _inspected(args)
    if args.command == "truth":
        found = known_truth.measure(args.part or list(known_truth.PARTS), args.runs, args.seed, args.only, _say)
        print(tables.render(found, args.format))
        return 1 if tables.outside(found) else 0
    if args.command == "sentences":
        judged = spoken.measure(args.sentences, open_generation(args.store), args.seed)
        print(spoken.table(judged))
        return 1 if judged.wrongly > spoken.MOST_WRONG or judged.supported < spoken.LEAST_SUPPORTED else 0
    if args.command == "claims":
        tried = signed_claims.measure(args.runs, args.seed)
        print(signed_claims.table(tried))
        return 1 if signed_claims.outside(tried) else 0
    if args.command == "causes":
        seen = planted_causes.measure(args.runs, args.answers, args.seed, args.processes, _say)
        print(planted_causes.render(seen, args.answers, args.format))
        return 1 if any(mark.verdict == "outside" for mark in planted_causes.marks(seen)) else 0
    if args.command == "coverage":
        return _held(args)
    if args.command == "mutants":
        lines = mutants.measure(mutants.Order(args.files, args.seed, args.every), _say)
        print(mutants.render(lines, args.format))
        return 1 if mutants.failed(lines) else 0
    if args.command == "code-mutants":
        return _broken(args)
    plan = recovery.Plan(args.runs, args.people, args.days, args.seed, args.effects, args.reference, args.processes)
    try:
        finished, marks = recovery.judge(plan, _say, args.keep)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    print(report.marks(plan, finished, marks, args.format))
    return 1 if any(mark.verdict == "outside" for mark in marks) else 0


def _attacked(args: argparse.Namespace) -> int:
    with attacks.company(args.store, args.people, args.days, args.seed, _say) as generation:
        if args.processes > 1:
            found = attacks.measure_at_once(generation.path.parent, args.attacks, args.seed, _say, args.processes)
        else:
            found = attacks.measure(generation, args.attacks, args.seed, _say)
        found += beyond.measure(generation, max(args.attacks // BEYOND, 1), args.seed, _say)
    print(attacks.render(found))
    return 1 if attacks.failed(found) else 0


def _measured(args: argparse.Namespace) -> int:
    try:
        if args.command == "build":
            found = measured.building(args.sources, args.memory, _say)
        else:
            found = measured.paging(args.store, args.periods, _say)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    print(measured.render(found, args.format))
    return 0


def _broken(args: argparse.Namespace) -> int:
    try:
        found = code_mutants.measure(code_mutants.mutants(args.only), _say)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    print(code_mutants.render(found, args.format))
    return 1 if code_mutants.failed(found) else 0


def _held(args: argparse.Namespace) -> int:
    try:
        found = coverage.measure(args.runs, args.seed, args.only, _say)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    print(coverage.table(found, args.format))
    return 1 if any(one.verdict == "outside" for one in found) else 0


def _started(args: argparse.Namespace) -> int:
    try:
        print(report.starts(start.measure(args.later, _say, args.store), args.format))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _inspected(args: argparse.Namespace) -> int:
    missing = [folder for folder in args.folders if not folder.is_dir()]
    if missing:
        print(UserError("there is no such folder", file=missing[0]), file=sys.stderr)
        return 2
    print(
        inspect.render(inspect.survey([folder.resolve() for folder in args.folders], args.leave_out, _say), args.format)
    )
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
