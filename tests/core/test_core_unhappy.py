"""Who is unhappy: one metric decides in a stage, by its scale and direction, and the same score stands beside the words."""

from datetime import date

import pytest

from metrics.analyses.lists import listed
from metrics.query.query import Query
from tests.core.company import block

JOURNEY = """
    [[journey]]
    name = "Shop"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart*"]
    surveys = ["checkout"]
    goal = "path:/cart/done"
    {more}
    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"
    [[promise]]
    name = "On time"
    stage = "Buy"
    evidence = "orders: delivered_at <= promised_at"
    felt = "answers: checkout/Did it come on time? = Yes"
    """
PERIOD = {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}


def visits(people: int) -> str:
    return (
        "\n".join(
            [
                "occurred_at,customer_id,session_id,url",
                *(
                    f"2026-03-10T10:0{m}:00,c{n},s{n},{url}"
                    for n in range(people)
                    for m, url in enumerate(("/cart", "/cart/done"))
                ),
            ]
        )
        + "\n"
    )


def asked(*questions: tuple, words: bool = False) -> str:
    """A file of answers: (metric, lowest, highest, higher_is_better, scores by person)."""
    lines = [
        "response_id,question_id,responded_at,survey,metric,scale_min,scale_max,higher_is_better,score,customer_id,session_id,comment"
    ]
    for name, low, high, higher, scores in questions:
        lines += [
            f"r{n},{name},2026-03-10T10:05:00,checkout,{name},{low},{high},{higher},{score},c{n},s{n},"
            for n, score in enumerate(scores)
        ]
    people = len(questions[0][4])
    lines += (
        [f"r{n},why,2026-03-10T10:05:00,checkout,,,,,,c{n},s{n},because of number {n}" for n in range(people)]
        if words
        else []
    )
    return "\n".join(lines) + "\n"


def build(company, answers: str, visitors: int, more: str = "", **files):
    sources = block("events", "events.csv", "web_events") + block("answers", "answers.csv", "survey_answers")
    sources += "".join(block(name, f"{name}.csv", name) for name in files)
    return company(
        journey=JOURNEY.replace("{more}", more),
        sources=sources,
        files={"events.csv": visits(visitors), "answers.csv": answers}
        | {f"{name}.csv": text for name, text in files.items()},
    )


def felt(built) -> list:
    return built.rows("select unhappy, count(*) from people_occasions group by 1 order by 1")


CSAT = ("csat", 1, 5, "true", [5] * 6 + [4] * 2 + [3, 2])
NPS = ("nps", 0, 10, "true", [6] * 10)


def test_one_question_more_makes_nobody_unhappier(company):
    """CSAT: two of ten (3 and 2 of 5). NPS 6 by all beside it: still two, for CSAT decides."""
    alone, both = (build(company, asked(*questions), 10) for questions in ((CSAT,), (CSAT, NPS)))
    assert felt(alone) == felt(both) == [(False, 8), (True, 2)]
    assert both.rows("select stage, metric from outcomes") == [("Buy", "csat")]


def test_the_company_says_which_answer_decides(company):
    assert felt(build(company, asked(CSAT, NPS), 10, 'outcome = "nps"')) == [(True, 10)]


def test_a_question_just_begun_does_not_take_over(company):
    """Thirty NPS answers decide where CSAT has twenty-nine; with thirty CSAT decides."""
    for csat, outcome in ((29, "nps"), (30, "csat")):
        built = build(company, asked(("nps", 0, 10, "true", [9] * 30), ("csat", 1, 5, "true", [1] * csat)), 30)
        assert built.value("select metric from outcomes") == outcome


