"""The log of what people do: sign-ins, exports, erasures, builds, changes of settings; bounded, and nothing of whom records are about."""

import json
import time

import pytest

from commands.data import main as data_main
from commands.exports import main as exports_main
from data.store import audit, user_records
from data.store.user_records import Users, users_file
from tests.core.company import write_company

EVENTS = "occurred_at  anonymous_id  url\n" + "\n".join(f"2026-03-{day:02}  a{day}  /cart" for day in range(1, 11))


def test_builds_exports_and_changed_settings_are_lines_of_the_log(tmp_path, capsys):
    """Newest first, with the openings of paths among them; `data audit` alone still gives these only."""
    sources, store = write_company(tmp_path, web_events=EVENTS), tmp_path / "store"
    words = ["build", "--sources", str(sources), "--store", str(store)]
    assert data_main(words) == data_main([*words, "--again"]) == 0  # one of nothing new would build nothing
    sources.write_text(sources.read_text().replace('"Test"', '"Other"'))
    assert data_main([*words, "--by", "owner@shop.example"]) == 0
    out = str(tmp_path / "numbers.csv")
    assert exports_main(["table", "completion_rate", "--all", "--store", str(store), "--out", out]) == 0
    Users(users_file(store)).opened("lead@shop.example", "key1", "Stage", "gen-1")
    assert audit.note(store, "sign-in", "lead@shop.example")
    capsys.readouterr()
    assert data_main(["audit", "--all", "--store", str(store), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert sorted(line["what"] for line in found) == sorted(
        ["sign-in", "path opened", "export", "build", "settings changed", "build", "build"]
    )
    assert [line["at"] for line in found] == sorted((line["at"] for line in found), reverse=True)
    assert {line["what"]: line["detail"] for line in found}["export"] == "table numbers.csv"
    assert {line["who"] for line in found if line["what"] == "settings changed"} == {"owner@shop.example"}
    assert data_main(["audit", "--store", str(store), "--format", "json"]) == 0
    assert [line["person"] for line in json.loads(capsys.readouterr().out)] == ["key1"]


def test_the_log_stays_within_its_size(tmp_path, monkeypatch):
    """Of twelve lines with a bound of five the newest five; openings likewise. A long detail is cut."""
    monkeypatch.setattr(audit, "MOST", 5)
    monkeypatch.setattr(user_records, "MOST", 5)
    for number in range(12):
        assert audit.note(tmp_path, "export", "a", f"{number} " + "x" * 500)
        Users(users_file(tmp_path)).opened("a", f"key{number}", "Stage", "gen")
    found = [line for line in audit.lines(tmp_path) if line["what"] == "export"]
    assert [line["detail"].split()[0] for line in found] == ["11", "10", "9", "8", "7"]
    assert {len(line["detail"]) for line in found} == {audit.LONGEST}
    assert len(Users(users_file(tmp_path)).openings()) == 5


def test_a_line_that_cannot_be_written_is_said_and_a_kind_nobody_knows_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "none" / "users.sqlite"))
    assert not audit.note(tmp_path, "sign-in", "a") and "could not be written" in capsys.readouterr().err
    with pytest.raises(AssertionError):
        audit.note(tmp_path, "whatever", "a")


def test_a_session_is_one_line_however_often_and_wherever_it_is_met(tmp_path, monkeypatch):
    """Two requests, another process, a refusal, signing out twice, a session whose token has ended since."""
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "users.sqlite"))
    later = time.time() + 60
    for _ in range(2):
        audit.note_once(tmp_path, "s1", later, "sign-in", "lead@shop.example")
        audit.note_once(tmp_path, "s2", later, "sign-in refused", "x@other.example", "domain")
    audit.note_once(tmp_path, "s1", later, "sign-out", "lead@shop.example")
    assert audit.note_once(tmp_path, "old", 1.0, "sign-in", "b") and audit.note_once(
        tmp_path, "old", 1.0, "sign-in", "b"
    )
    assert sorted(line["what"] for line in audit.lines(tmp_path)) == sorted(
        ["sign-in", "sign-in refused", "sign-out", "sign-in", "sign-in"]
    )


def test_another_file_of_rights_is_a_line(tmp_path):
    """Seen first, the same again, changed, gone: three lines."""
    file = tmp_path / "access.toml"
    file.write_text("a")
    told = [audit.access_is(tmp_path, [file]), audit.access_is(tmp_path, [file])]
    file.write_text("b")
    told.append(audit.access_is(tmp_path, [file]))
    file.unlink()
    told.append(audit.access_is(tmp_path, [file]))
    assert told == [True, False, True, True]
    assert {line["what"] for line in audit.lines(tmp_path)} == {"access changed"}
