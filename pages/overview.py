"""Overview: how are we doing, what changed, what should we do. Layout only."""

from dataclasses import replace
from html import escape

import streamlit as st

from charts.throughline import name_stages, throughline
from report import placement
from report.cases.address import parameters
from report.findings import without_visits
from report.text.catalogue import say
from report.words import change_words, words
from ui import warm
from ui.session import source
from ui.views import metric_page, overview
from ui.views.decisions import decided
from ui.widgets import export_menu, plot
from ui.widgets.block import block, headline, sub
from ui.widgets.ledger import table
from ui.widgets.tiles import tiles

frame = st.session_state["_frame"]
known = source.known()
visited = without_visits.seen(known)
ledger = overview.ledger(frame, overview.small())
moved = overview.moved(frame)
found = overview.found(frame)

level = overview.level_query(frame)
named = [p for p in ledger.places if p.parted]
notable = [f for f in found if f.kind in ("urgent", "watch", "good news")]
why = overview.unjudged(frame)
title = overview.first_claims(notable if visited else (notable or found)[:1]) or (
    say("pages.overview.what_people_did_and_how_it", why=why) if why else change_words.none(moved) + "."
)
apart = (
    (
        say("pages.overview.diverge_in_of_stages", named=len(named), stages=len(ledger.stages))
        if len(ledger.stages) > 1
        else say("pages.overview.diverge_in", stages=ledger.stages[0])
    )
    if named
    else say("pages.overview.stage_by_stage_a_stage_is")
)
mission = say("pages.overview.our_mission", mission=known.mission) if known.mission else ""
headline(
    title,
    say("pages.overview.what_is_recorded_stage_by_stage") + mission
    if not visited
    else (
        say("pages.overview.blue_what_people_did")
        + (say("words.and") if named else say("pages.overview.beside"))
        + say("pages.overview.orange_how_it_felt")
        + apart
    )
    + mission,
)

top = source.ask(replace(frame.query, metrics=warm.tiles(), by=()))
weeks = overview.weekly(frame, warm.tiles(), by=())
changed = {(c.metric, c.stage): c for c in moved}
items = [
    (top.definitions[c.metric], c, changed.get((c.metric, None)), weeks.get((c.metric, None), []))
    for c in top.cells
    if c.state.value != "not_applicable"
]
shown = [item for item in items if item[1].valued]
st.html(tiles(shown + [item for item in items if not item[1].valued][:1] if visited or not shown else shown[:6], frame))

left, right = st.columns([5, 6], gap="large")
signed = decided.open_decisions(frame)
with (
    left,
    block(
        "findings",
        say("pages.overview.what_to_know_most_pressing_first")
        if len(found) > 1
        else say("pages.overview.what_to_know"),
    ),
):
    parts = []
    for finding in found:
        link = escape(frame.link(finding.view, **({"at": finding.stage} if finding.stage else {})))
        owner = f" · {finding.owner}" if finding.owner and not finding.step else ""
        step = (
            f"""<p class="step">→ <b>{escape(finding.owner or say("pages.overview.next"))}</b>: {escape(finding.step)}</p>"""
            if finding.step
            else ""
        )
        case = escape(frame.link("case", **parameters(dict(finding.case))))
        worth = (
            f'<p class="worth"><a href="{case}" target="_self">{escape(finding.worth)}</a></p>' if finding.worth else ""
        )
        step += decided.line(finding, signed, frame)
        kind = "urgent" if finding.kind == "urgent" else ""
        parts.append(
            f'<div class="finding"><p class="claim"><span class="chip {kind}">{finding.label}</span>'
            f'<a href="{link}" target="_self">{escape(finding.claim)}</a></p>'
            f'<p class="evidence">{escape(finding.evidence)}{escape(owner)}</p>{worth}{step}</div>'
        )
    if parts:
        st.html("".join(parts))
        metric_page.links([finding.metric for finding in found if finding.metric], frame)
    else:
        sub(
            (say("pages.overview.no_change_is_told", why=why) if why else change_words.none(moved))
            + say("pages.overview.in_no_stage_do_ux_and")
            + ("" if why else " " + change_words.reaches(moved, placement.shown("ledger_short"), None))
        )
with right:
    scored = any(p.ux.value is not None and p.cx.value is not None for p in ledger.places)
    said = (
        say("pages.overview.what_people_did_and_how_it_2", listed=words.listed([p.stage for p in named]))
        if named
        else say("pages.overview.where_what_people_did_and_how")
        if scored
        else say("pages.overview.what_people_did_beside_how_it")
    )
    sides = replace(level, metrics=placement.shown("sides"), by=("stage",))
    both = source.ask(sides)
    what = say(
        "pages.overview.blue_ux_visits_that_completed_and",
        over=words.over(level.start, level.end).replace("Over", "over").replace("In ", "in "),
    ) + (say("pages.overview.our_minimum_our_target") if scored else "")
    if not any(cell.valued for cell in both.cells):
        with block("throughline", say("pages.overview.not_recorded_yet_visits_and_satisfaction")):
            sub(say("pages.overview.neither_visits_nor_answers_to_how"))
    else:
        with block(
            "throughline",
            said,
            what,
            take=lambda: export_menu.menu("throughline", [("throughline", sides)], frame.address()),
        ):
            ux, cx = ([both.cell(metric, stage=s) for s in ledger.stages] for metric in placement.shown("sides"))
            figure = throughline(ux, cx, ledger.stages, ledger.places, height=264)
            name_stages(figure, ledger.stages)
            plot.show(figure, "throughline", say("pages.overview.ux_and_cx_by_stage", said=said))
            metric_page.links(
                [part.definition.id for p in ledger.places for part in p.parts] if scored else placement.shown("sides"),
                frame,
            )
            if not scored:
                sub(
                    say("pages.overview.no_stage_has_a_minimum_line")
                    if not any(p.parts for p in ledger.places)
                    else say("pages.overview.too_little_is_known_here_to")
                )

with block(
    "ledger",
    overview.weakest(ledger),
    say("pages.overview.each_number_in_its_interval_open"),
    take=lambda: export_menu.menu("stages", [("ledger", ledger.now.query)], frame.address()),
):
    st.html(table(ledger, frame))
