"""A file's name is a name, and no file asks for more than it may: each gives one sentence, and the other files are read."""

import gzip
import json
import os
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.files.limits import Limits
from data.files.wildcards import TooMany, find
from data.settings.sources import Company, Source, Sources
from tests.readers.loading import load


def answers(path, pattern=None, reader="table", **columns):
    return load(
        path, reader, pattern, table="survey_answers", columns=columns or {"score": "nota"}, constants={"survey": "s"}
    )


@pytest.mark.parametrize(
    "names",
    [("a[1].csv", "a1.csv"), ("b*.csv", "bx.csv"), ("c?.csv", "cx.csv"), ("{d,e}.csv", "d.csv"), ("o'f.csv", "of.csv")],
)
def test_a_name_that_looks_like_a_pattern_is_a_name(tmp_path, names):
    for name in names:
        (tmp_path / name).write_text(f'id,nota\n"{name}",5\n')
    for pattern in ("*.csv", names[0]):
        found = answers(tmp_path, pattern, response_id="id", score="nota").rows(
            "select file, response_id from src_survey_answers order by file"
        )
        assert found == [(name, name) for name in sorted(names) if pattern == "*.csv" or name == names[0]]


def test_the_same_for_json_and_parquet_in_a_folder_of_such_a_name(tmp_path):
    folder = tmp_path / "[2026] März"
    folder.mkdir()
    for name in ("a[1]", "a1"):
        (folder / f"{name}.ndjson").write_text(
            json.dumps({"id": name, "nota": 4}) + "\n" + json.dumps({"id": name + "b", "nota": 4})
        )
        pq.write_table(pa.table({"id": [name], "nota": [4]}), folder / f"{name}.parquet")
    for pattern, ids in (("*.ndjson", ["a1", "a1b", "a[1]", "a[1]b"]), ("*.parquet", ["a1", "a[1]"])):
        rows = answers(folder, pattern, response_id="id", score="nota").rows(
            "select response_id from src_survey_answers order by 1"
        )
        assert [row[0] for row in rows] == ids


def test_several_ga4_files_of_such_names_are_read_as_one(tmp_path):
    for number, name in enumerate(("e[1].parquet", "e1.parquet")):
        value = {"string_value": None, "int_value": 7, "float_value": None, "double_value": None}
        pq.write_table(
            pa.table(
                {
                    "event_timestamp": [1_772_445_600_000_000 + number],
                    "event_name": ["page_view"],
                    "user_pseudo_id": [name],
                    "event_params": [[{"key": "ga_session_id", "value": value}]],
                }
            ),
            tmp_path / name,
        )
    found = load(tmp_path, "ga4", "e*.parquet")
    assert found.rows("select file, id_anonymous_id from src_web_events order by file") == [
        (name, name) for name in ("e1.parquet", "e[1].parquet")
    ]


@pytest.mark.parametrize("reader", ["table", "ga4", "zendesk", "qualtrics"])
def test_a_pipe_a_loop_and_a_folder_are_not_waited_for(tmp_path, reader):
    os.mkfifo(tmp_path / "a.parquet")
    os.symlink("b.parquet", tmp_path / "b.parquet")
    os.symlink("/dev/zero", tmp_path / "c.parquet")
    problem = (
        answers(tmp_path, "*.parquet", reader).problem()
        if reader == "table"
        else load(tmp_path, reader, "*.parquet").problem()
    )
    for words in (
        "a.parquet: this is not a regular file",
        "b.parquet: this is a link that leads to no file",
        "c.parquet: this is not a regular file",
    ):
        assert words in problem


def test_a_path_stands_for_no_more_than_allowed_and_the_other_sources_go_on(tmp_path):
    for number in range(4):
        (tmp_path / f"{number}.csv").write_text("nota\n4\n")
    os.symlink(".", tmp_path / "self")
    with pytest.raises(TooMany, match="more than 3 files"):
        find(tmp_path, "*.csv", 3)
    assert len(find(tmp_path, "**/*.csv", 4)) == 4
    sources = Sources(Company(), (), tmp_path / "sources.toml", Limits(files=3))
    assert (
        "the path stands for too much: more than 3 files"
        in sources.inputs(Source("s", "table", "*.csv"), tmp_path)[0].problem
    )
    assert [found.problem for found in sources.inputs(Source("s", "table", "0.csv"), tmp_path)] == [None]


def test_too_many_columns(tmp_path):
    names = [f"c{number}" for number in range(6000)]
    (tmp_path / "a.csv").write_text(";".join(names) + "\n" + ";".join("1" * 6000) + "\n")
    pq.write_table(pa.table({name: [1] for name in names}), tmp_path / "b.parquet")
    (tmp_path / "c.csv").write_text("nota\n4\n")
    found = answers(tmp_path, "*.*")
    assert found.problem().count("too many columns for a table. Found: 6,000") == 2 and found.account() == (1, 1, 0)


def test_what_unpacks_to_too_much_is_refused_by_what_it_says_and_by_what_comes(tmp_path):
    text = b"nota\n" + b"4\n" * 30_000_000
    (tmp_path / "honest.csv.gz").write_bytes(gzip.compress(text, 6))
    (tmp_path / "liar.csv.gz").write_bytes(gzip.compress(text, 6)[:-4] + b"\1\0\0\0")
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("big.csv", text)
        packed.writestr("ok.csv", "nota\n4\n")
    problem = answers(tmp_path, "*.gz").problem()
    assert problem.count("it grows too large when it is unpacked") == 2 and "[limits] unpack_ratio" in problem
    found = answers(tmp_path, "x.zip")
    assert "x.zip/big.csv: it grows too large" in found.problem() and found.account() == (1, 1, 0)


def test_a_workbook_that_asks_for_everything(tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "nota")
    sheet.write(1_048_575, 16_383, 4)
    book.close()
    assert "the workbook needs more memory than allowed" in answers(tmp_path / "a.xlsx").problem()


def test_a_cell_of_many_megabytes_is_refused_and_its_neighbours_are_read(tmp_path):
    (tmp_path / "a.csv").write_text('id,nota,texto\n1,5,"' + "xy\n" * 7_000_000 + '"\n2,4,z\n')
    found = answers(tmp_path / "a.csv")
    assert found.account() == (2, 1, 1) and "cell too long in texto" in found.refusals()[0][3]


def test_text_that_begins_as_parquet_does_is_text(tmp_path):
    (tmp_path / "a.csv").write_text("PAR1,nota\na,5\n")
    assert answers(tmp_path / "a.csv").account() == (1, 1, 0)
    (tmp_path / "b.parquet").write_bytes(b"PAR1" + bytes(50))
    assert "not a readable Parquet file: its end is missing" in answers(tmp_path / "b.parquet").problem()


@pytest.mark.parametrize("depth", [5000, 100_000])
def test_brackets_within_brackets(tmp_path, depth):
    (tmp_path / "a.ndjson").write_text('{"nota":5,"x":' + "[" * depth + "]" * depth + '}\n{"nota":4}\n')
    assert answers(tmp_path / "a.ndjson").account() == (2, 2, 0)
    (tmp_path / "b.csv").write_text('nota,x\n5,"' + "[" * depth + "]" * depth + '"\n')
    assert answers(tmp_path / "b.csv", score="nota", comment="x.a.b").account() == (1, 1, 0)