@pytest.mark.parametrize(
    ("name", "low", "high", "higher", "scores", "unhappy"),
    [
        ("csat", 1, 5, "true", [3, 4], 1),
        ("csat", 1, 5, "false", [3, 2], 1),
        ("csat", 1, 7, "true", [4, 5], 1),
        ("csat", 0, 1, "true", [0, 1], 1),
        ("csat", 1, 3, "true", [2, 3], 1),
        ("csat", 1, 10, "true", [7, 8], 1),
        ("ces", 1, 7, "true", [3, 4], 1),
        ("ces", 1, 7, "false", [5, 4], 1),
        ("ces", 1, 5, "false", [4, 3], 1),
        ("nps", 0, 10, "true", [6, 7], 1),
        ("seq", 1, 7, "true", [1, 7], 0),
        ("csat", 1, 9, "true", [1, 9], 0),
    ],
)
def test_unhappy_by_metric_scale_and_direction(company, name, low, high, higher, scores, unhappy):
    """The last score that is unhappy and the first that is not; SEQ and an unknown scale say neither."""
    built = build(company, asked((name, low, high, higher, scores)), 2)
    assert built.value("select count(*) from people_occasions where unhappy") == unhappy
    assert built.value("select count(*) from people_occasions where not unhappy") == unhappy


def test_the_score_that_decided_stands_beside_the_words(company):
    """CSAT 4 and NPS 6 in one response: listed as happy, with "4 of 5", whichever question came first."""
    built = build(company, asked(("nps", 0, 10, "true", [6] * 8), ("csat", 1, 5, "true", [4] * 8), words=True), 8)
    found = listed("words", Query((), "Shop", ("Buy",), **PERIOD), built.store.generation())
    assert {(row["metric"], row["score"], row["scale_max"], row["unhappy"], row["decided"]) for row in found.rows} == {
        ("csat", 4, 5, False, True)
    }
    assert len(found.rows) == 8


def test_colleagues_write_no_words_and_open_no_tickets(company):
    """Eight people wrote, four of them colleagues: too few writers. Of nine with a reason five are people."""
    staff = "customer_id,staff_test\n" + "".join(f"c{n},true\n" for n in range(4))
    tickets = "ticket_id,created_at,customer_id,category,stage_hint\n" + "".join(
        f"t{n},2026-03-1{n}T10:00:00,c{n},late,Buy\n" for n in range(9)
    )
    built = build(company, asked(("csat", 1, 5, "true", [4] * 9), words=True), 9, people=staff, support_tickets=tickets)
    query = Query((), "Shop", ("Buy",), **PERIOD)
    assert listed("words", query, built.store.generation()).rows == ()
    assert [(row["tickets"], row["persons"]) for row in listed("reasons", query, built.store.generation()).rows] == [
        (5, 5)
    ]
    fewer = build(
        company, asked(("csat", 1, 5, "true", [4] * 9)), 9, people=staff + "c4,true\n", support_tickets=tickets
    )
    assert listed("reasons", query, fewer.store.generation()).rows == ()


def test_pages_of_colleagues_and_bots_are_nobodys(company):
    """Five people and a colleague saw the cart: six views a head of people only."""
    built = build(company, asked(("csat", 1, 5, "true", [4] * 6)), 6, people="customer_id,staff_test\nc5,true\n")
    rows = listed("pages", Query((), "Shop", ("Buy",), **PERIOD), built.store.generation()).rows
    assert {(row["page"], row["views"], row["persons"]) for row in rows} == {("/cart", 5, 5), ("/cart/done", 5, 5)}
    four = build(
        company, asked(("csat", 1, 5, "true", [4] * 6)), 6, people="customer_id,staff_test\nc5,true\nc4,true\n"
    )
    assert listed("pages", Query((), "Shop", ("Buy",), **PERIOD), four.store.generation()).rows == ()


def test_a_felt_promise_is_found_by_the_questions_words(company):
    """The example of the settings: `answers: survey/words of the question = Yes`, whatever the id of the question; one that matches nothing is said."""
    answers = "response_id,question_id,question,responded_at,survey,choice,customer_id\n" + "".join(
        f"r{n},QID7,did it come on time?,2026-03-10T10:05:00,checkout,{word},c{n}\n"
        for n, word in enumerate(["Yes", "yes", "No"])
    )
    built = build(company, answers, 3)
    assert built.rows(
        "select outcome, count(*) from people_promises where evidence_kind = 'felt' group by 1 order by 1"
    ) == [("broken", 1), ("kept", 2)]
    assert not [said for said in built.rows("select asks from questions") if "felt" in said[0]]
    other = build(company, answers.replace("on time", "whole"), 3)
    assert [
        said
        for said in other.rows("select asks from questions")
        if "felt of On time 'checkout/Did it come on time? = Yes'" in said[0].replace(":", "")
    ]
