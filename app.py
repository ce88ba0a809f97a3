"""The app's ASGI entry: `streamlit run app.py` and `uvicorn app:app` both serve it.

The frame script has no pages/ folder beside it, so that a cold deep link cannot skip it.
"""

import gc
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui.session.hosts import OwnHosts, nameless_server
from ui.session.serving import SecurityHeaders, prepare
from ui.session.uploads import UploadGate
from ui.warm import start


@asynccontextmanager
async def lifespan(app):
    """Build the store before the first request where there is none, then keep imports out of garbage collection."""
    prepare()
    start()
    nameless_server()
    gc.collect()
    gc.freeze()
    yield


async def health(request):
    """Alive, and able to answer from a store."""
    from ui.session.source import healthy

    return PlainTextResponse("ok" if healthy() else "no store", status_code=200 if healthy() else 503)


app = st.App(
    "ui/frame.py",
    lifespan=lifespan,
    routes=[Route("/health", health)],
    middleware=[Middleware(SecurityHeaders), Middleware(OwnHosts), Middleware(UploadGate)],
)
