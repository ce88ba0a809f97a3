"""Beside every number of a survey: how many of the invited answered, and how different the silent would have to be."""

import pytest

from metrics.catalogue.load import definition
from metrics.codes import BesideCode
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.query.result import Cell, State
from metrics.rules import nonresponse
from report.tables import as_table
from report.words.besides import beside_text

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    surveys = ["s"]
    targets = { csat_t2b_5 = { line = 0.7, target = 0.9 } }
    [[journey.stage]]
    name = "Use"
    paths = ["/use"]
    surveys = ["t"]
    [[survey]]
    name = "s"
    kind = "transactional"
    trigger = "random"
    [[survey]]
    name = "t"
    kind = "transactional"
    trigger = "random"
"""


def shop(company, invited: bool = True, until: str = "2026-05-01"):
    """100 invited to s, of whom 40 answer and 32 are satisfied; 10 answer t, to which nobody was known to be invited."""
    answers = ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"]
    answers += [f"2026-03-02T12:00  k{n}  s  csat  1  5  {5 if n < 32 else 2}" for n in range(40)]
    answers += [f"2026-03-02T12:00  u{n}  t  csat  1  5  5" for n in range(10)]
    answers += [f"{until}T12:00  later  other  csat  1  5  5"]  # no more than the day on which the data end
    tables = {"survey_answers": "\n".join(answers)}
    if invited:
        tables["survey_invitations"] = "\n".join(
            [
                "invitation_id  survey  invited_at  customer_id",
                *(f"i{n}  s  2026-03-01T12:00  k{n}" for n in range(100)),
            ]
        )
    return company(journey=JOURNEY, **tables)


def test_the_silent_would_have_to_be_this_much_lower(company):
    """v = 80 %, r = 40 %, minimum 70 %: (80 − 70) ÷ .6 = 16.7 points lower; .4·80 + .6·63.3 = 70."""
    built = shop(company)
    buy, use = built.show("csat_t2b_5", by="stage")
    rate, tip = buy.beside
    assert (buy.value, rate.value) == (0.8, 0.4) and beside_text(rate) == "40 % of those invited answered"
    assert tip.value == pytest.approx(1 / 6) and 0.4 * 0.8 + 0.6 * (0.8 - tip.value) == pytest.approx(0.7)
    assert (tip.low, tip.high) == pytest.approx(((buy.low - 0.7) / 0.6, (buy.high - 0.7) / 0.6))
    assert (
        beside_text(tip)
        == "if those who did not answer were 17 points lower, all together would be down at our minimum of 70 %"
    )
    (unknown,) = use.beside
    assert unknown.value is None and unknown.code is BesideCode.RESPONSE_UNKNOWN
    assert "Satisfied, Buy: 40 % of those invited answered; if those who" in as_table(
        run(Query(("csat_t2b_5",), by=("stage",)), built.store.generation())
    )


def test_without_invitations_the_response_rate_is_unknown(company):
    (buy, _) = shop(company, invited=False).show("csat_t2b_5", by="stage")
    assert [one.code for one in buy.beside] == [BesideCode.RESPONSE_UNKNOWN]


def test_a_number_of_both_surveys_has_no_rate_of_one(company):
    """40 of 50 answers come from the survey whose invitations are known: 80 % are not nearly all."""
    (whole,) = shop(company).show("csat_t2b_5")
    assert whole.n == 50 and [one.code for one in whole.beside] == [BesideCode.RESPONSE_UNKNOWN]


def test_invitations_of_another_period_are_none_of_this_one(company):
    from datetime import date

    built = shop(company)
    (buy,) = [
        c
        for c in built.show("csat_t2b_5", by="stage", start=date(2026, 3, 2), end=date(2026, 3, 8))
        if c.by["stage"] == "Buy"
    ]
    assert buy.n == 40 and [one.code for one in buy.beside] == [BesideCode.RESPONSE_UNKNOWN]


def test_the_rate_beside_is_the_metric(company):
    """40 of 100 invited: what stands beside the score is survey_response_rate of that survey."""
    built = shop(company)
    (rate, *_), (row,) = built.show("csat_t2b_5", by="stage")[0].beside, built.show("survey_response_rate", by="survey")
    assert (row.by["survey"], row.value, row.n) == ("s", rate.value, 100)


def test_who_was_invited_last_week_may_still_answer(company):
    """Three weeks after the invitations 40 of 100 have answered: that is no rate yet."""
    built = shop(company, until="2026-03-25")
    assert [one.code for one in built.show("csat_t2b_5", by="stage")[0].beside] == [BesideCode.RESPONSE_TOO_RECENT]
    assert built.one("survey_response_rate").value is None


def nps(value: float) -> Cell:
    return Cell("nps_relationship", {}, value, value - 5, value + 5, 100, 100, State.SHOWN)


def test_without_a_minimum_the_silent_are_tried_ten_points_lower():
    """12 % answered and say 24: .12·24 + .88·14 = 15.2."""
    found = nonresponse.if_silent_lower(nps(24.0), definition("nps_relationship"), 0.12)
    assert (
        found.value == pytest.approx(15.2)
        and beside_text(found) == "if those who did not answer were 10 points lower, all together would be at 15"
    )
    assert (found.low, found.high) == pytest.approx((10.2, 20.2))


@pytest.mark.parametrize(
    ("value", "line", "text"),
    [
        (
            90.0,
            20.0,
            "whatever the silent feel, all invited together are above our minimum of 20",
        ),  # .8·90 − .2·100 = 52 at the least
        (-80.0, 50.0, "whatever the silent feel, all invited together are below our minimum of 50"),
        (
            10.0,
            20.0,
            "those who did not answer would have to be 50 points higher for all together to reach our minimum of 20",
        ),
    ],
)
def test_a_line_out_of_reach_is_said_to_be(value, line, text):
    assert beside_text(nonresponse.tipping_distance(nps(value), definition("nps_relationship"), 0.8, line)) == text


def test_what_is_withheld_has_nothing_beside_it(company):
    """Three people answer: no value, and no response rate that would tell how many."""
    answers = "\n".join(
        [
            "responded_at  customer_id  survey  metric  scale_min  scale_max  score",
            *(f"2026-03-02T12:00  k{n}  s  csat  1  5  5" for n in range(3)),
            "2026-05-01T12:00  later  other  csat  1  5  5",
        ]
    )
    invitations = "\n".join(
        ["invitation_id  survey  invited_at  customer_id", *(f"i{n}  s  2026-03-01T12:00  k{n}" for n in range(20))]
    )
    (buy, _) = company(journey=JOURNEY, survey_answers=answers, survey_invitations=invitations).show(
        "csat_t2b_5", by="stage"
    )
    assert buy.state == "suppressed" and buy.beside == ()
