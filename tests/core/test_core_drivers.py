"""What goes with a raw score: recorded before the answer, of people everything is known of, one way in time, and silence where nothing holds."""

import json
from datetime import date

import pytest

from commands.metrics import main
from metrics.analyses.drivers.find import drivers, drivers_of_every_outcome
from metrics.analyses.drivers.model import Driver
from metrics.codes import ReasonCode
from metrics.query.query import Query
from report.sheets import drivers as told

JOURNEY = """
    [[journey]]
    name = "Purchase"
    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["checkout"]
    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"
    [[survey]]
    name = "yearly"
    kind = "relationship"
"""
PEOPLE = 320


def tables() -> dict[str, str]:
    """Every third person met errors on the day before the answer, one, two or three, and every third 41 days before: that is too long
    ago. Each error costs a point of ten. Forty more answered without any visit. Everybody's order came three days after it was placed, one day
    before the promised day or in its afternoon."""
    events = ["event_id  occurred_at  event_name  url  session_id  customer_id"]
    answers = ["response_id  customer_id  responded_at  survey  question_id  metric  scale_min  scale_max  score"]
    for n in range(PEOPLE):
        errors, old = (1 + n // 3 % 3 if n % 3 == 0 else 0), n % 3 == 1
        for day, marks in (("2026-03-09", errors), ("2026-01-28", 3 if old else 0)):
            for i, name in enumerate(["page_view", *["error"] * marks]):
                events.append(f"{n}-{day}-{i}  {day}T10:0{i}:00Z  {name}  https://x.example/checkout  s{n}-{day}  c{n}")
        answers.append(f"r{n}  c{n}  2026-03-10T10:00  checkout  q  nps  0  10  {(9 if n % 2 else 8) - errors}")
    orders = ["order_id  customer_id  ordered_at  promised_at  delivered_at"]
    for n in range(PEOPLE):
        day = 4 + n % 2
        orders.append(f"o{n}  c{n}  2026-03-0{day - 3}T09:00  2026-03-05  2026-03-0{day}T14:00")
        answers.append(f"y{n}  c{n}  2026-03-10T12:00  yearly  q  nps  0  10  9")  # all recommend us alike
    for n in range(40):
        answers.append(f"x{n}  d{n}  2026-03-10T10:00  checkout  q  nps  0  10  9")
    return {"web_events": "\n".join(events), "survey_answers": "\n".join(answers), "orders": "\n".join(orders)}


@pytest.fixture(scope="module")
def built(module_company):
    return module_company(journey=JOURNEY, **tables())


def ask(built, metric: str = "experience_score", **more):
    return drivers(Query((metric,), "Purchase", **more), built.store.generation())


def test_what_was_met_before_the_answer_goes_with_the_score(built):
    """320 of 360 are known; errors of January do not count; each further mark costs a point, so three cost three."""
    made = ask(built)
    assert (made.asked, made.persons, made.refused) == (360, 320, None)
    share = {one.driver: one for one in made.shares}[Driver.FRICTION]
    assert share.holds and share.met == pytest.approx(107 / 320)
    assert share.effect.low < share.effect.value < share.effect.high < 0
    none, one, two, three = made.doses
    assert (none.persons, one.least, three.open) == (213, 1, True)
    for dose, cost in ((one, -1), (two, -2), (three, -3)):
        assert dose.difference.value == pytest.approx(cost, abs=0.15)
    assert {Driver.LATE, Driver.WAIT} <= set(made.left_out), "nobody's came after the promised day, all waited as long"


def test_too_few_people_are_refused_with_how_many_it_takes(built):
    made = ask(built, start=date(2026, 1, 1), end=date(2026, 1, 31))
    assert made.refused.code is ReasonCode.NOBODY_ANSWERED
    assert ask(built, "relationship_score").refused.code is ReasonCode.NOBODY_DIFFERS, "enough people, all of one score"
    assert ask(built, "repeat_purchase").refused.code is ReasonCode.NOBODY_ANSWERED
    assert ask(built, filters=(("device", "mobile"),)).refused.code is ReasonCode.NO_SUCH_BREAKDOWN
    assert ask(built, "completion_rate").refused.code is ReasonCode.NO_OUTCOME


def test_it_is_told_as_what_goes_together(built):
    sheets = told.sheets_of(drivers_of_every_outcome(Query((), "Purchase"), built.store.generation()))
    assert sheets.title.startswith(
        "An error or a rage or dead click goes with a lower recommendation after an experience"
    )
    text = " ".join([sheets.title, sheets.standfirst, *(f"{s.title} {s.what} {s.foot}" for s in sheets.sheets)])
    assert not any(word in text.lower() for word in ("caused by", "drives", "because of"))
    assert sheets.of("dose_experience_score").rows[-1][0] == "3 or more"
    assert sheets.of("drivers_relationship_score").what.startswith("all of them gave the same answer")


def test_where_counts_are_kept_to_oneself_no_mean_has_all_its_digits(built):
    made, exact = ask(built, confidential=True), ask(built)
    assert made.mean == round(exact.mean, 1) != exact.mean and made.persons == 320
    effects = [share.effect for share in made.shares] + [dose.difference for dose in made.doses if dose.difference]
    assert effects and all(round(part, 2) == part for one in effects for part in (one.value, one.low, one.high))
    assert all(round(dose.mean, 1) == dose.mean for dose in made.doses)
    assert [share.holds for share in made.shares] == [share.holds for share in exact.shares], "judged on what is exact"


def test_the_command(built, capsys):
    assert main(["drivers", "--store", str(built.folder / "store"), "--format", "json"]) == 0
    assert "friction" in json.dumps(json.loads(capsys.readouterr().out))
