"""What the server does around Streamlit: the first build, and headers Streamlit does not send."""

import os
import sys
from pathlib import Path

from starlette.datastructures import MutableHeaders

from data.store import DEFAULT, current_name

POLICY = ("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
          "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
          "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'")
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
           "Referrer-Policy": "no-referrer", "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
           "Cross-Origin-Opener-Policy": "same-origin"}


class SecurityHeaders:
    """Plain ASGI middleware, so that websockets pass untouched."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def with_headers(message):
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)
        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def store_path() -> Path:
    """Where the store is: THROUGHLINE_STORE, else .store."""
    return Path(os.environ.get("THROUGHLINE_STORE") or DEFAULT)


def prepare() -> None:
    """Make sure there is a generation to serve: the company's own sources, else the simulated company."""
    store = store_path()
    if current_name(store):
        return
    from data.__main__ import main
    sources = os.environ.get("THROUGHLINE_SOURCES") or ("sources.toml" if Path("sources.toml").exists() else None)
    if sources is None:
        sources = str(store / "demo" / "sources.toml")
        if not Path(sources).exists():
            _say("No store and no sources yet: making the simulated company (about half a minute, once).")
            if code := main(["demo", "--out", str(store / "demo")]):
                sys.exit(code)
    _say("Building the store from " + sources)
    code = main(["build", "--sources", sources, "--store", str(store)])
    if code:
        sys.exit(code)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
