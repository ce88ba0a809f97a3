"""Who may see one person's path: a right of its own, written in rights.toml, and nobody has it unless named there.

    [rights]
    see_persons = ["lead@example.com", "*@cx.example.com"]
    administer = ["owner@example.com"]          # may bring data from the browser

The file is read at every question, so that a right taken away is gone at once. Only the simulated company, about whom there
is nobody to protect, shows paths without a file; where there is a file, it decides there, too.
"""

from dataclasses import dataclass
from pathlib import Path

from data.errors import UserError, check_keys
from data.settings.sources import load_toml
from metrics.query.query import Rights

RIGHTS = ("see_persons", "administer")
SIMULATED = "everyone may, because these people are simulated"


@dataclass(frozen=True)
class Viewer:
    """Who looks: `name` is what the audit log is given, `rights` what may be seen, `why` the reason in words."""

    name: str
    rights: Rights
    why: str


def viewer(email: str | None, simulated: bool, file: Path) -> Viewer:
    """The rights of whoever is signed in under `email` (None: nobody). What cannot be read gives no right, and says why."""
    name = email or "not signed in"
    try:
        listed = load_rights(file)
    except UserError as error:
        return Viewer(name, Rights(), f"the file of rights cannot be used: {error}")
    if listed is None and simulated:
        return Viewer(email or "not signed in, simulated data", Rights(see_persons=True), SIMULATED)
    if listed is None:
        return Viewer(name, Rights(), "nobody has been given the right see_persons: there is no rights.toml")
    if email is None:
        return Viewer(name, Rights(), "the right see_persons is given by e-mail address, and you are not signed in")
    if any(_fits(email, entry) for entry in listed["see_persons"]):
        return Viewer(name, Rights(see_persons=True), f"{email} has the right see_persons")
    return Viewer(name, Rights(), f"{email} does not have the right see_persons")


def administers(email: str | None, file: Path) -> bool:
    """Whether whoever is signed in may bring data; nobody unless named, and nobody where the file cannot be read."""
    try:
        listed = load_rights(file) or {}
    except UserError:
        return False
    return email is not None and any(_fits(email, entry) for entry in listed.get("administer", ()))


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
    return {right: _addresses(given.get(right, []), right, file) for right in RIGHTS}


def _addresses(listed: object, right: str, file: Path) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(entry, str) and _usable(entry) for entry in listed):
        raise UserError(
            "a right is given to e-mail addresses",
            file=file.name,
            where=f"[rights] {right}",
            found=listed,
            allowed='"name@company.com", or "*@company.com" for everybody there',
        )
    return tuple(entry.strip().lower() for entry in listed)


def _usable(entry: str) -> bool:
    name, at, domain = entry.strip().partition("@")
    return (
        bool(name and at and "." in domain) and (name == "*" or "*" not in name) and not any(c in domain for c in "*@ ")
    )


def _fits(email: str, entry: str) -> bool:
    """Whole addresses; a star stands for everybody of that very domain, not of one that ends alike."""
    name, _, domain = email.strip().lower().rpartition("@")
    return bool(name and domain) and entry in (f"{name}@{domain}", f"*@{domain}")
