"""Qualtrics: tables as its export writes them in, answers out. One test a trap."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from data.errors import UserError
from tests.readers.loading import FIXTURES, Loaded, load

META = {
    "EndDate": "endDate",
    "Status": "status",
    "IPAddress": "ipAddress",
    "Finished": "finished",
    "RecordedDate": "recordedDate",
    "ResponseId": "_recordId",
    "RecipientLastName": "recipientLastName",
    "RecipientEmail": "recipientEmail",
    "ExternalReference": "externalDataReference",
    "DistributionChannel": "distributionChannel",
    "UserLanguage": "userLanguage",
}
SATISFIED = "How satisfied are you with ordering?"
RECOMMEND = "How likely are you to recommend us to a friend or colleague?"


def export(
    path: Path,
    questions: list[tuple[str, str, str]],
    answers: list[dict],
    zone: str | None = "UTC",
    embedded: tuple[str, ...] = (),
) -> Path:
    """A three-header-row export. `questions`: (column, wording, ImportId). Missing fields get harmless values."""
    names = [*META, *(column for column, _, _ in questions), *embedded]
    imports = [*META.values(), *(imported for _, _, imported in questions), *embedded]
    third = [
        json.dumps({"ImportId": name} | ({"timeZone": zone} if zone and name.endswith("Date") else {}))
        for name in imports
    ]
    rows = [
        [
            {
                "Status": "0",
                "Finished": "1",
                "ResponseId": f"R_{number}",
                "IPAddress": "192.0.2.7",
                "RecipientLastName": "Roe",
                "EndDate": "2026-07-01 12:00:00",
                "RecordedDate": "2026-07-01 12:00:00",
            }
            | given
            for number, given in enumerate(answers, 1)
        ]
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows([names, [*META, *(wording for _, wording, _ in questions), *embedded], third])
        writer.writerows([[row.get(name, "") for name in names] for row in rows[0]])
    return path


def scores(loaded: Loaded, question: str) -> list[tuple]:
    return loaded.rows(
        f"select metric, score, scale_min, scale_max from src_survey_answers where question_id = '{question}' order by row"
    )


def test_the_nps_group_is_the_vendors_word_and_never_a_score(tmp_path):
    file = export(
        tmp_path / "nps.csv",
        [("Q1_NPS_GROUP", RECOMMEND + " - Group", "QID1_NPS_GROUP"), ("Q1", RECOMMEND, "QID1")],
        [{"Q1_NPS_GROUP": "3", "Q1": "9"}, {"Q1_NPS_GROUP": "1", "Q1": "6"}],
    )
    loaded = load(file, "qualtrics")
    assert scores(loaded, "Q1") == [("nps", 9.0, 0.0, 10.0), ("nps", 6.0, 0.0, 10.0)]
    assert loaded.account() == (2, 2, 0)


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


@pytest.mark.parametrize(
    ("wording", "answers", "expected"),
    [
        (SATISFIED, ["5", "4", "2"], ("csat", 1, 5)),
        (SATISFIED + " (1 = very dissatisfied, 7 = very satisfied)", ["5", "4"], ("csat", 1, 7)),
        ("The company made it easy to handle my issue", ["7", "3"], ("ces", 1, 7)),
        (
            "The company made it easy to handle my issue (1 = strongly disagree, 7 = strongly agree)",
            ["5", "3"],
            ("ces", 1, 7),
        ),
        (RECOMMEND, ["0", "9", "10"], ("nps", 0, 10)),
        (RECOMMEND, ["10 - Extremely likely", "0 - Not at all likely"], ("nps", 0, 10)),
        ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", ["0", "8"], ("nps", 0, 10)),
        ("Wie zufrieden sind Sie mit der Lieferung?", ["5", "1"], ("csat", 1, 5)),
        ("How good do you expect it to be? (1 = poor, 7 = excellent)", ["6", "2"], ("expectation_before", 1, 7)),
    ],
)
def test_wording_with_fitting_values_proposes_the_metric_and_its_scale(tmp_path, wording, answers, expected):
    loaded = load(
        export(tmp_path / "s.csv", [("Q1", wording, "QID1")], [{"Q1": answer} for answer in answers]), "qualtrics"
    )
    assert {(metric, low, high) for metric, _, low, high in scores(loaded, "Q1")} == {expected}
    assert loaded.one("select count(score) from src_survey_answers") == len(answers)


@pytest.mark.parametrize(
    ("wording", "answers"),
    [
        ("Would you recommend us to a friend?", ["1", "0", "1"]),  # yes and no are no 0–10 scale
        (RECOMMEND, ["9", "8", "10"]),  # could as well be 1–10
        ("The company made it easy to handle my issue", ["4", "5", "3"]),  # 1–5 or 1–7?
        (SATISFIED, ["3", "9"]),  # no scale CSAT usually has
        (SATISFIED, ["Ja", "Nein"]),
        (SATISFIED, ["2.5", "5"]),
    ],
)
def test_wording_without_fitting_values_is_asked_and_gives_no_score(tmp_path, wording, answers):
    loaded = load(
        export(tmp_path / "s.csv", [("Q1", wording, "QID1")], [{"Q1": answer} for answer in answers]), "qualtrics"
    )
    assert loaded.rows("select distinct metric, score from src_survey_answers") == [(None, None)]
    assert [choice for (choice,) in loaded.rows("select choice from src_survey_answers order by row")] == answers
    assert "Q1 is worded like" in loaded.notes() and "options" in loaded.notes()


def test_values_alone_never_make_a_metric(tmp_path):
    loaded = load(
        export(tmp_path / "s.csv", [("Q1", "Pick a number", "QID1")], [{"Q1": "0"}, {"Q1": "10"}]), "qualtrics"
    )
    assert scores(loaded, "Q1") == [(None, None, None, None)] * 2


def test_what_the_company_states_wins(tmp_path):
    file = export(
        tmp_path / "shop.csv",
        [("Q1", "How happy are you?", "QID1"), ("Q2", "And now?", "QID2"), ("Q3", "x?", "QID3")],
        [{"Q1": "4", "Q2": "9", "Q3": "2"}],
    )
    loaded = load(
        file,
        "qualtrics",
        options={
            "survey": "checkout",
            "metrics": {"q1": "csat", "checkout:QID2": "csat", "Q9": "nps"},
            "scales": {"Q1": [1, 5], "Q2": [1, 10]},
            "higher_is_better": {"Q2": False},
        },
    )
    assert scores(loaded, "Q1") == [("csat", 4.0, 1.0, 5.0)]
    assert loaded.rows(
        "select metric, score, scale_max, higher_is_better, survey from src_survey_answers where question_id = 'Q2'"
    ) == [("csat", 9.0, 10.0, False, "checkout")]
    assert scores(loaded, "Q3") == [(None, None, None, None)]
    assert "options.metrics names Q9: no such question here" in loaded.notes()


def test_effort_runs_the_other_way_than_ease(tmp_path):
    file = export(
        tmp_path / "s.csv",
        [
            ("Q1", "How much effort did you personally have to put forth?", "QID1"),
            ("Q2", "They made it easy for me", "QID2"),
        ],
        [{"Q1": "5", "Q2": "7"}, {"Q1": "1", "Q2": "1"}],
    )
    loaded = load(file, "qualtrics")
    assert loaded.rows(
        "select distinct question_id, metric, scale_max, higher_is_better from src_survey_answers order by 1"
    ) == [("Q1", "ces", 5.0, False), ("Q2", "ces", 7.0, True)]


def test_labels_get_their_place_on_the_scale_and_unknown_ones_stay_choices(tmp_path):
    answers = ["Very satisfied", "dissatisfied", "Neutral", "Ask my husband"]
    loaded = load(
        export(tmp_path / "s.csv", [("Q1", SATISFIED, "QID1")], [{"Q1": answer} for answer in answers]), "qualtrics"
    )
    assert loaded.rows("select score, choice from src_survey_answers order by row") == [
        (5.0, "Very satisfied"),
        (2.0, "dissatisfied"),
        (3.0, "Neutral"),
        (None, "Ask my husband"),
    ]
    assert "ask my husband" in loaded.notes() and loaded.account() == (4, 4, 0)


def test_labels_that_fit_scales_of_different_length_are_asked(tmp_path):
    loaded = load(export(tmp_path / "s.csv", [("Q1", SATISFIED, "QID1")], [{"Q1": "Extremely satisfied"}]), "qualtrics")
    assert loaded.rows("select score, choice from src_survey_answers") == [(None, "Extremely satisfied")]


def test_fell_short_met_exceeded_is_the_asked_gap(tmp_path):
    answers = ["Fell short", "Met my expectations", "Exceeded my expectations"]
    file = export(
        tmp_path / "s.csv",
        [("Q4", "Compared with what you expected, it …", "QID4")],
        [{"Q4": answer} for answer in answers],
    )
    assert scores(load(file, "qualtrics"), "Q4") == [
        ("disconfirmation", score, -1.0, 1.0) for score in (-1.0, 0.0, 1.0)
    ]


def test_an_answer_outside_the_scale_is_bad_and_seen_but_unanswered_is_nothing(tmp_path):
    questions = [("Q1_NPS_GROUP", "g", "QID1_NPS_GROUP"), ("Q1", RECOMMEND, "QID1")]
    loaded = load(export(tmp_path / "s.csv", questions, [{"Q1": "11"}, {"Q1": "-99"}, {"Q1": "10"}]), "qualtrics")
    assert loaded.account() == (3, 1, 2)
    assert [(row, kind, reason) for row, kind, _, reason, _ in loaded.refusals()] == [
        (1, "bad", "score out of range"),
        (2, "excluded", "no question answered"),
    ]


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
        "experienced_at, asked_via, language from src_survey_answers"
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
        "question_response": "_fivetran_id,_fivetran_synced,loop_id,question,question_id,question_option_key,response_id,sub_question_key,"
        "sub_question_text,text,value\na,x,,Recommend?,QID1,,R_1,,,,9\nb,x,,Recommend?,QID1,,R_2,,,,3\nc,x,,Recommend?,QID1,,R_3,,,,3\n",
        "survey_response": "id,_fivetran_synced,end_date,finished,recorded_date,recipient_email,status,survey_id,distribution_channel,user_language\n"
        "R_1,x,2026-07-01 10:00:00,1,2026-07-01 10:00:00,a@example.com,0,SV_1,email,EN\nR_2,x,2026-07-01 10:00:00,1,2026-07-01 10:00:00,,1,SV_1,email,EN\n",
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


def test_what_is_no_response_export_is_one_clear_sentence(tmp_path):
    for name, text in (
        ("a.csv", "x,y\n1,2\n"),
        ("a.yml", "http_interactions:\n- request:\n"),
        ("a.json", '{"responses": []}'),
    ):
        (tmp_path / name).write_text(text)
        assert "not a Qualtrics response export" in load(tmp_path / name, "qualtrics").problem()
