"""Journey: where do interaction and experience diverge? Layout only."""

from dataclasses import replace

import streamlit as st

from charts import movement
from charts.channels import figure as channels_figure
from charts.throughline import throughline
from report import placement
from report.findings import without_visits
from report.text.catalogue import say
from report.words import channel_words, movement_words, words
from report.words.position_words import position_name
from ui.session import source
from ui.session.filtering import narrow
from ui.views import channels, ledger_rows, metric_page, overview
from ui.views.decisions import decided
from ui.views.sheets import two_sides
from ui.views.summary import cards, sure
from ui.widgets import export_menu, plot
from ui.widgets.block import block, headline
from ui.widgets.inert import plain
from ui.widgets.ledger import table

frame = st.session_state["_frame"]
known = source.known()
ledger = overview.ledger(frame, ledger_rows.chosen())
named = [p for p in ledger.places if p.parted]
scored = any(p.ux.value is not None and p.cx.value is not None for p in ledger.places)
named.sort(key=lambda p: not p.works)  # the order of the Overview
title = " ".join(
    f"{p.stage} {position_name(p) if p.works else say('words.position.is', name=position_name(p))}." for p in named
) or (
    say("pages.journey.in_no_stage_do_ux_and")
    if scored
    else say("pages.journey.interaction_and_experience_stage_by_stage")
)
visited = without_visits.seen(known)
if not visited:
    title = next((f.claim for f in overview.found(frame)), say("pages.journey.what_help_people_needed_and_how"))
level = overview.level_query(frame)
over = words.over(level.start, level.end)
scale = (
    say(
        "pages.journey.against_our_minimum_and_target",
        over=over[:1].lower() + over[1:],
        span=words.span(frame.query.start, frame.query.end),
    )
    if scored
    else say("pages.journey.with_95_intervals")
)
headline(
    title,
    say("pages.journey.no_source_records_visits_what_help")
    if not visited
    else say("pages.journey.blue_ux_what_people_did_and", scale=scale),
)

needed = [one for one in cards.split(overview.found(frame))[0] if one.stage]
if needed:  # the same decisions as on the Overview: a reader who opens this page alone sees why and what next
    cards.style()
    st.html(cards.brief(needed, decided.open_decisions(frame), frame))

with st.container(key="block_map"):
    if scored:
        with st.container(key="wideonly"):
            both = source.ask(replace(level, metrics=placement.shown("sides"), by=("stage",)))
            ux, cx = ([both.cell(metric, stage=s) for s in ledger.stages] for metric in placement.shown("sides"))
            plot.show(
                throughline(ux, cx, ledger.stages, ledger.places, left=232, height=186),
                "journey-line",
                say("pages.journey.ux_and_cx_of_each_stage", title=title),
            )
        with st.container(key="phoneonly"):
            plot.show(
                throughline(ux, cx, ledger.stages, ledger.places, height=200),
                "journey-line-small",
                say("pages.journey.ux_and_cx_of_each_stage", title=title),
            )
    st.html(table(ledger, frame))
    with st.container(horizontal=True, key="under_map"):
        ledger_rows.picker()
        shown = replace(ledger.now.query, metrics=tuple(ledger.metrics))
        sides = replace(level, metrics=placement.shown("sides"), by=("stage",))
        export_menu.menu("journey", ([("throughline", sides)] if scored else []) + [("ledger", shown)], frame.address())

two_sides.show(frame, placement.shown("journey_short"), frame.query.stages)

if visited:  # what follows sets visits beside answers, or follows visits from stage to stage
    shares = source.ask(replace(frame.query, metrics=placement.shown("outcomes"), by=("stage",), compare=None))
    with block(
        "act",
        movement_words.outcome_title(shares, ledger.stages),
        say("pages.journey.share_of_a_stages_visits_that"),
        take=lambda: export_menu.menu("outcomes", [("ledger", shares.query)], frame.address()),
    ):
        plot.show(
            movement.outcome_bars(shares, ledger.stages),
            "outcomes",
            say("pages.journey.share_of_visits_per_stage_that"),
            lambda stage: narrow.to({"stage": stage}),
        )
        metric_page.links(shares.query.metrics, frame)

    stage = st.segmented_control(
        say("pages.journey.channels_of_one_stage"),
        ledger.stages,
        default=channels.telling(frame, ledger.stages),
        key="cs",
        required=True,
        format_func=plain,
    )
    columns = st.columns(2, gap="large")
    for column, metric in zip(columns, placement.shown("channels")):
        made = channels.comparison(frame, metric, stage)
        with (
            column,
            block(
                f"channel_{metric}",
                channel_words.title(made),
                channel_words.subtitle(made),
                channel_words.footnote(made),
                take=lambda made=made: export_menu.menu(
                    f"{stage}-{made.definition.id}-by-channel", [("channels", made.query)], frame.address()
                ),
            ),
        ):
            if made.channels:
                plot.show(
                    channels_figure(made),
                    f"ch-{metric}",
                    channel_words.screen_reader_text(made),
                    lambda channel: narrow.to({"touch_channel": channel}),
                )
            metric_page.links((metric,), frame)

sure.sure(frame, ledger, visited, scored)
