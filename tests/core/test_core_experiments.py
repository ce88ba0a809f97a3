"""Experiments: everybody exposed counts, who answered comes first, harm that is not excluded is said, a broken split shows no effect."""

import io
import json

import pytest
from pptx import Presentation

from commands.metrics import main
from data.store.opened import GROUPS
from exports import api
from metrics.analyses.experiments import judge
from metrics.analyses.experiments.find import _margin_known, experiments
from metrics.analyses.experiments.model import Side, Standing, Verdict
from metrics.catalogue.load import definition
from metrics.codes import ReasonCode
from metrics.query.query import Grant, Query, Rights
from metrics.rules.access import viewed
from metrics.statistics.groups.experiments import Harm
from metrics.statistics.weeks.looks import benjamini_hochberg
from report.sheets import experiments as told

JOURNEY = """
    [[journey]]
    name = "Purchase"

    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["checkout"]
    tickets = ["*"]

    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"
"""
DAY, AFTER, LATE = "2026-01-05T10:00", "2026-01-10T10:00", "2026-04-01T10:00"
# experiment, variant, people, of them buy, ask for help, answer, of those are satisfied
ARMS = (
    ("one page", "control", 400, 80, 20, 100, 80),
    ("one page", "treatment", 400, 140, 60, 100, 40),
    ("photos", "control", 300, 0, 0, 120, 60),
    ("photos", "treatment", 300, 0, 0, 60, 54),
    ("colours", "control", 100, 20, 0, 0, 0),
    ("colours", "blue", 100, 33, 9, 0, 0),
    ("colours", "red", 100, 20, 0, 0, 0),
    ("lost", "control", 300, 30, 0, 0, 0),
    ("lost", "treatment", 200, 60, 0, 0, 0),
)


def tables() -> dict[str, str]:
    """Each person is in one experiment; all that is counted comes five days after. Nobody's order of three months later counts, two people
    who met both variants count nowhere."""
    exposures = ["experiment  unit  unit_kind  variant  exposed_at"]
    orders = ["order_id  customer_id  ordered_at  amount  margin"]
    tickets = ["ticket_id  customer_id  created_at  category"]
    answers = [
        "response_id  customer_id  responded_at  experienced_at  survey  question_id  metric  scale_min  scale_max  score  comment"
    ]
    for experiment, variant, people, buy, ask, answer, satisfied in ARMS:
        for n in range(people):
            who = f"{experiment.replace(' ', '')}{variant}{n}"
            exposures.append(f"{experiment}  {who}  customer_id  {variant}  {DAY}")
            if n < buy:
                orders.append(f"o{who}  {who}  {AFTER}  100  {20 if n % 2 else 40}")
            if n % 10 == 0:
                orders.append(f"e{who}  {who}  2025-12-01T10:00  100  30")
                orders.append(f"l{who}  {who}  {LATE}  100  30")
            if n < ask:
                tickets.append(f"t{who}  {who}  {AFTER}  payment")
            if n < answer:
                answers.append(
                    f"r{who}  {who}  {AFTER}  {AFTER}  checkout  q1  csat  1  5  {5 if n < satisfied else 2}  it was so so"
                )
    for n in range(2):
        exposures.append(f"one page  onepagecontrol{n}  customer_id  treatment  {AFTER}")
    return {
        "exposures": "\n".join(exposures[:1] + [line for line in exposures[1:]]),
        "orders": "\n".join(orders),
        "support_tickets": "\n".join(tickets),
        "survey_answers": "\n".join(answers),
    }  # fmt: skip


@pytest.fixture(scope="module")
def built(module_company):
    return module_company(journey=JOURNEY, **tables())


@pytest.fixture(scope="module")
def made(built):
    return {one.name: one for one in experiments(Query(()), built.store.generation()).experiments}


def of(one, metric: str):
    (found,) = [each for each in one.outcomes if each.metric == metric]
    return found


def test_everybody_exposed_counts(made):
    """Two who met both variants are out: 398 and 400 people; 78 and 140 of them bought."""
    one = made["one page"]
    assert [(arm.variant, arm.persons) for arm in one.arms] == [("control", 398), ("treatment", 400)]
    assert (one.crossed, one.ratio) == (2, "ok")
    bought = of(one, "conversion")
    assert (bought.new.value, bought.old.value) == (140 / 400, 78 / 398)
    assert bought.difference.low < 140 / 400 - 78 / 398 < bought.difference.high
    margin = of(one, "margin_per_person")
    assert margin.new.value == pytest.approx(140 * 30 / 400) and margin.side is Side.MONEY


def test_wins_the_click_and_loses_the_customer(made):
    one = made["one page"]
    assert one.verdict is Verdict.WINS_CLICK_LOSES_CUSTOMER
    assert of(one, "contact_rate").standing is Standing.WORSE  # fewer are better: 60 of 400 against 18 of 398
    felt = of(one, "csat_t2b_5")
    assert (felt.new.value, felt.old.value, felt.stage) == (0.4, 78 / 98, "Buy")
    assert (felt.response.answered, felt.response.state, felt.bounds) == ((100, 98), "ok", None)
    assert (felt.harm, felt.standing) == (Harm.HARM, Standing.WORSE)


def test_who_answered_may_be_the_whole_difference(made):
    """90 % of 60 answers against 50 % of 120, of 300 people each: if only half answer, the 60 most content of 120 say 100 %, so −.1 … +.9."""
    one = made["photos"]
    felt = of(one, "csat_t2b_5")
    assert felt.response.state == "withhold"
    assert (felt.bounds.least, felt.bounds.most) == pytest.approx((0.9 - 1.0, 0.9))
    assert felt.standing is Standing.UNEVEN and one.verdict is Verdict.NOT_TOLD


