"""What `python -m metrics serve-mcp` starts."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from data import terminal
from data.errors import UserError
from data.store import audit
from metrics.query.query import Rights
from report.answers.desk import Desk
from report.text.catalogue import say


@lru_cache(maxsize=4096)
def _noted(store: Path, name: str, generation: str) -> None:
    """A line of the log the first time a token asks of a state of the data, as where a program reads."""
    audit.note(store, "export", name, f"assistant {generation}")


def serve(store: Path, rights: Callable[[], Rights | None], access_file: Path, port: int | None) -> None:
    """Serve a store until the client goes (stdio) or the process is ended (`port`: streamable HTTP). `rights` are looked up anew at each
    call. Raises UserError without a store, without the SDK, or for rights that cannot be read."""
    desk = Desk(store)
    desk.generation(rights())
    try:
        import anyio

        from exports.assistant import http, server
    except ModuleNotFoundError as error:
        raise UserError(
            say("assistant.server.no_sdk"),
            found=error.name,
            fix="pip install --require-hashes -r requirements-assistant.lock",
        ) from None
    if port is None:
        anyio.run(server.over_stdio, desk, lambda context: rights())
        return
    whose, token = http.keys(access_file, rights, lambda name: _noted(store, name, desk.generation(None).name))
    terminal.note(
        say("assistant.server.one_run", port=port, token=token)
        if token
        else say("assistant.server.by_tokens", port=port, file=access_file.name)
    )
    import uvicorn

    uvicorn.run(http.application(desk, whose), host=http.HOST, port=port, log_level="warning", server_header=False)
