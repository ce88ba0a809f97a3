"""What a command prints: text of files never moves the cursor, rings or turns the line around."""

import re
import sys

# control signs but line feed and tab, and the signs that turn the direction of what follows
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The text without control signs."""
    return CONTROL.sub("", text)


def out(text: str) -> None:
    """Print on standard output; where control signs were left out, say so on standard error."""
    clean, count = CONTROL.subn("", text)
    print(clean)
    if count:
        print(f"{count:,} control signs in names or texts left out", file=sys.stderr)


def note(text: object) -> None:
    """One line on standard error beside an answer."""
    print(f"note: {harmless(str(text))}", file=sys.stderr)


def error(text: object) -> None:
    """One line on standard error."""
    print(f"error: {harmless(str(text))}", file=sys.stderr)
