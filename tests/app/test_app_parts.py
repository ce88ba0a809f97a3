"""Parts of the views that need no browser: cells of what never happened, joined event numbers, words for scores, titles by intervals."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from charts import axes, marks, trend
from charts.throughline import throughline
from metrics.analyses.stage_scores import Position, Target
from metrics.catalogue.load import definition
from metrics.query.query import Query
from metrics.query.result import Cell, State
from metrics.statistics.core import Estimate
from metrics.statistics.groups.composite import Verdict
from report.sheets.sheet import Mark, Marks
from report.titles import plain_name
from report.words import answer_words, words
from ui.session.state import Frame
from ui.views.ordering import heads
from ui.views.tour import steps
from ui.widgets import block, ledger, quotes
from ui.widgets.block import html_table

NEVER = Cell("error_rate", {"stage": "Find"}, 0.0, 0.0, 0.0003, 11_318, 9_000, State.SHOWN)


def test_what_never_happened_is_a_zero_with_its_bound_and_no_line():
    """A single week with an error, and it is drawn again."""
    once = replace(NEVER, value=0.01)
    assert ledger._always_zero(NEVER, [NEVER, NEVER]) and not ledger._always_zero(NEVER, [NEVER, once])
    assert not ledger._always_zero(once, [])
    assert ledger._bound(0.0003, "rate") == "0.03" and ledger._bound(0.0021, "rate") == "0.2"
    assert (
        ledger._never(NEVER, definition("error_rate")) == "check tagging"
    )  # a tool records errors only where it is told to
    assert ledger._never(NEVER, definition("contact_rate")) == "at most 0.03"


def test_every_event_has_its_number_above_its_own_day():
    """Three within a week stand one above the other, none is joined or moved; where there is room all stand in one row."""
    start = date(2026, 3, 2)
    days = [start, start + timedelta(3), start + timedelta(7), start + timedelta(60), start + timedelta(90)]
    labels = trend.event_labels(days, timedelta(273))
    assert labels == [(day, str(i), level) for i, (day, level) in enumerate(zip(days, (0, 1, 2, 0, 0)), 1)]
    for i, (day, _, level) in enumerate(labels):
        assert all(abs(day - other) >= timedelta(273) / 20 for other, _, at in labels[:i] if at == level)
    assert trend.event_labels([start, start], timedelta(273)) == [(start, "1", 0), (start, "2", 1)]


def test_a_scale_has_two_to_four_round_marks_inside_it():
    for low, high in ((0.0, 0.05), (0.78, 0.87), (0.013, 0.0141), (31.0, 64.0)):
        found = axes.round_marks(low, high)
        assert 1 <= len(found) <= 4 and all(low <= m <= high for m in found)
    assert axes.round_marks(0.0, 0.05) == [0.0, 0.02, 0.04]


def test_the_throughline_draws_per_cent_beside_minimum_and_target():
    """Two bars a stage that hide nothing of each other, their heights the shares themselves; across each the company's two levels for that
    metric; a name only where the verdict says so, and no number of any other scale."""

    def cell(metric: str, stage: str, value: float) -> Cell:
        return Cell(metric, {"stage": stage}, value, value - 0.05, value + 0.05, 100, 100, State.SHOWN)

    parts = (Target(definition("completion_rate"), 0.7, 0.9, 1), Target(definition("csat_t2b_5"), 0.75, 0.85, 1))
    score = Estimate(-16.0, -20.0, -12.0, 100)
    places = [
        Position("Buy", score, score, Verdict("works_but_disappoints", None, *4 * (0.0,)), parts),
        Position("Pay", score, score, Verdict("agree", None, *4 * (0.0,)), ()),
    ]
    figure = throughline(
        [cell("completion_rate", s, 0.82) for s in ("Buy", "Pay")],
        [cell("csat_t2b_5", s, 0.62) for s in ("Buy", "Pay")],
        ["Buy", "Pay"],
        places,
    )
    boxes = [(s["x0"], s["x1"], s["y1"]) for s in figure.shapes if s["type"] == "rect"]
    assert [height for *_, height in boxes] == [0.82, 0.82, 0.62, 0.62]
    assert boxes[0][1] < boxes[2][0] and boxes[2][1] < boxes[1][0]
    assert [(s["y0"], s["line"]["dash"]) for s in figure.shapes if s["type"] == "line" and s["y0"]] == [
        (0.7, "solid"),
        (0.9, "dot"),
        (0.75, "solid"),
        (0.85, "dot"),
    ]
    said = [note["text"] for note in figure.notes]
    assert said == ["<b>82</b>", "<b>82</b>", "<b>62</b>", "<b>62</b>", "<i>works but<br>disappoints</i>"]
    assert any("minimum 75 %, target 85 %" in text for trace in figure.traces for text in trace.text or ())


def test_scores_and_languages_stand_in_words():
    assert answer_words.score("expectation_before", 6.0, 7.0) == "expected beforehand 6 of 7"
    assert answer_words.score("nps", 9.0, 10.0) == "NPS 9"
    assert answer_words.score("disconfirmation", -1.0, 1.0) == "fell short of what was expected"
    assert answer_words.score("csat", None, 5.0) == ""
    assert (
        answer_words.score("csat", 0.0, 1.0) == "satisfied: no"
        and answer_words.score("csat", 1.0, 5.0) == "satisfied 1 of 5"
    )
    row = {
        "comment": "Zu <spät>",
        "day": date(2026, 9, 3),
        "touch_channel": "app",
        "language": "de",
        "metric": "csat",
        "score": 2.0,
        "scale_max": 5.0,
    }
    html = quotes.quote(row)
    assert 'lang="de"' in html and "German · satisfied 2 of 5" in html and "&lt;spät&gt;" in html


def test_the_rows_of_the_ledger_are_in_the_catalogue():
    """A preferred metric the catalogue does not have is left out, one picked takes the place of its side's."""
    from ui.views import overview

    rows = overview.full()
    assert "completion_rate" in rows and all(definition(m) for m in rows)
    assert overview.full(("error_rate",), ())[0] == "error_rate" and "completion_rate" not in overview.full(
        ("error_rate",), ()
    )


