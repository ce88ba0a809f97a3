"""Lists on their way out: moves, reasons, pages, words as CSV, workbook and picture, each with the small print."""

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree
from pptx import Presentation

from data.build.build import build
from data.store.generations import Generation, open_generation
from exports import api
from exports.cards import basket, channel_list, listing
from exports.cards.cause_list import causes_of
from exports.cards.listing import figure_of, listing_of
from exports.image import picture
from exports.pptx import list_slide
from exports.pptx.slide import add_slide
from exports.pptx.theme import new_deck
from metrics.analyses.channels import compare_channels
from metrics.query.query import Query
from tests.exports.conftest import unzipped
from tests.exports.shop import ANSWERS, FORMULA, SOURCES, build_shop

PERIOD = {"start": date(2026, 3, 2), "end": date(2026, 5, 31)}
WORDS = (FORMULA, "+49 was it", "-1 star", "@here", "\tlate", "fine", "quick", "write jo@x.example")


@pytest.fixture(scope="module")
def talking(tmp_path_factory) -> Generation:
    """Eight people who wrote, each something a spreadsheet would take for a formula, or an address."""
    folder = tmp_path_factory.mktemp("talking")
    lines = [
        f'r{i},2026-04-01T10:00:00Z,buy,p{i},,{1 + i % 5},"{text.replace(chr(34), chr(34) * 2)}"'
        for i, text in enumerate(WORDS)
    ]
    (folder / "answers.csv").write_text("\n".join([ANSWERS + ",comment", *lines]) + "\n")
    (folder / "sources.toml").write_text(SOURCES.split("[[source]]")[0] + "[[source]]" + SOURCES.split("[[source]]")[2])
    (folder / "journey.toml").write_text(
        '[[journey]]\nname = "Shop"\n[[journey.stage]]\nname = "Buy"\npaths = ["/buy*"]\nsurveys = ["buy"]\n'
        '[[survey]]\nname = "buy"\nkind = "transactional"\n'
    )
    assert build(folder / "sources.toml", None, folder / "store").generation
    return open_generation(folder / "store")


@pytest.fixture(scope="module")
def moving(tmp_path_factory) -> Generation:
    return build_shop(tmp_path_factory.mktemp("moving"))


def csv_of(form: str, query: Query, generation: Generation, address: str = "") -> bytes:
    (found,) = api.numbers([(form, query)], generation, address)
    return found


def parsed(content: bytes) -> tuple[list[str], list[dict]]:
    """(comment lines, rows) of a CSV."""
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    return [line.strip() for line in lines if line.startswith("# ")], list(
        csv.DictReader(line for line in lines if not line.startswith("# "))
    )


def test_words_leave_redacted_and_harmless(talking):
    """No cell begins like a formula, no address, no person, and the score in words."""
    _, rows = parsed(csv_of("words", Query((), "Shop", ("Buy",), **PERIOD), talking))
    said = {row["comment"] for row in rows}
    assert len(said) == 8 and "'" + FORMULA in said and "write [e-mail]" in said
    assert not [text for text in said if text.startswith(("=", "+", "-", "@", "\t"))]
    assert list(rows[0]) == ["comment", "felt", "score", "survey", "day", "touch_channel", "language"] and rows[0][
        "score"
    ].startswith("satisfied ")
    parts = unzipped(api.book([("words", Query((), "Shop", ("Buy",), **PERIOD))], talking, ""))
    assert b"<f>" not in parts["xl/worksheets/sheet2.xml"] and b"jo@x.example" not in parts["xl/sharedStrings.xml"]


def test_fewer_writers_than_eight_leave_nothing(talking):
    """In a period in which nobody wrote, the file says that too few did, and holds no row."""
    comments, rows = parsed(
        csv_of("words", Query((), "Shop", ("Buy",), start=date(2026, 5, 1), end=date(2026, 5, 31)), talking)
    )
    assert rows == [] and comments[0] == "# Too few comments to show"


def test_the_small_print_names_filters_that_do_not_apply_period_n_and_link(moving):
    query = Query((), "Shop", **PERIOD, filters=(("device", "mobile"),))
    comments, rows = parsed(csv_of("moves", query, moving, "https://tl.example"))
    assert "# Period: 2 Mar – 31 May 2026" in comments and "# Mind: simulated data" in comments
    assert "# Mind: the filter on device mobile does not apply here" in comments
    assert f"# n: {sum(int(row['visits']) for row in rows):,} visits" in comments
    assert comments[-1].startswith("# Link: https://tl.example/journey?v=1&") and any(
        "under 5" in line for line in comments
    )
    find = {row["to_stage"]: row for row in rows if row["from_stage"] == "Find"}
    assert float(find["Buy"]["share"]) == 1.0 and int(find["Buy"]["visits"]) == 13 * 96


