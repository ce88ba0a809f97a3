"""A business case as slides: the chain with every link, and what the result depends on as native bars; all editable."""

from __future__ import annotations

from functools import partial
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Emu, Inches, Pt

from charts import tokens
from exports import office_style
from exports.cards.safe import neutral, plain
from exports.pptx.ledger_table import plain_table
from exports.pptx.native import chart_data
from exports.pptx.slide import Leaf, add_text
from metrics.analyses.case.case import edited
from metrics.analyses.case.worth import Worth
from report import numbers
from report.cases.address import link_to, spec_of
from report.cases.tables import link_rows, swings
from report.text.catalogue import say
from report.words import case_words as words
from report.words.reasons import reason_text

MOST = 6
LINE = Inches(0.3)


def leaves_of(worth: Worth, company: str, simulated: bool, address: str = "") -> list[Leaf]:
    """One slide with the chain, and one with what moves the result where anything does."""
    link = link_to(worth.case, address)
    common: dict[str, Any] = {
        "head": say("exports.case_slides.business_case", company=company, name=neutral(worth.case.name)),
        "simulated": simulated,
        "foot": _foot(worth),
        "link": link,
        "notes": _notes(worth),
    }
    asked = {"form": "case", "case": spec_of(worth.case)}
    chain = Leaf(
        words.title(worth),
        words.standfirst(worth, page=False),
        draw=partial(_chain, worth),
        asked=asked | {"place": 0},
        **common,
    )
    if not worth.tornado:
        return [chain]
    bars = swings(worth)[:MOST]
    title = say("exports.case_slides.the_worth_depends_most_on", bars=bars[0][0])
    said = say("exports.case_slides.yearly_worth_with_one_line_at")
    return [chain, Leaf(title, said, draw=partial(_tornado, bars), asked=asked | {"place": 1}, **common)]


def _chain(worth: Worth, slide: Any, box: tuple[int, int, int, int]) -> None:
    """The links as a table; beside it what people gain and what it returns."""
    left, top, width, height = box
    wide = int(width * 0.62)
    rows = [[r["link"], words.median_with_range(r), r["from"]] for r in link_rows(worth)]
    if rows:
        plain_table(
            slide,
            [say("exports.case_slides.each_line_times_the_next"), say("exports.case_slides.median_p10_to_p90"), "from"],
            rows,
            (left, top, wide, Emu(LINE * (len(rows) + 1))),
            [Emu(int(wide * share)) for share in (0.5, 0.3, 0.2)],
            words.headline(worth),
        )
    said = [*words.helped(worth), *words.cash_and_time(worth), *words.returns(worth)]
    said = said or [reason_text(reason) for _, reason in worth.missing]
    at = top
    for text in said:
        lines = -(-len(text) // 46)
        add_text(
            slide,
            left + wide + Inches(0.4),
            at,
            width - wide - Inches(0.4),
            LINE * lines,
            text[:1].upper() + text[1:],
            13,
            tokens.INK,
        )
        at += int(LINE * lines + Inches(0.1))


def _tornado(bars: list[tuple[str, float, float]], slide: Any, box: tuple[int, int, int, int]) -> None:
    """Native stacked bars: an unseen one up to the lower end, a seen one from there to the upper."""
    data = chart_data("money")
    data.categories = [str(neutral(label)) for label, _, _ in bars]
    data.add_series(say("exports.case_slides.to_the_lower_end"), [min(low, high) for _, low, high in bars])
    data.add_series("range", [abs(high - low) for _, low, high in bars])
    left, top, width, height = box
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED, left, top, width, min(height, Inches(0.72) * (len(bars) + 1)), data
    )
    frame._element.nvGraphicFramePr.cNvPr.set(
        "descr",
        plain(
            "; ".join(
                say("exports.case_slides.to", label=label, money=words.money(low), money2=words.money(high))
                for label, low, high in bars
            )
        ),
    )
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.name = Pt(12), office_style.SANS
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    plot.series[0].format.fill.background()
    fill = plot.series[1].format.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(office_style.colour(tokens.UX_TINT))
    for place, (_, low, high) in enumerate(bars):
        label = plot.series[1].points[place].data_label
        label.text_frame.text = say(
            "exports.case_slides.to_2", money=words.money(min(low, high)), money2=words.money(max(low, high))
        )
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    category, value = chart.category_axis, chart.value_axis
    category.reverse_order, category.has_major_gridlines = True, False
    category.major_tick_mark, category.tick_label_position = XL_TICK_MARK.NONE, XL_TICK_LABEL_POSITION.LOW
    value.has_major_gridlines, value.visible = False, False


def _foot(worth: Worth) -> str:
    span = numbers.span(worth.period.start, worth.period.end)
    changed = [
        f"{words.ASSUMPTIONS.get(name, name).lower()}: {value}"
        for name, (value, other) in edited(worth.case.assumptions).items()
        if other
    ]
    return " · ".join(
        [
            say("exports.case_slides.measured_on", whom=words.population(worth), span=span),
            say("exports.case_slides.range_p10_to_p90_of_the"),
            say("exports.case_slides.evidence", grade_names=words.GRADE_NAMES[worth.grade]),
            say("exports.case_slides.assumptions_changed_by_the_author") + (", ".join(changed) if changed else "none"),
            *(reason_text(reason) for reason in worth.warnings),
        ]
    )


def _notes(worth: Worth) -> str:
    """Everything a hostile reader asks: the sentence, every assumption with its reason, what is missing."""
    lines = [words.headline(worth), ""]
    lines += [
        f"{words.ASSUMPTIONS.get(name, name)}: {(say('exports.case_slides.as_measured') if value is None else value)} ({words.WHY[name]})"
        for name, (value, _) in edited(worth.case.assumptions).items()
    ]
    return "\n".join([*lines, *(reason_text(reason) for _, reason in worth.missing)])
