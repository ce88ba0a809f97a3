"""The assistant's server, asked by a real client of the SDK over stdio and over HTTP; what it answers is what `metrics show` prints."""

import asyncio
import http.client
import json
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from commands.metrics import main
from data.errors import UserError
from exports.assistant import http as over_http
from metrics.rules.access import NoToken, as_groups, by_token, load_access
from metrics.rules.access.tokens import block, new_token, shown_by
from report.answers import desk as desks
from report.answers import reading, tabular
from report.answers.arguments import Argument, Kind, checked, schema
from report.answers.common import MOST_CELLS
from report.answers.desk import Desk
from report.answers.tools import TOOLS
from tests.app.served import free_port
from tests.core.company import ROOT
from tests.exports.shop import FORMULA

PERIOD = {"from": "2026-04-13", "to": "2026-05-31"}
ACCESS = """
[[group]]
name = "Buyers"
members = ["lead@shop.example"]
stages = ["Buy"]
exports = true

[[group]]
name = "Pages only"
members = ["page@shop.example"]
"""


@pytest.fixture(scope="module")
def desk(shop):
    faults: list[str] = []
    made = Desk(shop.path.parent, lambda text: faults.append(str(text)))
    yield made
    assert not faults


def answer(desk: Desk, name: str, rights=None, **given):
    reply = desk.reply(name, given, rights)
    assert reply.answer is not None, reply.error
    return reply.answer


def error(desk: Desk, name: str, **given) -> str:
    reply = desk.reply(name, given, None)
    assert reply.answer is None and len(reply.error.splitlines()) == 1
    return reply.error


def cells(made: dict) -> list[dict]:
    """The cells as `metrics show --format json` prints them."""
    return [made["common"] | cell for cell in made["cells"]]


def test_over_stdio_a_client_finds_asks_and_is_told_what_is_wrong(shop, capsys):
    """Eight tools described in a line each; the numbers of the command line to the digit; the nearest name for one there is not."""

    async def talk():
        how = StdioServerParameters(
            command=sys.executable,
            args=["-m", "metrics", "serve-mcp", "--store", str(shop.path.parent.resolve())],
            cwd=ROOT,
        )
        async with Client(how) as client:
            tools = (await client.list_tools()).tools
            asked = {"metrics": ["csat_t2b_5", "completion_rate"], "by": "stage", **PERIOD}
            return (
                tools,
                await client.call_tool("ask", asked),
                await client.call_tool("ask", {"metrics": "csat_t2b"}),
                await client.call_tool("find", {"words": "satisfied"}),
            )

    tools, told, wrong, found = asyncio.run(talk())
    assert [tool.name for tool in tools] == [tool.name for tool in TOOLS] and len(tools) == 8
    assert all(len(tool.description) < 130 and tool.annotations.read_only_hint for tool in tools)
    words = ["show", "csat_t2b_5", "completion_rate", "--by", "stage", "--from", PERIOD["from"], "--to", PERIOD["to"]]
    assert main([*words, "--store", str(shop.path.parent), "--format", "json"]) == 0
    assert cells(told.structured_content) == json.loads(capsys.readouterr().out)
    assert json.loads(told.content[0].text) == told.structured_content
    assert wrong.is_error and "Allowed: csat_t2b_6, csat_t2b_5, csat_t2b_4" in wrong.content[0].text
    assert "csat_t2b_5" in [one["metric"] for one in found.structured_content["metrics"]]


@pytest.fixture
def served(shop, tmp_path):
    """(port, the token of the group Buyers, one of a group that makes no files) of a server on this machine."""
    (token, held), (pages, of_pages) = new_token(), new_token()
    file = tmp_path / "access.toml"
    blocks = (block("An assistant", held, ["Buyers", "Pages only"]), block("Reads pages", of_pages, ["Pages only"]))
    file.write_text(ACCESS + "\n".join(blocks))
    met: list[str] = []
    whose, own = over_http.keys(file, lambda: None, met.append)
    assert own is None  # the file's tokens count, none is made
    assert whose(token) and met == ["token An assistant"], "who asks stands in the log"
    port = free_port()
    config = uvicorn.Config(
        over_http.application(Desk(shop.path.parent), whose), host="127.0.0.1", port=port, log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.05)
    yield port, token, pages
    server.should_exit = True
    thread.join(10)


def status(port: int, headers: dict[str, str]) -> int:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"} | headers
    connection.request("POST", "/mcp", json.dumps(call), sent)
    return connection.getresponse().status


