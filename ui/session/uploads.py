"""Files are taken from a session only while it stands on a page that asks for them, a bounded amount at a time, and held no longer than needed."""

import streamlit as st
from starlette.responses import PlainTextResponse
from streamlit.runtime.scriptrunner import get_script_run_ctx

from report.text.catalogue import say

UPLOAD = "/_stcore/upload_file/"
MB = 1 << 20
AT_ONCE = 2  # files of the largest size allowed that may be on their way at one time, over all sessions
_taking: set[str] = set()  # sessions that stand on a page with an uploader
_coming = [0]  # bytes of the files on their way


def most_mb() -> int:
    """The largest file taken, in MB: server.maxUploadSize of .streamlit/config.toml."""
    return int(st.get_option("server.maxUploadSize"))


class UploadGate:
    """Plain ASGI middleware: a file is taken only from a session whose page has an uploader, before a byte of it is read, and only while
    what is on its way over all sessions stays below twice the largest file: the server holds each whole for a moment."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or UPLOAD not in scope["path"] or scope["method"] in ("OPTIONS", "DELETE"):
            await self.app(scope, receive, send)
            return
        size = _announced(scope)
        if scope["path"].partition(UPLOAD)[2].split("/")[0] not in _taking:
            await PlainTextResponse(say("ui.uploads.no_page_of_this_session_takes"), status_code=403)(
                scope, receive, send
            )
        elif size > (most_mb() + 1) * MB:
            text = say("ui.uploads.a_file_may_have_mb_larger", most_mb=most_mb())
            await PlainTextResponse(text, status_code=413)(scope, receive, send)
        elif _coming[0] and _coming[0] + size > AT_ONCE * most_mb() * MB:
            text = say("ui.uploads.other_files_are_being_taken_at")
            await PlainTextResponse(text, status_code=503)(scope, receive, send)
        else:
            _coming[0] += size
            try:
                await self.app(scope, receive, send)
            finally:
                _coming[0] -= size


def _announced(scope: dict) -> int:
    """The bytes a request says it brings; the most there may be where it does not say."""
    for name, value in scope.get("headers", ()):
        if name.lower() == b"content-length" and value.isdigit():
            return int(value)
    return most_mb() * MB


def take_uploads(yes: bool = True) -> None:
    """Whether the page that runs now takes files of its session."""
    context = get_script_run_ctx(suppress_warning=True)
    if context:
        (_taking.add if yes else _taking.discard)(context.session_id)


def let_go(file_ids: list[str]) -> None:
    """Free the memory of uploads of this session that lie on disk by now."""
    context = get_script_run_ctx(suppress_warning=True)
    for file_id in file_ids if context else ():
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)
