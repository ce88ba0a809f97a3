"""access.toml: who may come in, and which group sees what.

[signin]
domains = ["example.com"]            # of confirmed addresses; without it every account of the provider
groups = ["insight"]                 # of the provider's groups, one is enough
groups_claim = "groups"
confirmed_without_saying = false     # the provider gives confirmed addresses only and does not send email_verified
hours = 8                            # a session ends after so long, and with the provider's token at the latest

[[group]]
name = "Shop leads"
members = ["lead@example.com", "*@shop.example.com"]   # "*": everybody who comes in
provider_groups = ["shop-leads"]
views = ["overview", "stage"]        # without it every page
journeys = ["Purchase"]              # these four without it: not limited
stages = ["Buy"]
segments = ["Business"]
regions = ["DE"]
comments = true                      # these four without it: no
persons = false
exports = true
administer = false

[[token]]                            # for a program that cannot sign in: a spreadsheet, an assistant (python -m metrics token)
name = "Weekly workbook"
sha256 = "…"                         # of the token, which itself is kept nowhere
groups = ["Shop leads"]
until = 2027-06-30                   # its last day; without it until the block is deleted
"""

import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.errors import UserError, check_keys
from data.settings.sources import load_toml
from metrics.query.query import Grant
from metrics.rules.access.rights_file import addresses, fits
from metrics.rules.access.tokens import Token, read_tokens

VIEWS = (
    "overview",
    "journey",
    "stage",
    "voice",
    "drivers",
    "silent",
    "promises",
    "support",
    "relationship",
    "experiments",
    "changes",
    "case",
    "portfolio",
    "decisions",
    "followups",
    "explore",
    "reconcile",
    "data",
    "definitions",
)
LISTS = ("views", "journeys", "stages", "segments", "regions")
FLAGS = ("comments", "persons", "exports")
GROUP = ("name", "members", "provider_groups", *LISTS, *FLAGS, "administer")
SIGNIN = ("domains", "groups", "groups_claim", "confirmed_without_saying", "hours")
EVERYBODY = "*"


@dataclass(frozen=True)
class SignIn:
    """Who may come in; None: not limited by it."""

    domains: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    groups_claim: str = "groups"
    confirmed_without_saying: bool = False
    hours: float | None = None


@dataclass(frozen=True)
class Group:
    """A group: who is in it, and what that gives."""

    name: str
    members: tuple[str, ...]
    provider_groups: tuple[str, ...]
    grant: Grant
    administer: bool

    def holds(self, email: str | None, groups: tuple[str, ...]) -> bool:
        """Whether somebody of this confirmed address, in these groups of the provider, belongs to it."""
        return (
            EVERYBODY in self.members
            or any(group in self.provider_groups for group in groups)
            or (email is not None and any(fits(email, entry) for entry in self.members))
        )


@dataclass(frozen=True)
class Access:
    """The file as read."""

    signin: SignIn
    groups: tuple[Group, ...]
    tokens: tuple[Token, ...] = ()

    def named(self, names: tuple[str, ...], file: Path) -> tuple[Group, ...]:
        """Groups by name. Raises UserError for one that is not there."""
        known = {group.name: group for group in self.groups}
        for name in names:
            if name not in known:
                raise UserError("there is no such group", file=file.name, found=name, allowed=", ".join(known))
        return tuple(known[name] for name in names)


def access_file() -> Path:
    """Where it is written which group sees what: THROUGHLINE_ACCESS, else access.toml where the process was started."""
    return Path(os.environ.get("THROUGHLINE_ACCESS") or "access.toml")


def load_access(file: Path) -> Access | None:
    """The file, None where there is none. Raises UserError for one that is not of this shape: then nobody sees anything."""
    try:
        told = file.stat()
    except OSError:
        return None
    return _load(file, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=16)
def _load(file: Path, changed: int, size: int) -> Access:
    spec = load_toml(file)
    check_keys(spec, ("signin", "group", "token"), file=file.name, where="top level")
    groups = spec.get("group", [])
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        raise UserError("a group is written [[group]]", file=file.name)
    made = tuple(_group(group, place, file) for place, group in enumerate(groups, 1))
    if len({group.name for group in made}) < len(made):
        raise UserError("two groups have the same name", file=file.name, where="[[group]]")
    tokens = read_tokens(spec.get("token", []), {group.name for group in made}, file)
    return Access(_signin(spec.get("signin", {}), file), made, tokens)


def _signin(spec: object, file: Path) -> SignIn:
    where = "[signin]"
    if not isinstance(spec, dict):
        raise UserError("[signin] stands once, and holds keys", file=file.name)
    check_keys(spec, SIGNIN, file=file.name, where=where)
    domains = _texts(spec, "domains", file, where)
    hours = spec.get("hours")
    if hours is not None and (isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 720):
        raise UserError("hours is a number", file=file.name, where=where, found=hours, allowed="above 0, up to 720")
    claim = spec.get("groups_claim", "groups")
    if not isinstance(claim, str) or not claim:
        raise UserError("groups_claim is a name", file=file.name, where=where, found=claim)
    return SignIn(
        None if domains is None else tuple(domain.strip().lower().lstrip("@") for domain in domains),
        _texts(spec, "groups", file, where),
        claim,
        _flag(spec, "confirmed_without_saying", file, where),
        hours,
    )


def _group(spec: dict[str, Any], place: int, file: Path) -> Group:
    name = spec.get("name")
    if not isinstance(name, str) or not name.strip():
        raise UserError("a group has a name", file=file.name, where=f"[[group]] {place}", found=name)
    where = f"[[group]] {name}"
    check_keys(spec, GROUP, file=file.name, where=where)
    lists = {key: _texts(spec, key, file, where) for key in LISTS}
    for view in lists["views"] or ():
        if view not in VIEWS:
            raise UserError(
                "there is no such page", file=file.name, where=f"{where} views", found=view, allowed=", ".join(VIEWS)
            )
    listed = spec.get("members", [])
    everybody = isinstance(listed, list) and EVERYBODY in listed
    members = addresses([one for one in listed if one != EVERYBODY] if everybody else listed, "members", file, where)
    return Group(
        name,
        (*members, EVERYBODY) if everybody else members,
        _texts(spec, "provider_groups", file, where) or (),
        replace(
            Grant(lists["journeys"], lists["stages"], lists["segments"], lists["regions"], lists["views"]),
            comments=_flag(spec, "comments", file, where),
            persons=_flag(spec, "persons", file, where),
            exports=_flag(spec, "exports", file, where),
        ),
        _flag(spec, "administer", file, where),
    )


def _texts(spec: dict[str, Any], key: str, file: Path, where: str) -> tuple[str, ...] | None:
    """A list of texts; None where the key is not there. An empty list is a list of nothing."""
    if key not in spec:
        return None
    found = spec[key]
    if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
        raise UserError(f"{key} is a list of texts", file=file.name, where=where, found=found, allowed='["…", "…"]')
    return tuple(found)


def _flag(spec: dict[str, Any], key: str, file: Path, where: str) -> bool:
    found = spec.get(key, False)
    if not isinstance(found, bool):
        raise UserError(f"{key} is true or false", file=file.name, where=where, found=found)
    return found
