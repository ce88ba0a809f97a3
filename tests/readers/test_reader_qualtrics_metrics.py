"""Qualtrics: which question measures what. Wording and values together, never values alone."""

import pytest

from tests.readers.loading import load
from tests.readers.qualtrics_export import RECOMMEND, SATISFIED, export, scores


def test_the_nps_group_is_the_vendors_word_and_never_a_score(tmp_path):
    file = export(
        tmp_path / "nps.csv",
        [("Q1_NPS_GROUP", RECOMMEND + " - Group", "QID1_NPS_GROUP"), ("Q1", RECOMMEND, "QID1")],
        [{"Q1_NPS_GROUP": "3", "Q1": "9"}, {"Q1_NPS_GROUP": "1", "Q1": "6"}],
    )
    loaded = load(file, "qualtrics")
    assert scores(loaded, "Q1") == [("nps", 9.0, 0.0, 10.0), ("nps", 6.0, 0.0, 10.0)]
    assert loaded.account() == (2, 2, 0)


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
        (
            "Overall, how easy or difficult was this task? (1 = very difficult, 7 = very easy)",
            ["5", "3"],
            ("seq", 1, 7),
        ),
        ("How difficult or easy did you find the task you just did?", ["7", "3"], ("seq", 1, 7)),
        ("Wie einfach oder schwierig war diese Aufgabe?", ["7", "2"], ("seq", 1, 7)),
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
