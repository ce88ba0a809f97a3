"""A click in a chart filters, and every filter is a chip that can be taken off: what is clicked, what it sets, what it is called."""

import json
from datetime import date

import streamlit as st

from charts import bars, trend
from metrics.catalogue.load import definition
from metrics.query.result import Cell, State
from report import address
from tests.app.test_app_frame import Known
from ui.session import state
from ui.session.filtering import narrow
from ui.views import arrange
from ui.widgets import cells, plot


def cell(value: float, **by: str) -> Cell:
    return Cell("csat_t2b_5", by, value, value - 0.05, value + 0.05, 100, 100, State.SHOWN)


def areas(figure) -> list[tuple]:
    """What can be clicked of a figure: (what it stands for, whose axis)."""
    return [
        (value, trace.yaxis)
        for trace in figure.build(clickable=True).data
        if trace.type == "bar"
        for value in trace.customdata
    ]


def test_every_row_and_every_week_is_an_area_that_stands_for_itself():
    """A row nobody can filter by is none; a picture of the same figure has no such areas."""
    csat = definition("csat_t2b_5")
    figure = bars.bars([cell(0.6, stage="Buy"), cell(0.8)], csat, ["Buy", "unknown"], ["Buy", ""])
    assert areas(figure) == [("Buy", "y")] and not [t for t in figure.build().data if t.type == "bar"]
    weeks = [(date(2026, 11, day), cell(0.6, week=f"2026-11-{day:02}")) for day in (2, 9, 16)]
    over_time = trend.trend({"a": weeks, "b": weeks}, {"a": csat, "b": csat})
    for drawn, clicked in ((figure, True), (figure, False), (over_time, True), (over_time, False)):
        whole, as_it_is = (json.loads(drawn.build(clicked, checked).to_json()) for checked in (True, False))
        assert whole == as_it_is  # what a page draws is what plotly would have made of it after looking it through
    assert areas(over_time)[:4] == [
        ("week:2026-11-02", "y"),
        ("week:2026-11-09", "y"),
        ("week:2026-11-16", "y"),
        ("week:2026-11-02", "y2"),
    ]


def test_a_click_says_what_it_hit_and_one_beside_everything_says_nothing():
    assert plot.value_of({"selection": {"points": [{"customdata": "Buy"}]}}) == "Buy"
    assert plot.value_of({"selection": {"points": [{"x": 1}, {"customdata": ["app"]}]}}) == "app"
    assert plot.value_of({"selection": {"points": []}}) == plot.value_of(None) == ""


def test_what_is_clicked_becomes_the_filters_of_its_widgets():
    """Stages and filters with a control by their own key, days as a picked period, whole months, all others written out."""
    assert narrow.pairs("stage", "Buy") == [("s", ["Buy"])]
    assert narrow.pairs("touch_channel", "app") == [("ch", ["app"])]
    assert narrow.pairs("country", "DE") == [("f", ["country:DE"])]
    assert narrow.pairs("week", "2026-11-16") == [
        ("p", "dates"),
        ("from", date(2026, 11, 16)),
        ("to", date(2026, 11, 22)),
    ]
    assert narrow.days_of("month", date(2026, 2, 1)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert not narrow.can("stage", None) and not narrow.can("day", "2026-11-16") and not narrow.can("shoe size", "44")
    assert arrange.parts(("stage", "device"), ("Buy", None)) == {"stage": "Buy"}


def test_a_filter_of_another_dimension_takes_the_place_of_its_own_only(monkeypatch):
    held: dict = {"f": ["country:FR", "language:de"]}
    monkeypatch.setattr(st, "session_state", held)
    narrow.to({"country": "DE"})
    assert held["f"] == ["language:de", "country:DE"]


def test_an_address_is_narrowed_by_what_it_leads_to():
    frame = state.frame_of({}, Known(), (("s", "Find"), ("dv", "mobile"), ("f", "language:de")))
    assert narrow.link(frame, "explore", {"stage": "Buy"}, xb=["stage", "device"]) == (
        "explore?dv=mobile&f=language%3Ade&s=Buy&xb=stage&xb=device"
    )
    assert narrow.link(frame, "explore", {"day": "2026-11-16"}) == ""
    assert '<a class="to" href="explore?s=Buy" target="_self">60.0' in cells.cell(
        cell(0.6), definition("csat_t2b_5"), link="explore?s=Buy"
    )


def test_every_filter_is_a_chip_that_takes_off_itself_alone(monkeypatch):
    held: dict = {"s": ["Buy"], "ch": ["app", "web"], "f": ["country:DE"], "w": "Customers"}
    held |= {"p": address.DATES, "from": date(2024, 11, 18), "to": date(2024, 11, 24)}
    monkeypatch.setattr(st, "session_state", held)
    found = narrow.chips(Known(), held)
    assert [chip.label for chip in found] == ["Buy", "18 Nov – 24 Nov 2024", "app", "web", "country DE", "customers"]
    for chip in (found[2], found[1], found[5], found[4]):
        narrow.take_off(chip, Known())
    assert held["ch"] == ["web"] and held["s"] == ["Buy"] and held["f"] == []
    assert [chip.label for chip in narrow.chips(Known(), held)] == ["Buy", "web"]
