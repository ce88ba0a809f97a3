"""Findings that nobody has signed: each with the form that makes it a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from data.errors import UserError
from data.store.decisions import Decision
from report.findings.signing import signable
from ui.session import source
from ui.session.state import Frame
from ui.views import overview
from ui.views.decisions.signed import SAID, records
from ui.widgets.block import sub

AHEAD = 90  # days until a decision is due, before anybody says otherwise


def waiting(frame: Frame, taken: list[Decision]) -> list[Decision]:
    """The findings of today that could be signed and are not yet, by journey, stage and metric."""
    held = {(one.journey, one.stage, one.metric) for one in taken if one.status in ("open", "in progress")}
    places, moved, level = overview.places(frame), overview.moved(frame), overview.level_query(frame)
    found = [signable(finding, places, moved, level, source.generation()) for finding in overview.found(frame)]
    return [one for one in found if one and (one.journey, one.stage, one.metric) not in held]


def listed(found: list[Decision], who: str) -> None:
    """A form each."""
    for place, one in enumerate(found):
        st.markdown(f"**{one.claim}**".replace("$", r"\$"))
        if one.worth:
            sub(one.worth.replace("$", r"\$"))
        with st.expander("Sign"), st.form(f"sign-{one.stage}-{one.metric}", border=False):
            left, right = st.columns(2)
            owner = left.text_input("Owner", one.owner, key=f"sign-owner-{place}", max_chars=200)
            other = right.text_input("Other side (CX or UX)", key=f"sign-other-{place}", max_chars=200)
            due = left.date_input("Due", date.today() + timedelta(days=AHEAD), key=f"sign-due-{place}")
            notes = st.text_area("What will be done", key=f"sign-notes-{place}", max_chars=2000)
            if st.form_submit_button("Sign"):
                try:
                    records().add(replace(one, owner=owner, other_side=other, due=due.isoformat(), notes=notes), who)
                    st.session_state[SAID] = "Signed. Every build will say whether it still holds."
                except UserError as error:
                    st.session_state[SAID] = str(error)
                st.rerun()
