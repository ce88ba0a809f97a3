"""What spoiled files once did to a build: a neighbour of another kind, blank lines, packed exports, damaged Parquet, cells full of separators."""

import gzip
import json
import zipfile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.build.load import create_tables, load_sources
from data.settings.sources import Company, Source, Sources
from tests.readers.loading import FIXTURES, load
from tests.readers.qualtrics_export import export

EVENTS = {
    "event_timestamp": [1_772_445_600_000_000],
    "event_name": ["page_view"],
    "user_pseudo_id": ["a.1"],
    "event_params": [
        [
            {
                "key": "ga_session_id",
                "value": {"string_value": None, "int_value": 7, "float_value": None, "double_value": None},
            }
        ]
    ],
}
FLAT = "timestamp,name,user_pseudo_id,param_ga_session_id\n2026-03-02 10:00:00,page_view,b.2,8\n"


@pytest.mark.parametrize(
    "order",
    [
        ("csv", "parquet", "ndjson"),
        ("parquet", "ndjson", "csv"),
        ("ndjson", "csv", "parquet"),
        ("parquet", "csv", "parquet"),
    ],
)
def test_files_of_several_kinds_in_one_build(tmp_path, order):
    """The engine replaces no table by a view: after a CSV, a Parquet file was lost."""
    (tmp_path / "e.csv").write_text(FLAT)
    pq.write_table(pa.table(EVENTS), tmp_path / "e.parquet")
    (tmp_path / "e.ndjson").write_text(
        "".join(json.dumps({key: value[0] for key, value in EVENTS.items()}) + "\n" for _ in range(2))
    )
    (tmp_path / "o.csv").write_text("order_id,ordered_at\n1,2026-03-02\n")
    pq.write_table(pa.table({"order_id": ["2"], "ordered_at": ["2026-03-03"]}), tmp_path / "o.parquet")
    (tmp_path / "o.ndjson").write_text(
        '{"order_id": "3", "ordered_at": "2026-03-04"}\n{"order_id": "4", "ordered_at": "2026-03-04"}\n'
    )
    con = duckdb.connect()
    create_tables(con)
    blocks = [Source(f"e{place}", "ga4", f"e.{kind}") for place, kind in enumerate(order)]
    blocks += [
        Source(
            f"o{place}",
            "table",
            f"o.{kind}",
            table="orders",
            columns={"order_id": "order_id", "ordered_at": "ordered_at"},
        )
        for place, kind in enumerate(order)
    ]
    load_sources(con, Sources(Company(), tuple(blocks), tmp_path / "sources.toml"), tmp_path, "salt")
    assert con.execute("select file, problem from loads where problem is not null or rows_in = 0").fetchall() == []


@pytest.mark.parametrize(
    "text",
    ['{"nota": 5}\n\n{"nota": 4}\n', '\n\n{"nota": 5}\n \n\t\n{"nota": 4}', '{"nota": 5}\r\n\r\n{"nota": 4}\r\n\r\n'],
)
def test_blank_lines_between_json_lines(tmp_path, text):
    (tmp_path / "a.ndjson").write_text(text, newline="")
    assert load(
        tmp_path / "a.ndjson", "table", table="survey_answers", columns={"score": "nota"}, constants={"survey": "s"}
    ).account() == (2, 2, 0)


