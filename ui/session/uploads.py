"""Files are taken from a session only while it stands on a page that asks for them."""

from starlette.responses import PlainTextResponse
from streamlit.runtime.scriptrunner import get_script_run_ctx

UPLOAD = "/_stcore/upload_file/"
_taking: set[str] = set()  # sessions that stand on a page with an uploader


class UploadGate:
    """Plain ASGI middleware: a file is taken only from a session whose page has an uploader, before a byte of it is read."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and UPLOAD in scope["path"] and scope["method"] not in ("OPTIONS", "DELETE"):
            if scope["path"].partition(UPLOAD)[2].split("/")[0] not in _taking:
                await PlainTextResponse("no page of this session takes files", status_code=403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def take_uploads(yes: bool = True) -> None:
    """Whether the page that runs now takes files of its session."""
    context = get_script_run_ctx(suppress_warning=True)
    if context:
        (_taking.add if yes else _taking.discard)(context.session_id)
