"""python -m exports: slides, workbooks, pictures, tables and digests, and documents people have."""

from collections.abc import Sequence

from commands.command import carry_out, parser
from commands.exports import deck, digest, documents, single, workbook
from report.text.catalogue import say

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


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code: 0 done, 1 a number is contradicted, 2 the request was wrong."""
    return carry_out(parser("python -m exports", say("exports.command.exit_codes"), COMMANDS), argv)