@pytest.mark.parametrize("packed", ["gz", "zip"])
def test_a_packed_export_keeps_its_name(tmp_path, packed):
    """The survey is called as its file is, not as the copy it was unpacked to."""
    plain = export(
        tmp_path / "Checkout.csv", [("Q1", "How satisfied are you with ordering?", "QID1")], [{"Q1": "4"}, {"Q1": "5"}]
    )
    if packed == "gz":
        (tmp_path / "Checkout.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
        found = load(tmp_path / "Checkout.csv.gz", "qualtrics")
    else:
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            archive.write(plain, "2026/Checkout.csv")
        found = load(tmp_path / "all.zip", "qualtrics")
    assert found.rows("select distinct survey from src_survey_answers") == [("Checkout",)]


RESPONSES = (
    "id,_fivetran_synced,survey_id,recorded_date,status,finished\nR_1,2026-03-02,SV_1,2026-03-02 10:00:00,0,true\n"
)
ANSWERS = "_fivetran_synced,question_id,question_option_key,response_id,value\n2026-03-02,QID1,,R_1,4\n"


def test_a_table_of_fivetran_without_its_optional_columns(tmp_path):
    (tmp_path / "survey_response.csv").write_text(RESPONSES)
    (tmp_path / "question_response.csv").write_text(ANSWERS)
    assert load(tmp_path / "question_response.csv", "qualtrics").account() == (1, 1, 0)


def test_what_stands_beside_a_table_is_found_in_an_archive_and_read_in_any_encoding(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("q/survey_response.csv", RESPONSES.encode("utf-16"))
        archive.writestr("q/question_response.csv", ANSWERS)
    found = load(tmp_path, "qualtrics", "all.zip/q/*.csv")
    assert found.rows("select file, loaded from loads where file like '%question%'") == [
        ("all.zip/q/question_response.csv", 1)
    ]


def test_of_two_members_of_one_name_the_last_is_read_and_long_names_stay_apart(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("o.csv", "order_id,ordered_at\n1,2026-03-02\n")
        archive.writestr("o.csv", "order_id,ordered_at\n2,2026-03-02\n")
        for sign in "xy":
            archive.writestr(f"{sign}{'n' * 90}.csv", f"order_id,ordered_at\n{sign},2026-03-02\n")
        archive.writestr("o.csv.gz", gzip.compress(b"order_id,ordered_at\n3,2026-03-02\n"))
    found = load(
        tmp_path / "a.zip", "table", table="orders", columns={"order_id": "order_id", "ordered_at": "ordered_at"}
    )
    assert found.rows("select order_id from src_orders order by 1") == [("2",), ("3",), ("x",), ("y",)]


def test_a_damaged_page_of_parquet_is_said_without_a_path_or_a_word_of_the_engine(tmp_path):
    pq.write_table(
        pa.table({"order_id": [f"{n:09}" for n in range(3000)], "ordered_at": ["2026-03-02"] * 3000}),
        tmp_path / "a.parquet",
        compression="snappy",
        use_dictionary=False,
    )
    content = bytearray((tmp_path / "a.parquet").read_bytes())
    content[200:400] = bytes(200)
    (tmp_path / "a.parquet").write_bytes(bytes(content))
    problem = load(
        tmp_path / "a.parquet", "table", table="orders", columns={"order_id": "order_id", "ordered_at": "ordered_at"}
    ).problem()
    assert problem.startswith("a.parquet: ") and str(tmp_path) not in problem and "Error" not in problem


def test_a_cell_full_of_separators_does_not_change_how_a_workbook_is_read(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for place, line in enumerate([["id", "nota", "texto"], ["1", 5, ",;" * 8000], ["2", 4, "a;b;c"]]):
            sheet.write_row(place, 0, line)
    found = load(
        tmp_path / "a.xlsx",
        "table",
        table="survey_answers",
        delimiter=";",
        columns={"score": "nota", "comment": "texto"},
        constants={"survey": "s"},
    )
    assert found.account() == (2, 2, 0)


def test_the_velir_sample_after_a_flat_export(tmp_path):
    """Two shapes of one vendor in one source."""
    (tmp_path / "a.csv").write_text(FLAT)
    (tmp_path / "b.ndjson").write_bytes((FIXTURES / "ga4" / "velir_event.ndjson").read_bytes())
    assert load(tmp_path, "ga4", "*.*").problem() is None


def marks(path, **keys):
    return load(
        path,
        "table",
        table="survey_answers",
        columns={"score": "nota", "comment": "texto"},
        constants={"survey": "s"},
        **keys,
    )


def test_a_list_broken_in_one_record_goes_on_with_the_next(tmp_path):
    """Lists inside a record hold no records; what is broken is counted in its place."""
    inner = '"inner": [{"nota": 1}, {"a": 2}, {"b": 3}]'
    records = [f'{{"id": {n}, "nota": 5, "texto": "t{n}", {inner}}}' for n in range(1, 7)]
    records[2] = records[2].replace('"nota": 5', '"nota": NaN5')
    records[4] = records[4][:-1]
    (tmp_path / "a.json").write_text("[" + ",\n".join(records) + "]")
    found = marks(tmp_path / "a.json")
    assert found.account() == (6, 4, 2)
    assert found.rows("select row, comment from src_survey_answers order by row") == [
        (1, "t1"),
        (2, "t2"),
        (4, "t4"),
        (6, "t6"),
    ]
    assert [row[:2] for row in found.refusals()] == [(3, "bad"), (5, "bad")]


def test_json_lines_whose_first_is_broken(tmp_path):
    lines = [f'{{"nota": {n}, "texto": "t", "tags": ["a", "b"]}}' for n in range(1, 5)]
    lines[0] = lines[0][:12]
    (tmp_path / "a.ndjson").write_text("\n".join(lines) + "\n")
    assert marks(tmp_path / "a.ndjson").account() == (4, 3, 1)


def test_a_list_of_words_in_broken_json_is_no_list_of_records(tmp_path):
    (tmp_path / "a.json").write_text('{"nota": 5, "tags": ["a", "b"], "texto": ')
    found = marks(tmp_path / "a.json")
    assert found.account() == (0, 0, 0) and "not valid JSON" in found.problem()


def test_a_line_of_another_encoding_behind_a_byte_order_mark(tmp_path):
    (tmp_path / "a.csv").write_bytes(
        b"\xef\xbb\xbf" + "nota,texto\n5,schön\n4,für\n3,".encode() + "über".encode("cp1252") + b"\n"
    )
    found = marks(tmp_path / "a.csv")
    assert found.rows("select comment from src_survey_answers order by row") == [("schön",), ("für",), ("über",)]
    assert "nota" not in found.notes()


@pytest.mark.parametrize(
    ("text", "account"),
    [
        (b"nota,texto\n5,a\0b\n4,other words that make the file longer\n", (2, 2, 0)),
        (b"nota,texto\n5,a\0\0\0\0b\n4,other words that make the file longer\n", (0, 0, 0)),
        (b"nota,texto\n5,\0a\0b\0c\n4,other words that make the file longer\n", (0, 0, 0)),
    ],
)
def test_single_zero_bytes_are_left_out_and_holes_are_not(tmp_path, text, account):
    (tmp_path / "a.csv").write_bytes(text)
    found = marks(tmp_path / "a.csv")
    assert found.account() == account
    assert "1 zero byte left out" in found.notes() if account[1] else "binary data" in found.problem()


def test_a_member_that_lost_its_name_ends_nothing(tmp_path):
    """A zero byte where the name begins leaves none: that entry is passed over, the other member is read."""
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("lost.csv", "order_id,ordered_at\n1,2026-03-02\n")
        archive.writestr("kept.csv", "order_id,ordered_at\n2,2026-03-02\n3,2026-03-02\n")
    whole = (tmp_path / "all.zip").read_bytes()
    (tmp_path / "all.zip").write_bytes(whole.replace(b"lost.csv", b"\0ost.csv"))
    columns = {"order_id": "order_id", "ordered_at": "ordered_at"}
    found = load(tmp_path / "all.zip", "table", table="orders", columns=columns)
    assert found.rows("select order_id from src_orders order by 1") == [("2",), ("3",)]
