"""Tokens of access.toml: what a program shows that cannot sign in. The file holds a token's digest only; a token has the rights of its groups."""

import hmac
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.errors import UserError, check_keys

TOKEN = ("name", "sha256", "groups", "until")
MARK = "tl_"  # by which people and scanners know what it is


@dataclass(frozen=True)
class Token:
    """One token: what it is for, its digest, the groups whose rights it has, and its last day (None: no last day)."""

    name: str
    digest: str
    groups: tuple[str, ...]
    until: date | None = None


def new_token() -> tuple[str, str]:
    """A token nobody can guess, and its digest."""
    made = MARK + secrets.token_urlsafe(32)
    return made, digest(made)


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def shown_by(token: str, tokens: Iterable[Token], today: date) -> Token | None:
    """Whose token this is; None for one that is none, or whose last day is over. Every digest is compared, in a time that tells nothing."""
    own = digest(token)
    found = [one for one in tokens if hmac.compare_digest(own, one.digest)]
    return next((one for one in found if one.until is None or today <= one.until), None)


def read_tokens(listed: object, groups: Collection[str], file: Path) -> tuple[Token, ...]:
    """The [[token]] blocks. Raises UserError for one that is not of this shape or names a group that is not there."""
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise UserError("a token is written [[token]]", file=file.name)
    made = tuple(_token(one, place, groups, file) for place, one in enumerate(listed, 1))
    for key in ("name", "digest"):
        if len({getattr(one, key) for one in made}) < len(made):
            raise UserError(f"two tokens have the same {key}", file=file.name, where="[[token]]")
    return made


def _token(spec: dict[str, Any], place: int, groups: Collection[str], file: Path) -> Token:
    name = spec.get("name")
    if not isinstance(name, str) or not name.strip():
        raise UserError("a token has a name", file=file.name, where=f"[[token]] {place}", found=name)
    where = f"[[token]] {name}"
    check_keys(spec, TOKEN, file=file.name, where=where)
    held = spec.get("sha256")
    if not isinstance(held, str) or not re.fullmatch(r"[0-9a-f]{64}", held):
        raise UserError(
            "sha256 is the digest of a token",
            file=file.name,
            where=where,
            allowed="64 signs of 0–9 and a–f",
            fix="Run: python -m metrics token",
        )
    named = spec.get("groups")
    if not isinstance(named, list) or not named or not all(isinstance(one, str) for one in named):
        raise UserError("groups is a list of groups of this file", file=file.name, where=where, found=named)
    for one in named:
        if one not in groups:
            raise UserError(
                "there is no such group", file=file.name, where=where, found=one, allowed=", ".join(groups) or "none"
            )
    until = spec.get("until")
    if until is not None and (not isinstance(until, date) or isinstance(until, datetime)):
        raise UserError("until is a day", file=file.name, where=where, found=until, allowed="a day as 2027-06-30")
    return Token(name, held, tuple(named), until)


def block(name: str, held: str, groups: Iterable[str]) -> str:
    """The lines to paste into access.toml."""
    listed = ", ".join(_quoted(one) for one in groups)
    return f"[[token]]\nname = {_quoted(name)}\nsha256 = {_quoted(held)}\ngroups = [{listed}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
