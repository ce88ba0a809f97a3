"""The app's ASGI entry: `streamlit run app.py` and `uvicorn app:app` both serve it.

The frame script has no pages/ folder beside it, so that a cold deep link cannot skip it.
"""

import gc
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui.api import route as api
from ui.session.gate import SignInGate
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
    """Alive, and whether it can answer from a store, and from which state."""
    from ui.session import source

    said, code = await run_in_threadpool(source.health)  # it may have to read the whole store
    return PlainTextResponse(said, status_code=code)


app = st.App(
    "ui/frame.py",
    lifespan=lifespan,
    routes=[Route("/health", health), *api.routes],
    middleware=[Middleware(SecurityHeaders), Middleware(OwnHosts), Middleware(SignInGate), Middleware(UploadGate)],
)
