"""Files as they really arrive: each gives its message or its refusals, nothing is lost, and the rest still builds."""

import gzip
import json

import pytest

from tests.core.company import block, table, write_company

GOOD = """
    event_id  occurred_at       anonymous_id  url
    e1        2026-03-02T10:00  a             /cart
    e2        2026-03-02T10:01  b             /cart
    """
SCORES = "responded_at,survey,metric,score\n2026-03-02,s,nps,9\n2026-03-03,s,nps,8\n"


WHOLE_FILE = [
    # file, content, what the message says
    ("empty.csv", b"", ["empty.csv", "the file is empty (0 bytes)", "Export it again"]),
    ("header.csv", b"responded_at,survey,score\n", ["header.csv", "a header and no records"]),
    ("missing.csv", None, ["missing.csv", "there is no such file", "Check the path in sources.toml"]),
    (
        "picture.csv",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        ["picture.csv", "a picture, not text", "Export it as CSV, JSON, Parquet or a workbook"],
    ),
    (
        "report.xls",
        b"\r\n<html><body><table><tr><td>responded_at</td></tr></table>",
        ["report.xls", "this is a web page or an XML file", "save it as .xlsx or CSV"],
    ),
    ("book.csv", b"PK\x03\x04" + bytes(200), ["book.csv", "the ZIP archive is damaged", "Export it again"]),
    (
        "noise.csv",
        bytes(range(256)) * 40,
        ["noise.csv", "binary data", "Found: byte 0 at position 0", "Allowed: CSV, TSV, JSON"],
    ),
    ("torn.parquet", b"PAR1" + b"x" * 100, ["torn.parquet", "not a readable Parquet file", "Export it again"]),
    (
        "torn.csv.gz",
        gzip.compress(SCORES.encode() * 50)[:-20],
        ["torn.csv.gz", "gzip file is damaged", "Export it again"],
    ),
    (
        "mangled.csv.gz",
        gzip.compress(SCORES.encode() * 50, mtime=0)[:12] + b"\xff" * 60,
        ["mangled.csv.gz", "gzip file is damaged"],
    ),
    ("words.json", b'{"responses": ', ["words.json", "not valid JSON", "Export it again"]),
    ("deep.json", b"[" * 100_000, ["deep.json", "not valid JSON", "Export it again"]),
]


TEN_MB = "x" * 10_000_000
JSON = 'columns = { survey = "survey", score = "score", comment = "comment" }'
# file → content and the further lines of its [[source]] block
RECORDS = {
    "semicolon.csv": (SCORES, 'delimiter = ";"', 'columns = { score = "score" }'),
    "renamed.csv": (SCORES, 'columns = { score = "Scores" }'),
    "lost.csv": (SCORES, "where = \"country = 'DE'\""),
    "cut.json": ('[{"survey": "s", "score": 9}, {"survey": "s", "score": 8}, {"survey": "s", "sco', JSON),
    "cut.ndjson": ('{"survey": "s", "score": 9}\n{"survey": "s", "score": 8}\n{"survey": "s", "sco', JSON),
    "range.csv": (
        table("""
        survey  metric  scale_min  scale_max  score
        s       nps     -          -          10
        s       nps     -          -          11
        s       NPS     -          -          11
        s       csat    1          5          6
        s       nps     -          -          7.5
        s       csat    1          5          good
        """),
    ),
    "short.csv": ("responded_at,survey,metric,score\n2026-03-02,s,nps,9\n2026-03-02,s\n2026-03-03,s,nps,8\n",),
    "long.csv": (f"survey,score,comment\ns,9,fine\ns,8,{TEN_MB}\ns,7,fine\n",),
    "long.ndjson": (
        '{"survey": "s", "score": 9}\n{"survey": "s", "score": 8, "comment": "'
        + TEN_MB
        + '"}\n{"survey": "s", "score": 7}\n',
        JSON,
    ),
    "repeats.csv": (
        table("""
        response_id  responded_at  survey  metric  score
        r1           2026-03-02    s       nps     9
        r1           2026-03-02    s       nps     9
        r2           2026-03-02    s       nps     3
        r2           2026-03-03    s       nps     9
        """),
    ),
}


@pytest.fixture(scope="module")
def built(module_company):
    """All of them at once, beside a good file: one build, which must get through."""
    files = {name: content for name, content, _ in WHOLE_FILE if content is not None} | {
        n: c[0] for n, c in RECORDS.items()
    }
    blocks = [block(name, name, "survey_answers") for name, *_ in WHOLE_FILE]
    blocks += [block(name, name, "survey_answers", *lines) for name, (_, *lines) in RECORDS.items()]
    return module_company(
        web_events=GOOD, files=files, sources="".join([*blocks, block("folder", "store", "survey_answers")])
    )


def test_the_rest_still_builds(built):
    """A score of files that cannot be used, and the good one's two events are there."""
    assert built.account("web_events.csv") == (2, 2, 0)
    assert built.value("select count(*) from visits") == 2


@pytest.mark.parametrize(
    ("name", "says"), [(name, says) for name, _, says in WHOLE_FILE], ids=[name for name, *_ in WHOLE_FILE]
)
def test_a_file_that_cannot_be_read_is_one_clear_message(built, name, says):
    """The file's problem names it and what to do; nothing of it is loaded."""
    assert built.account(name)[1] == 0
    for words in says:
        assert words in built.problem(name)


def test_a_folder_where_a_file_should_be(built):
    """A path that names a folder says so, and how to name the files in it."""
    assert built.account("store") == (0, 0, 0)
    assert "this is a folder, not a file" in built.problem("store")
    assert "*.csv" in built.problem("store")


