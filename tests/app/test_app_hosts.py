"""The app answers its own hosts and origins only, and tells nobody what it runs on."""

import http.client
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.app.served import open_page
from ui.session import hosts
from ui.session.serving import framing


@pytest.mark.parametrize(
    ("host", "origin", "yes"),
    [
        ("localhost:8501", "http://localhost:8501", True),
        ("127.0.0.1:8501", None, True),
        ("[::1]:8501", "http://[::1]:8501", True),
        ("192.168.1.5:8501", "http://192.168.1.5:8501", True),  # no page can bind its name to this Host
        ("rebind.example:8501", "http://rebind.example:8501", False),
        ("localhost.rebind.example", "http://localhost.rebind.example", False),
        ("", None, False),
        ("localhost:8501", "http://rebind.example", False),
        ("localhost:8501", "http://localhost:9999", False),
        ("localhost:8501", "null", False),
    ],
)
def test_whom_the_app_answers_without_sign_in(host, origin, yes, monkeypatch):
    monkeypatch.setattr(hosts, "sign_in_is_set_up", lambda: False)
    assert (hosts.answers_to(host) and hosts.comes_from_here(origin, host)) == yes
    monkeypatch.setenv(hosts.HOSTS, "rebind.example, app.example")
    assert hosts.answers_to("app.example") and hosts.comes_from_here("https://app.example", "10.0.0.3:8501")
    assert not hosts.answers_to("other.example")


def asked(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer, asked for with these headers."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return (
        answer.status,
        {name.lower(): value for name, value in answer.getheaders()},
        answer.read().decode(errors="replace"),
    )


SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


def test_another_name_gets_nothing(address):
    """Pages, files and the socket; health answers a machine that looks by any name. No answer names the server's program."""
    own = urlsplit(address).netloc
    for path in ("/", "/overview", "/_stcore/host-config", "/static/index.html"):
        status, headers, text = asked(address, path, Host="rebind.example")
        assert status == 421 and "THROUGHLINE_HOSTS" in text and "server" not in headers
    assert asked(address, "/health", Host="rebind.example")[0] == 200
    assert asked(address, "/_stcore/metrics")[0] == asked(address, "/_stcore/agent/openapi.json")[0] == 404
    assert asked(address, "/_stcore/stream", Host="rebind.example", Origin="http://rebind.example", **SOCKET)[0] == 403
    assert asked(address, "/_stcore/stream", Host=own, Origin="http://rebind.example", **SOCKET)[0] == 403
    assert "server" not in asked(address, "/")[1]


def test_the_pages_run_under_the_policy_and_the_socket_tells_no_path(address, browser):
    """Every page is drawn; the browser reports nothing refused, and no frame of the socket holds the script's path or a version."""
    page = browser.new_context().new_page()
    refused, frames = [], []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    for name in ("overview", "stage", "explore", "data"):
        open_page(page, f"{address}/{name}")
    page.context.close()
    assert not refused, refused
    opened = [told for frame in frames if isinstance(frame, bytes) and (told := _message(frame))]
    assert opened
    for told in opened:
        assert (
            told.new_session.main_script_path == ""
            and told.new_session.initialize.environment_info.streamlit_version == ""
        )


def _message(frame: bytes) -> ForwardMsg | None:
    """The message, where it is one that opens a session."""
    told = ForwardMsg()
    told.ParseFromString(frame)
    return told if told.WhichOneof("type") == "new_session" else None


def test_only_named_origins_may_embed(monkeypatch):
    assert framing()["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in framing()["Content-Security-Policy"]
    monkeypatch.setenv(hosts.EMBED, "https://intranet.example, *; script-src *, https://b.example:8443")
    found = framing()
    assert "X-Frame-Options" not in found
    assert "frame-ancestors https://intranet.example https://b.example:8443;" in found["Content-Security-Policy"]
    assert "script-src *" not in found["Content-Security-Policy"]


def test_of_what_a_browser_may_send_only_what_pages_use_is_heard():
    """Streamlit's own help for programmers would write into the program's folder, its menu would forget everybody's answers."""
    heard, silent = [], []
    for name in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        message = BackMsg()
        if name.name == "backend_operation_request":
            for payload in BackendOperationRequest.DESCRIPTOR.oneofs_by_name["payload"].fields:
                one = BackMsg()
                getattr(one.backend_operation_request, payload.name).SetInParent()
                (heard if hosts.asks_for_a_page(one.SerializeToString()) else silent).append(payload.name)
            continue
        if name.message_type:
            getattr(message, name.name).SetInParent()
        else:
            setattr(message, name.name, True)
        (heard if hosts.asks_for_a_page(message.SerializeToString()) else silent).append(name.name)
    assert sorted(heard) == sorted((*hosts.ASKED, *hosts.OPERATIONS))
    assert {"install_skills", "dismiss_skills_nudge", "clear_cache", "load_git_info", "set_run_on_save"} <= set(silent)
    assert not hosts.asks_for_a_page(BackMsg().SerializeToString() or b"\x18\x00")
    assert hosts.asks_for_a_page(b"\xff\xff")  # no message at all: Streamlit closes the socket


def test_what_is_not_heard_is_passed_over():
    """Of three messages the first and the last reach the app."""
    clear, beat = BackMsg(clear_cache=True), BackMsg(app_heartbeat=True)
    came = [
        {"type": "websocket.connect"},
        *({"type": "websocket.receive", "bytes": one.SerializeToString()} for one in (clear, beat)),
    ]
    waiting = iter(came)

    async def receive():
        return next(waiting)

    async def two():
        ask = hosts._asking(receive)
        return [await ask(), await ask()]

    with pytest.raises(StopIteration) as done:  # nothing here waits
        two().send(None)
    assert done.value.value == [came[0], came[2]]
