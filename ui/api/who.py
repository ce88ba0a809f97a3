"""Whose rights a program is answered by: a token's; without one, and where no sign-in is set up, those a page here would have."""

import base64
import binascii
import os
from typing import Any

from starlette.datastructures import Headers

from metrics.rules.access import Identity, NoToken, Viewer, by_token, look
from report.text.catalogue import say
from ui.session import viewer
from ui.session.here import PASSED_ON, is_local, sign_in_is_set_up
from ui.session.hosts import comes_from_here


def token_of(headers: Headers) -> str:
    """The token of a request: as a bearer, or as the password a spreadsheet asks for (any user name); "" where it shows none."""
    scheme, _, shown = headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() == "bearer":
        return shown.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(shown.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return "unreadable"
    return ""


def asks(headers: Headers, address: str | None) -> Viewer:
    """Who asks. Raises NoToken where a token is needed, or the one shown opens nothing: a wrong one is never taken for none."""
    if token := token_of(headers):
        return by_token(token, viewer.access_file())
    if sign_in_is_set_up():
        raise NoToken(say("assistant.api.token_needed"))
    apart = os.environ.get("THROUGHLINE_HOSTS") or any(headers.get(name) for name in PASSED_ON)
    here = not apart and is_local(headers.get("host", ""), address)
    return look(Identity(here=here), viewer.is_simulated(), viewer.rights_file(), viewer.access_file())


def of_another_page(scope: dict[str, Any]) -> bool:
    """Whether a page of another origin asks in a visitor's browser; a program that is no browser names no origin."""
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return True
    try:
        return not comes_from_here(headers.get("origin"), headers.get("host", ""))
    except ValueError:
        return True
