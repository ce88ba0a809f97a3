"""python -m exports: slides, workbooks, pictures, tables and digests, and documents people have."""

from collections.abc import Sequence

from commands.command import carry_out, parser
from commands.exports import deck, digest, documents, single, workbook

COMMANDS = (
    deck.COMMAND,
    workbook.COMMAND,
    single.PICTURE,
    single.TABLE,
    digest.COMMAND,
    digest.ALERTS,
    documents.REFRESH,
    documents.CHECK,
)
ABOUT = "Exit codes: 0 done, 1 a number is contradicted, 2 the request was wrong."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code: 0 done, 1 a number is contradicted, 2 the request was wrong."""
    return carry_out(parser("python -m exports", ABOUT, COMMANDS), argv)
