"""Lines of a file that are no records: titles, comments, a sep= line, second headers, totals, remarks, blanks. In = loaded + refused."""

import pytest

from data.inspection import inspect
from tests.readers.loading import load

TITLES = "Zufriedenheit im Kundendienst\nStand: 01.04.2026\n\nVorgang;Datum;Note;Anmerkung\n11;2026-03-02 09:00;5;gut\n12;2026-03-03 09:00;2;lang; \n"


def answers(folder, text, columns, name="a.csv", **source):
    """Survey answers of a file of this text."""
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder / name, "table", table="survey_answers", columns=columns, constants={"survey": "s"}, **source)


def scores(found):
    return [row[0] for row in found.rows("select score from src_survey_answers order by row")]


def test_title_rows_are_skipped_and_said(tmp_path):
    found = answers(tmp_path, TITLES, {"score": "Note", "comment": "Anmerkung", "responded_at": "Datum"})
    assert scores(found) == [5.0, 2.0] and "2 title rows skipped" in found.notes() and found.account() == (2, 2, 0)


@pytest.mark.parametrize(
    "text",
    [
        'sep=;\nnote;texte\n4;"un; deux"\n5;bien\n',
        '"sep=;"\r\nnote;texte\r\n4;un\r\n5;bien\r\n',
        "# Exporté le 2 mars\n# 2 lignes, par pays\nnote,texte\n4,a\n5,b\n",
        "Rapport,,\nPériode,mars 2026,\n,,\nnote,texte,pays\n4,a,FR\n5,b,BE\n",
        "note\ttexte\tpays\t\n4\ta\tFR\t\n5\tb\tBE\t\n",
        "note,texte\n4,a,\n5,b,\n",
        "note,texte\n\n4,a\n,\n,\n5,b\n,\n",
    ],
    ids=["sep", "quoted sep", "comments", "padded pairs", "trailing tab", "trailing in records", "blank rows"],
)
def test_the_table_is_found_whatever_stands_around_it(tmp_path, text):
    found = answers(tmp_path, text, {"score": "note", "comment": "texte"})
    assert scores(found) == [4.0, 5.0] and found.account() == (2, 2, 0)


@pytest.mark.parametrize(
    "text, comments",
    [
        (
            'id,note,texte\n1,4,"he said \\"no, never\\", twice"\n2,5,"two\nlines \\"here\\""\n3,\\N,"a \\\\ b"\n',
            ['he said "no, never", twice', 'two\nlines "here"', "a \\ b"],
        ),
        (
            'id,note,texte\n1,4,"said ""no\\"", really"\n2,5,"C:\\tmp\\"\n3,,"plain"\n',
            ['said "no\\", really', "C:\\tmp\\", "plain"],
        ),
        ('id;note;texte\n1;4;"il dit \\"non\\""\n2;5;bien\n3;;"rien"\n', ['il dit "non"', "bien", "rien"]),
    ],
    ids=["behind a backslash", "doubled, and backslashes of their own", "nothing apart inside"],
)
def test_quotes_inside_a_cell_are_read_as_the_file_writes_them(tmp_path, text, comments):
    found = answers(tmp_path, text, {"response_id": "id", "score": "note", "comment": "texte"})
    assert scores(found) == [4.0, 5.0, None] and found.account() == (3, 3, 0)
    assert [row[0] for row in found.rows("select comment from src_survey_answers order by row")] == comments


def test_a_header_of_a_hash_is_no_comment(tmp_path):
    found = answers(tmp_path, "#,pregunta,puntos\n1,bien,4\n2,mal,1\n", {"response_id": "#", "score": "puntos"})
    assert scores(found) == [4.0, 1.0] and not found.notes()


def test_a_second_header_row_of_answer_kinds_is_no_record(tmp_path):
    text = "ID,Datum,Wie zufrieden?,Was fehlt?\n,,Antwort,Offene Antwort\n1,2026-03-02,4,nichts\n2,2026-03-03,2,Preise\n3,2026-03-04,5,\n"
    found = answers(tmp_path, text, {"response_id": "ID", "score": "Wie zufrieden?", "comment": "Was fehlt?"})
    assert scores(found) == [4.0, 2.0, 5.0] and "2 header rows read as one" in found.notes()


def test_options_under_a_question_get_its_name(tmp_path):
    text = "No,Fecha,¿Qué usó?,,Nota\n,,Web,Tienda,\n1,2026-03-02,x,,4\n2,2026-03-03,,x,2\n3,2026-03-03,x,x,3\n"
    found = answers(tmp_path, text, {"score": "Nota", "choice": "¿Qué usó? - Web", "comment": "¿Qué usó? - Tienda"})
    assert found.rows("select score, choice, comment from src_survey_answers order by row") == [
        (4.0, "x", None),
        (2.0, None, "x"),
        (3.0, "x", "x"),
    ]


