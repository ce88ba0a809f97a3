"""Promises: do we deliver what we promised, and what they expected? Layout only."""

from dataclasses import replace

import streamlit as st

from charts.trend import trend
from report.sheets.promises import sheets_of
from report.text.catalogue import say
from ui.session import source
from ui.views import explore_lines, metric_page, promises
from ui.views.sheets import axis_notes
from ui.widgets import export_menu, plot
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
    columns = st.columns(len(result.query.metrics), gap="large")
    for column, metric in zip(columns, result.query.metrics):
        over_time = source.ask(promises.monthly(frame, metric))
        series, definitions, said = explore_lines.series(over_time, [metric])
        if not any(cell.valued for points in series.values() for _, cell in points):
            continue
        with (
            column,
            block(
                f"promises_{metric}",
                say("pages.promises.month_by_month", label=over_time.definitions[metric].label),
                say("pages.promises.lines_with_their_95_intervals_months") + (f" {said}" if said else ""),
                take=lambda over_time=over_time, metric=metric: export_menu.menu(
                    metric, [("trend", over_time.query)], frame.address()
                ),
            ),
        ):
            notes = axis_notes.noted(over_time.query)
            plot.show(
                trend(series, definitions, events=notes), f"promises-{metric}", over_time.definitions[metric].label
            )
            axis_notes.legend(notes)

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
