"""The same over streamable HTTP, on this machine's own address only, to whoever shows a token."""

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from data.errors import UserError
from exports.assistant.server import Context, server
from metrics.query.query import Rights
from metrics.rules.access import NoToken, by_token, load_access
from metrics.rules.access.tokens import digest, new_token
from report.answers.desk import Desk
from report.text.catalogue import say

HOST, PATH = "127.0.0.1", "/mcp"
Message = MutableMapping[str, Any]
Whose = Callable[[str], Rights | None]  # of a token; raises UserError for one that is none


def keys(
    access_file: Path, rights: Callable[[], Rights | None], met: Callable[[str], None] = lambda name: None
) -> tuple[Whose, str | None]:
    """Who says what a token gives: access.toml where it holds tokens, each with the rows of those of its groups that may make files, since what
    a program is answered has left the app; else one token made for this run,
    with the rights the command was started with, which is returned to be shown. `met` is told the name of each token of the file that asks."""
    access = load_access(access_file)
    if access and access.tokens:

        def of_file(token: str) -> Rights | None:
            found = by_token(token, access_file)
            met(found.name)
            if not found.rights.may("exports"):
                raise UserError(say("assistant.server.no_exports"))
            return found.rights.doing("exports")

        return of_file, None
    made, held = new_token()

    def one(token: str) -> Rights | None:
        if not hmac.compare_digest(digest(token), held):
            raise NoToken(say("assistant.server.asks_for_token"))
        return rights()

    return one, made


def bearer(headers: Headers) -> str:
    """The token a request shows, "" where it shows none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


class TokenGate:
    """Plain ASGI middleware: without a token that holds nothing is answered."""

    def __init__(self, app: Any, whose: Whose):
        self.app, self.whose = app, whose

    async def __call__(self, scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        if scope["type"] == "http":
            try:
                self.whose(bearer(Headers(scope=scope)))
            except NoToken:
                refusal = PlainTextResponse(
                    say("assistant.server.asks_for_token"), 401, {"WWW-Authenticate": 'Bearer realm="throughline"'}
                )
                return await refusal(scope, receive, send)
            except UserError as error:
                return await PlainTextResponse(str(error), 403)(scope, receive, send)
        await self.app(scope, receive, send)


def application(desk: Desk, whose: Whose) -> TokenGate:
    """The ASGI app. The SDK refuses a Host or an Origin that is not this machine's own, so that no web page reaches it."""

    def rights(context: Context) -> Rights | None:
        return whose(bearer(context.request.headers if context.request is not None else Headers()))

    made: Starlette = server(desk, rights).streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, host=HOST
    )
    return TokenGate(made, whose)
