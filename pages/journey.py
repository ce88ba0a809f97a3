"""Journey: where do interaction and experience diverge? Layout only."""

from dataclasses import replace

import streamlit as st

from charts import movement
from charts.channels import figure as channels_figure
from charts.throughline import throughline
from report import lists, numbers, placement
from report.findings import without_visits
from report.words import channel_words, movement_words
from ui.session import source
from ui.views import channels, ledger_rows, metric_page, overview
from ui.widgets import export_menu, plot
from ui.widgets.block import block, headline, html_table, sub
from ui.widgets.ledger import table

frame = st.session_state["_frame"]
known = source.known()
picked = tuple(tuple(st.session_state.get(key) or ()) for key in ledger_rows.KEYS)
ledger = overview.ledger(frame, overview.full(*picked))
named = [p for p in ledger.places if p.parted]
scored = any(p.ux.value is not None and p.cx.value is not None for p in ledger.places)
named.sort(key=lambda p: not p.works)  # the order of the Overview
title = " ".join(f"{p.stage} {p.name if p.works else 'is ' + p.name}." for p in named) or (
    "In no stage do UX and CX surely diverge." if scored else "Interaction and experience, stage by stage"
)
visited = without_visits.seen(known)
if not visited:
    title = next((f.claim for f in overview.found(frame)), "What help people needed and how it felt, stage by stage")
scale = "against our minimum (—) and target (┄)" if scored else "with 95 % intervals"
headline(
    title,
    "No source records visits: what help people needed and how it felt, stage by stage, with 95 % intervals."
    if not visited
    else f":blue[● UX, what people did], and :orange[◆ CX, what help they needed and how it felt], {scale}.",
)

with st.container(key="block_map"):
    if scored:
        with st.container(key="wideonly"):
            both = source.ask(replace(overview.level_query(frame), metrics=placement.shown("sides"), by=("stage",)))
            ux, cx = ([both.cell(metric, stage=s) for s in ledger.stages] for metric in placement.shown("sides"))
            plot.show(
                throughline(ux, cx, ledger.stages, ledger.places, left=232, height=186),
                "journey-line",
                f"UX and CX of each stage in per cent, beside minimum and target. {title}",
            )
        with st.container(key="phoneonly"):
            plot.show(
                throughline(ux, cx, ledger.stages, ledger.places, height=200),
                "journey-line-small",
                f"UX and CX of each stage in per cent, beside minimum and target. {title}",
            )
    st.html(table(ledger, frame))
    with st.container(horizontal=True, key="under_map"):
        ledger_rows.picker()
        shown = replace(ledger.now.query, metrics=tuple(ledger.metrics))
        sides = replace(overview.level_query(frame), metrics=placement.shown("sides"), by=("stage",))
        export_menu.menu("journey", ([("throughline", sides)] if scored else []) + [("ledger", shown)], frame.address())
    if scored:
        with st.expander("The minimums and targets behind it"):
            st.html(
                html_table(
                    ["Stage", "Metric", "Minimum", "Target", "Weight"], lists.lines(ledger.places), text_columns=2
                )
            )
            sub(
                "Set by the company for each stage in journey.toml; a stage far from its own minimum is not a stage far from another's."
            )

if visited:  # what follows sets visits beside answers, or follows visits from stage to stage
    pairs = source.ask_pair(frame.query)
    ids = placement.shown("answered")
    result = source.ask(replace(frame.query, metrics=ids, by=("stage",), compare=None))
    with block(
        "three",
        movement_words.three_title(result, ledger.stages),
        "Everyone, those who answered, and what they said. First check that those who answered are like everyone else, then whether friction is "
        "where to look. Last column: the share of the unhappy that goes with recorded friction; friction nobody recorded is not in it. ○ rough estimate",
        take=lambda: export_menu.menu("answered", [("ledger", result.query)], frame.address()),
    ):
        lines = []
        for stage in ledger.stages:
            cells = [result.cell(metric, stage=stage) for metric in ids]
            found = pairs.get(stage)
            share = (
                f"{numbers.whole(found.answered)} of {numbers.whole(found.occasions)} ({numbers.percent(found.answered / found.occasions, 1)})"
                if found
                else "–"
            )
            lines.append(
                [
                    stage,
                    share,
                    *(movement_words.said(cell, result) for cell in cells[:-1]),
                    movement_words.with_friction(cells[-1]),
                ]
            )
        st.html(
            html_table(
                [
                    "Stage",
                    "Occasions answered about",
                    "Smooth, everyone",
                    "Smooth, who answered",
                    "Satisfied, who answered",
                    "Unhappy though smooth",
                    "Goes with recorded friction",
                ],
                lines,
                cards=True,
            )
        )
        metric_page.links(ids, frame)

    unfiltered = " All visits of the period: filters do not apply here." if frame.query.filters else ""
    left, right = st.columns(2, gap="large")
    with left:
        asked = replace(frame.query, stages=())
        moves = source.listed("moves", asked).rows
        with block(
            "moves",
            movement_words.title(moves, ledger.stages),
            lists.WHAT["moves"] + unfiltered,
            take=lambda: export_menu.menu("moves", [("moves", asked)], frame.address()),
        ):
            plot.show(movement.arcs(moves, ledger.stages), "moves", movement_words.title(moves, ledger.stages))
    with right:
        shares = source.ask(replace(frame.query, metrics=placement.shown("outcomes"), by=("stage",), compare=None))
        with block(
            "act",
            movement_words.outcome_title(shares, ledger.stages),
            "Share of a stage's visits that reached the goal, stayed without it, or ended there.",
            take=lambda: export_menu.menu("outcomes", [("ledger", shares.query)], frame.address()),
        ):
            plot.show(
                movement.outcome_bars(shares, ledger.stages),
                "outcomes",
                "Share of visits per stage that reached the goal, went on without it, or dropped off",
            )
            metric_page.links(shares.query.metrics, frame)

    stage = st.segmented_control(
        "Channels of one stage", ledger.stages, default=channels.telling(frame, ledger.stages), key="cs", required=True
    )
    columns = st.columns(2, gap="large")
    for column, metric in zip(columns, placement.shown("channels")):
        made = channels.comparison(frame, metric, stage)
        with (
            column,
            block(
                f"channel_{metric}",
                channel_words.title(made),
                channel_words.what(made),
                channel_words.foot(made),
                take=lambda made=made: export_menu.menu(
                    f"{stage}-{made.definition.id}-by-channel", [("channels", made.query)], frame.address()
                ),
            ),
        ):
            if made.channels:
                plot.show(channels_figure(made), f"ch-{metric}", channel_words.spoken(made))
            metric_page.links((metric,), frame)
