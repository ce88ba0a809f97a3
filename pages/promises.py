"""Promises: do we deliver what we promised, and what they expected? Layout only."""

from dataclasses import replace

import streamlit as st

from charts.trend import trend
from report.words import promise_words, words
from report.words.promise_words import counted, told
from ui.session import source
from ui.views import explore_lines, metric_page, promises
from ui.widgets import export_menu, plot
from ui.widgets.block import block, headline, html_table, sub

frame, known = st.session_state["_frame"], source.known()
stages = list(frame.query.stages or known.stages[frame.query.journey])
found, result = promises.ledger(frame), promises.result(frame)
headline(
    promise_words.title(found),
    "What the company says it will do, whether it happened, and whether people say so; then whether it was what they had expected.",
)

asked = [("breakdown", replace(result.query, metrics=(metric,), by=("promise",))) for metric in result.query.metrics]
with block(
    "promises",
    "Each promise, measured and felt",
    f"Share kept with its 95 % interval, {words.span(*result.period)}. ○ rough estimate",
    promise_words.apart_note(),
    take=(lambda: export_menu.menu("promises", asked, frame.address())) if found else None,
):
    if found:
        st.html(
            html_table(
                ["Promise", "Stage", "Measured", "n", "Felt", "n", "Beside each other"],
                [
                    [
                        one.name,
                        one.stage,
                        told(one.measured, result, "not measured"),
                        counted(one.measured),
                        told(one.felt, result, "not asked"),
                        counted(one.felt),
                        promise_words.apart(one),
                    ]
                    for one in found
                ],
                text_columns=2,
                cards=True,
            )
        )
        metric_page.links(result.query.metrics, frame)
    else:
        sub("No promise is named: write a [[promise]] in journey.toml with its evidence (docs/SETTINGS.md).")

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
                f"{over_time.definitions[metric].label}, month by month",
                "Lines with their 95 % intervals; months stand in their middle." + (f" {said}" if said else ""),
                take=lambda over_time=over_time, metric=metric: export_menu.menu(
                    metric, [("trend", over_time.query)], frame.address()
                ),
            ),
        ):
            plot.show(trend(series, definitions), f"promises-{metric}", over_time.definitions[metric].label)

expected = promises.expectations(frame)
with block(
    "expectations",
    promise_words.expectations_title(expected, stages),
    "Asked afterwards: did it fall short of, meet or exceed what you expected? Beside it the same people's rating less what they had expected before, "
    "in points of seven. An expectation that rises makes the same delivery disappoint.",
    take=lambda: export_menu.menu("expectations", [("ledger", expected.query)], frame.address()),
):
    told_of = [[expected.cell(metric, stage=stage) for metric in expected.query.metrics] for stage in stages]
    st.html(
        html_table(
            ["Stage", *(text for found in expected.definitions.values() for text in (found.short, "n"))],
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
        sub(f"Not asked in {', '.join(missing)}. Ask: “{question}”")
    metric_page.links(expected.query.metrics, frame)
