"""Questionnaires: metrics by wording and values in several languages, scales, labels, codes, and what is asked instead of guessed."""

import json
import tomllib

import pytest

from data.inspection import inspect, render
from tests.readers.inspected import as_pasted, days, table

NPS = [0, 10, 9, 7, 6, 8]
WORDED = [
    ("How likely are you to recommend us to a colleague?", NPS, ("nps", 0, 10)),
    ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", NPS, ("nps", 0, 10)),
    ("Recommanderiez-vous notre service à un ami ?", NPS, ("nps", 0, 10)),
    ("Hoe waarschijnlijk is het dat u ons zou aanbevelen?", NPS, ("nps", 0, 10)),
    ("Com que probabilidade recomendaria a loja a um amigo?", NPS, ("nps", 0, 10)),
    ("Con quale probabilità ci raccomanderebbe a un collega?", NPS, ("nps", 0, 10)),
    ("Wie zufrieden waren Sie mit der Lieferung?", [1, 5, 4, 2], ("csat", 1, 5)),
    ("Quanto è soddisfatto della consegna ricevuta?", [1, 5, 4, 2], ("csat", 1, 5)),
    ("¿Está satisfecho con la atención que recibió?", [1, 5, 4, 2], ("csat", 1, 5)),
    ("It was easy to get my issue resolved", [1, 7, 4, 2], ("ces", 1, 7)),
    ("Es war einfach, mein Anliegen zu klären", [1, 7, 4, 2], ("ces", 1, 7)),
    ("NPS", [10, 9, 8, 7], ("nps", 0, 10)),
]


def answers(header: str, values: list, **more) -> list[dict]:
    return [
        {"Response ID": f"r{n}", "Submitted": f"{days(n)} 10:00", header: values[n % len(values)]}
        | {key: value(n) for key, value in more.items()}
        for n in range(12)
    ]


@pytest.mark.parametrize(("header", "values", "wanted"), WORDED)
def test_wording_and_values_together_make_a_metric(tmp_path, header, values, wanted):
    found = inspect(table(tmp_path / "data.csv", answers(header, values)))
    assert (
        tuple(found["constants"].get(key) for key in ("metric", "scale_min", "scale_max")) == wanted
        and found["loaded"] == 12
    )


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Would you recommend us to a friend?", ["yes", "no"]),
        ("Würden Sie uns weiterempfehlen?", ["ja", "nein"]),
        ("Would you recommend us to a friend?", [0, 1]),
    ],
)
def test_yes_or_no_is_no_metric(tmp_path, header, values):
    found = inspect(table(tmp_path / "data.csv", answers(header, values)))
    assert (
        "metric" not in found["constants"]
        and {row["column"] for row in found["mapping"]} >= {"choice"}
        and found["loaded"] == 12
    )


@pytest.mark.parametrize("header", ["Rating", "Punkte"])
def test_values_alone_never_make_a_metric(tmp_path, header):
    found = inspect(table(tmp_path / "data.csv", answers(header, NPS)))
    assert "metric" not in found["constants"] and found["loaded"] == 12
    assert any(f"what does {header!r} measure" in question for question in found["questions"])


def test_a_canonical_question_nobody_answered_zero_is_asked(tmp_path):
    found = inspect(
        table(tmp_path / "data.csv", answers("How likely are you to recommend us to a friend?", [1, 10, 9, 8]))
    )
    assert found["constants"]["metric"] == "nps" and any(
        "nobody answered 0" in question for question in found["questions"]
    )


def test_a_satisfaction_scale_no_answer_of_which_reaches_its_top_is_asked(tmp_path):
    found = inspect(table(tmp_path / "data.csv", answers("How satisfied are you with the shop?", [2, 4, 3])))
    assert "metric" not in found["constants"] and any("perhaps csat" in question for question in found["questions"])


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Schulnote für unseren Service", [1, 2, 5, 6]),
        ("Wie zufrieden sind Sie? (1 = sehr zufrieden, 5 = sehr unzufrieden)", [1, 2, 5]),
    ],
)
def test_scales_that_run_the_other_way(tmp_path, header, values):
    found = inspect(table(tmp_path / "data.csv", answers(header, values)))
    assert found["constants"]["higher_is_better"] is False and any(
        "is the lowest answer" in question for question in found["questions"]
    )


def test_nearly_all_at_the_low_end_is_asked(tmp_path):
    found = inspect(table(tmp_path / "data.csv", answers("How satisfied are you?", [1, 1, 1, 2, 1, 5])))
    assert (
        any("higher_is_better = false" in question for question in found["questions"])
        and "higher_is_better" not in found["constants"]
    )


def test_labels_and_codes_are_written_out(tmp_path):
    """10 - Extremely likely is 10; 99 is do not know and no answer; words of a known scale have its scores."""
    rows = answers(
        "How likely is it that you would recommend us to a friend?",
        ["0 - Not at all likely", "10 - Extremely likely", "7"],
        **{
            "How satisfied are you with the help?": lambda n: ["Very satisfied", "Dissatisfied", "Neutral"][n % 3],
            "Zufriedenheit mit dem Preis": lambda n: [5, 99, 1, 4][n % 4],
        },
    )
    file = table(tmp_path / "data.csv", rows)
    found = inspect(file)
    loaded = as_pasted(file, found)
    assert loaded.rows(
        "select metric, min(score), max(score), count(score) from src_survey_answers where metric is not null group by question_id, metric order by 1, 4"
    ) == [("csat", 1.0, 5.0, 9), ("csat", 2.0, 5.0, 12), ("nps", 0.0, 10.0, 12)]


