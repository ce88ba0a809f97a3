"""Who answers: one invitation a person or account, weighted by what they had done before, refused where that cannot carry it, and what to ask next."""

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from commands.metrics import main
from metrics.analyses.silent.find import _wave, silent
from metrics.catalogue.load import definition
from metrics.codes import WarningCode
from metrics.query import context
from metrics.query.query import Query, Rights
from metrics.rules.access import viewed
from metrics.rules.whole_result import unweighted
from report.sheets import silent as told

JOURNEY = """
    [[journey]]
    name = "Shop"
    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["checkout"]
    targets = { csat_t2b_5 = { line = 0.75, target = 0.85 } }
    [[journey.stage]]
    name = "Use"
    paths = ["/use*"]
    targets = { csat_t2b_5 = { line = 0.70, target = 0.85 } }
    [[survey]]
    name = "wave"
    kind = "relationship"
    trigger = "random"
    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"
"""


def tables() -> dict[str, str]:
    """200 invited to the wave: 100 bought before and 80 of them answer with 10; of the other 100 answer 20, with 0. 60 are invited after a
    checkout and 20 answer, 15 satisfied. A last order makes the thirty days pass; ten are invited five days before it and may still answer."""
    invited = ["invitation_id  customer_id  invited_at  survey  asked_via"]
    answers = ["response_id  customer_id  responded_at  survey  question_id  metric  scale_min  scale_max  score"]
    orders = ["order_id  customer_id  ordered_at  amount"]
    for n in range(200):
        invited.append(f"w{n}  c{n}  2026-02-02T09:00  wave  email")
        if n < 100:
            orders.append(f"o{n}  c{n}  2026-01-10T09:00  10")
        if n < 80 or 100 <= n < 120:
            answers.append(f"r{n}  c{n}  2026-02-03T09:00  wave  q  nps  0  10  {10 if n < 100 else 0}")
    for n in range(60):
        invited.append(f"k{n}  d{n}  2026-02-02T09:00  checkout  email")
        if n < 20:
            answers.append(f"s{n}  d{n}  2026-02-03T09:00  checkout  q  csat  1  5  {5 if n < 15 else 2}")
    invited += [f"m{n}  m{n}  2026-04-15T09:00  wave  email" for n in range(10)]
    orders.append("late  z1  2026-04-20T09:00  10")
    return {"survey_invitations": "\n".join(invited), "survey_answers": "\n".join(answers), "orders": "\n".join(orders)}


@pytest.fixture(scope="module")
def made(module_company):
    built = module_company(journey=JOURNEY, **tables())
    return built, silent(Query((), "Shop"), built.store.generation())


def test_the_score_is_weighted_to_everybody_invited(made):
    """80 × 100 and 20 × −100 read 60; half of those invited had bought, so as if the silent felt like their like it is 0; ten lower among
    the silent half of all −5 of 0.5 · 60 + 0.5 · (0 − 10)."""
    wave = next(one for one in made[1].waves if one.survey == "wave")
    assert (wave.invited, wave.rate.value, wave.scored) == (200, 0.5, 100)
    assert wave.raw.value == pytest.approx(60) and wave.corrected.value == pytest.approx(0, abs=1e-9)
    assert wave.corrected.low < 0 < wave.corrected.high or wave.corrected.note
    assert wave.indicator == pytest.approx(1 - 2 * 0.3), "propensities .8 and .2"
    assert wave.lower == pytest.approx(0.5 * 60 + 0.5 * -10) and wave.heaviest == pytest.approx(2.5)


def test_what_is_not_asked_is_not_corrected(made):
    other = next(one for one in made[1].waves if one.survey == "checkout")
    assert (other.refused, other.corrected, other.rate.value) == ("no_score", None, pytest.approx(1 / 3))


def test_what_to_ask_next(made):
    """Buy is at its minimum of 75 % with 20 answers: a gap of three points takes 801, at a third of the invited answering; in Use nobody
    is asked."""
    ask = {one.stage: one for one in made[1].ask}
    assert ask["Buy"].answers == -(-0.1875 * (1.959964 / 0.03) ** 2 // 1) - 20
    assert ask["Use"].weeks is None and ask["Use"].value is None


def test_who_may_still_answer_is_no_silence(made):
    """120 of 260 invitations whose thirty days are over, ten more were sent five days ago."""
    (once,) = made[1].load
    assert (once.times, once.persons, once.rate) == (1, 260, pytest.approx(120 / 260))


def test_confidential_tells_whole_steps(made):
    found = silent(Query((), "Shop", confidential=True), made[0].store.generation())
    other = next(one for one in found.waves if one.survey == "checkout")
    assert (other.rate.value, other.invited, found.load[0].rate) == (0.33, 60, 0.46)


def test_a_score_of_fewer_than_five_people_is_not_shown():
    """Six of twenty answered, two of them with a score: what they gave is nobody's to read."""
    rows = pd.DataFrame(
        {
            "person_id": range(20),
            "person_group": range(20),
            "answered": [True] * 6 + [False] * 14,
            "orders": 0,
            "contacts": 0,
        }
    )
    wave = _wave("wave", rows.assign(score=[10.0, 3.0] + [None] * 18), 0.95)
    assert (wave.rate.value, wave.refused, wave.raw, wave.scored) == (0.3, "few", None, 0)


def test_weights_that_are_not_applied_are_said(made):
    known = context.read(made[0].store.generation())
    assert unweighted(known, definition("nps_relationship")) == []
    (said,) = unweighted(replace(known, weighted=3), definition("nps_relationship"))
    assert (said.code, dict(said.numbers)["answers"]) == (WarningCode.WEIGHTS_NOT_APPLIED, 3)


def test_it_is_told(made, capsys):
    built, found = made
    sheets = told.sheets_of(found)
    assert (
        sheets.title == "50 % of those invited to wave answer; weighted to resemble everyone invited, NPS 60 becomes 0."
    )
    assert "would give" not in sheets.standfirst and sheets.of("ask_next").rows
    assert main(["silent", "--store", str(built.folder / "store"), "--format", "json"]) == 0
    assert "r_indicator" in json.dumps(json.loads(capsys.readouterr().out))


def test_a_viewer_of_groups_is_told_whole_steps_of_whole_quarters(made):
    """A third of 60 is told as 33 %: with all its digits it would tell the count, and beside the week before what one person did."""
    seen = viewed(made[0].store.generation(), Rights())
    found, before = (silent(Query((), "Shop", end=day), seen) for day in (date(2026, 4, 19), date(2026, 4, 12)))
    assert found.query.end == before.query.end == date(2026, 4, 19) and found.waves == before.waves
    rate = {wave.survey: wave.rate for wave in found.waves}
    assert (rate["checkout"].value, rate["wave"].value) == (0.33, 0.5)
    assert all(round(part, 2) == part for one in rate.values() for part in (one.low, one.high))
    assert all(round(part) == part for one in found.waves if one.raw for part in (one.raw.low, one.raw.high))
