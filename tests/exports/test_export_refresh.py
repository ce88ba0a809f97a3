"""A deck edited by hand and renewed: charts anew, edits kept, shapes nobody made here equal byte by byte, dead titles marked."""

import io
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from data.errors import UserError
from exports.check.read import passages
from exports.pptx import deck
from exports.pptx.leaves import moved
from exports.pptx.parts import opened as parts
from exports.pptx.parts import provenance
from exports.pptx.refresh import MARK, Stand, refresh
from exports.pptx.refresh_words import lines
from metrics.query.query import Query

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(content: bytes):
    return Presentation(io.BytesIO(content))


def saved(made) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def asked(card):
    """Three cards: a number by stage, the ledger's table, a trend."""
    return [
        card("completion_rate", start=date(2026, 4, 13), end=date(2026, 5, 10)),
        card("completion_rate", "csat_t2b_5", form="ledger", start=date(2026, 4, 13), end=date(2026, 5, 10)),
        card("completion_rate", by="week", start=date(2026, 4, 13), end=date(2026, 5, 10)),
    ]


def aged(content: bytes, **changed) -> bytes:
    """The deck as though it had been made when the data ended three weeks earlier: its charts drew .123, its titles said something else."""
    made = opened(content)
    record = provenance.read(made)
    for entry, slide in zip(record["slides"], made.slides):
        entry["asked"] |= {"as_of": "2026-05-10"}
        for shape, drawn in ((shape, entry["drawn"][0]) for shape in slide.shapes if shape.has_chart):
            next(shape.chart.part._element.iter(f"{C}val")).find(f".//{C}v").text = "0.123"
            drawn["digest"] = provenance.digest(shape.chart.part._element)
        said = changed.get("title")
        if said:
            entry["texts"]["title"] = said
            slide.shapes.title.text_frame.paragraphs[0].runs[0].text = said
    provenance.attach(made, record)
    return saved(made)


def test_the_file_says_what_was_asked(asked):
    record = provenance.read(opened(deck.build(asked)))
    first = record["slides"][0]
    assert first["asked"]["question"]["metrics"] == ["completion_rate"] and first["asked"]["form"] == "stages"
    assert first["asked"]["definitions"] == {"completion_rate": asked[0].definitions[0].version}
    assert first["asked"]["as_of"] and [one["kind"] for one in first["drawn"]] == ["chart"]
    assert [one["drawn"][0]["kind"] for one in record["slides"]] == ["chart", "table", "chart"]


def test_nothing_changes_where_nothing_is_new(asked, shop):
    """Same data, same days: every title holds, every slide is as it was."""
    content = deck.build(asked)
    made = refresh(content, shop)  # links lead where they led
    assert [slide.stand for slide in made.slides] == [Stand.HOLDS] * 3 and not any(slide.left for slide in made.slides)
    for before, after in zip(opened(content).slides, opened(made.content).slides):
        assert etree.tostring(before._element) == etree.tostring(after._element)


def test_charts_are_renewed_and_edits_kept(asked, shop):
    """Four weeks later: the last four weeks are asked. A person wrote a title of their own, moved a chart, added a slide, a box and a
    picture's place, and took one of our slides' small print into their own words."""
    made = opened(aged(deck.build(asked), title="Nobody completes anything"))
    first, _, third = made.slides
    first.shapes.title.text_frame.text = "Our own words"
    chart = next(shape for shape in first.shapes if shape.has_chart)
    chart.left, chart.top = Inches(1), Inches(2)
    box = first.shapes.add_textbox(Inches(1), Inches(6), Inches(3), Inches(0.5))
    box.text_frame.text = "Ask Ana about this"
    own = made.slides.add_slide(made.slide_layouts[0])
    own.shapes.title.text_frame.text = "Next steps"
    mine, page = etree.tostring(box._element), etree.tostring(own._element)
    values_then = list(chart.chart.plots[0].series[0].values)
    told = refresh(saved(made), shop, "https://cx.example")
    assert [slide.stand for slide in told.slides] == [Stand.KEPT, Stand.RENEWED, Stand.RENEWED]
    after = opened(told.content)
    one, two, three, four = after.slides
    assert one.shapes.title.text_frame.text == "Our own words" and four.shapes.title.text_frame.text == "Next steps"
    assert etree.tostring(next(s for s in one.shapes if s.shape_id == box.shape_id)._element) == mine
    assert etree.tostring(four._element) == page
    moved_chart = next(shape for shape in one.shapes if shape.has_chart)
    assert (moved_chart.left, moved_chart.top) == (Inches(1), Inches(2))
    fresh = opened(deck.build([_newest(asked[0], shop)])).slides[0]
    wanted = next(shape for shape in fresh.shapes if shape.has_chart)
    assert (
        list(moved_chart.chart.plots[0].series[0].values) == list(wanted.chart.plots[0].series[0].values) != values_then
    )
    assert two.shapes.title.text_frame.text == told.slides[1].now != "Nobody completes anything"
    marks = [[shape.text_frame.text for shape in slide.shapes if shape.name == MARK] for slide in after.slides]
    assert ["may no longer hold" in marks[0][0], "It said: Nobody completes" in marks[1][0], marks[3]] == [
        True,
        True,
        [],
    ]
    again = refresh(told.content, shop, "https://cx.example")
    assert [slide.stand for slide in again.slides] == [Stand.HOLDS] * 3
    assert not [shape for slide in opened(again.content).slides for shape in slide.shapes if shape.name == MARK]
    assert "3 slides made here" in lines(told)[-1]


