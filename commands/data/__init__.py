"""python -m data: read a company's exports, build the store, look after it."""

from collections.abc import Sequence

from commands.command import carry_out, parser
from commands.data import audit, build, demo, doctor, erase, inspect, texts

COMMANDS = (
    build.COMMAND,
    inspect.COMMAND,
    demo.COMMAND,
    doctor.COMMAND,
    audit.COMMAND,
    erase.COMMAND,
    texts.TEXTS,
    texts.TOPICS,
    texts.CALIBRATE,
)
ABOUT = "Exit codes: 0 done, 1 the answer is no, 2 the request was wrong."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code: 0 done, 1 the answer is no, 2 the request was wrong."""
    return carry_out(parser("python -m data", ABOUT, COMMANDS), argv)
