"""Slides: native charts with the numbers of run, the small print, the notes."""

import io
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Inches

from data.errors import UserError
from exports.cards.shape import shape_of
from exports.pptx import deck, master
from tests.exports.conftest import unzipped
from tests.exports.shop import FORMULA

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def slides(*cards):
    return Presentation(io.BytesIO(deck.build(cards))).slides


def chart_of(slide):
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def words_of(slide) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_one_card_a_slide_with_its_finding_as_title(ten):
    found = slides(*ten)
    assert [slide.shapes.title.text_frame.text for slide in found] == [card.title for card in ten]
    assert sum(any(shape.has_chart for shape in slide.shapes) for slide in found) == sum(
        card.form != "ledger" for card in ten
    )


def test_a_deck_keeps_the_order_of_who_made_it(card):
    """A throughline in front is the cover, with a larger title; elsewhere it is a slide like others."""
    one, line = card("completion_rate"), card("completion_rate", "csat_t2b_5", form="throughline")
    found = slides(one, line)
    assert [slide.shapes.title.text_frame.text for slide in found] == [one.title, "Buy works but disappoints"]
    sizes = [
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size for slide in (found[1], slides(line, one)[0])
    ]
    assert sizes[0] < sizes[1]


def test_charts_are_native_and_bring_their_workbook(ten):
    parts = unzipped(deck.build(ten))
    charts = [name for name in parts if name.startswith("ppt/charts/chart")]
    sheets = [name for name in parts if name.endswith("!xl/worksheets/sheet1.xml")]
    assert len(charts) == len(sheets) == sum(card.form != "ledger" for card in ten)
    assert not [name for name in parts if name.endswith((".png", ".jpg", ".svg", ".emf")) and "thumbnail" not in name]


def test_numbers_equal_run(card):
    found = card("completion_rate", stages=("Find", "Buy"))
    series = {s.name: list(s.values) for s in chart_of(slides(found)[0]).plots[0].series}
    cells = [found.result.cell("completion_rate", stage=stage) for stage in ("Find", "Buy")]
    assert series["Completion rate"] == [cell.value for cell in cells]


def test_intervals_are_error_bars_on_cells_of_the_chart(card):
    """plus = high − value, minus = value − low, cached in the chart and written in its workbook, to which the bars refer."""
    found = card("completion_rate", stages=("Buy",))
    cell = found.result.cell("completion_rate", stage="Buy")
    parts = unzipped(deck.build([found]))
    root = etree.fromstring(next(content for name, content in parts.items() if name.startswith("ppt/charts/chart")))
    (bars,) = root.iter(f"{C}errBars")
    ends = {way: float(bars.find(f"{C}{way}//{C}v").text) for way in ("plus", "minus")}
    assert ends == pytest.approx({"plus": cell.high - cell.value, "minus": cell.value - cell.low})
    assert bars.find(f"{C}plus//{C}f").text == "Sheet1!$C$2:$C$2"
    sheet = next(content for name, content in parts.items() if name.endswith("!xl/worksheets/sheet1.xml"))
    assert float(etree.fromstring(sheet).xpath("//*[@r='C2']/*[local-name()='v']")[0].text) == pytest.approx(
        ends["plus"]
    )


def test_every_reference_of_a_chart_names_the_column_it_draws(ten):
    """Head and values of each series stand in the workbook where the chart says."""
    for slide in (slide for slide in slides(*ten) if any(shape.has_chart for shape in slide.shapes)):
        chart = chart_of(slide)
        parts = unzipped(chart.part.chart_workbook.xlsx_part.blob)
        cells = {c.get("r"): c for c in etree.fromstring(parts["xl/worksheets/sheet1.xml"]).iter("{*}c")}
        strings = [t.text for t in etree.fromstring(parts["xl/sharedStrings.xml"]).iter("{*}t")]
        for series in chart.plots[0].series:
            head = series._element.find(f"{C}tx//{C}f").text.split("!")[1].replace("$", "")
            assert strings[int(cells[head].findtext("{*}v"))] == series.name
            column = head.rstrip("0123456789")
            drawn = [
                None if f"{column}{i}" not in cells else float(cells[f"{column}{i}"].findtext("{*}v"))
                for i in range(2, 2 + len(series.values))
            ]
            assert drawn == pytest.approx(list(series.values))


def test_states_are_words(card):
    """Find is not asked, Wait and Use are withheld."""
    labels = [str(label) for label in chart_of(slides(card("csat_t2b_5"))[0]).plots[0].categories]
    assert labels == ["Find\nnot asked", "Buy\nn 1,248", "Wait\nunder 5", "Use\nunder 5"]


def test_few_is_a_series_of_its_own(card):
    names = [s.name for s in chart_of(slides(card("completion_rate", by="week", stages=("Buy",)))[0]).plots[0].series]
    assert names == ["Completion rate, rough estimate", "Completion rate", "Completion rate, rough estimate"]


def test_small_print_link_and_notes(card):
    found = card("completion_rate")
    slide = slides(found)[0]
    text, notes = words_of(slide), slide.notes_slide.notes_text_frame.text
    for part in ("completion_rate v1", "simulated data", "under 5 people", found.link):
        assert part in text and part in notes
    links = [
        run.hyperlink.address
        for shape in slide.shapes
        if shape.has_text_frame
        for p in shape.text_frame.paragraphs
        for run in p.runs
    ]
    assert found.link in links
    definition = found.definitions[0]
    for part in (
        definition.sentence,
        definition.formula,
        definition.interval,
        definition.source,
        definition.also_known_as[0]["tool"],
    ):
        assert part in notes