def test_over_http_a_token_opens_what_its_group_sees_and_nothing_else(served):
    """Without it, by a strange name or from a strange page nothing is answered; with it the stage granted, and no other, though another of its
    groups shows more on pages: what a program is answered has left the app."""
    port, token, pages = served
    shown = {"Authorization": f"Bearer {token}"}
    assert status(port, {}) == status(port, {"Authorization": f"Bearer {token}x"}) == 401
    assert status(port, shown | {"Host": "rebind.example"}) == 421
    assert status(port, shown | {"Origin": "http://rebind.example"}) == 403
    assert status(port, shown) == 200 and status(port, {"Authorization": f"Bearer {pages}"}) == 403

    async def talk():
        async with create_mcp_http_client(headers=shown) as sending:
            address = f"http://127.0.0.1:{port}/mcp"
            async with Client(streamable_http_client(address, http_client=sending)) as client:
                asked = {"metrics": "completion_rate", "by": "stage", **PERIOD}
                return await client.call_tool("ask", asked), await client.call_tool("causes", {"stage": "Wait"})

    told, other = asyncio.run(talk())
    assert {cell["by"]["stage"] for cell in told.structured_content["cells"]} == {"Buy"}
    assert other.is_error and "Allowed: Buy." in other.content[0].text


def test_without_tokens_in_the_file_a_run_makes_its_own(tmp_path):
    """It gives the rights the command was started with; another gives none."""
    whose, token = over_http.keys(tmp_path / "access.toml", lambda: None)
    assert token is not None and whose(token) is None
    with pytest.raises(UserError, match="A token is needed"):
        whose(token + "x")


def test_a_token_has_a_last_day_and_the_file_holds_its_digest_only(tmp_path, monkeypatch, capsys):
    """`metrics token` shows a token once; what it prints for access.toml makes it work."""
    file = tmp_path / "access.toml"
    file.write_text(ACCESS)
    monkeypatch.setenv("THROUGHLINE_ACCESS", str(file))
    assert main(["token", "--name", 'The "weekly" one', "--group", "Buyers"]) == 0
    token, *rest = capsys.readouterr().out.splitlines()[1:]
    file.write_text(ACCESS + "\n".join(rest[rest.index("[[token]]") :]))
    assert by_token(token, file).rights == as_groups(("Buyers",), file) and token not in file.read_text()
    file.write_text(file.read_text() + "\nuntil = 2026-01-31")
    with pytest.raises(UserError, match="not known, or its last day is over"):
        by_token(token, file)
    (held,) = desks_tokens(file)
    assert shown_by(token, [held], date(2026, 1, 31)) and not shown_by(token, [held], date(2026, 2, 1))
    assert main(["token", "--name", "x", "--group", "Buyer"]) == 2
    assert "there is no such group" in capsys.readouterr().err


def desks_tokens(file: Path):
    from metrics.rules.access import load_access

    return load_access(file).tokens


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('name = "x"\nsha256 = "12"\ngroups = ["Buyers"]', "sha256 is the digest of a token"),
        (f'name = "x"\nsha256 = "{"a" * 64}"\ngroups = ["Sellers"]', "there is no such group"),
        (f'name = "x"\nsha256 = "{"a" * 64}"\ngroups = []', "groups is a list"),
        (f'name = "x"\nsha256 = "{"a" * 64}"\ngroups = ["Buyers"]\nuntil = "soon"', "until is a day"),
        (f'name = "x"\nsha256 = "{"a" * 64}"\ngroups = ["Buyers"]\ntoken = "tl_1"', "unknown key 'token'"),
    ],
)
def test_a_malformed_token_is_said_and_gives_nobody_anything(lines, said, tmp_path):
    file = tmp_path / "access.toml"
    file.write_text(f"{ACCESS}\n[[token]]\n{lines}\n")
    with pytest.raises(UserError, match=said):
        load_access(file)
    with pytest.raises(NoToken, match="access.toml cannot be used") as told:
        by_token("tl_anything", file)
    assert said not in str(told.value), "who shows a token is not told what stands in the file"


def test_every_tool_answers_and_says_of_which_data(desk):
    """Each names the generation it is of and what an answer needs to be trusted."""
    asked = {
        "find": {},
        "define": {"metric": "csat_t2b_5"},
        "ask": {"metrics": "csat_t2b_5", "where": {"stage": "Buy"}},
        "compare": {"metrics": "csat_t2b_5", "by": ["stage"], **PERIOD},
        "findings": PERIOD,
        "causes": {"stage": "Buy"},
        "value": {"case": {"stage": "Buy", "removes": "unhappy", "share": 0.3}},
        "why_differs": {"metric": "csat_t2b_5", "where": {"stage": "Buy"}},
    }
    assert set(asked) == {tool.name for tool in TOOLS}
    for name, given in asked.items():
        made = answer(desk, name, **given)
        assert (made.get("common") or made)["generation"].startswith("gen-"), name
    (one,) = cells(answer(desk, "ask", **asked["ask"]))
    assert one["value"] == 0.75 and one["n"] == 1248 and one["unit"] == "rate" and one["definition_version"] == 1
    assert one["resolved"]["stages"] == ["Buy"] and one["view"].startswith("/explore?v=1&j=Shop&s=Buy")
    beside = answer(desk, "why_differs", **asked["why_differs"])["others"]
    assert {"tool", "name", "why", "numbers", "beside_ours"} <= set(beside[0]) and any(one["numbers"] for one in beside)
    moved = cells(answer(desk, "compare", **asked["compare"]))
    periods = [cell["compare"]["period"] for cell in moved if cell["value"] is not None]
    assert periods == [["2026-02-23", "2026-04-12"]]  # the stages with few answers have no value to compare
    assert answer(desk, "causes", stage="Wait")["empty"]  # too few answered, and it says so


