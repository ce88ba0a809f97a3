"""Changes: initiatives beside parts that had not got them, never beside other stages; levels dated; research notes beside the numbers."""

import json
from datetime import date, timedelta

import pytest

from commands.metrics import main
from metrics.analyses.change.find import change
from metrics.codes import ReasonCode
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from report.sheets import change as told

JOURNEY = """
    [[journey]]
    name = "Purchase"

    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["checkout"]

    [[journey.stage]]
    name = "Use"
    paths = ["/use*"]
    surveys = ["use"]

    [[survey]]
    name = "use"
    kind = "transactional"
    trigger = "random"

    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"
"""
WEEKS, LIVE, REWORDED, EACH = 66, 56, 30, 20
FIRST = date(2025, 1, 6)
METRIC = ("csat_t2b_5",)


def week(number: int) -> date:
    return FIRST + timedelta(7 * number)


def tables() -> dict[str, str]:
    """20 answers a week and region, each of a person of its own: half are satisfied, in the North 18 of 20 from week 56 on. Of Use 20 a week:
    10 are satisfied, 18 from week 30 on, when another question is asked (T3)."""
    people, said = (
        ["customer_id  region"],
        ["response_id  customer_id  responded_at  survey  question_id  metric  scale_min  scale_max  score"],
    )
    for region in ("North", "South"):
        for number in range(WEEKS):
            happy = 18 if region == "North" and number >= LIVE else 10
            for n in range(EACH):
                who = f"{region}{number}x{n}"
                people.append(f"{who}  {region}")
                said.append(
                    f"r{who}  {who}  {week(number) + timedelta(n % 7)}T10:00  checkout  q1  csat  1  5  {5 if n < happy else 2}"
                )
    for number in range(WEEKS):
        question, happy = ("q1", 10) if number < REWORDED else ("q2", 18)
        for n in range(EACH):
            said.append(
                f"u{number}x{n}  u{number}x{n}  {week(number) + timedelta(n % 7)}T10:00  use  {question}  csat  1  5  {5 if n < happy else 2}"
            )
    notes = [
        "id  at  kind  stage  text  initiative  metric  dimension  value  method  participants  severity",
        f"a  {week(LIVE)}  release  Buy  Free returns in the North  Free returns  csat_t2b_5  region  North  -  -  -",
        f"b  {week(LIVE)}  release  Buy  Free returns beside Use  Beside Use  csat_t2b_5  stage  Buy  -  -  -",
        f"c  {week(LIVE)}  release  Buy  Other words  Other words  no_such  -  -  -  -  -",
        f"d  {week(20)}  initiative  Buy  Friendlier mails  Friendlier mails  csat_t2b_5  -  -  -  -  -",
        f"e  {week(LIVE)}  initiative  Buy  Free returns  All together  csat_t2b_5  -  -  -  -  -",
        f"g  {week(REWORDED)}  initiative  Use  Better manuals  Better manuals  csat_t2b_5  -  -  -  -  -",
        f"f  {week(30)}  research  Buy  Five of eight did not find the returns  -  -  -  -  interview  8  high",
    ]  # fmt: skip
    return {"people": "\n".join(people), "survey_answers": "\n".join(said), "annotations": "\n".join(notes)}


@pytest.fixture(scope="module")
def built(module_company):
    return module_company(journey=JOURNEY, **tables())


@pytest.fixture(scope="module")
def made(built):
    return change(Query(METRIC), built.store.generation())


def of(made, name: str):
    return next(one for one in made.initiatives if one.name == name)


def test_a_roll_out_is_judged_beside_the_part_that_never_got_it(made):
    """.5 → .9 in the North, .5 in the South: +.4."""
    one = of(made, "Free returns")
    assert (one.control, one.parts, one.shown) == ("untouched", (("North", week(LIVE)), ("South", None)), True)
    assert one.effect.value == pytest.approx(0.4) and 0.25 < one.effect.low < 0.4 < one.effect.high < 0.55
    assert one.p == pytest.approx(1 / (1 + one.placebos)) and one.drift == pytest.approx(0)


def test_other_stages_are_no_control(made):
    """T17: a company that names another stage to compare with is told why not."""
    assert of(made, "Beside Use").refused.code is ReasonCode.NO_CONTROL_STAGE
    assert of(made, "Other words").refused.code is ReasonCode.NO_WEEKLY_METRIC


def test_without_a_part_it_is_beside_its_own_weeks(made):
    """Half of the answers rise by .4: +.2 beside 56 weeks of .5, more than a year, so that a season would be taken out; 20 weeks are too few."""
    one = of(made, "All together")
    assert (one.control, one.season, one.trough) == ("forecast", True, 0)
    assert one.effect.value == pytest.approx(0.2) and one.shown
    assert of(made, "Friendlier mails").refused.code is ReasonCode.HISTORY_TOO_SHORT


def test_the_level_is_dated_and_what_was_noted_stands_beside_it(made):
    (point,) = made.points
    assert (point.metric, point.stage) == ("csat_t2b_5", "Buy")
    assert point.earliest <= week(LIVE) <= point.latest
    assert (point.before, point.after) == (pytest.approx(0.5), pytest.approx(0.7))
    assert "Free returns in the North" in {note.text for note in point.near}


def test_another_question_is_no_change_of_level_and_no_effect(made):
    """T3: half were satisfied by the old question, nine in ten by the new one: no point of Use, no mix, no effect of what began then."""
    assert {one.stage for one in made.points} == {"Buy"} and "Use" not in {one.stage for one in made.mixes}
    assert made.looked == 2 and of(made, "Better manuals").refused.code is ReasonCode.HISTORY_TOO_SHORT


def test_research_is_beside_the_numbers_and_on_no_axis(made, built):
    (note,) = made.research
    assert (note.method, note.participants, note.severity, note.stage) == ("interview", 8, "high", "Buy")
    axis = ask_rows(built.store.generation(), "annotations", {"start": None, "end": None, "stage": "Buy"})
    assert {row["kind"] for row in axis} == {"release", "initiative"}
    sheet = told.sheets_of(made).of("research_notes")
    assert sheet.rows[0][3:] == ("8", "high", "Five of eight did not find the returns") and "%" not in str(sheet.rows)


def test_the_command_tells_it(built, capsys):
    store = ["--store", str(built.folder / "store")]
    assert main(["changes", *store, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    rows = {row["initiative"]: row for row in said["sheets"][0]["rows"]}
    assert rows["Free returns"]["shown"] is True and "no control" in rows["Beside Use"]["refused"]
    assert main(["changes", *store]) == 0
    assert (
        "After Free returns: Satisfied in Buy 40.0 points (26.4–53.6) higher than expected" in capsys.readouterr().out
    )
