"""What a provider's token says of whoever signed in, and until when it holds. No Streamlit: the server's gate asks it as the pages do."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.errors import UserError
from data.store.names import store_path
from data.store.user_records import Users, users_file
from metrics.rules.access.access_file import SignIn
from report.text.catalogue import say

NOBODY = SignIn(domains=(), groups=())  # of a file that cannot be read
HOURS = 12.0  # a session of a provider that gives no end
FRESH = 2.0  # seconds in which a session known to be open is not looked up again
NOT_CLAIMS = ("origin", "is_logged_in", "tokens", "provider")
Claims = Mapping[str, Any]
_ended: set[str] = set()
_looked: dict[str, float] = {}


@dataclass(frozen=True)
class Session:
    """One signing in: `key` names the token it came of, and with it every copy of its cookie; `until` is its last second (Unix)."""

    key: str
    until: float

    def open(self) -> bool:
        """Whether it still holds. Where it cannot be known whether somebody signed out, it does not."""
        if time.time() >= self.until or self.key in _ended:
            return False
        if time.monotonic() - _looked.get(self.key, -FRESH) < FRESH:
            return True
        try:
            over = _users().ended(self.key)
        except UserError:
            return False
        if len(_looked) > 10_000:
            _looked.clear()
        _looked[self.key] = time.monotonic()
        return not over

    def end(self) -> None:
        """Sign out: every tab, every copy of the cookie, in every process that serves these users' records."""
        _ended.add(self.key)
        _users().end(self.key, self.until)


def _users() -> Users:
    return Users(users_file(store_path()))


def session_of(claims: Claims, hours: float | None = None) -> Session | None:
    """The session of these claims; None where nobody is signed in, or the token says neither when it was given nor when it ends."""
    if claims.get("is_logged_in") is not True:
        return None
    given, ends = _seconds(claims.get("iat")), _seconds(claims.get("exp"))
    if given is None and ends is None:
        return None
    limits = [ends] if ends is not None else []
    if given is not None and (hours is not None or ends is None):
        limits.append(given + 3600 * (HOURS if hours is None else hours))
    told = json.dumps({k: v for k, v in claims.items() if k not in NOT_CLAIMS}, sort_keys=True, default=str)
    return Session(hashlib.sha256(told.encode()).hexdigest(), min(limits or [0.0]))


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def confirmed(claims: Claims, rules: SignIn) -> str | None:
    """The address the provider confirmed: `email` is a text and `email_verified` is true. A provider that confirms every address and does
    not say so is named by `confirmed_without_saying` in access.toml."""
    address, verified = claims.get("email"), claims.get("email_verified")
    if claims.get("is_logged_in") is not True or not isinstance(address, str) or not address.strip():
        return None
    sure = verified is True or (verified is None and rules.confirmed_without_saying)
    return address.strip() if sure else None


def groups(claims: Claims, rules: SignIn) -> tuple[str, ...]:
    """The provider's groups of whoever signed in."""
    found = claims.get(rules.groups_claim)
    listed = [found] if isinstance(found, str) else found if isinstance(found, list | tuple) else []
    return tuple(one for one in listed if isinstance(one, str)) if claims.get("is_logged_in") is True else ()


def why_not(claims: Claims, rules: SignIn) -> str | None:
    """Why whoever comes with these claims may not come in, None where they may. Empty where they only have to sign in."""
    session = session_of(claims, rules.hours)
    if session is None or not session.open():
        return ""
    if rules.domains is not None:
        address = confirmed(claims, rules)
        if address is None:
            return say("ui.signin.the_provider_has_not_confirmed")
        if address.rpartition("@")[2].lower() not in rules.domains:
            return say("ui.signin.accounts_of_this_domain_may_not")
    if rules.groups is not None and not set(rules.groups) & set(groups(claims, rules)):
        return say("ui.signin.this_account_is_in_none_of")
    return None
