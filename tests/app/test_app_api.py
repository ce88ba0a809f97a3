"""The read route: the numbers of `metrics show` for a spreadsheet, in fixed columns, to whom a page or a file would be given."""

import base64
import io
import json
import urllib.request

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from commands.metrics import main
from data.store import audit
from metrics.rules.access.tokens import block, new_token
from tests.app.test_app_gate import fetched
from ui.api import route, who
from ui.session import hosts, source

ASKED = "metric=csat_t2b_5,completion_rate&by=stage&from=2026-03-02&to=2026-05-31&compare=previous"
ACCESS = """
[[group]]
name = "Files"
members = ["a@shop.example"]
stages = ["Buy"]
exports = true

[[group]]
name = "Pages only"
members = ["b@shop.example"]
"""


@pytest.fixture
def read(store, tmp_path, monkeypatch):
    """A function: path and headers → answer, of an app on this machine with the small company's store."""
    monkeypatch.setenv("THROUGHLINE_STORE", str(store))
    monkeypatch.setenv("THROUGHLINE_ACCESS", str(tmp_path / "access.toml"))
    monkeypatch.setenv("THROUGHLINE_RIGHTS", str(tmp_path / "rights.toml"))
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "users.sqlite"))
    source.store.cache_clear()
    route._note.cache_clear()
    client = TestClient(Starlette(routes=route.routes), base_url="http://127.0.0.1:8501", client=("127.0.0.1", 40000))
    yield lambda path, **headers: client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    source.store.cache_clear()


@pytest.fixture
def tokens(tmp_path, read):
    """Group → a token of it."""
    made = {name: new_token() for name in ("Files", "Pages only")}
    blocks = "\n".join(block(name, held, [name]) for name, (_, held) in made.items())
    (tmp_path / "access.toml").write_text(ACCESS + blocks)
    return {name: token for name, (token, _) in made.items()}


def printed(store, capsys) -> list[dict]:
    words = ["show", "csat_t2b_5", "completion_rate", "--by", "stage", "--from", "2026-03-02", "--to", "2026-05-31"]
    assert main([*words, "--compare", "previous", "--store", str(store), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_format_holds_the_numbers_of_the_command_line(read, store, capsys):
    """Read from this machine, as the pages are: full digits, the same columns in each, empty where there is no value."""
    cells = printed(store, capsys)
    assert read(f"/api/show.json?{ASKED}").json() == cells
    tables = {
        "csv": pa.csv.read_csv(io.BytesIO(read(f"/api/show.csv?{ASKED}").content)),
        "parquet": pq.read_table(io.BytesIO(read(f"/api/show.parquet?{ASKED}").content)),
        "arrow": pa.ipc.open_stream(read(f"/api/show.arrow?{ASKED}").content).read_all(),
    }
    for name, table in tables.items():
        assert table.column_names[:4] == ["metric", "stage", "from", "to"] and table.num_columns == 25, name
        for row, cell in zip(table.to_pylist(), cells, strict=True):
            assert (row["metric"], row["stage"], row["state"]) == (cell["metric"], cell["by"]["stage"], cell["state"])
            assert [row[key] for key in ("value", "low", "high")] == [cell[key] for key in ("value", "low", "high")], (
                name
            )
            assert row["diff"] == (cell.get("compare") or {}).get("diff") and row["unit"] == "rate"
            assert row["definition_version"] == cell["definition_version"] and row["generation"] == cell["generation"]
    assert tables["arrow"].schema == tables["parquet"].schema
    plain = pa.ipc.open_stream(read("/api/show.arrow?metric=csat_t2b_5&by=stage").content).read_all()
    assert plain.schema == tables["arrow"].schema  # without a comparison the columns stand, empty


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api", 404, "There is nothing at this address. There are: /api/show.csv"),
        ("/api/", 404, "There is nothing"),
        ("/api/shw.csv?metric=csat_t2b_5", 404, "There is nothing"),
        ("/api/show.xlsx?metric=csat_t2b_5", 404, "There is nothing"),
        ("/api/show.csv/x", 404, "There is nothing"),
        ("/api/show.csv", 400, "metrics: this argument is needed"),
        ("/api/show.csv?metric=csat", 400, "there is no such metric"),
        ("/api/show.csv?metric=csat_t2b_5&where=stage", 400, "a filter is written where=DIMENSION=VALUE"),
        ("/api/show.csv?metric=csat_t2b_5&where=stage=Bui", 400, "Did you mean 'Buy'?"),
        ("/api/show.csv?metric=csat_t2b_5&from=1.3.2026", 400, "a day as 2026-03-31"),
        ("/api/show.csv?metric=csat_t2b_5&from=2026-03-01&from=2026-03-02", 400, "this stands once"),
        ("/api/show.csv?metric=csat_t2b_5&token=tl_x", 400, "there is no such argument"),
        ("/api/show.csv?" + "by=stage&" * 300, 400, "too many parts"),
    ],
)
def test_what_is_not_there_or_cannot_be_asked_is_one_sentence(read, path, status, said):
    answer = read(path)
    assert answer.status_code == status and said in answer.text and len(answer.text.splitlines()) == 1


