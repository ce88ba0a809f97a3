"""A business case as slides: its sentence, its links as a native table, its range as native bars, its assumptions in the notes."""

import io
from pathlib import Path

import pytest
from pptx import Presentation

from exports.pptx import deck
from exports.pptx.case_slides import leaves_of
from metrics.analyses.case.case import Case
from metrics.analyses.case.worth import Worth
from report.cases.tables import link_rows, swings
from report.words import case_words
from tests.core.test_core_case import ask, shop  # noqa: F401


@pytest.fixture
def made(shop) -> Worth:  # noqa: F811
    return ask(shop, removes="unhappy", share=0.25, costs={"once": 500})


def slides(made: Worth, **more):
    return Presentation(io.BytesIO(deck.build((), leaves_of(made, "Test", False, **more)))).slides


def texts(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_the_first_slide_is_the_case_with_every_link(made):
    first = slides(made)[0]
    (table,) = [shape.table for shape in first.shapes if shape.has_table]
    cells = [[cell.text for cell in row.cells] for row in table.rows][1:]
    assert cells == [[row["link"], case_words.median_with_range(row), row["from"]] for row in link_rows(made)]
    assert first.shapes.title.text_frame.text == case_words.title(made)
    assert "Breaks even at" in texts(first) and "People no longer unhappy" in texts(first)
    assert "correlational" in first.notes_slide.notes_text_frame.text


def test_the_second_slide_draws_what_the_result_depends_on(made):
    """Native bars whose numbers are those of the case: from the lower end to the upper."""
    (chart,) = [shape.chart for shape in slides(made)[1].shapes if shape.has_chart]
    hidden, seen = chart.plots[0].series
    bars = swings(made)[:6]
    assert list(chart.plots[0].categories) == [label for label, _, _ in bars]
    assert list(hidden.values) == pytest.approx([min(low, high) for _, low, high in bars])
    assert list(seen.values) == pytest.approx([abs(high - low) for _, low, high in bars])


def test_a_case_without_a_value_says_what_is_missing(shop):  # noqa: F811
    """One slide, no bars, the reason in the text."""
    (only,) = slides(ask(shop, removes="friction", share=0.5))
    assert "cannot be said" in only.shapes.title.text_frame.text and "friction" in texts(only)


def test_a_hostile_name_stays_text(shop):  # noqa: F811
    made = ask(shop, removes="unhappy", share=0.25, name="=cmd|' /C calc'!A0\x1b[31m")
    assert isinstance(made.case, Case)
    assert "\x1b" not in "".join(texts(slide) for slide in slides(made))


def test_the_command_writes_the_slides(shop, cli, tmp_path: Path):  # noqa: F811
    file = tmp_path / "CASE.toml"
    file.write_text('stage = "Buy"\nremoves = "unhappy"\nshare = 0.25\n', encoding="utf-8")
    out = tmp_path / "case.pptx"
    done = cli("exports", "deck", "--case", file, "--store", shop.folder / "store", "--out", out)
    assert done.returncode == 0 and len(Presentation(out).slides) == 2


def test_a_metric_in_money_has_a_slide(shop, cli, tmp_path: Path):  # noqa: F811
    """Its number format holds `<`, which ended every such deck in a traceback."""
    out = tmp_path / "money.pptx"
    done = cli(
        "exports", "deck", "margin_per_person", "--by", "month", "--all", "--store", shop.folder / "store", "--out", out
    )
    assert done.returncode == 0
    assert any(shape.has_chart for slide in Presentation(out).slides for shape in slide.shapes)
