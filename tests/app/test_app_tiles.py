"""A tile says of a change only what holds: worse, better, with another mix, too little, normal, or not known."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.analyses.changes import Change
from metrics.analyses.mix_effects import Part, Split
from metrics.catalogue.load import catalogue
from metrics.query.result import Cell, Compare, State
from metrics.statistics.core import Estimate
from report.words import change_words
from ui.views.stage.stage_friction import _mark, friction_title
from ui.widgets.evidence import change_line
from ui.widgets.ledger import _tone

THEN = date(2026, 1, 1), date(2026, 3, 31)
CELL = Cell(
    "completion_rate", {}, 0.68, 0.66, 0.70, 2000, 1500, State.SHOWN, compare=Compare(*THEN, 0.72, -0.04, -0.06, -0.02)
)
FALL = Change("completion_rate", None, CELL, 0.72, -0.04, -0.06, -0.02, 0.02, 0.0001, 0.001, True)
# more mobile visits: each device rose by two points
MIX = Split(
    "completion_rate",
    "device",
    0.72,
    0.68,
    0.02,
    -0.06,
    (Part("mobile", 0.4, 0.7, 0.6, 0.62), Part("desktop", 0.6, 0.3, 0.8, 0.82)),
    0.02,
    Estimate(-0.06, -0.07, -0.05),
)


@pytest.mark.parametrize(
    ("change", "tone", "said"),
    [
        (FALL, "worse", "from 72.0 %"),
        (replace(FALL, diff=0.04), "better", "from 72.0 %"),
        (replace(FALL, mix=MIX), None, "with another mix of devices"),
        (replace(FALL, notable=False), None, "beyond its normal range, not sure among all that is looked at"),
        (replace(FALL, notable=False, diff=-0.015, normal=0.01), None, "too small to matter"),
        (replace(FALL, notable=False, normal=0.05), None, "within its normal range"),
        (replace(FALL, notable=False, normal=None), None, "no normal range known yet"),
        (None, None, "no normal range known yet"),
    ],
)
def test_red_only_for_what_holds_and_is_worse(change, tone, said):
    text = change_line(catalogue()["completion_rate"], CELL, change)
    assert said in text
    assert [word for word in ("worse", "better") if f'class="d {word}"' in text] == ([tone] if tone else [])


def test_a_change_of_mix_has_no_colour_anywhere():
    assert _tone(FALL, catalogue()["completion_rate"])[:2] == (" worse", "▼")
    tone, mark, title = _tone(replace(FALL, mix=MIX), catalogue()["completion_rate"])
    assert (tone, mark) == ("", "") and "goes with another mix of devices" in title
    assert (_mark(FALL)[0], _mark(replace(FALL, mix=MIX))[0]) == ("▼", "−")


def test_what_the_app_alone_did_is_not_given_to_the_stage():
    assert _mark(replace(FALL, channel="app")).endswith("in the app")
    assert friction_title("Buy", [replace(FALL, channel="app")], "") == "Completed in the app fell by 4.0 points"
    assert friction_title("Buy", [FALL], "") == "Completed fell by 4.0 points"


def test_what_would_have_been_seen_is_said_of_what_is_not_told():
    assert "a change of ±3.5 points would have been reported" in change_line(
        catalogue()["completion_rate"], CELL, replace(FALL, notable=False, seen=0.035)
    )


def test_no_change_told_is_never_no_change():
    near = replace(FALL, notable=False, stage="Buy")
    assert (
        change_words.none([near])
        == "No change is sure enough to report; beyond its own normal range: Completion rate in Buy"
    )
    assert change_words.none([replace(near, normal=0.05)], " in Buy") == "No change in Buy is sure enough to report"


def test_a_value_as_if_asked_alike_says_so():
    """What was measured then is another number: who looks it up must not be surprised."""
    cell = replace(CELL, metric="csat_t2b_5", compare=replace(CELL.compare, within=True, alike=0.70, value=0.74))
    assert "from 74.0 % to 70.0 %, after allowing for a changed survey" in change_line(
        catalogue()["csat_t2b_5"], cell, None
    )


def test_tenths_where_whole_points_would_not_add_up():
    """26.2 from 25.6 is no +1 from 26."""
    cell = Cell(
        "nps_relationship",
        {},
        26.18,
        19.0,
        33.0,
        424,
        424,
        State.SHOWN,
        compare=Compare(*THEN, 25.57, 0.61, -9.0, 10.0),
    )
    text = change_line(catalogue()["nps_relationship"], cell, None)
    assert "+0.6" in text and "from 25.6" in text
