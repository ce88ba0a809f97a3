"""metrics serve-mcp: answer assistants until they go."""

import argparse

from commands import options
from commands.command import Command
from metrics.rules.access import access_file


def _add(command: argparse.ArgumentParser) -> None:
    options.asked_store(command)
    command.add_argument("--transport", choices=("stdio", "http"), default="stdio")
    command.add_argument("--port", type=int, default=8502, help="with --transport http (default 8502)")


def _run(args: argparse.Namespace) -> int:
    from exports.assistant.run import serve  # late: the protocol's library is an extra

    port = args.port if args.transport == "http" else None
    serve(args.store, lambda: options.asked_rights(args), access_file(), port)
    return 0


COMMAND = Command(
    "serve-mcp",
    "answer assistants (Model Context Protocol), over stdio or on 127.0.0.1 (docs/ASSISTANTS.md)",
    _add,
    _run,
)
