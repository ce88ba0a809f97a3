"""From an empty store to true numbers in the browser: three files as tools write them, dropped, confirmed, built."""

import io
import json
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from data import own
from data.errors import UserError
from data.store import audit
from tests.app.served import ROOT, open_page, rest, server
from ui.session import here, uploads
from ui.views.own import building

START = datetime(2026, 3, 2, 9, 0)
PEOPLE = 40  # people; every fourth one's request is about payment, two of three buy


def write_survey(path: Path) -> None:
    """A spreadsheet with a title above its head and typed dates: 20 promoters (9), 12 passives (7), 8 detractors (3) → NPS 30."""
    book = xlsxwriter.Workbook(str(path))
    sheet, day = book.add_worksheet("Responses"), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_row(0, 0, ["Export of responses"])
    sheet.write_row(
        2,
        0,
        [
            "Response ID",
            "Completed at",
            "Email",
            "How likely are you to recommend us to a friend or colleague?",
            "Why?",
        ],
    )
    for number in range(PEOPLE):
        sheet.write_string(3 + number, 0, f"R-{number}")
        sheet.write_datetime(3 + number, 1, START + timedelta(days=number % 20, hours=2), day)
        sheet.write_string(3 + number, 2, f"p{number}@mail.example")
        sheet.write_number(3 + number, 3, 9 if number < 20 else 7 if number < 32 else 3)
        sheet.write_string(3 + number, 4, "Quick and friendly" if number < 20 else "It was fine I guess")
    book.close()