def test_the_workbook_has_a_native_chart_on_its_own_cells(moving):
    found = listing_of("moves", Query((), "Shop", **PERIOD), moving)
    parts = unzipped(api.book([("moves", Query((), "Shop", **PERIOD))], moving, ""))
    chart = etree.fromstring(parts["xl/charts/chart1.xml"])
    assert [float(v.text) for v in chart.find(".//{*}val").iter("{*}v")] == pytest.approx(
        [row[3] for row in found.rows]
    )
    assert chart.find(".//{*}val//{*}f").text == f"'1 moves'!$D$6:$D${5 + len(found.rows)}"


def test_the_picture_carries_finding_and_small_print(moving):
    """The page's own chart for moves, a table with bars for a list: both framed with title and foot."""
    found = listing_of("moves", Query((), "Shop", **PERIOD), moving)
    framed = picture.framed(found)
    texts = " ".join(note["text"] for note in framed.notes)
    assert found.title in texts and "simulated data" in texts and "<b>Buy</b>" in texts
    pages = listing_of("pages", Query((), "Shop", ("Buy",), **PERIOD), moving)
    drawn = " ".join(note["text"] for note in listing.figure_of(pages).notes)
    assert "/buy" in drawn and "Per 100 views" in drawn and f"{pages.rows[0][1]:,}" in drawn


def test_channels_leave_as_measured_and_at_the_same_task(moving):
    """Both figures a channel with their bounds, the same numbers as the comparison, how it was compared, and the filter that applies."""
    query = Query(("completion_rate",), "Shop", ("Buy",), **PERIOD, filters=(("customer", "false"),))
    made = compare_channels(query, moving)
    comments, rows = parsed(csv_of("channels", query, moving))
    assert [row["channel"] for row in rows] == [c.name for c in made.channels] and len(rows) == 2
    assert [float(row["measured"]) for row in rows] == [c.raw.value for c in made.channels]
    assert [row["same_task"] for row in rows] == [
        str(c.standardised.value) if c.standardised else "" for c in made.channels
    ]
    assert f"# n: {13 * 96:,} visits" in comments and any(
        "customer" in line for line in comments if line.startswith("# Shown")
    )
    found = channel_list.channels_of(query, moving)
    assert "<b>web</b>" in " ".join(note["text"] for note in found.figure.notes)


def slides_of(asked, generation, address=""):
    return list(Presentation(io.BytesIO(api.slides(asked, generation, address))).slides)


def chart_of(slide):
    (found,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    return found


def test_a_list_is_a_slide_with_native_bars(moving):
    """Titles as findings; bars hold the shares of the list in the journey's order; the chart's own workbook holds the counts; the notes
    say how it was counted."""
    asked = [("moves", Query((), "Shop", **PERIOD)), ("pages", Query((), "Shop", ("Buy",), **PERIOD))]
    moves, pages = slides_of(asked, moving, "https://tl.example")
    found = listing_of("moves", asked[0][1], moving)
    assert moves.shapes.title.text_frame.text == found.title
    assert [row[0] for row in found.rows] == sorted((row[0] for row in found.rows), key=["Find", "Buy", "Engage"].index)
    chart = chart_of(moves)
    assert list(chart.plots[0].series[0].values) == pytest.approx([row[3] for row in found.rows])
    assert list(chart.plots[0].categories)[0] == f"{found.rows[0][0]} → {found.rows[0][1]}  ·  {found.rows[0][2]:,}"
    behind = unzipped(chart.part.chart_workbook.xlsx_part.blob)
    assert f"{found.rows[0][2]}</v>".encode() in behind["xl/worksheets/sheet1.xml"]
    notes = moves.notes_slide.notes_text_frame.text
    assert (
        "Counted: Visits of a session" in notes
        and "Link: https://tl.example/journey" in notes
        and "Mind: simulated data" in notes
    )
    assert list(chart_of(pages).plots[0].series[0].values)[0] == pytest.approx(
        listing_of("pages", asked[1][1], moving).rows[0][3]
    )


def test_channels_are_a_slide_with_intervals(moving):
    """Marks at the same task with error bars, dashes as measured: the numbers of the comparison."""
    query = Query(("completion_rate",), "Shop", ("Buy",), **PERIOD)
    made = compare_channels(query, moving)
    (slide,) = slides_of([("channels", query)], moving)
    series = {one.name: list(one.values) for one in chart_of(slide).plots[0].series}
    assert series["At the same task, as measured"] == pytest.approx([c.raw.value for c in made.channels])
    fair = [c.standardised.value if c.standardised else None for c in made.channels]
    assert [v for v in series["At the same task"] if v is not None] == pytest.approx([v for v in fair if v is not None])
    assert (
        "completion_rate v" in slide.notes_slide.notes_text_frame.text
        and "Definition:" in slide.notes_slide.notes_text_frame.text
    )


def test_words_are_a_native_table(talking):
    """What people wrote, as text and never as a formula or a link; what has no room is counted."""
    (slide,) = slides_of([("words", Query((), "Shop", ("Buy",), **PERIOD))], talking)
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    said = [table.cell(row, 0).text for row in range(1, len(table.rows))]
    assert len(said) == 8 and "write [e-mail]" in said and table.cell(0, 0).text == "In their words"


def test_a_long_comment_leaves_room_and_is_cut_where_it_is_alone(moving):
    found = listing_of("words", Query((), "Shop", ("Buy",), **PERIOD), moving)
    rows = tuple(
        (text, "not unhappy", "5 of 5", "buy", date(2026, 4, 1), "web", "English") for text in ("x " * 900, "short")
    )
    for kept, expected in ((rows, 1), (rows[1:], 1), (rows[1:] * 40, 12)):
        deck_ = new_deck()
        add_slide(deck_, list_slide.leaf_of(replace(found, rows=kept)), 1)
        (table,) = [shape.table for shape in deck_.slides[0].shapes if shape.has_table]
        assert len(table.rows) - 1 == expected
    assert table.cell(1, 0).text == "short"


def test_an_empty_list_says_so(talking):
    (slide,) = slides_of([("reasons", Query((), "Shop", ("Buy",), **PERIOD))], talking)
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert "Nothing that may be shown in this period." in texts and not any(shape.has_chart for shape in slide.shapes)


def test_a_basket_holds_lists_beside_charts(moving):
    """Kept as JSON and made again: the same titles in the same order, in a deck and in a workbook with a sheet each."""
    asked = [
        ("moves", Query((), "Shop", **PERIOD)),
        ("stages", Query(("completion_rate",), "Shop", by=("stage",), **PERIOD)),
        ("channels", Query(("completion_rate",), "Shop", ("Buy",), **PERIOD)),
    ]
    again = basket.rebuild(basket.load(api.kept(asked)), moving)
    assert [made.title for made in again] == [api.title(*one, moving) for one in asked]
    assert len(slides_of(asked, moving)) == 3
    parts = unzipped(api.book(asked, moving, ""))
    assert re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode()) == [
        "Read me",
        "1 moves",
        "2 completion_rate stages",
        "3 channels",
    ]