def test_a_bad_first_record_is_no_second_header(tmp_path):
    found = answers(
        tmp_path,
        "id,at,score\n1,2026-03-02,good\n2,2026-03-03,4\n3,2026-03-04,5\n",
        {"response_id": "id", "score": "score"},
    )
    assert found.account() == (3, 2, 1)


@pytest.mark.parametrize(
    "last",
    [
        "Total;;40\nDurchschnitt;;3,3",
        "Gesamtergebnis;;10",
        "Moyenne;;3,33",
        "(3 Zeilen)",
        "Total geral;;10",
        "Gemiddelde:;;3",
        "Totale complessivo;;10",
        "Fin du rapport;;",
    ],
    ids=lambda last: last.split(";")[0].split("\n")[0],
)
def test_totals_are_refused_with_their_reason_and_counted(tmp_path, last):
    found = answers(
        tmp_path,
        f"id;datum;note\n1;2026-03-02;5\n2;2026-03-03;4\n3;2026-03-04;1\n{last}\n",
        {"score": "note", "response_id": "id"},
    )
    more = last.count("\n") + 1
    assert scores(found) == [5.0, 4.0, 1.0] and found.account() == (3 + more, 3, more)
    assert {(kind, reason) for _, kind, _, reason, _ in found.refusals()} == {
        ("excluded", "a total or a line below the table, no record")
    }


def test_totals_inside_and_at_the_top_are_seen_by_what_they_lack(tmp_path):
    text = "seite,besuche,nutzer\n,1690,Grand total\n/,1200,800\n/a,490,300\n"
    (tmp_path / "w.csv").write_text(text)
    found = load(
        tmp_path / "w.csv",
        "table",
        table="web_daily",
        columns={"path": "seite", "views": "besuche"},
        constants={"date": "2026-03-02"},
    )
    assert found.one("select sum(views) from src_web_daily") == 1690 and found.account() == (3, 2, 1)
    text = "equipe,dia,nota\nNorte,2026-03-02,4\nNorte,2026-03-03,5\nSubtotal,,9\nSul,2026-03-02,2\nSubtotal,,2\nSul,2026-03-04,1\n"
    assert scores(answers(tmp_path, text, {"score": "nota"})) == [4.0, 5.0, 2.0, 1.0]


@pytest.mark.parametrize(
    "text",
    [
        "antwort,note\nAverage,3\nGood,5\nAverage,2\n",
        "comment,score\nTotal,1\nfine,5\ntotal,2\nslow,3\nTotal,1\nok,2\nok,2\nok,2\n",
        "comment,score\ncreated in a minute,5\nfine,5\nfine,5\n",
    ],
)
def test_answers_that_say_average_or_total_stay_answers(tmp_path, text):
    name, note = text.split("\n")[0].split(",")
    found = answers(tmp_path, text, {"comment": name, "score": note})
    assert found.account()[2] == 0


def test_stated_rows_and_comments_are_taken_as_stated(tmp_path):
    text = 'a,b\n1,2\nnota,texto\n// ignorar\n4,um\n5,"dois\n// dentro"\n'
    found = answers(tmp_path, text, {"score": "nota", "comment": "texto"}, skip_rows=2, comment="//")
    assert found.rows("select score, comment from src_survey_answers order by row") == [
        (4.0, "um"),
        (5.0, "dois\n// dentro"),
    ]
    assert "2 rows above the header skipped, as stated" in found.notes()
    found = answers(
        tmp_path, "nota,texto\nde 1 a 5,livre\n4,um\n", {"score": "nota", "comment": "texto"}, header_rows=2
    )
    assert scores(found) == [4.0]


def test_a_stated_sign_between_thousands(tmp_path):
    (tmp_path / "o.csv").write_text("nr;am;betrag\n1;2026-03-02;1'250.50\n2;2026-03-02;12.5\n")
    found = load(
        tmp_path / "o.csv",
        "table",
        table="orders",
        columns={"order_id": "nr", "ordered_at": "am", "amount": "betrag"},
        thousands="'",
    )
    assert found.rows("select amount from src_orders order by row") == [(1250.5,), (12.5,)]


def test_one_other_line_end_loses_nothing(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"nota,texto\n4,um\r\n5,dois\n3,tres\n")
    found = load(
        tmp_path / "a.csv", "table", table="survey_answers", columns={"score": "nota"}, constants={"survey": "s"}
    )
    assert scores(found) == [4.0, 5.0, 3.0] and not found.problem()


