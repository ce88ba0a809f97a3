"""Decisions: who does what by when, and does what was claimed still hold? Layout only."""

import streamlit as st

from report.findings.signing import headline as stands
from report.findings.signing import told
from report.text.catalogue import say
from ui.session import source, viewer
from ui.views.decisions import signed, waiting
from ui.widgets.block import block, headline, sub

frame = st.session_state["_frame"]
looking = viewer.current()
if viewer.limited("decisions", looking):  # a decision was signed on numbers of everybody
    headline(say("pages.decisions.decisions_are_about_everybody"), say("pages.decisions.your_groups_see_a_part"))
    st.stop()
held = [one for one in signed.records().all() if one.journey == frame.query.journey]
found = [told(one, source.generation()) for one in held]
headline(
    stands(found),
    say("pages.decisions.a_signed_finding_keeps_its_question"),
)
signed.said()
open_now = waiting.waiting(frame, held)
left, right = st.columns([5, 4], gap="large")
if not found:  # what can be done stands first where nothing is signed
    left, right = right, left
with left, block("signed", say("pages.decisions.signed")):
    if found:
        signed.listed(found, looking.name)
        if reach := signed.reach_of_promises(found):
            sub(reach)
    else:
        sub(say("pages.decisions.nothing_is_signed_a_finding_at"))
with right, block("waiting", say("pages.decisions.waiting_for_a_decision")):
    open_now = waiting.waiting(frame, held)
    if open_now:
        waiting.listed(open_now, looking.name)
    else:
        sub(
            say("pages.decisions.under_filters_nothing_is_signed_no")
            if frame.query.filters
            else say("pages.decisions.no_finding_of_today_waits_for")
        )
