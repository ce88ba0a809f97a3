"""What the files of a store are called, and which generation its pointer names."""

import os
import re
from pathlib import Path

from data.errors import UserError

POINTER, SALT, PARTS = "CURRENT", "salt", "parts"
READINGS = "readings"  # what was read of files of events; only a build looks at it
KEPT = 3  # generations
GENERATION = re.compile(r"^gen-(\d+)\.duckdb$")


def store_path() -> Path:
    """Where the store is, where nobody names another: THROUGHLINE_STORE, else .store."""
    return Path(os.environ.get("THROUGHLINE_STORE") or ".store")


def current_name(store: Path) -> str | None:
    """The generation the pointer names, or None before the first build. Raises UserError where the pointer cannot be read."""
    try:
        return (store / POINTER).read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}",
            file=store / POINTER,
            fix="Build again",
        ) from None
