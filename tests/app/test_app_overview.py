"""The Overview's parts: one word a stage, the strip, the cards, the evidence of a number."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.analyses.stage_scores import Position, Target
from metrics.catalogue.load import catalogue
from metrics.query.query import Query
from metrics.query.result import Cell, Compare, State
from metrics.statistics.core import Estimate
from metrics.statistics.groups.composite import Verdict
from report.findings.calls import Call, call
from report.findings.finding import INFORMATION, WATCH, Finding
from ui.session.state import Frame
from ui.views.stage import parts
from ui.views.summary import cards, standfirst
from ui.widgets import evidence
from ui.widgets.evidence import Evidence, sheet

DONE, FELT = catalogue()["completion_rate"], catalogue()["csat_t2b_5"]
PARTS = (Target(DONE, 0.70, 0.90, 1.0), Target(FELT, 0.75, 0.85, 1.0))
FRAME = Frame(Query((), "Shop"), None, (), (("ch", "app"),))


def place(state: str, ux: float | None = 60.0, cx: float | None = 60.0) -> Position:
    return Position("Buy", Estimate(ux), Estimate(cx), Verdict(state, None, None, None, None, None), PARTS)


def cells(done: tuple, felt: tuple) -> dict[str, Cell]:
    return {
        metric: Cell(metric, {"stage": "Buy"}, (low + high) / 2, low, high, 400, 400, State.SHOWN)
        for metric, (low, high) in (("completion_rate", done), ("csat_t2b_5", felt))
    }


FINE = cells((0.78, 0.82), (0.78, 0.84))


@pytest.mark.parametrize(
    ("position", "numbers", "word"),
    [
        (place("agree"), FINE, Call.FINE),
        (place("agree"), cells((0.78, 0.82), (0.86, 0.92)), Call.PROTECT),  # the whole interval at the target or above
        (place("agree"), cells((0.78, 0.82), (0.84, 0.92)), Call.FINE),  # it may lie below the target
        (place("agree"), cells((0.60, 0.69), (0.86, 0.92)), Call.FIX),  # surely below the minimum of 70 %
        (place("cannot_tell"), cells((0.60, 0.69), (0.70, 0.80)), Call.FIX),
        (place("cannot_tell"), cells((0.65, 0.75), (0.70, 0.80)), Call.UNCLEAR),
        (place("works_but_disappoints"), FINE, Call.FIX),
        (place("agree", 40.0, 40.0), FINE, Call.FIX),
        (replace(place("agree"), parts=()), FINE, None),  # no minimum, no word
    ],
)
def test_a_stage_has_one_word_by_its_minimum_and_target(position, numbers, word):
    assert call(position, numbers) is word


def test_where_less_is_better_the_maximum_is_the_limit():
    part = Target(catalogue()["backtrack_rate"], 0.25, 0.10, 1.0)
    bad = Cell("backtrack_rate", {"stage": "Buy"}, 0.36, 0.30, 0.40, 900, 900, State.SHOWN)
    assert call(replace(place("agree"), parts=(part,)), {"backtrack_rate": bad}) is Call.FIX
    assert (
        call(replace(place("agree"), parts=(part,)), {"backtrack_rate": replace(bad, high=0.2, low=0.12)}) is Call.FINE
    )


def finding(**more) -> Finding:
    return Finding(WATCH, "Buy works but disappoints.", "n 910", "stage", "Buy", "csat_t2b_5", "checkout team", **more)


def test_cards_are_what_needs_a_decision_the_rest_is_known_too():
    four = [finding(weight=i) for i in range(4)]
    told = Finding(INFORMATION, "Relationship NPS 26.", "n 424", "journey", None, None, None)
    shown, rest = cards.split([*four, told])
    assert shown == four[:3] and rest == [four[3], told]


def test_the_standfirst_says_money_and_who_has_it():
    one = finding(
        worth="Worth it.",
        amount="€930 to €9,200",
        basis="margin a year if 85 % were satisfied; the two go together, not proven",
    )
    said = standfirst.text([one], {}, "Furniture that fits.", True)
    assert (
        "**€930 to €9,200** of margin a year" in said
        and "nobody has signed it yet" in said
        and "Furniture that fits." in said
    )
    led = standfirst.text([replace(one, step="see where")], {}, "", True)
    assert led.endswith("**Next, checkout team:** see where; nobody has signed it yet.")
    assert "signed" not in standfirst.text([one], None, "", True)  # who may not see decisions is told nothing of them
    assert standfirst.text([], {}, "", True) == ""


def test_a_line_of_another_page_says_why_what_it_is_worth_and_who_is_next():
    """With the cause where one is known, else in plain numbers: no line begins with a full stop."""
    one = finding(
        cause="30 % say the price was not kept", amount="€930 to €9,200", basis="a year", step="see where", worth="w"
    )
    said = cards.brief([one, finding(facts="satisfied 61 % (minimum 75 %)")], {}, FRAME)
    assert "<span>30 % say the price was not kept.</span>" in said and "€930 to €9,200" in said
    assert "<b>checkout team</b>: see where" in said and "<span>Satisfied 61 % (minimum 75 %).</span>" in said
    assert cards.brief([], {}, FRAME) == ""


def test_a_card_says_that_its_cause_is_still_worked_out(monkeypatch):
    monkeypatch.setattr(cards, "_quote", lambda *_: "")
    said = cards.cards([finding()], None, FRAME, ["Buy"])
    assert "being worked out" in said and "being worked out" not in cards.cards([finding()], None, FRAME)


def test_a_stage_s_page_begins_with_what_goes_with_it():
    """Where the stage has a name of its own and a cause is sure; a stage of no name keeps its own sentence."""
    split = replace(place("works_but_disappoints"), verdict=Verdict("works_but_disappoints", *[None] * 5))
    claim = "Buy works but disappoints: 30 % say the price was not kept."
    assert parts.title("Buy", split, [], "", claim) == claim
    assert parts.title("Buy", split, [], "") == "Buy works but disappoints."
    assert parts.title("Buy", place("agree"), [], "no range yet", claim) == "Buy: no range yet."


@pytest.fixture
def no_channel(monkeypatch):
    monkeypatch.setattr(evidence, "supports_dimension", lambda *_: False)
    monkeypatch.setattr(evidence.source, "known", lambda: type("Known", (), {"columns": {DONE.measure.fact: ()}})())


def test_a_number_opens_value_interval_change_target_and_definition(no_channel):
    then = Compare(date(2026, 5, 25), date(2026, 8, 23), 0.85, -0.03, -0.05, -0.01)
    cell = Cell("completion_rate", {"stage": "<Buy>"}, 0.82, 0.815, 0.829, 12249, 9000, State.SHOWN, compare=then)
    said = sheet("k", Evidence(DONE, cell, None, (), PARTS[0], "24 Aug – 22 Nov 2026"), FRAME)
    assert 'id="e-k"' in said and "<b>82.0" in said and "81.5–82.9" in said and "n 12,249" in said
    assert "−3.0 points" in said and "minimum 70" in said and "at=%3CBuy%3E" in said and "ch=app" in said
    assert "<Buy>" not in said and "&lt;Buy&gt;" in said


def test_a_number_that_is_unknown_opens_its_reason(no_channel):
    cell = Cell("completion_rate", {"stage": "Buy"}, None, None, None, 0, 0, State.NO_DATA)
    assert "no data" in sheet("k", Evidence(DONE, cell), FRAME) and "<b>0" not in sheet(
        "k", Evidence(DONE, cell), FRAME
    )
