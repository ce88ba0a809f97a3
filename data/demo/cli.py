"""python -m data demo: arguments in, the company's exports out."""

import argparse
import sys
from pathlib import Path

from data.demo.run import generate


class _Refused(Exception):
    pass


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:
        raise _Refused(message)


def main(argv: list[str]) -> int:
    """0 done; 2 wrong arguments, with one message that says what is allowed."""
    try:
        args = _parser().parse_args(argv)
        generate(
            args.out,
            people=args.people,
            days=args.days,
            events=args.events,
            seed=args.seed,
            effects=args.effects,
            progress=_say,
        )
    except (_Refused, ValueError) as wrong:
        print(f"data demo: {wrong}", file=sys.stderr)
        return 2
    except OSError as wrong:
        print(f"data demo: cannot write to {args.out}: {wrong.strerror}", file=sys.stderr)
        return 2
    print(f"Simulated company written to {args.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m data demo", description="Write the simulated company's exports.")
    parser.add_argument("--people", type=at_least(1), default=60_000, help="number of people (default 60000)")
    parser.add_argument(
        "--days", type=at_least(1), default=546, help="days from 2025-05-26 on (default 546 = 78 weeks)"
    )
    parser.add_argument("--events", type=at_least(1), help="instead of --people: roughly this many web events")
    parser.add_argument("--seed", type=at_least(0), default=1)
    parser.add_argument("--effects", default="all", help="all, none, or ids separated by commas, e.g. E1,E5,T10")
    parser.add_argument("--out", type=Path, default=Path(".store/demo"))
    return parser


def at_least(smallest: int):
    """The type of an argument that is a whole number of at least `smallest`."""

    def whole(text: str) -> int:
        try:
            value = int(text.replace("_", ""))
        except ValueError:
            value = smallest - 1
        if value < smallest:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of at least {smallest}")
        return value

    return whole


def _say(label: str, done: int, total: int) -> None:
    end = "\n" if done == total else ""
    print(f"\r{label}: {done} of {total}", end=end, file=sys.stderr, flush=True)