def write_tickets(path: Path) -> None:
    """A German helpdesk's CSV: semicolons, day before month. 10 requests, each solved after six hours."""
    lines = ["Ticket-Nr;Erstellt am;Gelöst am;Status;Kategorie;E-Mail"]
    for number in range(10):
        at = START + timedelta(days=13 + number, hours=3)
        lines.append(
            f"T{number};{at:%d.%m.%Y %H:%M};{at + timedelta(hours=6):%d.%m.%Y %H:%M};Gelöst;payment;p{4 * number}@mail.example"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_events(path: Path) -> None:
    """A flat GA4 export: everybody begins a checkout once, two of three buy (27 of 40)."""
    lines = ["event_date,event_timestamp,event_name,user_pseudo_id,ga_session_id,page_location"]
    for number in range(PEOPLE):
        at = START + timedelta(days=number % 20, minutes=number)
        names = (
            ["page_view", "begin_checkout", *(["purchase"] if number % 3 else [])]
            if number
            else ["page_view", "begin_checkout", "purchase"]
        )
        for minute, name in enumerate(names):
            when = at + timedelta(minutes=minute)
            lines.append(
                f"{when:%Y%m%d},{int(when.timestamp() * 1e6)},{name},{1000 + number}.{number},{170000 + number},https://shop.example/checkout"
            )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def show(store: Path, metric: str, *more: str) -> list[dict]:
    """What `metrics show` says."""
    done = subprocess.run(
        [sys.executable, "-m", "metrics", "show", metric, *more, "--store", str(store), "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


def test_three_files_from_an_empty_store(page, tmp_path):
    """Dropped, looked at, kinds confirmed, built; the Overview is filled and the numbers are those of a hand count."""
    for name, write in (("responses.xlsx", write_survey), ("tickets.csv", write_tickets), ("events.csv", write_events)):
        write(tmp_path / name)
    store = tmp_path / "store"
    store.mkdir()
    with server(store, ready="/_stcore/health", THROUGHLINE_START="empty") as address:
        page.goto(address)
        page.get_by_text("There is no data yet").wait_for(timeout=60_000)
        page.get_by_text("Bring your own files").click()
        page.get_by_text("1 · Drop files").wait_for(timeout=60_000)
        page.locator('input[type="file"]').set_input_files(
            [str(tmp_path / name) for name in ("responses.xlsx", "tickets.csv", "events.csv")]
        )
        page.get_by_text("2 · What they were taken for").wait_for(timeout=90_000)
        rest(page)
        # the tickets' headers are German: offered, with the reason, and changed by whoever knows better
        guessed = page.locator(".st-key-block_own_company")
        assert "time zone Europe/Berlin, numbers and days de-DE by German headers" in guessed.inner_text()
        assert "Nothing in the files says: currency" in guessed.inner_text()
        written = guessed.get_by_role("combobox", name="Numbers and days are written as in")
        assert written.input_value().startswith("Germany, German: 1.204,5")
        guessed.get_by_label("Currency").fill("chf")
        guessed.get_by_label("Currency").press("Enter")
        rest(page)
        # the survey's kind is in none of its words: asked with what its NPS lets expect, and counted once it is said
        assert "No file says what kind of survey this is: responses" in guessed.inner_text()
        assert "Perhaps relationship: surveys of nps mostly are" in page.content()
        guessed.get_by_role("combobox", name="Asks").click()
        page.get_by_role("option", name="about us as a whole").click()
        rest(page)
        assert "No file says what kind" not in guessed.inner_text()
        page.get_by_role("button", name="Build and show my data").click()
        page.wait_for_selector(".st-key-block_strip", timeout=120_000)
        rest(page)
        assert "Bring your own files" not in page.content()
        build_line = next(line for line in audit.lines(store) if line["what"] == "build")
        assert build_line["who"] == "at this machine"
        (nps,) = show(store, "nps_relationship", "--all")
        assert (nps["value"], nps["n"]) == (pytest.approx(30), 40)
        (resolution,) = show(store, "resolution_p50", "--all")
        assert resolution["value"] == pytest.approx(6, rel=0.01)
        (buy,) = [
            row for row in show(store, "completion_rate", "--by", "stage", "--all") if row["by"]["stage"] == "Buy"
        ]
        assert (buy["value"], buy["n"]) == (pytest.approx(27 / 40), 40)
        # a customer is erased from the page: said for good, the receipt shown, the log kept
        open_page(page, f"{address}/data")
        form = page.locator(".st-key-block_erasing")
        form.get_by_label("Any id a source knows").fill("p3@mail.example")
        form.get_by_role("button", name="Erase").click()
        form.get_by_text("Nothing was erased").wait_for(timeout=60_000)
        form.get_by_text("I want to erase").click()
        form.get_by_role("button", name="Erase").click()
        form.get_by_text("One person is erased").wait_for(timeout=90_000)
        form.get_by_text("Rows taken out").wait_for()  # drawn after the line above it
        assert "Rows taken out" in form.inner_text() and "p3@" not in form.inner_text()
        assert [line["who"] for line in audit.lines(store) if line["what"] == "erasure"] == ["at this machine"]
    current = store / "own" / "current"
    company = tomllib.loads((current / "sources.toml").read_text(encoding="utf-8"))["company"]
    assert (company["timezone"], company["locale"], company["currency"]) == ("Europe/Berlin", "de-DE", "CHF")
    assert (current / "journey.toml").exists()


def test_files_are_taken_only_where_a_page_asks_for_them(page, address):
    """A session on another page cannot send a file, nor can a session that is none."""
    page.goto(address)
    page.wait_for_selector(".st-key-foot", timeout=60_000)
    request = urllib.request.Request(f"{address}/_stcore/upload_file/no-session/file", data=b"x" * 1000, method="PUT")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 403


@pytest.mark.parametrize(
    ("host", "address", "local"),
    [
        ("localhost:8501", None, True),
        ("127.0.0.1:8501", "127.0.0.1", True),
        ("[::1]:8501", "::1", True),
        ("rebind.example", None, False),
        ("dash.company.example", "127.0.0.1", False),
        ("localhost:8501", "10.0.0.7", False),
    ],
)
def test_only_this_machine_by_its_own_name(host, address, local):
    """Another name that leads to 127.0.0.1 is not this machine's own, and a proxy's visitors are not at it."""
    assert here.is_local(host, address) is local


def test_a_file_stays_in_its_folder(tmp_path):
    """Names that climb, hidden ones and ones with signs are made plain; a kind that is not read is refused."""
    for name, kept in (
        ("../../evil.csv", "evil.csv"),
        ("C:\\x\\a.csv", "a.csv"),
        ("a[1].csv", "a_1_.csv"),
        (".hidden.csv", "hidden.csv"),
    ):
        assert own.add(tmp_path, name, io.BytesIO(b"a\n1\n")) == tmp_path / kept
    with pytest.raises(UserError, match="not read"):
        own.add(tmp_path, "macro.exe", io.BytesIO(b"MZ"))


def test_a_draft_is_bounded(tmp_path, monkeypatch):
    """The files of a draft together; a file that comes again takes the place of the one before."""
    monkeypatch.setattr(own, "DRAFT_MB", 1)
    own.add(tmp_path, "a.csv", io.BytesIO(b"x" * 700_000))
    own.add(tmp_path, "a.csv", io.BytesIO(b"x" * 800_000))
    with pytest.raises(UserError, match="(?s)too much for one draft.*1 MB"):
        own.add(tmp_path, "b.csv", io.BytesIO(b"x" * 700_000))
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def answered(size: int, session: str = "s1") -> int:
    """The status with which the gate lets an upload of this many bytes in (200) or turns it away."""
    statuses = []

    async def taken(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        statuses.extend([message["status"]] if "status" in message else [])

    path, headers = f"{uploads.UPLOAD}{session}/f", [(b"content-length", str(size).encode())]
    scope = {"type": "http", "method": "PUT", "path": path, "headers": headers}
    with pytest.raises(StopIteration):  # nothing in it waits, so one step is all of it
        uploads.UploadGate(taken)(scope, None, send).send(None)
    return statuses[0]


def test_uploads_are_taken_a_bounded_amount_at_a_time(monkeypatch):
    """Too large, not from this page, too much at one moment; what is through no longer counts."""
    monkeypatch.setattr(uploads, "_taking", {"s1"})
    monkeypatch.setattr(uploads, "_coming", [0])
    most = uploads.most_mb() * uploads.MB
    assert [answered(most), answered(2 * most), answered(10, "s2"), answered(most)] == [200, 413, 403, 200]
    monkeypatch.setattr(uploads, "_coming", [2 * most - 5])
    assert [answered(5), answered(6)] == [200, 503]


def test_settings_are_written_as_they_were_read(tmp_path):
    """sources.toml and journey.toml go through the page and come out the same."""
    sources = {
        "company": {"name": "A", "timezone": "Europe/Berlin"},
        "source": [
            {
                "name": "s",
                "reader": "table",
                "path": "a.csv",
                "table": "survey_answers",
                "dates": ["%d.%m.%Y"],
                "columns": {"responded_at": "When?", "score": 'How "likely"?'},
                "constants": {"metric": "nps", "scale_min": 0, "scale_max": 10},
            }
        ],
    }
    journey = {
        "mission": "m",
        "journey": [
            {
                "name": "J",
                "stage": [
                    {"name": "Buy", "paths": ["/cart*"], "targets": {"completion_rate": {"line": 0.5, "target": 0.7}}}
                ],
            }
        ],
        "survey": [{"name": "s", "kind": "relationship"}],
    }
    own.write_settings(tmp_path, sources, journey)
    assert own.settings(tmp_path) == (sources, journey)


def test_a_draft_that_is_not_published_is_a_draft_again(tmp_path):
    """Adopted, then taken back: what was there before stands again."""
    first, second = own.new_draft(tmp_path), own.new_draft(tmp_path)
    for draft, name in ((first, "one"), (second, "two")):
        (draft / "sources.toml").write_text(name)
    own.adopt(tmp_path, first)
    assert own.adopt(tmp_path, second).read_text() == "two"
    own.restore(tmp_path, second)
    assert own.own_sources(tmp_path).read_text() == "one" and (second / "sources.toml").read_text() == "two"
    with pytest.raises(KeyboardInterrupt), building.adopted(tmp_path, second) as (sources, _):
        assert sources.read_text() == "two"
        raise KeyboardInterrupt  # the page is left while it builds
    assert own.own_sources(tmp_path).read_text() == "one" and (second / "sources.toml").read_text() == "two"
    with building.adopted(tmp_path, second) as (sources, result):
        result["generation"] = "gen-1"
    assert own.own_sources(tmp_path).read_text() == "two" and not second.exists()


def test_two_people_do_not_build_from_the_browser_at_once(monkeypatch):
    """The second keeps the draft and is told; once the first is done, the second may."""
    said: list[str] = []
    monkeypatch.setattr(building.st, "error", said.append)
    with building.alone() as first:
        with building.alone() as second:
            assert first and not second and "Somebody else is building" in said[0]
        assert building.switch(Path("x")) is False
    with building.alone() as again:
        assert again and len(said) == 2


def test_a_block_belongs_to_the_file_it_was_proposed_from():
    """By its own name, by the pattern its file fits, or by the archive it is a member of."""
    found = [{"path": path} for path in ("a.csv", "events_01.csv", "export.zip")]
    for path, wanted in (("events_*.csv", 1), ("export.zip/pages_1.csv", 2), ("export.zip", 2), ("a.csv", 0)):
        assert own.block_of(path, found) is found[wanted]
