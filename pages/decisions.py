"""Decisions: who does what by when, and does what was claimed still hold? Layout only."""

import streamlit as st

from report.findings.signing import headline as stands
from report.findings.signing import told
from ui.session import source, viewer
from ui.views.decisions import signed, waiting
from ui.widgets.block import block, headline, sub

frame = st.session_state["_frame"]
looking = viewer.current(source.known())
held = [one for one in signed.records().all() if one.journey == frame.query.journey]
found = [told(one, source.generation()) for one in held]
headline(
    stands(found),
    "A signed finding keeps its question: every build asks it again of the newest weeks, as many as then, and says whether the number is "
    "still on the wrong side of its line.",
)
signed.said()
left, right = st.columns([5, 4], gap="large")
with left, block("signed", "Signed"):
    if found:
        signed.listed(found, looking.name, True)
    else:
        sub("Nothing is signed. A finding at the right becomes a decision with an owner and a date.")
with right, block("waiting", "Waiting for a decision"):
    open_now = waiting.waiting(frame, held)
    if open_now:
        waiting.listed(open_now, looking.name)
    else:
        sub(
            "Under filters nothing is signed: no later build would ask the same."
            if frame.query.filters
            else "No finding of today waits for one."
        )
