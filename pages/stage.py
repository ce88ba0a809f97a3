"""Stage: what is going on in this stage? Layout only."""

from dataclasses import replace

import streamlit as st

from metrics.query.query import Query
from report import placement
from report.findings import without_visits
from report.findings.finding import INFORMATION
from report.text.catalogue import say
from ui.session import source, viewer
from ui.views import overview
from ui.views.decisions import decided
from ui.views.sheets import two_sides
from ui.views.stage import choice, parts, stage_friction, stage_trend
from ui.views.stage import people_said as single
from ui.views.stage import why as causes
from ui.views.summary import cards
from ui.widgets.block import headline, sub

frame = st.session_state["_frame"]
known = source.known()
stages = known.stages[frame.query.journey]
stage = choice.choose(frame, stages)
looking = viewer.current()
query = replace(frame.query, stages=(stage,), by=("stage",))
listed = Query((), query.journey, (stage,), query.start, query.end, filters=query.filters)
span = {"journey": query.journey, "stage": stage, "start": query.start, "end": query.end}
place = next((p for p in overview.places(frame) if p.stage == stage), None)
held = [c for c in overview.moved(frame) if c.stage == stage and c.notable]

why = overview.unjudged(frame, stage)
needed = next((one for one in overview.found(frame) if one.stage == stage and one.kind != INFORMATION), None)
cause = needed.claim if needed is not None and needed.cause else ""
headline(parts.title(stage, place, held, why, cause), parts.standfirst(query, overview.level_query(frame), stage))
if needed is not None:
    cards.style()
    st.html(cards.at_work(needed, decided.open_decisions(frame), frame))
causes.why(frame, stage, bool(cause))
left, right = st.columns([4, 3], gap="large")
with left:
    if known.last_day:
        dated = replace(query, start=query.start or known.first_day, end=query.end or known.last_day)
        stage_trend.trend(dated, stage, known.first_day, held, why)
with right:
    if without_visits.seen(known):
        parts.pair(query, stage)
        stage_friction.friction(query, stage, held, why)
    else:
        parts.reasons(stage, listed)
left, right = st.columns([4, 3], gap="large")
if frame.query.filters:
    sub(say("pages.stage.below_filters_by_channel_device_segment"))
with left:
    single.verbatims(stage, listed, frame, looking)
    single.struggled(stage, span, frame, looking)
with right:
    if without_visits.seen(known):
        parts.reasons(stage, listed)
        parts.pages(stage, listed)
two_sides.show(frame, placement.shown("stage_trend"), (stage,))
