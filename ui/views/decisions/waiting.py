"""Findings that nobody has signed: each with the form that makes it a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from data.errors import UserError
from data.store.decisions import Decision
from report.findings.signing import signable
from report.text.catalogue import say
from ui.session import source
from ui.session.state import Frame
from ui.views import overview
from ui.views.decisions.signed import SAID, records
from ui.widgets.block import sub
from ui.widgets.inert import inert

AHEAD = 90  # days until a decision is due, before anybody says otherwise


def waiting(frame: Frame, taken: list[Decision]) -> list[Decision]:
    """The findings of today that could be signed and are not yet, by journey, stage and metric."""
    held = {(one.journey, one.stage, one.metric) for one in taken if one.status in ("open", "in progress")}
    places, moved, level = overview.places(frame), overview.moved(frame), overview.level_query(frame)
    found = [signable(finding, places, moved, level, source.generation()) for finding in overview.found(frame)]
    return [one for one in found if one and (one.journey, one.stage, one.metric) not in held]


def listed(found: list[Decision], who: str) -> None:
    """A form each. What is typed belongs to its finding, by name: by place it would pass to the next one once the first is signed."""
    for one in found:
        about = f"{one.journey}-{one.stage}-{one.metric}"
        st.markdown(inert(f"**{one.claim}**"))
        if one.worth:
            sub(one.worth)
        with (
            st.expander(say("ui.waiting.sign")),
            st.form(f"sign-{about}", border=False),
        ):
            left, right = st.columns(2)
            owner = left.text_input(say("ui.waiting.owner"), one.owner, key=f"sign-owner-{about}", max_chars=200)
            other = right.text_input(say("ui.waiting.other_side_cx_or_ux"), key=f"sign-other-{about}", max_chars=200)
            due = left.date_input(say("ui.waiting.due"), date.today() + timedelta(days=AHEAD), key=f"sign-due-{about}")
            notes = st.text_area(say("ui.waiting.what_will_be_done"), key=f"sign-notes-{about}", max_chars=2000)
            if st.form_submit_button(say("ui.waiting.sign")):
                try:
                    records().add(replace(one, owner=owner, other_side=other, due=due.isoformat(), notes=notes), who)
                    st.session_state[SAID] = say("ui.waiting.signed_every_build_will_say_whether")
                except UserError as error:
                    st.session_state[SAID] = str(error)
                st.rerun()
