"""Who looks, and with which rights: by access.toml, else by the older rights.toml, else by where they sit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.errors import UserError
from metrics.query.query import Rights
from metrics.rules.access.access_file import Access, Group, load_access
from metrics.rules.access.rights_file import fits, load_rights
from metrics.rules.access.tokens import shown_by

SIMULATED = "everyone may, because these people are simulated"
HERE = "at this machine"
NOBODY = Rights(grants=())


class NoToken(UserError):
    """A token that access.toml does not hold, or no longer."""


@dataclass(frozen=True)
class Identity:
    """Whoever looks: their confirmed address, their groups at the provider, `here`: no sign-in is set up and they sit at this
    machine, so that whatever is in the store lies before them anyway, and `signed_in`: a provider says who they are, if without an address
    it has confirmed."""

    email: str | None = None
    groups: tuple[str, ...] = ()
    here: bool = False
    signed_in: bool = False

    @property
    def came_in(self) -> bool:
        """Whether they have signed in at all: what everybody gets who comes in is not for whoever merely reaches the app."""
        return self.signed_in or self.email is not None or bool(self.groups)


@dataclass(frozen=True)
class Viewer:
    """Who looks: `name` is what the audit log is given, `rights` what may be seen, `why` the reason in words (of the right to see
    persons; with access.toml of what they are given), `administer` whether they may bring data."""

    name: str
    rights: Rights
    why: str
    administer: bool = False


def look(who: Identity, simulated: bool, rights_file: Path, access_file: Path) -> Viewer:
    """The rights of whoever looks. Where access.toml is there it decides alone, and whom it gives nothing sees nothing; a file that
    cannot be read gives nothing to anybody."""
    try:
        access = load_access(access_file)
    except UserError as error:
        return Viewer(who.email or "not signed in", NOBODY, f"the file of access cannot be used: {error}")
    if access is not None:
        return _by_groups(who, access)
    if who.here and not rights_file.exists():
        return Viewer(HERE, Rights(see_persons=True), "whoever sits at this machine may", administer=True)
    found = viewer(who.email, simulated, rights_file)
    return Viewer(found.name, found.rights, found.why, who.here or administers(who.email, rights_file))


def _by_groups(who: Identity, access: Access) -> Viewer:
    name = who.email or "not signed in"
    if who.here:
        return Viewer(name, NOBODY, "access.toml gives rights to who has signed in, and sign-in is not set up")
    if not who.came_in:
        return Viewer(name, NOBODY, "access.toml gives rights to who has signed in, and you have not")
    groups = [group for group in access.groups if group.holds(who.email, who.groups)]
    if not groups:
        return Viewer(
            name, NOBODY, f"no group of access.toml holds {who.email or 'an account without a confirmed address'}"
        )
    return Viewer(
        name,
        rights_of_groups(groups),
        "given by " + ", ".join(group.name for group in groups),
        any(group.administer for group in groups),
    )


def rights_of_groups(groups: Iterable[Group]) -> Rights:
    """What several groups give together: a row is seen where one of them holds it, and is done with what those may who hold it."""
    grants = tuple(group.grant for group in groups)
    return Rights(see_persons=any(grant.persons for grant in grants), grants=grants)


def as_groups(names: tuple[str, ...], access_file: Path) -> Rights:
    """The rights of who is in these groups of access.toml. Raises UserError without the file or for a name it does not hold."""
    access = load_access(access_file)
    if access is None:
        raise UserError("there is no such file", file=access_file, fix="Write access.toml (docs/RIGHTS.md)")
    return rights_of_groups(access.named(names, access_file))


def by_token(token: str, access_file: Path) -> Viewer:
    """The viewer a token of access.toml stands for. Raises NoToken for one it does not hold, or whose last day is over, and where the file
    cannot be read: whoever shows a token is not told what stands in it."""
    try:
        access = load_access(access_file)
    except UserError:
        raise NoToken("tokens cannot be looked up: access.toml cannot be used", fix="Ask whoever keeps it") from None
    found = shown_by(token, access.tokens, datetime.now(UTC).date()) if access else None
    if access is None or found is None:
        raise NoToken("this token is not known, or its last day is over", fix="Ask whoever keeps access.toml")
    rights = rights_of_groups(access.named(found.groups, access_file))
    return Viewer(f"token {found.name}", rights, "given by " + ", ".join(found.groups))


def viewer(email: str | None, simulated: bool, file: Path) -> Viewer:
    """The rights of whoever is signed in under `email` (None: nobody) by rights.toml alone. What cannot be read gives no right to see
    persons, and says why."""
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
    if any(fits(email, entry) for entry in listed["see_persons"]):
        return Viewer(name, Rights(see_persons=True), f"{email} has the right see_persons")
    return Viewer(name, Rights(), f"{email} does not have the right see_persons")


def administers(email: str | None, file: Path) -> bool:
    """Whether rights.toml lets whoever is signed in bring data; nobody unless named, and nobody where the file cannot be read."""
    try:
        listed = load_rights(file) or {}
    except UserError:
        return False
    return email is not None and any(fits(email, entry) for entry in listed.get("administer", ()))
