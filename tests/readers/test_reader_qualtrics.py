"""Qualtrics: tables as its export writes them in, answers out. One test a trap."""

import datetime as dt

import pytest

from data.errors import UserError
from tests.readers.loading import FIXTURES, load
from tests.readers.qualtrics_export import SATISFIED, export


def test_previews_tests_spam_and_unfinished_are_excluded_each_with_its_reason(tmp_path):
    file = export(
        tmp_path / "s.csv",
        [("Q1", SATISFIED, "QID1")],
        [
            {"Q1": "5"},
            {"Q1": "5", "Status": "1"},
            {"Q1": "1", "Status": "Survey Preview"},
            {"Q1": "1", "Status": "2"},
            {"Q1": "1", "Status": "8"},
            {"Q1": "1", "Finished": "0"},
            {"Q1": "1", "Finished": "False"},
            {"Q1": "4", "Status": "IP Address"},
            {"Q1": "4", "Status": "16", "Finished": "True"},
        ],
    )
    loaded = load(file, "qualtrics")
    assert loaded.account() == (9, 3, 6)
    assert [(row, column) for row, _, column, _, _ in loaded.refusals()] == [
        (2, "status"),
        (3, "status"),
        (4, "status"),
        (5, "status"),
        (6, "finished"),
        (7, "finished"),
    ]


def test_an_offline_answer_is_dated_when_given_not_when_uploaded(tmp_path):
    file = export(
        tmp_path / "s.csv",
        [("Q1", SATISFIED, "QID1")],
        [{"Q1": "5", "Status": "16", "EndDate": "2026-07-01 09:00:00", "RecordedDate": "2026-07-03 18:00:00"}],
    )
    assert load(file, "qualtrics").one("select responded_at from src_survey_answers") == dt.datetime(2026, 7, 1, 9)


def test_the_third_header_rows_zone_makes_utc_and_the_company_may_state_another(tmp_path):
    file = export(tmp_path / "s.csv", [("Q1", SATISFIED, "QID1")], [{"Q1": "5"}], zone="America/Denver")
    assert load(file, "qualtrics").one("select responded_at from src_survey_answers") == dt.datetime(2026, 7, 1, 18)
    loaded = load(file, "qualtrics", options={"timezone": "Europe/Berlin"})
    assert loaded.one("select responded_at from src_survey_answers") == dt.datetime(2026, 7, 1, 10)


def test_a_file_without_a_zone_says_how_it_was_read(tmp_path):
    file = export(tmp_path / "s.csv", [("Q1", SATISFIED, "QID1")], [{"Q1": "5"}], zone=None)
    loaded = load(file, "qualtrics", timezone="Europe/Berlin")
    assert loaded.one("select responded_at from src_survey_answers") == dt.datetime(2026, 7, 1, 10)
    assert "times without a zone read as Europe/Berlin" in loaded.notes()


def test_day_first_dates_saved_by_a_spreadsheet_are_asked_not_guessed(tmp_path):
    file = export(
        tmp_path / "s.csv",
        [("Q1", SATISFIED, "QID1")],
        [{"Q1": "5", "EndDate": "03/07/2026 10:00", "RecordedDate": "03/07/2026 10:00"}],
    )
    loaded = load(file, "qualtrics")
    assert loaded.account() == (1, 0, 1) and "day and month cannot be told apart" in loaded.problem()
    stated = load(file, "qualtrics", dates=("%d/%m/%Y %H:%M",))
    assert stated.one("select responded_at from src_survey_answers") == dt.datetime(2026, 7, 3, 10)


def test_free_text_stands_with_the_metric_asked_just_before_else_by_itself(tmp_path):
    file = export(
        tmp_path / "s.csv",
        [
            ("Q1", SATISFIED, "QID1"),
            ("Q2", "Why?", "QID2_TEXT"),
            ("Q3", "Which shop?", "QID3"),
            ("Q3_5_TEXT", "Which shop? - Other", "QID3_5_TEXT"),
            ("Q4", "Anything else?", "QID4_TEXT"),
        ],
        [{"Q1": "5", "Q2": "It worked", "Q3": "5", "Q3_5_TEXT": "At home", "Q4": "No, thanks"}],
    )
    assert load(file, "qualtrics").rows(
        "select question_id, score, choice, comment, position from src_survey_answers order by 1"
    ) == [("Q1", 5.0, None, "It worked", 1), ("Q3", None, "5", "At home", 3), ("Q4", None, None, "No, thanks", 4)]


