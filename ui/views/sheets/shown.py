"""A page of sheets: the sentence, then block by block chart, table, words."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

import streamlit as st

from charts import curves, marks
from charts.walks import waterfall
from metrics.query.query import Rights
from report.sheets.registry import ANALYSES
from report.sheets.sheet import Curves, Sheet, Sheets
from report.sheets.windows import windowed
from report.text.catalogue import say
from ui.session import source
from ui.session.state import Frame
from ui.views.sheets.background import ANSWERS
from ui.widgets import export_menu, plot
from ui.widgets.block import block, headline, html_table, sub
from ui.widgets.waiting import waiting


def page(name: str, frame: Frame, choose: Callable[[], None] | None = None) -> None:
    """The whole page; while the answer is worked out it says so and looks again by itself. `choose` draws what decides what it is about, below
    the headline."""
    answers = ANSWERS[name]
    asked = replace(windowed(ANALYSES[name].window, frame.query, source.known()), rights=Rights())
    found = answers.ready(asked)
    if found is None:
        waiting(lambda: answers.settled(asked), _being_worked_out)
        if choose:
            choose()
        return
    show(ANALYSES[name].tell(found), frame, choose)


def _being_worked_out() -> None:
    headline(say("sheets.sheet.being_worked_out"), say("sheets.sheet.being_worked_out_wait"))


def show(made: Sheets, frame: Frame, choose: Callable[[], None] | None = None) -> None:
    """Headline and blocks."""
    headline(made.title, made.standfirst)
    if choose:
        choose()
    blocks(made, frame)


def blocks(made: Sheets, frame: Frame) -> None:
    """The blocks alone, below what a page says of itself."""
    for place, sheet in enumerate(one for one in made.sheets if one.shown):
        _block(made, sheet, place, frame)


def _block(made: Sheets, sheet: Sheet, place: int, frame: Frame) -> None:
    take = (
        (
            lambda: export_menu.menu(
                sheet.form, [(form, made.query) for form in (sheet.form, *sheet.also)], frame.address()
            )
        )
        if sheet.form and sheet.rows
        else None
    )
    with block(f"{made.name}_{place}", sheet.heading or sheet.title, sheet.what, sheet.foot, take=take):
        if sheet.marks and sheet.marks.marks:
            plot.show(marks.figure(sheet.marks), f"{made.name}-{place}-marks", sheet.title)
        if sheet.curves and sheet.curves.curves:
            _curves(sheet.curves, f"{made.name}-{place}-curves", sheet.title)
        if sheet.falls:
            plot.show(waterfall.figure(sheet.falls), f"{made.name}-{place}-falls", sheet.title)
        if sheet.rows:
            st.html(html_table(list(sheet.heads), [list(row) for row in sheet.rows], sheet.text_columns, cards=True))
        for one in sheet.quotes:
            sub(one.whose)
            st.html(
                "".join(f'<blockquote class="quote"><span>{escape(text)}</span></blockquote>' for text in one.comments)
            )


def _curves(found: Curves, key: str, alt: str) -> None:
    plot.show(curves.figure(found), key, alt)
    if found.marked:
        sub("  ·  ".join(f"{place} {text}" for place, (_, text) in enumerate(found.marked, 1)))
