"""Overview: what happens, why, what it is worth, who does what by when. Layout only."""

import streamlit as st

from report import placement
from report.findings import without_visits
from report.text.catalogue import say
from report.words import change_words, words
from ui import warm
from ui.session import source
from ui.views import causes, metric_page, overview
from ui.views.decisions import decided
from ui.views.summary import cards, since, standfirst, strip, vitals
from ui.widgets import export_menu
from ui.widgets.block import block, headline, sub
from ui.widgets.ledger import table
from ui.widgets.tiles import tiles
from ui.widgets.waiting import waiting

frame = st.session_state["_frame"]
known = source.known()
visited = without_visits.seen(known)
stages = list(frame.query.stages or known.stages[frame.query.journey])
level, places = overview.level_query(frame), overview.places(frame)
later = overview.unsettled(frame)
moved, found = overview.moved(frame), overview.found(frame)
why = overview.unjudged(frame)
needed, known_too = cards.split(found)
signed = decided.open_decisions(frame)
cards.style()

pending = [one.stage for one in needed if one.stage in later and not one.cause]
if pending:
    st.html(cards.room())
title = overview.first_claims(needed if visited else (needed or found)[:1]) or (
    say("pages.overview.what_people_did_and_how_it", why=why) if why else change_words.none(moved) + "."
)
headline(title, standfirst.text(needed, signed, known.mission, visited))

if needed:
    with st.container(key="decide"):
        st.html(cards.cards(needed, signed, frame, pending))
        if pending:
            waiting(lambda: all(causes.settled(frame, stage) for stage in pending), lambda: None)
        metric_page.links([one.metric for one in needed if one.metric], frame)
else:
    sub(
        (say("pages.overview.no_change_is_told", why=why) if why else change_words.none(moved))
        + say("pages.overview.in_no_stage_do_ux_and")
        + ("" if why else " " + change_words.reaches(moved, placement.shown("ledger_short"), None))
    )

seen = strip.glance(level, stages, places)
signs = overview.vital_signs(frame, warm.tiles(), moved)
since.since_last_look(frame, found, seen.calls, signs)

drawn = seen.sides.query
if any(cell.valued for metric in drawn.metrics for cell in seen.sides.of(metric)):
    lines = any(place.parts for place in places)
    with block(
        "strip",
        strip.title(seen),
        strip.what(seen, level) + (say("pages.overview.our_minimum_our_target") if lines else ""),
        "" if lines else say("pages.overview.no_stage_has_a_minimum_line"),
        take=lambda: export_menu.menu("throughline", [("throughline", drawn)], frame.address()),
    ):
        st.html(strip.strip(seen, frame))
        metric_page.links(drawn.metrics, frame)
if not visited:
    ledger = overview.ledger(frame, overview.small())
    with block(
        "ledger",
        overview.weakest(ledger),
        say("pages.overview.each_number_in_its_interval_open"),
        take=lambda: export_menu.menu("stages", [("ledger", ledger.now.query)], frame.address()),
    ):
        st.html(table(ledger, frame))

with block(
    "vital", vitals.title(signs, why), say("ui.summary.tap", span=words.span(frame.query.start, frame.query.end))
):
    st.html(tiles(signs, frame))
if known_too:
    with block("also", say("pages.overview.also_known")):
        st.html(cards.others(known_too, frame))
        metric_page.links([one.metric for one in known_too if one.metric], frame)
