"""python -m metrics: the catalogue, any question, the analyses, and what answers programs that ask from outside."""

from collections.abc import Sequence

from commands.command import carry_out, parser
from commands.metrics import (
    analyses,
    assistant,
    catalogue,
    causes,
    channels,
    claims,
    preview,
    reconcile,
    semantic,
    show,
    sides,
    token,
    voice,
    worth,
)

COMMANDS = (
    catalogue.LIST,
    catalogue.DOCS,
    show.COMMAND,
    reconcile.COMMAND,
    sides.COMMAND,
    channels.COMMAND,
    causes.COMMAND,
    voice.COMMAND,
    *analyses.COMMANDS,
    worth.VALUE,
    worth.PORTFOLIO,
    claims.COMMAND,
    preview.COMMAND,
    semantic.COMMAND,
    assistant.COMMAND,
    token.COMMAND,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code: 0 done, 2 the request was wrong."""
    return carry_out(parser("python -m metrics", "Exit codes: 0 done, 2 the request was wrong.", COMMANDS), argv)
