"""Titles by rule, and the small print that must travel."""

from dataclasses import replace

import pytest

from data.errors import UserError
from exports.cards import card as cards
from exports.cards.card import print_line, small_print
from exports.cards.grid import grid_of
from exports.cards.safe import neutral
from exports.cards.shape import shape_of
from metrics.analyses.changes import Change
from report.titles import title_of
from tests.exports.conftest import PERIOD
from tests.exports.shop import FORMULA

NEVER = ("because", "drives", "caused", "significant")


def test_what_intervals_separate_is_named(card):
    """Every visit to Find goes on to Buy (1,248 of 1,248), two in three of Buy reach its goal (832 of 1,248)."""
    found = card("completion_rate")
    assert found.title == "Completion rate is lowest in Buy: 66.7 % (64.0–69.2)"


def test_what_they_do_not_separate_is_no_clear_difference(card):
    """Each channel has 624 visits to Buy, and every third visit of either fails."""
    found = card("completion_rate", by="touch_channel", stages=("Buy",))
    assert found.title.startswith("Buy: Completion rate: no clear difference by touch channel (66.7–66.7 %)")


def test_a_trend_names_its_ends_and_claims_no_move(card):
    """Two months that do not overlap know nothing of shocks that a week shares: no title says rose or fell."""
    title = card("completion_rate", by="month", stages=("Buy",)).title
    assert title == "Buy: Completion rate: 66.8 % (62.2–71.1) in the first month, 66.7 % (62.0–71.2) in the last"


def test_a_title_claims_a_change_only_where_the_family_tells_it(card):
    """The same number: without a verdict nothing is said of the change, one that is not told is never called none."""
    result = card("completion_rate", **PERIOD, stages=("Buy",)).result
    (cell,) = result.cells
    fall = Change("completion_rate", "Buy", cell, cell.compare.value, -0.05, -0.07, -0.03, 0.02, 1e-6, 1e-4, True)
    bare, told_, unsure, quiet = (
        title_of(result, "breakdown", changes=moved)
        for moved in ((), (fall,), (replace(fall, notable=False),), (replace(fall, notable=False, normal=0.06),))
    )
    assert bare.startswith("Completion rate: 66.7") and "period before" not in bare
    assert "5.0 points less than in the period before (−7.0 to −3.0)" in told_
    assert unsure.endswith("−5.0 points beyond its normal range, not sure among all that is looked at")
    assert quiet.endswith("−5.0 points within its normal range")


def test_few_is_never_a_finding(card):
    """96 visits a week are too few for the definition's own precision."""
    found = card("completion_rate", by="week", stages=("Buy",))
    assert {str(cell.state) for cell in found.result.cells} == {"few"}
    assert found.title == "Buy: Completion rate, week by week: rough estimates only, so no finding"


def test_no_title_claims_a_cause(ten):
    assert not [found.title for found in ten for word in NEVER if word in found.title.lower()]


def test_the_throughline_names_the_stage_that_parts(card):
    """Buy: completion 66.7 % is above its line of 30 %, satisfaction 75 % below its line of 95 %."""
    assert card("completion_rate", "csat_t2b_5", form="throughline").title == "Buy works but disappoints"


def test_small_print_is_complete(card):
    """Filters, both periods, n, interval, metric with version, data as of, suppression, link, and that the data is simulated."""
    found = card("completion_rate", **PERIOD, filters=(("touch_channel", "app"), ("release", "1")))
    said = small_print(found)
    assert [name for name, _ in said] == [
        "Shown",
        "Period",
        "n",
        "Interval",
        "Metric",
        "Data as of",
        "Privacy",
        "Mind",
        "Mind",
        "Mind",
        "Link",
    ]
    line = print_line(found)
    for part in (
        "Test shop, Shop, all stages, touch channel app, release 1",
        "13 Apr – 31 May 2026, against 23 Feb – 12 Apr 2026",
        "95 %, Wilson",
        "completion_rate v1",
        "under 5 people",
        "simulated data",
        "exploratory",
        "f=release%3A1",
        "other holidays: Whitsun",
        found.link,
    ):
        assert part in line, part


def test_n_counts_what_is_shown_only(card):
    """1,248 answers about Buy; Wait and Use are withheld and add nothing."""
    assert cards.counts(card("csat_t2b_5")) == "1,248 answers"


@pytest.mark.parametrize(("form", "by"), [("stages", "week"), ("trend", "stage"), ("pie", "stage")])
def test_a_form_the_result_does_not_have_is_refused(card, form, by):
    with pytest.raises(UserError):
        card("completion_rate", by=by, form=form)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (FORMULA, "'" + FORMULA),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("\x00=1", "'=1"),
        ("", ""),
        ("−3", "−3"),
    ],
)
def test_text_that_begins_like_a_formula_is_neutralised(text, safe):
    assert neutral(text) == safe


def test_numbers_are_left_alone():
    assert neutral(-0.5) == -0.5


def test_the_throughline_holds_shares_beside_minimum_and_target(card):
    """Buy: 2 in 3 visits buy, minimum 30 %, target 50 %; no number of another scale stands in the chart, the slide or the sheet."""
    found = card("completion_rate", "csat_t2b_5", form="throughline")
    shape = shape_of(found)
    place = shape.labels.index("Buy")
    ux, cx = (series.points[place] for series in shape.series)
    assert shape.unit == "rate" and (ux.minimum, ux.target) == (0.3, 0.5) and (cx.minimum, cx.target) == (0.95, 0.99)
    assert (
        ux.value == found.result.cell("completion_rate", stage="Buy").value
        and cx.value == found.result.cell("csat_t2b_5", stage="Buy").value
    )
    numbers = [
        value
        for _, values in grid_of(shape).columns()[1:]
        if "n" not in _.split(", ")
        for value in values
        if value is not None
    ]
    assert max(numbers) <= 1 and "; dark dash: our minimum; light dash: our target" in grid_of(shape).key
    assert "beside our minimum and target" in found.subtitle and "50" not in found.subtitle