def test_every_question_of_a_form_is_read_and_answers_of_one_person_stay_together(tmp_path):
    """Headers are the questions themselves; the form's own columns are none."""
    rows = [
        {
            "Id": n,
            "Start time": f"{days(n)} 09:00",
            "Completion time": f"{days(n)} 09:05",
            "Email": f"p{n}@example.org",
            "Name": "Kim Roe",
            "How easy was it to order today? (1 = very difficult, 7 = very easy)": [1, 7, 5][n % 3],
            "How satisfied are you with our shop?": [5, 1, 4][n % 3],
            "What should we do better next time?": f"please send it faster {n}",
            "Which of these did you use?": ["App", "Site"][n % 2],
        }
        for n in range(12)
    ]
    file = table(tmp_path / "shop form.csv", rows)
    found = inspect(file)
    mapping = {row["column"]: row["from"] for row in found["mapping"]}
    assert (
        mapping["responded_at"] == "Completion time" and "Name" in found["unused"] and "Start time" in found["unused"]
    )
    loaded = as_pasted(file, found)
    assert loaded.rows(
        "select count(distinct response_id), count(distinct question_id), count(score), count(comment), count(choice) from src_survey_answers"
    ) == [(12, 4, 24, 12, 12)]
    assert loaded.one("select count(distinct question) from src_survey_answers") == 4
    first, *others = tomllib.loads(found["sources_toml"])["source"]
    assert [spec["metric"] for spec in first["questions"].values()] == ["ces", "csat"] and len(
        others
    ) == 2  # both ratings in one block


def test_ratings_of_a_json_form_are_read_by_their_paths(tmp_path):
    """A list of answers by field: each rating has a block, since a path is no column."""
    items = [
        {
            "submitted_at": f"{days(n)}T10:00:00Z",
            "answers": [
                {"field": {"ref": "nps"}, "number": NPS[n % 6]},
                {"field": {"ref": "csat"}, "number": [5, 1, 4][n % 3]},
            ],
        }
        for n in range(12)
    ]
    (tmp_path / "form.json").write_text(json.dumps({"items": items}))
    found = inspect(tmp_path / "form.json")
    assert as_pasted(tmp_path / "form.json", found).rows(
        "select metric, count(score) from src_survey_answers group by 1 order by 1"
    ) == [("csat", 12), ("nps", 12)]


@pytest.mark.parametrize(
    ("name", "kind", "trigger"),
    [
        ("support-csat", "post_contact", None),
        ("exit intercept", "intercept", "on_exit"),
        ("nps Q3", "relationship", None),
        ("nach dem Kauf", "transactional", "after_goal"),
        ("site on exit survey", "intercept", "on_exit"),
    ],
)
def test_kind_and_trigger_are_proposed_to_be_confirmed(tmp_path, name, kind, trigger):
    found = inspect(table(tmp_path / f"{name}.csv", answers("How satisfied are you with the shop?", [1, 5, 4])))
    (survey,) = tomllib.loads(found["journey_toml"])["survey"]
    assert (survey["name"], survey["kind"], survey.get("trigger")) == (name, kind, trigger)
    assert any(
        "Confirm kind and trigger in journey.toml" in question for question in found["questions"]
    ) and "[[survey]]" in render(found)


def test_a_survey_nothing_says_the_kind_of_is_asked(tmp_path):
    found = inspect(table(tmp_path / "data.csv", answers("Rating", [1, 5, 4])))
    assert "kind" not in tomllib.loads(found["journey_toml"])["survey"][0] and any(
        "of what kind is the survey" in question for question in found["questions"]
    )


def test_answers_without_a_date_are_asked_for_one(tmp_path):
    found = inspect(
        table(
            tmp_path / "poll.csv",
            [{"RespondentID": n, "Do you check the weather every day?": ["Yes", "No"][n % 2]} for n in range(9)],
        )
    )
    assert found["loaded"] == 9 and any("when was it answered?" in question for question in found["questions"])


def test_analytics_events_of_a_survey_are_answers(tmp_path):
    rows = [
        {
            "uuid": f"u{n}",
            "event": ["survey sent", "survey shown"][n % 2],
            "timestamp": f"{days(n)}T10:00:00Z",
            "distinct_id": f"d{n}",
            "properties": f'{{"$survey_name": "NPS", "$survey_response": {NPS[n % 6]}, "$survey_response_1": "because it was good {n}"}}'
            if n % 2 == 0
            else "{}",
        }
        for n in range(12)
    ]
    found = inspect(table(tmp_path / "events.csv", rows))
    assert (found["table"], found["loaded"], found["refused"]) == ("survey_answers", 6, 6) and "survey sent" in found[
        "sources_toml"
    ]
    assert found["constants"]["metric"] == "nps"
