"""What the server does around Streamlit: the first build, and headers Streamlit does not send."""

import os
import re
import secrets
import sys
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser

from data.store import version
from data.store.names import store_path
from data.store.sound import Damaged, choose
from report.text.catalogue import say
from ui.session.hosts import EMBED, named

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors {frames}; object-src 'none'; base-uri 'self'; form-action 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")
ROOT = Path(__file__).resolve().parents[2]
COOKIE = "throughline_tray"  # a random name of this browser, under which its basket is kept


def framing() -> dict[str, str]:
    """The policy, and who may show the app in a frame: nobody, or the origins of THROUGHLINE_EMBED."""
    origins = [word for word in named(EMBED) if ORIGIN.fullmatch(word)]
    if origins:
        return {"Content-Security-Policy": POLICY.format(frames=" ".join(origins))}
    return {"Content-Security-Policy": POLICY.format(frames="'none'"), "X-Frame-Options": "DENY"}


class SecurityHeaders:
    """Plain ASGI middleware, so that websockets pass untouched. A page also gives the browser its name, once."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def with_headers(message):
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (HEADERS | framing()).items():
                    headers.setdefault(name, value)
                cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
                if headers.get("content-type", "").startswith("text/html") and COOKIE not in cookies:
                    secure = "; Secure" if scope.get("scheme") == "https" else ""
                    headers.append(
                        "Set-Cookie", f"{COOKIE}={secrets.token_urlsafe(24)}; Path=/; HttpOnly; SameSite=Lax{secure}"
                    )
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def prepare() -> None:
    """Make sure there is a generation this version can serve: from the company's own sources, else the simulated company's."""
    store = store_path()
    sources = os.environ.get("THROUGHLINE_SOURCES") or ("sources.toml" if Path("sources.toml").exists() else None)
    try:
        found = choose(store)
    except Damaged as error:  # a company's own may lie there: nothing simulated takes its place
        if sources is None:
            return _say(f"{error}")
        found = None
    name = found.name if found else None
    made = version.made(store / name) if name else None
    if found and found.trouble:
        _say(found.trouble)
    if made and made.model == version.model():
        return
    if sources is None and made is None and os.environ.get("THROUGHLINE_START") == "empty":
        return _say(say("ui.serving.no_store_yet_open_the_page"))
    if sources is None and made is None:
        sources = str(store / "demo" / "sources.toml")
        if not Path(sources).exists():
            _say(say("ui.serving.no_store_and_no_sources_yet"))
            if code := _data("demo", "--out", str(store / "demo")):
                sys.exit(code)
    elif sources is None:  # never the simulated company in place of a company's own
        if not (made.sources and Path(made.sources).exists()):
            return _say(say("ui.serving.the_store_was_made_by_another", store=store))
        sources = made.sources
    _say(
        (say("ui.serving.throughline_has_changed_since_the_store") if name else "")
        + say("ui.serving.building_the_store_from", sources=sources)
    )
    kept = ("--journey", made.journey) if made and made.journey and sources == made.sources else ()
    code = _data("build", "--sources", sources, "--store", str(store), *kept)
    if code and not name:  # a store that is there serves what it can
        sys.exit(code)


def _data(*words: str) -> int:
    from commands.data import main

    return main(list(words))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