def test_a_slide_of_words_shows_both_sides(moving):
    """Of twenty unhappy and forty others six each, in their order; where one side is short the other fills up."""
    found = listing_of("words", Query((), "Shop", ("Buy",), **PERIOD), moving)

    def felt(unhappy: int, others: int) -> list[str]:
        rows = tuple(
            (f"{side} {i}", side, "", "buy", date(2026, 4, 1), "web", "")
            for side, n in (("not unhappy", others), ("unhappy", unhappy))
            for i in range(n)
        )
        deck_ = new_deck()
        add_slide(deck_, list_slide.leaf_of(replace(found, rows=rows)), 1)
        (table,) = [shape.table for shape in deck_.slides[0].shapes if shape.has_table]
        return [table.cell(row, 1).text for row in range(1, len(table.rows))]

    assert felt(20, 40) == ["unhappy"] * 6 + ["not unhappy"] * 6
    assert felt(2, 40) == ["unhappy"] * 2 + ["not unhappy"] * 10
    assert felt(20, 1) == ["unhappy"] * 11 + ["not unhappy"]


def test_visits_that_end_are_told_apart_by_their_goal(moving):
    """Who ended with the goal reached did not give up; together with those who went on they are all visits to the stage."""
    found = listing_of("moves", Query((), "Shop", **PERIOD), moving)
    ends = {row[1] for row in found.rows} - {"Find", "Buy", "Wait", "Use", "Engage"}
    assert ends <= {"left, goal reached", "left without the goal"} and "left, goal reached" in ends
    for stage in {row[0] for row in found.rows}:
        assert sum(row[3] for row in found.rows if row[0] == stage) == pytest.approx(1)


def test_causes_leave_with_their_interval_evidence_and_a_native_chart(moving):
    """All unhappy of this shop came in the app, one in two of them: half of the difference is nobody's on the web."""
    asked = [("causes", Query((), "Shop", ("Buy",), **PERIOD))]
    (item,) = basket.load(api.kept(asked))
    assert (item.form, item.query.stages) == ("causes", ("Buy",))
    comments, (row,) = parsed(csv_of(*asked[0], moving))
    assert comments[0] == "# In Buy, 50 % of those who came in the app are unhappy, 0 % of the others"
    assert (row["cause"], float(row["difference"]), float(row["others"])) == (
        "came in the app",
        pytest.approx(0.5),
        0.0,
    )
    assert float(row["low"]) < 0.5 < float(row["high"]) and row["evidence"].startswith("goes together")
    slide = Presentation(io.BytesIO(api.slides(asked, moving, ""))).slides[-1]
    assert slide.shapes.title.text_frame.text == comments[0][2:]
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert next(iter(chart.plots[0].series[-1].values)) == pytest.approx(0.5)
    book = unzipped(api.book(asked, moving, ""))
    assert "xl/charts/chart1.xml" in book
    drawn = figure_of(causes_of(asked[0][1], moving)).build()
    assert any("Came in the app" in note.text for note in drawn.layout.annotations)
