"""subscriptions.toml: who gets which digest where, and what raises an alert.

[mail]
host = "mail.example.com"
port = 587
from = "throughline@example.com"
starttls = true
user = "throughline"
password_env = "THROUGHLINE_MAIL_PASSWORD"     # the name of an environment variable, never the password

[[subscription]]
name = "Checkout, weekly"
audience = "checkout team"                     # everyone, or an owner of journey.toml
journey = "Purchase"
where = ["touch_channel=app"]
as_groups = ["Shop leads"]                     # by whose rights of access.toml; without it everything
to = ["lead@example.com"]                      # by mail …
folder = "digests"                             # … or as files, relative to this one

[alerts]
budget = 1.0                                   # false alarms a quarter, over everything watched
weeks = 2                                      # the newest whole weeks, against as many before
to = ["oncall@example.com"]
webhook = "https://hooks.example.com/…"        # gets JSON
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.errors import UserError, check_keys
from data.settings.toml_file import load_toml

MAIL = ("host", "port", "from", "starttls", "user", "password_env")
ONE = ("name", "audience", "journey", "where", "as_groups", "to", "folder")
HERE = ("127.0.0.1", "localhost", "::1")
ALERTED = "alerts"  # the name of their files
ALERTS = ("budget", "weeks", "to", "webhook", "journey", "folder")


@dataclass(frozen=True)
class Mail:
    """The server that takes mail, and from whom."""

    host: str
    sender: str
    port: int = 25
    starttls: bool = False
    user: str = ""
    password_env: str = ""


@dataclass(frozen=True)
class Subscription:
    """One digest: of whom, for whom, where to."""

    name: str
    audience: str
    journey: str | None
    where: tuple[tuple[str, str], ...]
    as_groups: tuple[str, ...]
    to: tuple[str, ...]
    folder: Path | None


@dataclass(frozen=True)
class Alerts:
    """What raises an alert and who is told."""

    budget: float
    weeks: int
    journey: str | None
    to: tuple[str, ...]
    webhook: str
    folder: Path | None


@dataclass(frozen=True)
class Subscriptions:
    """The whole file."""

    mail: Mail | None
    subscriptions: tuple[Subscription, ...]
    alerts: Alerts | None


def load(file: Path) -> Subscriptions:
    """The file. Raises UserError naming the key, what was found and what is allowed."""
    spec = load_toml(file)
    check_keys(spec, ("mail", "subscription", "alerts"), file=file.name, where="top level")
    held = spec.get("subscription", [])
    if not isinstance(held, list):
        raise UserError("subscriptions are written [[subscription]]", file=file.name, where="subscription")
    mail = _mail(spec["mail"], file.name) if "mail" in spec else None
    found = tuple(_one(entry, place, file) for place, entry in enumerate(held, 1))
    names = [one.name for one in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise UserError("two subscriptions have one name", file=file.name, where="name", found=", ".join(twice))
    alerts = _alerts(spec["alerts"], file) if "alerts" in spec else None
    _apart(found, alerts, file.name)
    if mail is None and (any(one.to for one in found) or alerts and alerts.to):
        raise UserError("there is no mail server to send by", file=file.name, where="[mail]", allowed="host and from")
    return Subscriptions(mail, found, alerts)


def _apart(found: tuple[Subscription, ...], alerts: Alerts | None, file: str) -> None:
    """No two write one file: the later would stand where those look who get the earlier, who may see less."""
    taken = {(alerts.folder.resolve(), ALERTED): "[alerts]"} if alerts and alerts.folder else {}
    for one in found:
        place = one.folder and (one.folder.resolve(), file_name(one.name))
        if place and taken.setdefault(place, one.name) != one.name:
            raise UserError(
                "two subscriptions write one file", file=file, where="name", found=f"{taken[place]}, {one.name}",
                fix="Let their names differ in a letter or digit, or give each its folder",
            )  # fmt: skip


def file_name(name: str) -> str:
    """What the files of a subscription begin with."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-").lower() or "digest"


