"""Promises: do we deliver what we promised, and what they expected? Layout only."""

from dataclasses import replace

import streamlit as st

from report import placement
from report.sheets.promises import sheets_of
from report.text.catalogue import say
from ui.session import source
from ui.views import metric_page, promises
from ui.widgets import export_menu
from ui.widgets.block import block, headline, html_table, sub

frame, known = st.session_state["_frame"], source.known()
found = promises.answer(frame)
made = sheets_of(found)
kept, expected = made.sheets
result = found.kept
headline(made.title, made.standfirst)

drawn = [("breakdown", replace(result.query, metrics=(metric,), by=("promise",))) for metric in result.query.metrics]
taken = [(kept.form, made.query), *drawn]
with block(
    "promises",
    kept.heading,
    kept.what,
    kept.foot,
    take=(lambda: export_menu.menu("promises", taken, frame.address())) if kept.rows else None,
):
    if kept.rows:
        st.html(html_table(list(kept.heads), [list(row) for row in kept.rows], kept.text_columns, cards=True))
        metric_page.links(result.query.metrics, frame)
    else:
        sub(say("pages.promises.no_promise_is_named_write_a"))

if kept.rows and known.last_day:
    promises.by_month(frame, [(metric, ("promise",)) for metric in result.query.metrics])

with block(
    "expectations",
    expected.title,
    expected.what,
    take=(lambda: export_menu.menu("expectations", [(expected.form, made.query)], frame.address(), drawn=False))
    if expected.rows
    else None,
):
    st.html(html_table(list(expected.heads), [list(row) for row in expected.rows], cards=True))
    if expected.foot:
        sub(expected.foot)
    metric_page.links(found.expected.query.metrics, frame)

if expected.rows and known.last_day:
    met, gap = placement.shown("expectations_over_time")
    promises.by_month(frame, [(met, ("stage",)), (gap, ())])  # expected in one stage, judged in another
