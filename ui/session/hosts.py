"""Whom the server answers: its own hosts, its own origins; and what it keeps to itself."""

import gc
import ipaddress
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from report.text.catalogue import say
from ui.session.here import LOCAL, sign_in_is_set_up

HOSTS = "THROUGHLINE_HOSTS"  # names the app is reached by, apart by commas
EMBED = "THROUGHLINE_EMBED"  # origins that may show the app in a frame, apart by commas
ANYBODY = ("/health", "/_stcore/health")  # a machine that looks whether the app lives comes by any name
NOBODY = ("/_stcore/metrics",)
DRIVEN = "/_stcore/agent/"  # Streamlit's way for programs to drive a page, past what is taken from a browser's socket
# What a page sends: to be run, to be stopped, where uploads go, that it lives; to make a file that was clicked, and further rows of a table.
ASKED = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat")
OPERATIONS = ("deferred_file", "dataframe_chunk")
SCRIPT = b"frame.py"  # stands in the message that opens a session, with the path of the script

Message = MutableMapping[str, Any]
Call = Callable[[Message], Awaitable[None]]


def named(variable: str) -> tuple[str, ...]:
    """What an environment variable lists."""
    return tuple(word.strip() for word in os.environ.get(variable, "").split(",") if word.strip())


def answers_to(host: str) -> bool:
    """Whether a Host header names this app. A page elsewhere can bind its own name to this machine, never an address: those
    count as own. Where sign-in is set up and no hosts are named, any name does: a stranger's name brings no one's cookie."""
    name = _name(host)
    if name in LOCAL or name in (listed := [word.lower() for word in named(HOSTS)]) or _is_address(name):
        return True
    return not listed and sign_in_is_set_up()


def comes_from_here(origin: str | None, host: str) -> bool:
    """Whether an Origin is the app's own: the host asked for, or a named one. A program that is no browser sends none."""
    if origin is None:
        return True
    where = urlsplit(origin)
    name = (where.hostname or "").lower()
    return bool(name) and (where.netloc.lower() == host.lower() or name in [word.lower() for word in named(HOSTS)])


def _name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower() if host else ""


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


class OwnHosts:
    """Plain ASGI middleware: a page, a file or a socket asked for by another name, or by a page of another origin, is refused."""

    def __init__(self, app: Any):
        self.app = app

    async def __call__(self, scope: Message, receive: Any, send: Call) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        reason = _refusal(scope)
        if reason is None:
            if scope["type"] == "websocket":
                receive, send = _asking(receive), _closed(send)
            return await self.app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        status, text = reason
        await PlainTextResponse(text, status_code=status)(scope, receive, send)


def _refusal(scope: Message) -> tuple[int, str] | None:
    headers, path = Headers(scope=scope), scope["path"]
    if path.endswith(NOBODY) or DRIVEN in path:
        return 404, say("ui.hosts.not_found")
    if path in ANYBODY:
        return None
    host = headers.get("host", "")
    try:
        own = answers_to(host)
        changes = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD", "OPTIONS")
        here = not changes or comes_from_here(headers.get("origin"), host)
    except ValueError:  # no host can be read from it
        own = here = False
    if not own:
        return 421, say("ui.hosts.this_address_is_not_one_of", hosts=HOSTS)
    return None if here else (403, say("ui.hosts.asked_for_by_a_page_of"))


def _asking(receive: Callable[[], Awaitable[Message]]) -> Callable[[], Awaitable[Message]]:
    """What a browser sends, without what no page of ours needs: Streamlit would write into the program's folder, forget everybody's kept answers
    or tell of the repository for anyone with a socket."""

    async def next_of_ours() -> Message:
        while True:
            message = await receive()
            data = message.get("bytes")
            if message["type"] != "websocket.receive" or not data or asks_for_a_page(data):
                return message

    return next_of_ours


def asks_for_a_page(data: bytes) -> bool:
    """Whether a message from a browser is of a kind that pages use. What cannot be read is Streamlit's to refuse: it closes the socket."""
    told = BackMsg()
    try:
        told.ParseFromString(data)
    except DecodeError:
        return True
    kind = told.WhichOneof("type")
    if kind == "backend_operation_request":
        return told.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in ASKED


def _closed(send: Call) -> Call:
    """What opens a session says neither where the program lies nor on what it runs."""

    async def quiet(message: Message) -> None:
        data = message.get("bytes")
        if message["type"] == "websocket.send" and data and SCRIPT in data:
            message = message | {"bytes": without_machine(data)}  # type: ignore[operator]
        await send(message)

    return quiet


def without_machine(data: bytes) -> bytes:
    """A message to the browser without the script's path and the versions of what it runs on."""
    told = ForwardMsg()
    try:
        told.ParseFromString(data)
    except DecodeError:
        return data
    if told.WhichOneof("type") != "new_session":
        return data
    told.new_session.main_script_path = ""
    told.new_session.initialize.environment_info.Clear()
    return told.SerializeToString()


def nameless_server() -> None:
    """Take the server's product name out of every answer; the server that runs this app is found where it is kept."""
    for found in [one for one in gc.get_objects() if isinstance(one, uvicorn.Config)]:
        found.encoded_headers = [
            (name, value) for name, value in getattr(found, "encoded_headers", []) if name != b"server"
        ]
