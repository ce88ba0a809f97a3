"""The protocol around report.answers: which tools there are, a call in, an answer or one sentence out. Nothing is answered here."""

import json
from collections.abc import Callable
from typing import Any

import anyio.to_thread
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from data.errors import UserError
from data.version import version
from metrics.query.query import Rights
from report.answers.arguments import schema
from report.answers.desk import Desk, Reply
from report.answers.tools import TOOLS
from report.text.catalogue import say

NAME = "throughline"
Context = ServerRequestContext[Any, Any]
Whose = Callable[[Context], Rights | None]  # by whose rights a call is answered; raises UserError where there are none


def described() -> list[types.Tool]:
    """The tools as the protocol lists them; all only read."""
    reads = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    return [
        types.Tool(name=tool.name, description=tool.about, input_schema=schema(tool.arguments), annotations=reads)
        for tool in TOOLS
    ]


def server(desk: Desk, whose: Whose) -> "Server[Any]":
    """The server of a desk."""

    async def tools(context: Context, asked: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=described())

    async def call(context: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        def reply() -> Reply:
            try:
                rights = whose(context)
            except UserError as error:
                return Reply(None, str(error))
            return desk.reply(asked.name, asked.arguments, rights)

        return told(await anyio.to_thread.run_sync(reply))

    return Server(
        NAME,
        version=version().rpartition(" ")[2],
        instructions=say("assistant.answers.instructions"),
        on_list_tools=tools,
        on_call_tool=call,
    )


def told(reply: Reply) -> types.CallToolResult:
    """A reply as the protocol carries it: as data, and the same as text for a client that reads no data."""
    if reply.answer is None:
        return types.CallToolResult(content=[types.TextContent(type="text", text=reply.error)], is_error=True)
    text = json.dumps(reply.answer, ensure_ascii=False, separators=(",", ":"))
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], structured_content=reply.answer)


async def over_stdio(desk: Desk, whose: Whose) -> None:
    """Serve the program that started this one, until it closes the pipe."""
    made = server(desk, whose)
    async with stdio_server() as (reading, writing):
        await made.run(reading, writing, made.create_initialization_options())
