"""rights.toml, the older file: who may see one person's path, and who may bring data. Everything else is everybody's who signs in.

    [rights]
    see_persons = ["lead@example.com", "*@cx.example.com"]
    administer = ["owner@example.com"]          # may bring data from the browser

Where there is an access.toml, that decides alone.
"""

import os
from pathlib import Path

from data.errors import UserError, check_keys
from data.settings.sources import load_toml

RIGHTS = ("see_persons", "administer")


def rights_file() -> Path:
    """Where the older file stands: THROUGHLINE_RIGHTS, else rights.toml where the process was started."""
    return Path(os.environ.get("THROUGHLINE_RIGHTS") or "rights.toml")


def load_rights(file: Path) -> dict[str, tuple[str, ...]] | None:
    """Right → addresses, None where there is no file. Raises UserError for a file that is not of this shape."""
    if not file.exists():
        return None
    spec = load_toml(file)
    check_keys(spec, ("rights",), file=file.name, where="top level")
    given = spec.get("rights", {})
    if not isinstance(given, dict):
        raise UserError("[rights] stands once, and holds keys", file=file.name)
    check_keys(given, RIGHTS, file=file.name, where="[rights]")
    return {right: addresses(given.get(right, []), right, file) for right in RIGHTS}


def addresses(listed: object, key: str, file: Path, where: str = "[rights]") -> tuple[str, ...]:
    """A list of e-mail addresses and domains (`*@example.com`), in small letters. Raises UserError for anything else."""
    if not isinstance(listed, list) or not all(isinstance(entry, str) and _usable(entry) for entry in listed):
        raise UserError(
            "a right is given to e-mail addresses",
            file=file.name,
            where=f"{where} {key}",
            found=listed,
            allowed='"name@company.com", or "*@company.com" for everybody there',
        )
    return tuple(entry.strip().lower() for entry in listed)


def _usable(entry: str) -> bool:
    name, at, domain = entry.strip().partition("@")
    return (
        bool(name and at and "." in domain) and (name == "*" or "*" not in name) and not any(c in domain for c in "*@ ")
    )


def fits(email: str, entry: str) -> bool:
    """Whole addresses; a star stands for everybody of that very domain, not of one that ends alike."""
    name, _, domain = email.strip().lower().rpartition("@")
    return bool(name and domain) and entry in (f"{name}@{domain}", f"*@{domain}")
