"""Digests and alerts of a file: to a folder, by a mail server that listens, to a webhook; what is new, what is overturned, what is retracted."""

import json
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from data.errors import UserError
from data.store.saved.sent import Sent
from exports.subscriptions import news, run, send
from exports.subscriptions.file import load
from metrics.analyses.alerts.watch import Alarm, State, Watched, level_of
from report.findings.finding import Finding

FILE = """
[mail]
host = "127.0.0.1"
port = {port}
from = "throughline@example.com"

[[subscription]]
name = "Everybody, weekly"
to = ["lead@example.com"]
folder = "digests"

[[subscription]]
name = "Checkout"
audience = "checkout team"
folder = "digests"

[alerts]
budget = 1.0
to = ["oncall@example.com"]
webhook = "http://127.0.0.1:{hook}/x"
"""


class Smtp(socketserver.StreamRequestHandler):
    """Takes mail as RFC 5321 says, and keeps it."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part[1:] if part.startswith(b"..") else part)
                self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
            if word == b"RCPT" and b"refused@" in line:
                self.wfile.write(b"550 nobody\r\n")
                continue
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@contextmanager
def listening(server):
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def mail_server():
    made = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp)
    made.daemon_threads, made.mails = True, []
    with listening(made):
        yield made


@contextmanager
def hook_server():
    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(302 if self.path == "/elsewhere" else 204)
            self.send_header("Location", "/x")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    made = HTTPServer(("127.0.0.1", 0), Hook)
    made.bodies = []
    with listening(made):
        yield made


def written(folder, **ports) -> object:
    path = folder / "subscriptions.toml"
    path.write_text(FILE.format(**({"port": 25, "hook": 80} | ports)), encoding="utf-8")
    return load(path)


def test_digests_go_to_a_folder_and_by_mail_and_say_what_is_new(shop, tmp_path):
    sent = Sent(tmp_path / "users.sqlite")
    with mail_server() as server:
        held = written(tmp_path, port=server.server_address[1])
        said = run.digests(held, shop, sent, "https://cx.example")
        assert [line.split(":")[0] for line in said] == ["Everybody, weekly", "Checkout"]
        (mail,) = server.mails
        assert (mail["To"], mail["From"]) == ("lead@example.com", "throughline@example.com")
        assert mail["Subject"].startswith("Test shop: ")
        text, html = (part.get_content() for part in mail.iter_parts())
        assert "https://cx.example/overview?" in text and html.startswith("<!doctype html>")
        names = sorted(path.name for path in (tmp_path / "digests").iterdir())
        assert [name.split("-2026")[0] for name in names] == [
            "checkout",
            "checkout",
            "everybody-weekly",
            "everybody-weekly",
        ]
        assert "New since" not in text
        run.digests(held, shop, sent, "https://cx.example")
        assert "Nothing is new since" in server.mails[1].get_body(("plain",)).get_content()


def test_a_mail_that_is_not_taken_is_said_and_not_remembered(shop, tmp_path):
    sent = Sent(tmp_path / "users.sqlite")
    with mail_server() as server:
        held = written(tmp_path, port=server.server_address[1])
        one = replace(held.subscriptions[0], to=("refused@example.com",), folder=None)
        with pytest.raises(UserError, match="the mail was not taken"):
            run.digests(replace(held, subscriptions=(one,)), shop, sent, "")
    assert sent.last("digest Everybody, weekly") is None


def finding(claim: str, stage: str) -> Finding:
    return Finding("watch", claim, "", "", stage, "completion_rate", None)


def test_what_is_new_is_told_a_line_each():
    before = {
        "findings": {"watch|Buy|completion_rate": "Buy is low"},
        "decisions": {},
        "numbers": {"NPS": "31"},
        "at": "2026-05-01",
    }
    now = {
        "told": [{"kind": "watch", "stage": "Find", "metric": "completion_rate", "claim": "Find is low"}],
        "decisions": {},
        "numbers": {"NPS": "28"},
    }
    assert news.news(before, now, []) == ["New: Find is low", "No longer told: Buy is low", "NPS: 31 → 28"]
    assert news.news(None, now, []) == []


def test_findings_about_no_metric_are_told_apart_and_one_that_turned_urgent_is_said_so():
    """Two breaks in what is recorded are two findings; Buy was to be watched and is urgent."""

    def sending(*told: tuple) -> dict:
        findings = [Finding(kind, claim, "", "", stage, metric, None) for kind, claim, stage, metric in told]
        return news.record(findings, [], {}) | {"at": "2026-05-01"}

    before = sending(("information", "The tag fires twice", None, None), ("watch", "Buy is low", "Buy", "csat"))
    now = sending(
        ("information", "The tag fires twice", None, None),
        ("information", "A banner hides visits", None, None),
        ("urgent", "Buy fell to 40 %", "Buy", "csat"),
    )
    assert news.news(before, now, []) == ["New: A banner hides visits", "Now urgent: Buy fell to 40 %"]
    assert news.news(now, before, []) == ["No longer told: A banner hides visits"]


ALARM = Alarm("completion_rate", "Buy", None, date(2026, 5, 18), date(2026, 5, 31), 0.55, 0.66, -0.11, 1e-6, 0.0008)


def test_an_alarm_is_raised_once_and_retracted_where_the_days_no_longer_show_it(shop, tmp_path, monkeypatch):
    sent, found, state = Sent(tmp_path / "users.sqlite"), [Watched((ALARM,), 60, 0.0013)], [State.STANDS]
    monkeypatch.setattr(run, "watch", lambda *_: found[0])
    monkeypatch.setattr(run, "state_now", lambda *_: state[0])
    with mail_server() as server, hook_server() as hook:
        held = written(tmp_path, port=server.server_address[1], hook=hook.server_address[1])
        first = run.alerts(held, shop, sent, "")
        assert first[0].startswith("Completion rate in Buy moved by") and first[-1].startswith("1 raised, 0 retracted")
        assert run.alerts(held, shop, sent, "") == ["0 raised, 0 retracted, 1 known already, of 60 watched"]
        found[0], state[0] = Watched((), 60, 0.0013), State.RETRACTED
        assert run.alerts(held, shop, sent, "")[0].startswith("Retracted: Completion rate in Buy")
        assert run.alerts(held, shop, sent, "") == ["0 raised, 0 retracted, 0 known already, of 60 watched"]
        assert [mail["Subject"].split(": ")[1] for mail in server.mails] == [
            "1 of 60 numbers moved beyond what a budget of 1.0 false alarms a quarter allows",
            "an alert is retracted",
        ]
        assert [(len(body["raised"]), len(body["retracted"])) for body in hook.bodies] == [(1, 0), (0, 1)]


def test_a_webhook_that_leads_elsewhere_has_not_taken_it():
    with hook_server() as server, pytest.raises(UserError, match="302"):
        send.webhook(f"http://127.0.0.1:{server.server_address[1]}/elsewhere", {"text": "x"})


def test_the_level_keeps_the_budget_over_everything_watched():
    """60 series looked at 13 times a quarter at 1/780: one false alarm a quarter together."""
    assert level_of(60) * 60 * 13 == pytest.approx(1.0)
    assert level_of(60, 0.5) * 60 * 13 == pytest.approx(0.5)


def test_where_nothing_moved_nothing_is_raised(shop, tmp_path):
    held = written(tmp_path)
    (said,) = run.alerts(held, shop, Sent(tmp_path / "users.sqlite"), "")
    assert said.startswith("0 raised, 0 retracted")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('folder = "digests"\n\n[alerts]', "\n[alerts]", "it goes nowhere"),
        ('"lead@example.com"', '"nobody"', "this is no address"),
        ("budget = 1.0", "budget = 0", "false alarms a quarter"),
        ('name = "Checkout"', 'name = "Everybody, weekly"', "two subscriptions have one name"),
        ('name = "Checkout"', 'name = "everybody weekly"', "two subscriptions write one file"),
        ("[alerts]", '[[subscription]]\nname = "Alerts!"\nfolder = "x"\n[alerts]\nfolder = "y/../x"', "write one file"),
        ('folder = "digests"', "folder = 5", "this is a text"),
        ('name = "Checkout"', 'name = "Checkout"\njourney = ["Purchase"]', "this is a text"),
        ("http://127.0.0.1:80/x", "http://evil.example/x", "https"),
        ("http://127.0.0.1:80/x", "http://127.0.0.1.evil.example/x", "https"),
        ("http://127.0.0.1:80/x", "http://localhost:80@evil.example/x", "https"),
        ('host = "127.0.0.1"', 'host = "mail.example.com"\nuser = "throughline"', "a password is sent encrypted only"),
        ('"throughline@example.com"', '"a@b.example\\nBcc: c@d.example"', "this is no address"),
        ('host = "127.0.0.1"', "", "a host and a sender"),
        ("[alerts]", "[alarms]", "alarms"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path, old, new, said):
    path = tmp_path / "subscriptions.toml"
    text = FILE.format(port=25, hook=80)
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError, match=said):
        load(path)