def test_what_is_empty_withheld_or_unknown_says_why(desk):
    """A value that is not in the data, a breakdown nothing has, few people: a reason, never a number."""
    made = answer(desk, "ask", metrics="completion_rate", where={"touch_channel": "wab"})
    assert made["cells"][0]["value"] is None and made["cells"][0]["state"] == "no_data"
    assert made["not_in_the_data"] == [{"dimension": "touch_channel", "found": "wab", "hint": "Did you mean 'web'?"}]
    hidden = [c for c in cells(answer(desk, "ask", metrics="csat_t2b_5", by="stage")) if c["state"] == "suppressed"]
    assert hidden and all(c["value"] is None and c["n"] == c["persons"] == 0 and c["reason"] for c in hidden)
    assert "csat_t2b_5" in {one["metric"] for one in answer(desk, "find", words="satisfied unicorn")["metrics"]}
    assert "“satisfied unicorn”" in answer(desk, "find", words="satisfied unicorn")["empty"]
    assert "known other tools" in answer(desk, "why_differs", metric="csat_t2b_5", tool="Excel")["no_other_tool"]
    assert MOST_CELLS >= 100


def test_a_table_has_no_count_of_what_is_withheld_and_no_formula(shop):
    """As a spreadsheet gets it: empty, with the reason; text that begins like a formula is marked in CSV only."""
    asked = reading.arguments([("metric", "csat_t2b_5"), ("by", "stage"), ("all", "true")])
    rows = tabular.table(reading.answer(asked, shop)).to_pylist()
    hidden = [row for row in rows if row["state"] == "suppressed"]
    assert hidden and all(row[key] is None for row in hidden for key in ("value", "low", "high", "n", "persons"))
    assert all(row["reason"] for row in hidden)
    regions = reading.answer(reading.arguments([("metric", "completion_rate"), ("by", "region")]), shop)
    assert FORMULA in tabular.table(regions)["region"].to_pylist()
    text = tabular.encoded(regions, "csv").decode()
    assert "\"'=HYPERLINK(" in text and '"=HYPERLINK(' not in text


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("aks", {}, "there is no such tool"),
        ("ask", {}, "metrics: this argument is needed"),
        ("ask", {"metrics": {"a": 1}}, "Allowed: a text, or a list of texts"),
        ("ask", {"metrics": "csat_t2b_5", "form": "2026-01-01"}, "Did you mean 'from'?"),
        ("ask", {"metrics": "csat_t2b_5", "from": "31.3.2026"}, "a day as 2026-03-31"),
        ("ask", {"metrics": "csat_t2b_5", "all": True, "from": "2026-03-31"}, "no first and no last day"),
        ("ask", {"metrics": "csat_t2b_5", "by": "stag"}, "Did you mean 'stage'?"),
        ("ask", {"metrics": "csat_t2b_5", "where": {"stage": "Bui"}}, "Did you mean 'Buy'?"),
        ("ask", {"metrics": "csat_t2b_5", "where": {"stage": {"a": 1}}}, "where: this cannot stand here"),
        ("compare", {"metrics": "csat_t2b_5", "compare": "last year"}, "Allowed: previous, year"),
        ("value", {"case": {"stage": "Buy", "removes": "unhapy"}}, "Did you mean 'unhappy'?"),
        ("define", {"metric": "x\x00y" * 200}, "metric: this cannot stand here"),
    ],
)
def test_what_is_wrong_with_a_call_is_one_sentence(desk, name, given, said):
    assert said in error(desk, name, **given)


def test_a_fault_of_the_server_is_logged_and_tells_the_client_nothing(shop, monkeypatch):
    """No text of an exception leaves; the log names it."""
    faults: list[str] = []
    broken = [Argument("words", Kind.TEXT, "")]

    def fails(given, generation):
        raise RuntimeError("the secret of row 7")

    monkeypatch.setattr(desks, "TOOLS", (desks.Tool("find", "", tuple(broken), fails),))
    reply = Desk(shop.path.parent, lambda text: faults.append(str(text))).reply("find", {}, None)
    assert reply.answer is None and "a fault of the server" in reply.error and "secret" not in reply.error
    assert faults == ["find: RuntimeError: the secret of row 7"]


def test_the_schema_says_what_the_check_takes():
    """What is required, nothing else, and the words of a choice."""
    found = schema(next(tool for tool in TOOLS if tool.name == "compare").arguments)
    assert found["required"] == ["metrics"] and found["additionalProperties"] is False
    assert found["properties"]["compare"]["enum"] == ["previous", "year"]
    assert all(one["description"] for one in found["properties"].values())
    flag, count = Argument("f", Kind.FLAG, ""), Argument("c", Kind.COUNT, "")
    assert checked({"f": True, "c": 3}, [flag, count]) == {"f": True, "c": 3}
    for wrong in ({"f": 1}, {"c": True}, {"c": 0}, {"c": 101}, {"c": 1.5}, 7):
        with pytest.raises(UserError):
            checked(wrong, [flag, count])