def test_a_link_to_friction_is_told_only_where_the_interval_excludes_none():
    """2.5 % (−5.4 to 11.1) is no link; 16.7 % (4.0 to 29.0) is one; an interval of half the scale says nothing."""
    cell = replace(NEVER, metric="unhappy_attributable_to_friction", value=0.025, low=-0.054, high=0.111)
    assert words.friction_share(cell) == "no sure link to recorded friction (2.5 % of the unhappy, −5.4 to 11.1)"
    assert (
        words.friction_share(replace(cell, value=0.167, low=0.04, high=0.29))
        == "recorded friction goes with 16.7 % (4.0–29.0) of the unhappy"
    )
    assert not words.friction_share(replace(cell, low=-0.3, high=0.3))


def test_where_less_is_better_the_lower_demand_is_a_maximum():
    """Went back: at most 25 %, target 10 %. Completed: at least 70 %, target 90 %."""
    assert words.levels(0.25, 0.10, definition("error_rate")) == "maximum 25 %, target 10 %"
    assert words.levels(0.70, 0.90, definition("completion_rate")) == "minimum 70 %, target 90 %"


def test_words_begin_at_the_left_and_numbers_end_at_the_right():
    rows = [["Errors", "2.8 %", "within its normal range", "–", "CHF 5"], ["Went back", "–", "▼ worse", "–", "○ 0.2"]]
    head = html_table(["What", "now", "change", "none", "cost"], rows).partition("</thead>")[0]
    assert [mark == "t" for mark in re.findall(r'<th scope="col" ?(?:class="(t)")?', head)] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_the_marks_of_a_scale_of_differences_are_told_apart():
    """Half a point of ten on either side of none was written −0 and 0."""
    for unit, low, high, said in (
        ("score", -0.6, 0.6, ["−0.5", "0", "0.5"]),
        ("rate", -0.05, 0.05, ["−5 points", "0", "5 points"]),
    ):
        row = Marks(unit, (Mark("Went back", 0.0, low, high, "", "cx"),))
        assert marks.figure(row).build().layout.xaxis.ticktext == tuple(said)


