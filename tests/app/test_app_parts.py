"""Parts of the views that need no browser: cells of what never happened, joined event numbers, words for scores, titles by intervals."""

from dataclasses import replace
from datetime import date, timedelta

from metrics.catalogue import definition
from metrics.positions import Position
from metrics.result import Cell, State
from metrics.statistics.composite import Verdict
from metrics.statistics.core import Estimate
from ui import charts, ledger, voice

NEVER = Cell("error_rate", {"stage": "Find"}, 0.0, 0.0, 0.0003, 11_318, 9_000, State.SHOWN)


def test_what_never_happened_is_a_zero_with_its_bound_and_no_line():
    """A single week with an error, and it is drawn again."""
    once = replace(NEVER, value=0.01)
    assert ledger._always_zero(NEVER, [NEVER, NEVER]) and not ledger._always_zero(NEVER, [NEVER, once])
    assert not ledger._always_zero(once, [])
    assert ledger._bound(0.0003, "rate") == "0.03" and ledger._bound(0.0021, "rate") == "0.2"


def test_every_event_has_its_number_above_its_own_day():
    """Three within a week stand one above the other, none is joined or moved; where there is room all stand in one row."""
    start = date(2026, 3, 2)
    days = [start, start + timedelta(3), start + timedelta(7), start + timedelta(60), start + timedelta(90)]
    labels = charts.event_labels(days, timedelta(273))
    assert labels == [(day, str(i), level) for i, (day, level) in enumerate(zip(days, (0, 1, 2, 0, 0)), 1)]
    for i, (day, _, level) in enumerate(labels):
        assert all(abs(day - other) >= timedelta(273) / 20 for other, _, at in labels[:i] if at == level)
    assert charts.event_labels([start, start], timedelta(273)) == [(start, "1", 0), (start, "2", 1)]


def test_a_scale_has_two_to_four_round_marks_inside_it():
    for low, high in ((0.0, 0.05), (0.78, 0.87), (0.013, 0.0141), (31.0, 64.0)):
        marks = charts._round_marks(low, high)
        assert 1 <= len(marks) <= 4 and all(low <= m <= high for m in marks)
    assert charts._round_marks(0.0, 0.05) == [0.0, 0.02, 0.04]


def test_the_two_sides_of_the_throughline_stand_beside_each_other():
    """In step at the same height, neither mark nor interval covers the other; the name stands only where the verdict says so."""
    same = Estimate(60.0, 55.0, 65.0, 100)
    places = [Position("Buy", same, same, Verdict("agree", None, *4 * (0.0,)), ()), Position("Pay", same, Estimate(20.0, 10.0, 30.0, 90), Verdict("works_but_disappoints", None, *4 * (0.0,)), ())]
    figure = charts.throughline([], [], ["Buy", "Pay"], places)
    marks = {t.marker.symbol: list(t.x) for t in figure.traces if t.mode == "markers" and len(t.x)}
    assert marks["diamond"][0] - marks["circle"][0] > 0.05
    named = [note["text"] for note in figure.notes if "<i>" in note["text"]]
    assert named == ["<i>works<br>but disappoints</i>"]


def test_scores_and_languages_stand_in_words():
    assert voice.score("expectation_before", 6.0, 7.0) == "expected beforehand 6 of 7"
    assert voice.score("nps", 9.0, 10.0) == "NPS 9"
    assert voice.score("disconfirmation", -1.0, 1.0) == "fell short of what was expected"
    assert voice.score("csat", None, 5.0) == ""
    assert voice.score("csat", 0.0, 1.0) == "satisfied: no" and voice.score("csat", 1.0, 5.0) == "satisfied 1 of 5"
    row = {"comment": "Zu <spät>", "day": date(2026, 9, 3), "touch_channel": "app", "language": "de", "metric": "csat", "score": 2.0, "scale_max": 5.0}
    html = voice.quote(row)
    assert 'lang="de"' in html and "German · satisfied 2 of 5" in html and "&lt;spät&gt;" in html


def test_the_rows_of_the_ledger_are_in_the_catalogue():
    """A preferred metric the catalogue does not have is left out, one picked takes the place of its side's."""
    from ui import gather
    rows = gather.full()
    assert "completion_rate" in rows and all(definition(m) for m in rows)
    assert gather.full(("error_rate",), ())[0] == "error_rate" and "completion_rate" not in gather.full(("error_rate",), ())