def test_a_broken_split_shows_no_effect(made):
    one = made["lost"]
    assert (one.verdict, one.outcomes, one.ratio) == (Verdict.WITHHELD, (), "withhold")


def test_all_variants_are_one_family(built):
    """Two new variants beside the old one, three outcomes each: corrected for six, not for three twice."""
    found = [one for one in experiments(Query(()), built.store.generation()).experiments if one.name == "colours"]
    outcomes = [each for one in found for each in one.outcomes]
    assert [one.family for one in found] == [len(outcomes)] * 2 == [6, 6]
    p = [float("nan") if each.p is None else each.p for each in outcomes]
    assert [each.q for each in outcomes if each.q is not None] == pytest.approx(
        [q for q in benjamini_hochberg(p) if q == q]
    )


def test_an_order_without_margin_earned_not_nothing():
    arm = {"n": 100, "orders": 20, "without_margin": 0}
    assert _margin_known(arm, arm) and not _margin_known(arm, arm | {"without_margin": 2})


def test_earlier_orders_are_taken_out_and_later_ones_not_counted(made):
    """Every tenth ordered before, and buys now as others do: nothing to be gained."""
    bought = of(made["one page"], "conversion")
    assert bought.saved == pytest.approx(0, abs=0.02)
    assert bought.adjusted.value == pytest.approx(bought.difference.value, abs=0.005)


def test_too_few_answers_are_named_not_judged():
    assert judge.answer_outcome(definition("csat_t2b_5"), "Buy", {1.0: 29}, {1.0: 400}, (500, 500), 0.95) is None


def test_an_nps_is_in_points():
    found = judge.answer_outcome(
        definition("nps_transactional"), "Buy", {-1.0: 20, 0.0: 30, 1.0: 50}, {-1.0: 40, 0.0: 30, 1.0: 30}, (500, 500), 0.95
    )  # fmt: skip
    assert (found.new.value, found.old.value) == (30, -10) and found.difference.value == 40


def test_better_and_worse_of_what_people_feel_is_mixed():
    up, down = [judge.with_corrected_p([_told(value)])[0] for value in (0.3, -0.3)]
    assert judge.verdict((up, down)) is Verdict.MIXED
    assert judge.verdict(()) is Verdict.TOO_FEW


def _told(gap: float):
    happy = round(200 * (0.5 + gap))
    return judge.answer_outcome(definition("csat_t2b_5"), "Buy", {0.0: 200 - happy, 1.0: happy}, {0.0: 100, 1.0: 100}, (400, 400), 0.95)  # fmt: skip


def test_without_exposures_it_says_so(company):
    found = experiments(Query(()), company(journey=JOURNEY, orders="order_id  customer_id  ordered_at\no1  a  2026-01-01T10:00").store.generation())  # fmt: skip
    assert found.refused.code is ReasonCode.NOT_RECORDED and found.experiments == ()


def test_words_of_both_arms_to_who_may_read_them(built, made):
    assert [len(side) for side in made["one page"].words] == [4, 4]
    silent = viewed(built.store.generation(), Rights(grants=(Grant(comments=False),)))
    shown = {one.name: one for one in experiments(Query(()), silent).experiments}
    assert silent.shows == GROUPS and shown["one page"].words == ((), ())


def test_viewers_of_groups_read_whole_steps(built):
    grouped = viewed(built.store.generation(), Rights(grants=(Grant(comments=True),)))
    one = next(each for each in experiments(Query(()), grouped).experiments if each.name == "one page")
    assert all(arm.persons % 5 == 0 for arm in one.arms)
    assert of(one, "conversion").difference.value == 0.15  # .1540


def test_the_command_tells_it(built, capsys):
    store = ["--store", str(built.folder / "store")]
    assert main(["experiments", *store]) == 0
    said = capsys.readouterr().out
    assert said.startswith("one page wins the click and loses the customer.")
    assert "lost: people were not exposed as planned, so no effect is shown" in said
    assert "may come from who answered" in said
    assert main(["experiments", "--format", "json", *store]) == 0
    rows = json.loads(capsys.readouterr().out)["sheets"][1]["rows"]
    told_of = {(row["experiment"], row["metric"]): row for row in rows}
    assert told_of["one page", "csat_t2b_5"]["standing"] == "worse"
    assert ("lost", "conversion") not in told_of


def test_every_verdict_has_its_words(made):
    for verdict in Verdict:
        assert told.verdict_clause(type(made["lost"])(**{**vars(made["lost"]), "verdict": verdict}))


def test_slides_workbook_and_csv_hold_what_the_page_says(built):
    """The overview in words on a slide; every outcome with its numbers unrounded in CSV and workbook; the link opens the page."""
    generation = built.store.generation()
    asked = [("experiments", Query(())), ("experiment_outcomes", Query(()))]
    deck = Presentation(io.BytesIO(api.slides(asked, generation, "https://x.example")))
    cells = [
        cell.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
        for cell in shape.table.iter_cells()
    ]
    assert "one page" in cells and any("not exposed as planned" in text for text in cells)
    outcomes = api.numbers(asked, generation, "https://x.example")[1].decode()
    assert "/experiments?" in outcomes and "standing" in outcomes and "worse" in outcomes and "0.35" in outcomes
    assert len(api.book(asked, generation, "")) > 5_000