def test_matrix_statements_are_items_and_derived_columns_are_left_out(tmp_path):
    file = export(
        tmp_path / "s.csv",
        [
            ("Q8_1", "Rate - Price", "QID8_1"),
            ("Q8_2", "Rate - Speed", "QID8_2"),
            ("Q9_mangos", "Rank - Mangos", "QID9-3"),
            ("Q8_DO_1", "Rate - Display Order", "QID8_DO_1"),
            ("Q2 - Topics", "Why? - Topics", "QID2_TEXT_eae5a8d0Topics"),
            ("Q3_Page Submit", "Timing - Page Submit", "QID3_PAGE_SUBMIT"),
        ],
        [{"Q8_1": "3", "Q8_2": "4", "Q9_mangos": "1", "Q8_DO_1": "2", "Q2 - Topics": "price", "Q3_Page Submit": "4.2"}],
    )
    assert load(file, "qualtrics").rows("select question_id, item, choice from src_survey_answers order by 1, 2") == [
        ("Q8", "1", "3"),
        ("Q8", "2", "4"),
        ("Q9", "mangos", "1"),
    ]


def test_embedded_data_is_found_in_any_letter_case_and_names_and_addresses_are_never_taken(tmp_path):
    embedded = (
        "Customer_ID",
        "ga_client_id",
        "SESSION_ID",
        "order_id",
        "ticket_id",
        "URL",
        "invited_at",
        "incentive",
        "experienced_at",
        "Task",
    )
    row = {
        "Q1": "5",
        "Customer_ID": "C1",
        "ga_client_id": "1.2",
        "SESSION_ID": "1.2.3",
        "order_id": "O1",
        "ticket_id": "T1",
        "URL": "https://shop.example/cart",
        "invited_at": "2026-06-30T22:00:00Z",
        "incentive": "yes",
        "experienced_at": "2026-06-30 20:00:00",
        "Task": "made to order",
        "RecipientEmail": "Jane@Example.com",
        "DistributionChannel": "Email",
        "UserLanguage": "EN",
        "ExternalReference": "X9",
    }
    loaded = load(
        export(tmp_path / "s.csv", [("Q1", SATISFIED, "QID1")], [row], zone="Europe/Berlin", embedded=embedded),
        "qualtrics",
    )
    assert loaded.rows(
        "select id_customer_id, id_anonymous_id, session_id, order_id, ticket_id, url, invited_at, incentive, "
        "experienced_at, asked_via, language, task from src_survey_answers"
    ) == [
        (
            "C1",
            "1.2",
            "1.2.3",
            "O1",
            "T1",
            "https://shop.example/cart",
            dt.datetime(2026, 6, 30, 22),
            True,
            dt.datetime(2026, 6, 30, 18),
            "email",
            "en",
            "made to order",
        )
    ]
    stored = str(loaded.rows("select * from src_survey_answers"))
    assert "192.0.2.7" not in stored and "Roe" not in stored and "Example.com" not in stored.replace("example/", "")


def test_the_external_reference_is_the_customer_where_no_embedded_id_is(tmp_path):
    file = export(tmp_path / "s.csv", [("Q1", SATISFIED, "QID1")], [{"Q1": "5", "ExternalReference": "C7"}])
    assert load(file, "qualtrics").one("select id_customer_id from src_survey_answers") == "C7"


def test_columns_name_the_companys_own_embedded_data(tmp_path):
    file = export(
        tmp_path / "s.csv", [("Q1", SATISFIED, "QID1")], [{"Q1": "5", "KundenNr": "K1"}], embedded=("KundenNr",)
    )
    assert (
        load(file, "qualtrics", columns={"customer_id": "KundenNr"}).one(
            "select id_customer_id from src_survey_answers"
        )
        == "K1"
    )
    assert "not in the file: Nummer" in load(file, "qualtrics", columns={"customer_id": "Nummer"}).problem()


def test_the_survey_is_the_files_name_without_the_downloads_date(tmp_path):
    file = export(tmp_path / "Checkout CSAT_March 3, 2026_14.22.csv", [("Q1", SATISFIED, "QID1")], [{"Q1": "5"}])
    assert load(file, "qualtrics").one("select survey from src_survey_answers") == "Checkout CSAT"
    renamed = load(file, "qualtrics", options={"surveys": {"Checkout CSAT": "checkout"}})
    assert renamed.one("select survey from src_survey_answers") == "checkout"


def test_an_option_nobody_reads_is_refused(tmp_path):
    file = export(tmp_path / "s.csv", [("Q1", SATISFIED, "QID1")], [{"Q1": "5"}])
    for options in ({"metric": {"Q1": "csat"}}, {"timezone": "Berlin"}, {"scales": {"Q1": 5}}, {"metrics": "csat"}):
        with pytest.raises(UserError):
            load(file, "qualtrics", options=options)


