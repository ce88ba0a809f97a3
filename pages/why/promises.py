"""Promises: do we deliver what we promised, and what they expected? Layout only."""

from dataclasses import replace

import streamlit as st

from charts.trend import trend
from report.text.catalogue import say
from report.words import promise_words, words
from report.words.promise_words import counted, told
from ui.session import source
from ui.views import explore_lines, metric_page, promises
from ui.views.sheets import axis_notes
from ui.widgets import export_menu, plot
from ui.widgets.block import block, headline, html_table, sub

frame, known = st.session_state["_frame"], source.known()
stages = list(frame.query.stages or known.stages[frame.query.journey])
found, result = promises.ledger(frame), promises.result(frame)
headline(
    promise_words.title(found),
    say("pages.promises.what_the_company_says_it_will"),
)

asked = [("breakdown", replace(result.query, metrics=(metric,), by=("promise",))) for metric in result.query.metrics]
with block(
    "promises",
    say("pages.promises.each_promise_measured_and_felt"),
    say("pages.promises.share_kept_with_its_95_interval", span=words.span(*result.period)),
    promise_words.apart_note(),
    take=(lambda: export_menu.menu("promises", asked, frame.address())) if found else None,
):
    if found:
        st.html(
            html_table(
                [
                    say("pages.promises.promise"),
                    say("pages.promises.stage"),
                    say("pages.promises.measured"),
                    say("pages.promises.promises_judged"),
                    say("pages.promises.felt"),
                    say("pages.promises.answers"),
                    say("pages.promises.beside_each_other"),
                ],
                [
                    [
                        one.name,
                        one.stage,
                        told(one.measured, result, say("pages.promises.not_measured")),
                        counted(one.measured),
                        told(one.felt, result, say("pages.promises.not_asked")),
                        counted(one.felt),
                        promise_words.disagreement(one),
                    ]
                    for one in found
                ],
                text_columns=2,
                cards=True,
            )
        )
        metric_page.links(result.query.metrics, frame)
    else:
        sub(say("pages.promises.no_promise_is_named_write_a"))

if found and known.last_day:
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

expected = promises.expectations(frame)
with block(
    "expectations",
    promise_words.expectations_title(expected, stages),
    say("pages.promises.asked_afterwards_did_it_fall_short"),
    take=lambda: export_menu.menu("expectations", [("ledger", expected.query)], frame.address()),
):
    told_of = [[expected.cell(metric, stage=stage) for metric in expected.query.metrics] for stage in stages]
    st.html(
        html_table(
            [
                say("pages.promises.stage"),
                *(
                    text
                    for found in expected.definitions.values()
                    for text in (found.short, say("pages.promises.answers"))
                ),
            ],
            [
                [stage, *(text for cell in cells for text in (told(cell, expected), counted(cell)))]
                for stage, cells in zip(stages, told_of)
                if any(cell and cell.valued for cell in cells)
            ],
            cards=True,
        )
    )
    missing = [stage for stage, (first, *_) in zip(stages, told_of) if not first or not first.valued]
    if missing:
        question = expected.definitions[expected.query.metrics[0]].suggested_question
        sub(say("pages.promises.not_asked_in_ask", missing=", ".join(missing), question=question))
    metric_page.links(expected.query.metrics, frame)