def test_a_token_sees_what_its_groups_may_take_away(read, tokens, tmp_path):
    """As a bearer or as password; one whose groups make no files gets none; a wrong one is not taken for none."""
    bearer = {"Authorization": f"Bearer {tokens['Files']}"}
    rows = read(f"/api/show.json?{ASKED}", **bearer).json()
    assert {row["by"]["stage"] for row in rows} == {"Buy"}
    basic = "Basic " + base64.b64encode(f"anybody:{tokens['Files']}".encode()).decode()
    assert read(f"/api/show.json?{ASKED}", Authorization=basic).json() == rows
    refused = read(f"/api/show.json?{ASKED}", Authorization=f"Bearer {tokens['Pages only']}")
    assert refused.status_code == 403 and "files are made only by" in refused.text
    wrong = read(f"/api/show.json?{ASKED}", Authorization="Bearer tl_wrong")
    assert wrong.status_code == 401 and "Basic" in wrong.headers["www-authenticate"]
    assert read(f"/api/show.json?{ASKED}").status_code == 403  # access.toml, no token, no sign-in: as the pages
    (tmp_path / "access.toml").write_text("[[group]\n")
    unread = read(f"/api/show.json?{ASKED}", **bearer)
    assert unread.status_code == 401 and "access.toml cannot be used" in unread.text and "line" not in unread.text


def test_without_a_token_a_page_and_the_route_answer_alike(read, tmp_path, monkeypatch):
    """From elsewhere by the rights of who is not here; with sign-in set up nobody without a token, whatever else they show."""
    assert read("/api/show.csv?metric=csat_t2b_5", X_Forwarded_For="10.0.0.9").status_code == 200
    monkeypatch.setattr(who, "sign_in_is_set_up", lambda: True)
    answer = read("/api/show.csv?metric=csat_t2b_5", Cookie="_streamlit_user=x")
    assert answer.status_code == 401 and "metrics token" in answer.text


def test_no_page_of_another_site_reads_it(read):
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ):
        assert read("/api/show.csv?metric=csat_t2b_5", **headers).status_code == 403, headers
    own = read("/api/show.csv?metric=csat_t2b_5", Origin="http://127.0.0.1:8501", Sec_Fetch_Site="same-origin")
    assert own.status_code == 200 and own.headers["cross-origin-resource-policy"] == "same-origin"


def test_what_has_not_changed_is_not_sent_again_and_stands_once_in_the_log(read, store):
    first = read("/api/list.csv")
    assert first.status_code == 200 and first.text.startswith("id,label,") and "csat_t2b_5" in first.text
    again = read("/api/list.csv", If_None_Match=first.headers["etag"])
    assert again.status_code == 304 and not again.content
    assert read("/api/list.json").json()[0]["id"]
    noted = [line["detail"] for line in audit.lines(store) if line["what"] == "export"]
    assert sorted(noted) == ["api/list.csv?", "api/list.json?"]


def test_the_running_app_serves_it_and_keeps_its_own_answers(address):
    """Through all that stands before it; another name and another method get nothing, and pages still open."""
    with urllib.request.urlopen(f"{address}/api/show.csv?metric=csat_t2b_5&by=stage") as answer:
        assert answer.status == 200 and answer.read().startswith(
            b'"metric","stage","from","to","value","low","high","n",'
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert fetched(address, "/api/nothing")[0] == 404
    assert fetched(address, "/api/show.csv?metric=csat_t2b_5", Host="rebind.example")[0] == 421
    assert fetched(address, "/api/show.csv?metric=csat_t2b_5", "POST")[0] == 405
    assert fetched(address, "/overview")[0] == 200 and hosts.answers_to("127.0.0.1")