def test_a_dash_takes_no_line_of_a_phone():
    """In a table that becomes lists; a column of numbers keeps its side, and elsewhere nothing is marked."""
    rows = [["Buy", "3 %", "–"], ["Find", "–", "–"]]
    said = html_table(["Stage", "Share", "Mean"], rows, cards=True)
    assert said.count("nil") == 3 and "nil" not in html_table(["Stage", "Share", "Mean"], rows)


def test_a_metric_is_called_without_how_it_is_scored():
    names = {metric: plain_name(definition(metric)) for metric in ("csat_t2b_5", "ces_7_t3b", "completion_rate")}
    assert names == {"csat_t2b_5": "Satisfied", "ces_7_t3b": "Found it easy", "completion_rate": "Completion rate"}


def test_a_head_leads_to_the_table_in_its_order_and_turns_it_at_the_second_tap(monkeypatch):
    """Numbers begin with the highest, words at A, what is not known stands last; the rest of the address stays, and a name that is no column asks for
    nothing."""
    asked: dict[str, str] = {}
    monkeypatch.setattr(heads, "st", SimpleNamespace(query_params=asked))
    monkeypatch.setattr(heads.state, "page_params", lambda: [("at", "Buy"), *asked.items()])
    frame = SimpleNamespace(params=(("ch", "app"),))
    columns = {"page": lambda row: row[0], "views": lambda row: row[1]}
    rows = [("b", 2), ("a", None), ("c", 9)]

    def ways() -> list[tuple[str, str]]:
        return heads.links("po", columns, "stage", frame, ("page",))

    assert heads.put(rows, "po", columns) == rows
    assert ways() == [("stage?ch=app&at=Buy&po=page", ""), ("stage?ch=app&at=Buy&po=-views", "")]
    asked["po"] = "-views"
    assert heads.put(rows, "po", columns) == [("c", 9), ("b", 2), ("a", None)]
    assert ways()[1] == ("stage?ch=app&at=Buy&po=views", "descending")
    asked["po"] = "page"
    assert [row[0] for row in heads.put(rows, "po", columns)] == ["a", "b", "c"]
    assert ways()[0] == ("stage?ch=app&at=Buy&po=-page", "ascending")
    said = html_table(["Page", "Views"], [["a", "2.9 % (2.5–3.4)"]], sorts=ways())
    assert 'aria-sort="ascending"' in said and "po=-page" in said and '<span class="nb">(2.5–3.4)</span>' in said
    assert re.search(
        r'<span>[^<>]* <span class="nb">\(2\.5–3\.4\)</span></span></td>', said
    )  # one part of a phone's line
    asked["po"] = "shoe size"
    assert heads.put(rows, "po", columns) == rows


def test_a_tour_of_five_steps_ends_with_one_s_own_files():
    """Each step is a link to a page there is, with the frame kept, and points at one block; the first has no way back, the last none on."""
    frame = Frame(Query((), "Shop"), None, (), (("ch", "app"),))
    said = [steps.told(frame, steps.STEPS, place) for place in range(5)]
    assert [step.page for step in steps.STEPS] == ["overview", "stage", "case", "decisions", "own"]
    assert 'href="stage?ch=app&amp;tour=2"' in said[0] and "Back" not in said[0] and "Next" not in said[4]
    css = (Path(block.__file__).parents[1] / "style.css").read_text()
    assert all(f".stApp:has(.st-key-tour_{step.mark}) .st-key-{step.mark}" in css for step in steps.STEPS)
    assert [steps.at(asked, steps.STEPS) for asked in ("1", "5", "0", "6", "-1", "²", None)] == [0, 4] + [None] * 5