def test_a_chart_has_a_text_for_those_who_do_not_see_it(card):
    frame = next(shape for shape in slides(card("completion_rate"))[0].shapes if shape.has_chart)
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr").startswith("Completion rate is lowest in Buy")


def test_formulas_do_not_reach_the_charts_workbook(card):
    parts = unzipped(deck.build([card("completion_rate", by="region", stages=("Buy",))]))
    inside = {name: content for name, content in parts.items() if "!" in name}
    assert not [name for name, content in inside.items() if b"<f>" in content]
    strings = next(content for name, content in inside.items() if name.endswith("sharedStrings.xml"))
    texts = [t.text or "" for t in etree.fromstring(strings).iter("{*}t")]
    assert any(text.startswith("'" + FORMULA) for text in texts) and not any(
        text and text.startswith(("=", "@")) for text in texts
    )


def test_the_ledger_is_a_native_table(card):
    table = next(
        shape.table
        for shape in slides(card("completion_rate", "csat_t2b_5", form="ledger"))[0].shapes
        if shape.has_table
    )
    assert [[cell.text_frame.text for cell in row.cells] for row in table.rows] == [
        ["", "Find", "Buy", "Wait", "Use"],
        ["Completion rate", "100.0 %  99.7–100.0", "66.7 %  64.0–69.2", "n/a", "n/a"],
        ["Satisfied (CSAT, top 2 of 5)", "not asked", "75.0 %  72.5–77.3", "under 5", "under 5"],
    ]


def test_no_card_is_refused():
    with pytest.raises(UserError):
        deck.build([])


def test_a_line_is_not_drawn_across_another_way_of_asking(card):
    """The trend has an empty place there, in the slide's chart, the sheet and the picture alike."""
    made = card("csat_t2b_5", by="week")
    times = [cell.by["week"] for cell in made.result.of("csat_t2b_5")]
    parted = replace(made, result=replace(made.result, broken={"csat_t2b_5": {None: (date.fromisoformat(times[2]),)}}))
    whole, shape = shape_of(made), shape_of(parted)
    assert shape.labels == (*whole.labels[:2], "asked\u00a0anew", *whole.labels[2:])
    assert [p.value for p in shape.series[0].points] == [
        *(p.value for p in whole.series[0].points[:2]),
        None,
        *(p.value for p in whole.series[0].points[2:]),
    ]


def company_deck(tmp_path, layout="Ours"):
    """A company's own slides: 16:9, two layouts, one of them with a title; a slide of its own in it."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    for one in list(made.slide_layouts):
        if one.name not in ("Title Only", "Blank", "Title and Content"):
            made.slide_layouts.remove(one)
    made.slide_layouts.get_by_name("Title Only").name = layout
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text_frame.text = "Their cover"
    path = tmp_path / "company.pptx"
    made.save(path)
    return path


def test_a_deck_stands_on_the_companys_own_master(card, tmp_path):
    """Their layout with a title and least else; their own slides are left out; no empty placeholder stays on a slide."""
    ground = master.load(company_deck(tmp_path))
    content = deck.build([card("completion_rate"), card("completion_rate", "csat_t2b_5", form="ledger")], (), ground)
    found = Presentation(io.BytesIO(content))
    assert [slide.slide_layout.name for slide in found.slides] == ["Ours", "Ours"]
    assert all([one.placeholder_format.idx for one in slide.placeholders] == [0] for slide in found.slides)
    assert "Their cover" not in " ".join(map(words_of, found.slides))
    assert sorted(unzipped(content)) == sorted(set(unzipped(content)))


@pytest.mark.parametrize(
    ("width", "layout", "said"), [(10, "", "as wide as our slides"), (13.333, "No such", "no layout of this deck")]
)
def test_a_master_that_cannot_be_one_is_refused(tmp_path, width, layout, said):
    path = company_deck(tmp_path)
    made = Presentation(path)
    made.slide_width = Inches(width)
    made.save(path)
    with pytest.raises(UserError, match=said):
        master.load(path, layout)
    path.write_bytes(b"no deck")
    with pytest.raises(UserError, match="no deck that can be the ground"):
        master.load(path)


def test_a_master_that_takes_something_from_elsewhere_is_refused(tmp_path):
    """A linked picture would be asked for on every reader's machine; a hyperlink of the master's waits for a click."""
    path = company_deck(tmp_path)
    made = Presentation(path)
    part = made.slide_layouts[0].part
    part.relate_to("https://shop.example/", RT.HYPERLINK, is_external=True)
    made.save(path)
    assert master.load(path)
    part.relate_to("file://server/share/logo.png", RT.IMAGE, is_external=True)
    made.save(path)
    with pytest.raises(UserError, match="from another place.*server/share/logo.png"):
        master.load(path)


def test_the_appendix_says_how_each_number_is_made(card):
    """Each metric once, with its version, formula and what other tools read."""
    made = Presentation(
        io.BytesIO(deck.build([card("completion_rate"), card("completion_rate", by="week")], (), None, True))
    )
    assert len(made.slides) == 3
    last = made.slides[2]
    assert last.shapes.title.text_frame.text == "How each number is made (1 of 1)"
    (table,) = [shape.table for shape in last.shapes if shape.has_table]
    cells = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert len(cells) == 2 and "(v1)" in cells[1][0] and "Contentsquare" in cells[1][3]