def _mail(given: Any, file: str) -> Mail:
    if not isinstance(given, dict):
        raise UserError("this is a table of keys", file=file, where="[mail]", found=given)
    check_keys(given, MAIL, file=file, where="[mail]")
    for key in ("host", "from"):
        if not isinstance(given.get(key), str) or not given[key]:
            raise UserError(
                "a mail server has a host and a sender", file=file, where=f"[mail] {key}", found=given.get(key)
            )
    port = given.get("port", 587 if given.get("starttls") else 25)
    if isinstance(port, bool) or not isinstance(port, int) or not 0 < port < 65536:
        raise UserError("this is no port", file=file, where="[mail] port", found=port, allowed="1 to 65535")
    if given.get("user") and not given.get("starttls") and given["host"] not in HERE:
        raise UserError("a password is sent encrypted only", file=file, where="[mail] starttls", allowed="true")
    if any(sign in given["from"] for sign in "\r\n"):
        raise UserError("this is no address", file=file, where="[mail] from", found=given["from"])
    return Mail(
        given["host"],
        given["from"],
        port,
        bool(given.get("starttls", False)),
        str(given.get("user", "")),
        str(given.get("password_env", "")),
    )


def _one(given: Any, place: int, file: Path) -> Subscription:
    where = f"[[subscription]] {place}"
    if not isinstance(given, dict):
        raise UserError("this is a table of keys", file=file.name, where=where, found=given)
    check_keys(given, ONE, file=file.name, where=where)
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        raise UserError("a subscription has a name", file=file.name, where=f"{where} name", found=name)
    made = Subscription(
        name,
        _text(given, "audience", file.name, where) or "everyone",
        _text(given, "journey", file.name, where),
        tuple(_filter(text, file.name, where) for text in _texts(given, "where", file.name, where)),
        _texts(given, "as_groups", file.name, where),
        _texts(given, "to", file.name, where),
        _folder(given, file, where),
    )
    _somewhere(made.to, made.folder, "", file.name, where)
    return made


def _alerts(given: Any, file: Path) -> Alerts:
    where = "[alerts]"
    if not isinstance(given, dict):
        raise UserError("this is a table of keys", file=file.name, where=where, found=given)
    check_keys(given, ALERTS, file=file.name, where=where)
    budget, weeks = given.get("budget", 1.0), given.get("weeks", 2)
    if isinstance(budget, bool) or not isinstance(budget, int | float) or not 0 < budget <= 13:
        raise UserError(
            "false alarms a quarter",
            file=file.name,
            where="[alerts] budget",
            found=budget,
            allowed="above 0, at most 13",
        )
    if isinstance(weeks, bool) or not isinstance(weeks, int) or not 1 <= weeks <= 13:
        raise UserError("whole weeks", file=file.name, where="[alerts] weeks", found=weeks, allowed="1 to 13")
    webhook = str(given.get("webhook", ""))
    if webhook and not _safe(webhook):
        raise UserError("a webhook is an https address", file=file.name, where="[alerts] webhook", found=webhook)
    made = Alerts(
        float(budget),
        weeks,
        _text(given, "journey", file.name, where),
        _texts(given, "to", file.name, where),
        webhook,
        _folder(given, file, where),
    )
    _somewhere(made.to, made.folder, webhook, file.name, where)
    return made


def _safe(webhook: str) -> bool:
    """Whether what is sent there is encrypted, or stays on this machine; http://127.0.0.1.example is another one."""
    try:
        parts = urlsplit(webhook)
        return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE))
    except ValueError:
        return False


def _somewhere(to: tuple[str, ...], folder: Path | None, webhook: str, file: str, where: str) -> None:
    if not (to or folder or webhook):
        raise UserError("it goes nowhere", file=file, where=where, allowed="to, folder, or for alerts webhook")
    for address in to:
        if "@" not in address or any(sign in address for sign in " \r\n,;<>"):
            raise UserError("this is no address", file=file, where=f"{where} to", found=address)


def _text(given: dict[str, Any], key: str, file: str, where: str) -> str | None:
    found = given.get(key)
    if found is not None and not isinstance(found, str):
        raise UserError("this is a text", file=file, where=f"{where} {key}", found=found)
    return found


def _folder(given: dict[str, Any], file: Path, where: str) -> Path | None:
    named = _text(given, "folder", file.name, where)
    return file.parent / named if named else None


def _texts(given: dict[str, Any], key: str, file: str, where: str) -> tuple[str, ...]:
    found = given.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise UserError("this is a list of texts", file=file, where=f"{where} {key}", found=found)
    return tuple(found)


def _filter(text: str, file: str, where: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UserError("a filter is written DIMENSION=VALUE", file=file, where=f"{where} where", found=text)
    return name.strip(), value.strip()
