"""Who was erased: marks of their ids, so that the next build leaves their records out. A mark is a salted hash: it says nothing of
the id, and is met again only by the same id under the same salt of the store."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from data.errors import UserError
from data.store import locks

FILE = "erased"  # in the store: a mark a line, readable by its owner only


def mark(salt: str, kind: str, value: str) -> str:
    """The mark of an id as the store holds it: of e-mails and phones the hash of the hash."""
    return hashlib.sha256(f"{salt}:erased:{kind}:{value}".encode()).hexdigest()


def marks(store: Path) -> frozenset[str]:
    """All marks. Raises UserError where the list is there and cannot be read: a build without it would bring them back."""
    try:
        return frozenset((store / FILE).read_text().split())
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"the list of who was erased cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}",
            file=FILE,
            fix="Put it back from a copy: without it the next build would bring them back",
        ) from None


def add(store: Path, new: Iterable[str]) -> None:
    """Add marks; written whole or not at all."""
    with locks.alone(store):
        written = store / f"{FILE}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
            out.write("\n".join(sorted(marks(store) | set(new))) + "\n")
            out.flush()
            os.fsync(out.fileno())
        written.replace(store / FILE)
