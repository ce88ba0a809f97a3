"""Excel and OpenDocument workbooks and ZIP archives: what people have. Sheets found or named, typed dates kept, members as files."""

import gzip
import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter

from tests.readers.loading import load

ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>
 <office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""


def xlsx(path, **sheets):
    """A workbook; dates become cells of a date format."""
    book = xlsxwriter.Workbook(str(path))
    formats = {
        kind: book.add_format({"num_format": text})
        for kind, text in {date: "dd.mm.yy", datetime: "d/m/yyyy h:mm", timedelta: "[h]:mm"}.items()
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if type(cell) in formats:
                    sheet.write_datetime(number, place, cell, formats[type(cell)])
                elif cell is not None:
                    sheet.write(number, place, cell)
    book.close()
    return path


def ods(path, *sheets):
    """(name, rows) each; dates and numbers typed as office programs do."""

    def cell(value):
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"><text:p>{value:%d/%m/%y}</text:p></table:table-cell>'
        kind = (
            f'office:value-type="float" office:value="{value}"'
            if isinstance(value, (int, float))
            else 'office:value-type="string"'
        )
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"

    body = "".join(
        f'<table:table table:name="{name}">'
        + "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(body))
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
    return path


def answers(path, pattern=None, columns=None, **source):
    columns = columns or {"responded_at": "Datum", "score": "Note", "comment": "Warum"}
    return load(path, "table", pattern, table="survey_answers", columns=columns, constants={"survey": "s"}, **source)


ROWS = [
    ["Datum", "Note", "Warum"],
    [datetime(2026, 3, 2, 14, 5), 5, "schnell"],
    [date(2026, 3, 3), 2.5, "zäh"],
    ["04.03.2026", "3", None],
]


def test_a_date_cell_is_its_date_and_a_number_is_its_number(tmp_path):
    found = answers(xlsx(tmp_path / "u.xlsx", Antworten=ROWS), dates=("%d.%m.%Y",))
    assert found.rows("select cast(responded_at as varchar), score, comment from src_survey_answers order by row") == [
        ("2026-03-02 14:05:00", 5.0, "schnell"),
        ("2026-03-03 00:00:00", 2.5, "zäh"),
        ("2026-03-04 00:00:00", 3.0, None),
    ]


def test_a_number_keeps_its_value_where_the_comma_is_the_decimal(tmp_path):
    rows = [
        ["nr", "am", "betrag"],
        [1001, date(2026, 3, 2), 1250],
        [1002, date(2026, 3, 2), 12.345],
        [1003, date(2026, 3, 3), "19,90"],
    ]
    found = load(
        xlsx(tmp_path / "b.xlsx", B=rows),
        "table",
        table="orders",
        decimal=",",
        columns={"order_id": "nr", "ordered_at": "am", "amount": "betrag"},
    )
    assert found.rows("select order_id, amount from src_orders order by row") == [
        ("1001", 1250.0),
        ("1002", 12.345),
        ("1003", 19.9),
    ]


def test_the_sheet_that_is_a_table_is_found_and_said(tmp_path):
    notes = [["Legende"], ["Note: 1 bis 5"], [None, "Stand", "März"]]
    found = answers(xlsx(tmp_path / "u.xlsx", Hinweise=notes, Antworten=ROWS), dates=("%d.%m.%Y",))
    assert found.account() == (3, 3, 0) and "sheet 'Antworten' read, of 'Hinweise', 'Antworten'" in found.notes()


def test_a_sheet_with_the_mapped_columns_comes_before_a_longer_one(tmp_path):
    codes = [["Code", "Land"], *[[number, "DE"] for number in range(50)]]
    found = answers(xlsx(tmp_path / "u.xlsx", Codes=codes, März=ROWS, April=ROWS), dates=("%d.%m.%Y",))
    assert found.account() == (3, 3, 0)
    assert "the same columns also in sheet 'April', not read" in found.notes()


def test_a_sheet_is_taken_by_its_name_or_the_names_are_told(tmp_path):
    file = xlsx(tmp_path / "u.xlsx", März=ROWS, April=ROWS[:2])
    assert answers(file, sheet="april").account() == (1, 1, 0)
    assert "there is no such sheet. Found: 'Mai'. Allowed: März, April" in answers(file, sheet="Mai").problem()


def test_title_rows_blank_rows_and_totals_of_a_sheet(tmp_path):
    rows = [["Bewertungen März"], [], [], *ROWS[:3], [], ["Summe", 7.5], []]
    found = answers(xlsx(tmp_path / "u.xlsx", A=rows))
    assert (
        found.account() == (3, 2, 1)
        and "1 title row skipped" in found.notes()
        and "1 total row left out: row 3" in found.notes()
    )


def test_an_opendocument_sheet(tmp_path):
    file = ods(
        tmp_path / "enquete.ods",
        ("Lisez-moi", [["Enquête"]]),
        ("Réponses", [["le", "note", "pourquoi"], [date(2026, 3, 12), 4, "bien"], [date(2026, 4, 1), 2.5, "lent"]]),
    )
    found = answers(file, columns={"responded_at": "le", "score": "note", "comment": "pourquoi"})
    assert found.rows("select cast(responded_at as varchar), score from src_survey_answers order by row") == [
        ("2026-03-12 00:00:00", 4.0),
        ("2026-04-01 00:00:00", 2.5),
    ]


def test_durations_truths_and_long_numbers_of_a_sheet_as_text(tmp_path):
    rows = [
        ["id", "offen", "dauer"],
        [12345678901234, True, timedelta(hours=30, minutes=5)],
        ["x", False, timedelta(minutes=3)],
    ]
    found = answers(
        xlsx(tmp_path / "u.xlsx", A=rows), columns={"response_id": "id", "choice": "offen", "comment": "dauer"}
    )
    assert found.rows("select response_id, choice, comment from src_survey_answers order by row") == [
        ("12345678901234", "true", "30:05:00"),
        ("x", "false", "0:03:00"),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not a readable workbook"),
        (b"PK\x03\x04" + bytes(100), "the ZIP archive is damaged"),
    ],
)
def test_a_damaged_workbook_is_one_sentence(tmp_path, content, says):
    (tmp_path / "u.xlsx").write_bytes(content)
    assert says in answers(tmp_path / "u.xlsx").problem()


def archive(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)
    return path


CSV = "Datum,Note,Warum\n2026-03-02,{},a\n2026-03-03,4,b\n"


def test_each_member_of_an_archive_is_a_file_of_its_own(tmp_path):
    archive(tmp_path / "alles.zip", eins_csv=CSV.format(1), ordner__zwei_csv=CSV.format(2).encode("utf-16"))
    with zipfile.ZipFile(tmp_path / "alles.zip", "a") as packed:
        packed.writestr("drei.csv.gz", gzip.compress(CSV.format(3).encode()))
        packed.writestr("__MACOSX/._eins.csv", b"\0\1")
        packed.writestr("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(40))
        packed.writestr("tabelle.xlsx", xlsx(tmp_path / "t.xlsx", A=ROWS[:2]).read_bytes())
    found = answers(tmp_path, "alles.zip")
    assert found.rows("select file, rows_in from loads order by file") == [
        ("alles.zip/bild.png", 0),
        ("alles.zip/drei.csv.gz", 2),
        ("alles.zip/eins.csv", 2),
        ("alles.zip/ordner/zwei.csv", 2),
        ("alles.zip/tabelle.xlsx", 1),
    ]
    assert "alles.zip/bild.png: this is a picture" in found.problem() and found.account() == (7, 7, 0)


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("*.zip/eins.csv", ["a.zip/eins.csv", "b.zip/eins.csv"]),
        ("a.zip/*.csv", ["a.zip/eins.csv"]),
        ("a.zip/**/*.csv", ["a.zip/eins.csv", "a.zip/t/zwei.csv"]),
        ("a.zip/t/*", ["a.zip/t/zwei.csv"]),
    ],
)
def test_a_path_reaches_into_archives(tmp_path, pattern, files):
    archive(tmp_path / "a.zip", eins_csv=CSV.format(1), t__zwei_csv=CSV.format(2))
    archive(tmp_path / "b.zip", eins_csv=CSV.format(3))
    assert [row[0] for row in answers(tmp_path, pattern).rows("select file from loads order by file")] == files


def test_an_archive_without_what_the_path_names_says_what_it_holds(tmp_path):
    archive(tmp_path / "a.zip", eins_csv=CSV.format(1))
    assert "nothing in the archive fits the path. Found: eins.csv" in answers(tmp_path, "a.zip/*.json").problem()


def test_a_zip_within_a_zip_is_refused_and_the_rest_is_read(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("x.csv", CSV.format(1))
    archive(tmp_path / "a.zip", eins_csv=CSV.format(1), innen=inner.getvalue())
    found = answers(tmp_path, "a.zip")
    assert "a.zip/innen: this is a ZIP archive" in found.problem() and found.account() == (2, 2, 0)