@pytest.mark.parametrize(
    ("name", "account", "comment"),
    [
        ("qualtRics_sample.csv", (1, 1, 0), "Hello World!"),
        ("qualtRics_sample_legacy.csv", (1, 1, 0), "Hello World!"),
        ("qualtricstools_notes.csv", (5, 0, 5), None),
        ("qualtricstools_matrix_legacy.csv", (5, 0, 5), None),
        ("question_response.csv", (5, 0, 5), None),
        ("distribution.csv", (5, 0, 5), None),
    ],
)
def test_real_exports_balance(name, account, comment):
    loaded = load(FIXTURES / "qualtrics" / name, "qualtrics")
    assert loaded.account() == account and loaded.problem() is None
    assert loaded.one("select max(comment) from src_survey_answers") == comment
    assert loaded.one("select count(score) from src_survey_answers") == 0


def test_localised_and_legacy_headers_give_the_same_answers():
    """The same response in both formats: localised three rows, and V1, V2 … ."""
    query = (
        "select response_id, question_id, choice, comment, responded_at from src_survey_answers order by question_id"
    )
    assert load(FIXTURES / "qualtrics" / "qualtRics_sample.csv", "qualtrics").rows(query) == load(
        FIXTURES / "qualtrics" / "qualtRics_sample_legacy.csv", "qualtrics"
    ).rows(query)


def test_fivetrans_answers_take_time_person_and_status_from_the_response_beside_them(tmp_path):
    tables = {
        "question_response": """_fivetran_id,_fivetran_synced,loop_id,question,question_id,question_option_key,\
response_id,value,text,sub_question_key,sub_question_text
a,x,,Recommend?,QID1,,R_1,9,,,
b,x,,Recommend?,QID1,,R_2,3,,,
c,x,,Recommend?,QID1,,R_3,3,,,
""",
        "survey_response": """id,_fivetran_synced,end_date,finished,recorded_date,recipient_email,status,survey_id
R_1,x,2026-07-01 10:00:00,1,2026-07-01 10:00:00,a@example.com,0,SV_1
R_2,x,2026-07-01 10:00:00,1,2026-07-01 10:00:00,,1,SV_1
""",
        "question": "id,survey_id,_fivetran_synced,question_text,selector\nQID1,SV_1,x,Recommend?,NPS\n",
        "survey": "id,survey_name,brand_id,creator_id,_fivetran_synced\nSV_1,Relationship,b,c,x\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text)
    loaded = load(tmp_path / "question_response.csv", "qualtrics")
    assert loaded.rows("select survey, metric, score, responded_at from src_survey_answers") == [
        ("Relationship", "nps", 9.0, dt.datetime(2026, 7, 1, 10))
    ]
    assert [(row, reason) for row, _, _, reason, _ in loaded.refusals()] == [
        (2, "a preview, a test or spam"),
        (3, "its response is not in survey_response beside this file"),
    ]


def test_what_fivetran_marks_as_deleted_is_no_answer(tmp_path):
    """An answer deleted itself, and one whose response was deleted."""
    (tmp_path / "question_response.csv").write_text(
        "_fivetran_id,_fivetran_deleted,_fivetran_synced,loop_id,question,question_id,question_option_key,response_id,value,text,sub_question_key,sub_question_text\n"
        + "".join(
            f"{n},{gone},x,,Recommend?,QID1,,R_{n},9,,,\n" for n, gone in ((1, "false"), (2, "true"), (3, "false"))
        )
    )
    (tmp_path / "survey_response.csv").write_text(
        "id,_fivetran_deleted,_fivetran_synced,finished,recorded_date,status,survey_id\n"
        + "".join(
            f"R_{n},{gone},x,1,2026-07-01 10:00:00,0,SV_1\n" for n, gone in ((1, "false"), (2, "false"), (3, "true"))
        )
    )
    loaded = load(tmp_path / "question_response.csv", "qualtrics")
    assert loaded.account() == (3, 1, 2)
    assert [(row, kind, column, reason) for row, kind, column, reason, _ in loaded.refusals()] == [
        (2, "excluded", "_fivetran_deleted", "deleted in the source"),
        (3, "excluded", "_fivetran_deleted", "its response was deleted in the source"),
    ]


def test_what_is_no_response_export_is_one_clear_sentence(tmp_path):
    for name, text in (
        ("a.csv", "x,y\n1,2\n"),
        ("a.yml", "http_interactions:\n- request:\n"),
        ("a.json", '{"responses": []}'),
    ):
        (tmp_path / name).write_text(text)
        assert "not a Qualtrics response export" in load(tmp_path / name, "qualtrics").problem()
