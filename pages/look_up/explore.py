"""Explore: my own cut. Any metrics by any dimensions, the SQL shown. Layout only."""

from dataclasses import replace

import streamlit as st

from charts.dots import compared
from exports.cards.card import form_of
from metrics.catalogue.dimensions import DIMENSIONS, TIMES
from metrics.query.resolve import other_period
from metrics.query.result import Result
from metrics.rules.privacy import OF_BOTH_PERIODS
from report.text.catalogue import say
from report.titles import title_of
from report.words import words
from report.words.warnings import warning_text
from ui.session import source
from ui.views import arrange, exploration, explore_view, metric_page, overview
from ui.widgets import cells, export_menu
from ui.widgets.block import block, headline, sub

frame = st.session_state["_frame"]
headline(
    say("pages.explore.your_own_question"),
    say("pages.explore.any_metrics_by_any_dimension_they"),
)
now, odd = exploration.current()
exploration.widgets(now)
if odd:
    sub(say("pages.explore.not_known_here_so_left_out", odd=", ".join(odd)))


def titled(found: Result) -> str:
    """The finding of one metric, as far as its intervals separate anything."""
    return title_of(found, form_of(found), changes=overview.moved(frame) if found.query.compare else ())


def take(result: Result, metrics: list[str]) -> None:
    """A card a metric; for stages the table of all of them first."""
    together = (
        [("ledger", replace(result.query, metrics=tuple(metrics)))] if now.by == ("stage",) and len(metrics) > 1 else []
    )
    export_menu.menu(
        "explore",
        together + [(form_of(found), found.query) for found in (explore_view.one(result, m) for m in metrics)],
        frame.address(),
    )


def answer() -> None:
    """The block of the cut: what is found, drawn, said, listed, and the SQL."""
    over_time = any(name in TIMES for name in now.by)  # a point in time has no period before
    result = source.ask(
        replace(frame.query, metrics=now.metrics, by=now.by, compare=None if over_time else frame.query.compare)
    )
    missing = arrange.missing(result)
    metrics = [m for m in now.metrics if m not in missing]
    most = arrange.MOST_ROWS if now.form in ("dots", "bars") else arrange.MOST_LISTED
    rows, one = arrange.rows(result, metrics, now.order == "value", most), len(metrics) == 1
    by = say("pages.explore.by", listed=words.listed([DIMENSIONS[name] for name in now.by])) if now.by else ""
    title = (
        titled(explore_view.one(result, metrics[0]))
        if one
        else words.listed([result.definitions[m].short for m in metrics]) + by
        if metrics
        else say("pages.explore.nothing_to_show")
    )
    with block(
        "cut", title, result.definitions[metrics[0]].sentence if one else "", take=lambda: take(result, metrics)
    ):
        said = [
            *missing.values(),
            *(
                explore_view.figure(result, metrics, rows, now, titled, explore_view.narrower(frame, now))
                if metrics
                else []
            ),
        ]
        if legend := cells.legend(explore_view.shown(result, metrics, rows, now)):
            st.html(legend)
        if result.query.compare and any(compared(cell) is not None for cell in result.cells):
            said.append(
                say(
                    "pages.explore.the_period_before",
                    part=say("pages.explore.upright_ticks_and_changes")
                    if now.form in ("dots", "bars")
                    else say("pages.explore.changes"),
                    span=words.span(*other_period(result.query)),
                )
            )
        said += [
            f"{arrange.label(now.by, arrange.key_of(cell))}: {warning_text(one)}"
            for cell in result.cells
            for one in cell.warnings
            if one.code in OF_BOTH_PERIODS
        ]
        for text in filter(None, dict.fromkeys(said)):
            sub(f"{text.rstrip('.')}.")
        if metrics and now.form != "heat":
            with st.expander(say("pages.explore.the_numbers_as_a_table"), expanded=now.form == "table"):
                st.html(explore_view.as_table(result, metrics, rows, now, frame))
        metric_page.links(now.metrics, frame)
        with st.expander(say("pages.explore.the_sql_behind_it")):
            for metric in now.metrics:
                sub(f"**{result.definitions[metric].label}**")
                st.code(result.sql.get(metric) or say("pages.explore.no_query_was_needed"), language="sql")
            sub(say("pages.explore.values_such_as_dates_are_bound"))


if now.metrics:
    answer()
else:
    sub(say("pages.explore.choose_a_metric"))