def test_wrong_delimiter_stated(built):
    """The columns mapped are not there: found is the one column it reads, and the message points at the delimiter."""
    assert built.account("semicolon.csv") == (2, 0, 2)
    for words in (
        "columns the source maps are not in the file: score",
        "Found: responded_at,survey,metric,score",
        "state delimiter",
    ):
        assert words in built.problem("semicolon.csv")


def test_changed_columns(built):
    """The export renamed a column: the message says which is missing, what is there, and the nearest name."""
    assert built.account("renamed.csv") == (2, 0, 2)
    for words in ("not in the file: Scores", "Found: responded_at, survey, metric, score", "Did you mean 'score'?"):
        assert words in built.problem("renamed.csv")


def test_a_where_on_a_column_the_file_lost_stops_that_file_only(built):
    """A condition is on the file's columns; when the export drops one, the other files still build."""
    assert built.account("lost.csv") == (2, 0, 2)
    for words in ("where", "the file has no column 'country'", "Found: responded_at, survey, metric, score"):
        assert words in built.problem("lost.csv")


def test_truncated_json_array_keeps_its_whole_records(built):
    """Two whole records and half a third: two loaded, one refused where the file breaks off."""
    assert built.account("cut.json") == (3, 2, 1)
    ((row, _, kind, reason, found, allowed),) = built.refused("cut.json")
    assert (row, kind, reason, allowed) == (3, "bad", "the JSON is cut off or broken here", "complete JSON")
    assert found


def test_truncated_ndjson_keeps_its_whole_lines(built):
    """Two whole lines and half a third: two loaded, one refused."""
    assert built.account("cut.ndjson") == (3, 2, 1)
    assert built.refused("cut.ndjson") == [
        (3, None, "bad", "not valid JSON", "a broken or cut-off line", "one complete JSON object a line")
    ]


def test_scores_out_of_range(built):
    """11 on 0–10 (in either spelling of NPS), 6 on 1–5, half a point of NPS and a word: each with found and allowed."""
    assert built.account("range.csv") == (6, 1, 5)
    assert built.refused("range.csv") == [
        (2, "score", "bad", "score out of range", "11.0", "0 to 10"),
        (3, "score", "bad", "score out of range", "11.0", "0 to 10"),
        (4, "score", "bad", "score out of range", "6.0", "1 to 5"),
        (5, "score", "bad", "an NPS answer is a whole number", "7.5", "0, 1, 2 … 10"),
        (
            6,
            "score",
            "bad",
            "not a number",
            "good",
            "a number, a number with its label, or the words of a known scale; else values = { score = { … } }",
        ),
    ]


def test_a_row_too_short_is_refused_and_the_others_load(built):
    """A record with two cells under a header of four is refused with its row; nothing is shifted into place."""
    assert built.account("short.csv") == (3, 2, 1)
    assert built.refused("short.csv") == [(2, None, "bad", "wrong number of columns", "2 columns", "4 columns")]


@pytest.mark.parametrize("name", ["long.csv", "long.ndjson"])
def test_ten_megabytes_in_one_cell(built, name):
    """No survey, ticket or event has such a cell: the record is refused, the others load."""
    assert built.account(name) == (3, 2, 1)
    ((row, _, kind, reason, found, allowed),) = built.refused(name)
    assert (row, kind, reason) == (2, "bad", "cell too long in comment")
    assert (found, allowed) == ("10,000,000 characters", "at most 1,000,000 characters")


def test_the_same_record_again_is_a_duplicate_and_another_version_superseded(built):
    """r1 twice, the same; r2 first 3, then 9 a day later: the latest counts, and both others are accounted for."""
    assert built.account("repeats.csv") == (4, 2, 2)
    assert [(row, kind, reason) for row, _, kind, reason, *_ in built.refused("repeats.csv")] == [
        (1, "duplicate", "the same row again"),
        (3, "superseded", "a later version of this row was read"),
    ]
    assert built.rows("select response_id, score from answers where source = 'repeats.csv' order by all") == [
        ("r1", 9),
        ("r2", 9),
    ]


def test_the_command_accounts_for_every_file_as_json(tmp_path, cli):
    """One JSON line a file with source, file, rows_in, loaded, refused, then one summary line; exit code 0."""
    sources = write_company(
        tmp_path,
        web_events=GOOD,
        files={"empty.csv": b"", "scores.csv": SCORES.replace("9", "19")},
        sources=block("empty", "empty.csv", "survey_answers") + block("scores", "scores.csv", "survey_answers"),
    )
    done = cli("data", "build", "--sources", sources, "--store", tmp_path / "store", "--format", "json")
    *files, summary = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [[line[key] for key in ("source", "file", "rows_in", "loaded", "refused")] for line in files] == [
        ["web_events", "web_events.csv", 2, 2, 0],
        ["empty", "empty.csv", 0, 0, 0],
        ["scores", "scores.csv", 2, 1, 1],
    ]
    assert (summary["rows_in"], summary["loaded"], summary["refused"]) == (4, 3, 1)
    assert summary["generation"].startswith("gen-")
    assert ["empty.csv" in problem for problem in summary["problems"]] == [True]


def test_a_build_of_nothing_but_bad_files_publishes_nothing(tmp_path, cli):
    """Exit code 1 (the answer is no), the reason in words, and no store where there was none."""
    sources = write_company(tmp_path, files={"empty.csv": b""}, sources=block("empty", "empty.csv", "survey_answers"))
    done = cli("data", "build", "--sources", sources, "--store", tmp_path / "store")
    assert done.returncode == 1
    assert "empty.csv: the file is empty" in done.stdout
    assert "not published: nothing was loaded" in done.stdout
    assert not (tmp_path / "store" / "CURRENT").exists()
