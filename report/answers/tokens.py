"""A new token as whoever asked for it is shown it."""

from pathlib import Path

from metrics.rules.access import as_groups
from metrics.rules.access.tokens import block, new_token
from report.text.catalogue import say


def token_made(name: str, groups: tuple[str, ...], access_file: Path) -> str:
    """A new token, shown this once, and what access.toml is to hold of it. Raises UserError for a group that is not there."""
    as_groups(groups, access_file)
    made, held = new_token()
    lines = [say("assistant.server.token_made"), made, "", say("assistant.server.token_block"), ""]
    return "\n".join([*lines, block(name, held, groups)])