def _newest(card, shop):
    from exports.cards.collect import ask

    return ask(
        replace(card.result.query, start=date(2026, 5, 4), end=date(2026, 5, 31)), shop, card.form, "https://cx.example"
    )


def test_a_slide_that_is_gone_or_cannot_be_answered_is_said(asked, shop):
    made = opened(deck.build(asked))
    record = provenance.read(made)
    record["slides"][1]["asked"]["question"]["metrics"] = ["no_such_metric"]
    provenance.attach(made, record)
    ids = made.slides._sldIdLst
    made.part.drop_rel(ids[0].rId)
    ids.remove(ids[0])
    told = refresh(saved(made), shop)
    assert [slide.stand for slide in told.slides] == [Stand.GONE, Stand.UNANSWERED, Stand.HOLDS]


def test_a_chart_whose_look_was_changed_keeps_it_and_gets_the_data(asked, shop):
    made = opened(aged(deck.build(asked[:1])))
    chart = next(shape for shape in made.slides[0].shapes if shape.has_chart).chart
    chart.font.size = Inches(0.3)
    told = refresh(saved(made), shop)
    after = next(shape for shape in opened(told.content).slides[0].shapes if shape.has_chart).chart
    fresh = next(s for s in opened(deck.build([_newest(asked[0], shop)])).slides[0].shapes if s.has_chart).chart
    assert after.font.size == Inches(0.3)
    if [s.name for s in after.plots[0].series] == [s.name for s in fresh.plots[0].series]:
        assert list(after.plots[0].series[0].values) == list(fresh.plots[0].series[0].values)
    else:
        assert told.slides[0].left == ("chart",)


def test_what_was_not_made_here_is_refused(shop):
    for content, said in (
        (saved(Presentation()), "does not say what was asked"),
        (b"no deck", "cannot be read as a deck"),
    ):
        with pytest.raises(UserError, match=said):
            refresh(content, shop)


def test_a_deck_of_a_stranger_fills_no_memory_and_names_no_entity(asked, shop, monkeypatch):
    content = deck.build(asked[:1])
    made = opened(content)
    record = provenance._part(made).blob.partition(b"?>")[2]
    text = record.partition(b">")[2].rpartition(b"<")[0]
    told = text.replace(b"'", b"&#39;").replace(b"%", b"&#37;")
    blob = b"<!DOCTYPE deck [<!ENTITY told '" + told + b"'>]>" + record.replace(text, b"&told;")
    assert etree.fromstring(blob).text.startswith("{"), "who resolves entities reads the record"
    provenance._part(made)._blob = blob
    with pytest.raises(UserError, match="cannot be read as a deck"):
        refresh(saved(made), shop)
    monkeypatch.setattr(parts, "MOST", 10_000)
    for ask in (lambda: refresh(content, shop), lambda: passages(content, "d.pptx")):
        with pytest.raises(UserError, match="cannot be read"):
            ask()


@pytest.mark.parametrize(
    ("start", "end", "by", "wanted"),
    [
        (
            date(2026, 4, 13),
            date(2026, 5, 10),
            (),
            (date(2026, 5, 4), date(2026, 5, 31)),
        ),  # up to the newest then: the newest now
        (date(2026, 3, 2), date(2026, 4, 5), (), (date(2026, 3, 2), date(2026, 4, 5))),  # about those days
        (date(2026, 2, 1), date(2026, 4, 30), ("month",), (date(2026, 3, 1), date(2026, 5, 31))),  # three whole months
    ],
)
def test_the_days_of_a_question_move_with_the_data(start, end, by, wanted):
    query = moved(Query(("completion_rate",), start=start, end=end, by=by), date(2026, 5, 10), date(2026, 5, 31), 0)
    assert (query.start, query.end) == wanted
