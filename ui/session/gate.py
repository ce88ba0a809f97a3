"""Where sign-in is set up, nothing is answered to who is not signed in: no page, file, socket or upload; only the page to sign in and health.

A session ends with its token, and with signing out: then its sockets are closed, each tab is led to the page to sign in, and copies of
its cookie open nothing. A file made for a download answers to the session it was made for.
"""

import asyncio
import json
import re
import time
from collections import OrderedDict
from contextlib import suppress
from html import escape
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote, unquote

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from data.errors import UserError
from report.text.catalogue import say
from ui.session import comings, signin
from ui.session.here import sign_in_is_set_up
from ui.session.hosts import ANYBODY, Call, Message
from ui.session.viewer import rules

SIGN_IN, SIGN_OUT = "/signin", "/auth/logout"
WAY_IN = ("/auth/login", "/oauth2callback")
API = "/api"  # answers to a token, and to nothing else where sign-in is set up (ui/api/who.py)
MEDIA = re.compile(rb"/media/([A-Za-z0-9_-]+)")
MOST_FILES = 20_000  # of which it is known whose they are
LOOK = 5.0  # seconds between two looks whether a quiet socket's session was ended by another process
AFTER = "throughline_after"  # where somebody wanted to go when they had to sign in
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Throughline</title><style>body{{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:32rem;padding:0 1rem;color-scheme:light dark}}
h1{{font-family:Georgia,serif;font-weight:600}}a{{display:inline-block;padding:.5rem 1rem;border:1px solid;border-radius:4px;color:inherit;text-decoration:none;margin-right:.5rem}}</style>
</head><body><main><h1>{title}</h1><p>{text}</p>{ways}</main></body></html>"""

_sockets: dict[str, set[asyncio.Event]] = {}
_files: "OrderedDict[str, set[str]]" = OrderedDict()


def claims_of(scope: Message) -> dict[str, Any]:
    """What the signed cookie of a request says; nothing where there is none or its signature does not hold."""
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    secret = get_cookie_secret()

    def single(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1", "ignore")) if value else None

    with suppress(ValueError, UnicodeError):
        told = json.loads(get_cookie_with_chunks(single, USER_COOKIE_NAME) or b"{}")
        return told if isinstance(told, dict) else {}
    return {}


class SignInGate:
    """Plain ASGI middleware, around everything the app answers."""

    def __init__(self, app: Any):
        self.app = app

    async def __call__(self, scope: Message, receive: Any, send: Call) -> None:
        if scope["type"] not in ("http", "websocket") or not sign_in_is_set_up():
            return await self.app(scope, receive, send)
        send = _secure(scope, send) if scope["type"] == "http" else send
        path, base = _path(scope)
        if path in (*ANYBODY, *WAY_IN) or path == API or path.startswith(f"{API}/"):
            return await self.app(scope, receive, send)
        claims = claims_of(scope)
        limits = await asyncio.to_thread(rules)
        session = signin.session_of(claims, limits.hours)
        if path == SIGN_OUT:
            return await self._sign_out(session, comings.named(claims, limits), scope, receive, send)
        why = await asyncio.to_thread(signin.why_not, claims, limits)
        if session and why != "":
            await asyncio.to_thread(comings.met, session, comings.named(claims, limits), why)
        if why is None and session:
            return await self._signed_in(session, path, base, scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        await _way_in(path, base, why or "", scope)(scope, receive, send)

    async def _signed_in(
        self, session: signin.Session, path: str, base: str, scope: Message, receive: Any, send: Call
    ) -> None:
        if scope["type"] == "websocket":
            return await _Watched(self.app, session, base).run(scope, receive, send)
        if path.startswith("/media/"):
            owners = _files.get(path.removeprefix("/media/").partition(".")[0], set())
            if session.key not in owners:
                return await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        if path in ("/", SIGN_IN) and (after := _wanted(scope)):
            answer = RedirectResponse(base + after, status_code=302)
            answer.delete_cookie(AFTER)
            return await answer(scope, receive, send)
        if path == SIGN_IN:
            return await RedirectResponse(base + "/", status_code=302)(scope, receive, send)
        await self.app(scope, receive, send)

    async def _sign_out(
        self, session: signin.Session | None, who: str, scope: Message, receive: Any, send: Call
    ) -> None:
        failed = ""
        if session:
            try:
                await asyncio.to_thread(comings.left, session, who)
            except UserError as error:
                failed = say("ui.gate.signing_out_could_not_be_written", error=error)
            for one in _sockets.get(session.key, ()):
                one.set()
        if failed:
            return await PlainTextResponse(failed, status_code=500)(scope, receive, send)
        await self.app(scope, receive, send)


def _path(scope: Message) -> tuple[str, str]:
    """The path below server.baseUrlPath, and that base."""
    base = (
        "/" + str(st.get_option("server.baseUrlPath") or "").strip("/") if st.get_option("server.baseUrlPath") else ""
    )
    path = scope["path"]
    return (path[len(base) :] or "/" if base and path.startswith(base) else path), base


def _secure(scope: Message, send: Call) -> Call:
    """Behind TLS every cookie is sent over TLS alone."""
    own = str(st.secrets["auth"].get("redirect_uri", "")).startswith("https://")
    if not own and scope.get("scheme") != "https":
        return send

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            cookies = headers.getlist("set-cookie")
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")
        await send(message)

    return marked


def providers() -> tuple[str, ...]:
    """The providers of [auth], each a section of its own, or the one it describes itself."""
    auth = st.secrets["auth"].to_dict()
    named = tuple(name for name, value in auth.items() if isinstance(value, dict) and "client_id" in value)
    return named or ("default",)


def _way_in(path: str, base: str, why: str, scope: Message) -> Response:
    """What somebody gets who is not signed in: the page to do so, with a status that says it is not what was asked for."""
    if find_spec("authlib") is None:
        return _page(say("ui.gate.sign_in_to_see_this"), say("ui.viewer.signing_in_needs_two_more_libraries"), "")
    if path == SIGN_IN and not why:
        wanted = dict(part.partition("=")[::2] for part in scope["query_string"].decode("latin-1").split("&"))
        provider = wanted.get("with", "")
        if provider in providers():
            return RedirectResponse(f"{base}/auth/login?provider={encode_provider_token(provider)}", status_code=302)
    headers = Headers(scope=scope)
    if scope["method"] not in ("GET", "HEAD") or "text/html" not in headers.get("accept", "text/html"):
        return PlainTextResponse(say("ui.gate.sign_in_to_see_this"), status_code=401)
    if why:
        out = f'<a href="{base}{SIGN_OUT}">{escape(say("ui.gate.sign_out"))}</a>'
        return _page(say("ui.gate.you_may_not_come_in_with"), why, out, 403)
    ways = "".join(
        f'<a role="button" href="{base}{SIGN_IN}?with={quote(name)}">{escape(_way(name))}</a>' for name in providers()
    )
    answer = _page(say("ui.gate.sign_in_to_see_this"), say("ui.viewer.throughline_shows_its_numbers_to_people"), ways)
    if path not in ("/", SIGN_IN) and not path.startswith(("/_stcore", "/static", "/media")):
        query = scope["query_string"].decode("latin-1")
        answer.set_cookie(
            AFTER,
            quote(path + ("?" + query if query else ""), safe="")[:2000],
            max_age=600,
            httponly=True,
            samesite="lax",
        )
    return answer


def _way(provider: str) -> str:
    """What the button of a provider says."""
    return say("ui.viewer.sign_in") if provider == "default" else say("ui.gate.sign_in_with", provider=provider)


def _page(title: str, text: str, ways: str, status: int = 401) -> Response:
    return HTMLResponse(
        PAGE.format(title=escape(title), text=escape(text), ways=ways), status, {"Cache-Control": "no-store"}
    )


def _wanted(scope: Message) -> str | None:
    """Where somebody wanted to go; only a path of this app."""
    told = unquote(cookie_parser(Headers(scope=scope).get("cookie", "")).get(AFTER, ""))
    return told if re.fullmatch(r"/[A-Za-z0-9_-]+(\?[\x21-\x7e]*)?", told) else None


class _Watched:
    """One socket of a session: closed when the session ends, and until then the witness of which files are its own."""

    def __init__(self, app: Any, session: signin.Session, base: str):
        self.app, self.session, self.base = app, session, base
        self.over = asyncio.Event()
        self.closed = False
        self.coming: asyncio.Task | None = None

    async def run(self, scope: Message, receive: Any, send: Call) -> None:
        _sockets.setdefault(self.session.key, set()).add(self.over)
        try:
            await self.app(scope, lambda: self._receive(receive, send), lambda message: self._send(message, send))
        finally:
            if self.coming:
                self.coming.cancel()
            held = _sockets.get(self.session.key, set())
            held.discard(self.over)
            if not held:
                _sockets.pop(self.session.key, None)

    async def _receive(self, receive: Any, send: Call) -> Message:
        """The next message of the browser, or the end."""
        while True:
            self.coming = self.coming or asyncio.ensure_future(receive())
            over = asyncio.ensure_future(self.over.wait())
            wait = max(0.0, min(LOOK, self.session.until - time.time()))
            await asyncio.wait({self.coming, over}, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            over.cancel()
            if not self.over.is_set() and await asyncio.to_thread(self.session.open):
                if self.coming.done():
                    done, self.coming = self.coming, None
                    return done.result()
                continue
            await self._end(send)
            return {"type": "websocket.disconnect", "code": 1008}

    async def _end(self, send: Call) -> None:
        """Lead the tab to the page to sign in, and close."""
        if not self.closed:
            self.closed = True
            told = ForwardMsg()
            told.auth_redirect.url = self.base + "/"
            with suppress(RuntimeError, OSError):
                await send({"type": "websocket.send", "bytes": told.SerializeToString()})
                await send({"type": "websocket.close", "code": 1008})

    async def _send(self, message: Message, send: Call) -> None:
        if self.closed or self.over.is_set() or time.time() >= self.session.until:
            if message["type"] == "websocket.close" and not self.closed:
                self.closed = True
                await send(message)
            return
        data = message.get("bytes")
        if data and b"/media/" in data:
            for name in MEDIA.findall(data):
                _files.setdefault(name.decode(), set()).add(self.session.key)
                _files.move_to_end(name.decode())
            while len(_files) > MOST_FILES:
                _files.popitem(last=False)
        await send(message)