def test_a_broken_record_is_still_refused_by_its_row(tmp_path):
    found = answers(tmp_path, "id,note,texte\n1,4,a\n2,5\n3,3,c\n", {"score": "note"})
    assert [(row, kind, reason) for row, kind, _, reason, _ in found.refusals()] == [
        (2, "bad", "wrong number of columns")
    ]


def test_a_file_refused_whole_counts_its_records(tmp_path):
    found = answers(tmp_path, "id,note\n1,4\n\n2,5\n", {"score": "punkte"})
    assert found.account() == (2, 0, 2) and "punkte" in found.problem()


def test_records_without_their_last_empty_cells_are_read_and_a_cut_off_one_is_not(tmp_path):
    text = "id,note,texte,pays\n1,4,,\n2,5\n3,3,bien,FR\n4,2,,\n5,1\n6,2"
    found = answers(tmp_path, text, {"response_id": "id", "score": "note", "comment": "texte"})
    assert scores(found) == [4.0, 5.0, 3.0, 2.0, 1.0]
    assert [(row, reason) for row, _, _, reason, _ in found.refusals()] == [(6, "wrong number of columns")]


def test_a_file_without_a_header_row_is_read_by_place(tmp_path):
    rows = [f"2026-03-{day:02}T10:00:00Z\tv{day}\t/page-{day}" for day in range(1, 10)]
    file = tmp_path / "hits.tsv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    columns = {"occurred_at": "c1", "anonymous_id": "c2", "url": "c3"}
    loaded = load(file, "table", table="web_events", columns=columns, header_rows=0)
    assert loaded.account() == (9, 9, 0) and "no header row, as stated" in loaded.notes()
    assert loaded.rows("select url, id_anonymous_id from src_web_events order by row limit 1") == [("/page-1", "v1")]
    skipped = load(file, "table", table="web_events", columns=columns, header_rows=0, skip_rows=2)
    assert skipped.account() == (7, 7, 0)
    found = inspect(file)
    assert not found["loaded"] and "state header_rows = 0" in found["why"]
    assert (
        "header_rows = 0" in found["sources_toml"] and "#   c1: dates; 9 values, 9 different" in found["sources_toml"]
    )


LOGS = [
    '1.2.3.4 - - [17/May/2026:10:05:03 +0000] "GET /a HTTP/1.1" 200 20 "-" "Mozilla/5.0"\n' * 4,
    'h.test [29:23:53:25] "GET /Software.html HTTP/1.0" 200 1497\n' * 4,
    "#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-uri-stem\n2026-03-01 00:00:01 /a\n",
]


@pytest.mark.parametrize("text", LOGS)
def test_access_logs_are_refused_in_one_sentence(tmp_path, text):
    file = tmp_path / "access.log"
    file.write_text(text, encoding="utf-8")
    loaded = load(file, "table", table="web_events", columns={"occurred_at": "time", "url": "path"})
    assert loaded.account() == (0, 0, 0) and "web server's access log" in loaded.problem()
    assert "columns date, path, views" in inspect(file)["why"]


def test_a_table_of_requests_is_a_table(tmp_path):
    file = tmp_path / "requests.csv"
    file.write_text("time,request\n" + "2026-03-01 10:00:00,GET /a HTTP/1.1\n" * 4, encoding="utf-8")
    assert load(file, "table", table="web_events", columns={"occurred_at": "time", "url": "request"}).account()[0] == 4


def test_one_cell_full_of_another_sign_does_not_make_it_the_delimiter(tmp_path):
    rows = "".join(f"2026-03-{day:02},{day},fine\n" for day in range(1, 10))
    text = "at,score,words\n" + rows + '2026-03-10,5,"see ' + "a;" * 9_000 + '"\n'
    loaded = answers(tmp_path, text, {"responded_at": "at", "score": "score", "comment": "words"})
    assert loaded.account() == (10, 10, 0)


@pytest.mark.parametrize("name", ["{x}", "[App] Page", "[1]"])
def test_a_first_column_called_like_json_does_not_make_a_table_json(tmp_path, name):
    file = tmp_path / "export.csv"
    file.write_text(f"{name},at,score\n" + "".join(f"a,2026-03-{day:02},{day % 5 + 1}\n" for day in range(1, 8)))
    found = load(
        file,
        "table",
        table="survey_answers",
        columns={"responded_at": "at", "score": "score"},
        constants={"survey": "s", "metric": "csat", "scale_min": 1, "scale_max": 5},
    )
    assert found.account() == (7, 7, 0)


def test_broken_json_by_its_name_is_still_told_as_json(tmp_path):
    file = tmp_path / "export.json"
    file.write_text("{id: 1}\n")
    assert "not valid JSON" in load(file, "table", table="support_tickets", columns={"ticket_id": "id"}).problem()
