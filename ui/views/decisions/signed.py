"""What was signed: its standing today, who does what by when, and the form that changes it."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from data.errors import UserError
from data.store.decisions import STATUSES, Decision, Decisions
from metrics.analyses.claims import Standing
from report import numbers
from report.findings.signing import STATUS_WORDS, Told, line_said
from ui.views.people import users
from ui.widgets.block import sub

SAID = "_decision_said"
FIELDS = {"owner": "owner", "other_side": "other side", "due": "due", "status": "status", "notes": "notes"}


def records() -> Decisions:
    """The decisions beside the store this process serves."""
    return Decisions(users().file)


def listed(found: list[Told], who: str, may_change: bool) -> None:
    """Every decision as a block, those not closed first."""
    for one in found:
        st.html(_block(one))
        if may_change:
            with st.expander("Change"):
                _form(one.decision, who)


def _block(one: Told) -> str:
    decision, today = one.decision, date.today()
    late = decision.status in STATUSES[:2] and date.fromisoformat(decision.due) < today
    urgent = one.retested.standing is Standing.OVERTURNED
    due = numbers.day(date.fromisoformat(decision.due))
    overdue = '<span class="chip urgent">overdue</span>' if late else ""
    both = " and ".join(filter(None, (decision.owner, decision.other_side))) or "nobody"
    lines = [
        f"Signed: {one.then}. Today: {one.now}; {line_said(decision)}.",
        decision.worth,
        f"{both}, due {due}, {STATUS_WORDS[decision.status]}. {decision.notes}".strip(),
    ]
    return (
        f'<div class="finding"><p class="claim"><span class="chip {"urgent" if urgent else ""}">{escape(one.standing)}</span>{overdue}'
        f"<b>{escape(decision.claim)}</b></p>"
        + "".join(f'<p class="evidence">{escape(line)}</p>' for line in lines if line)
        + "</div>"
    )


def _form(decision: Decision, who: str) -> None:
    """Who, when, status, notes; and what was changed before."""
    with st.form(f"change-{decision.id}-{decision.version}", border=False):
        left, right = st.columns(2)
        owner = left.text_input("Owner", decision.owner, key=f"owner-{decision.id}", max_chars=200)
        other = right.text_input(
            "Other side (CX or UX)", decision.other_side, key=f"other-{decision.id}", max_chars=200
        )
        due = left.date_input("Due", date.fromisoformat(decision.due), key=f"due-{decision.id}")
        status = right.selectbox(
            "Status",
            STATUSES,
            STATUSES.index(decision.status),
            format_func=STATUS_WORDS.get,
            key=f"status-{decision.id}",
        )
        notes = st.text_area("Notes", decision.notes, key=f"notes-{decision.id}", max_chars=2000)
        if st.form_submit_button("Save"):
            try:
                records().save(
                    decision.id,
                    decision.version,
                    who,
                    owner=owner,
                    other_side=other,
                    due=due.isoformat(),
                    status=status,
                    notes=notes,
                )
                st.session_state[SAID] = "Saved."
            except UserError as error:
                st.session_state[SAID] = str(error)
            st.rerun()
    sub(f"Signed by {decision.signed_by}, {decision.signed_at[:10]}.")
    for change in records().changes(decision.id):
        sub(
            f"{change['at'][:10]} {change['who']}: {FIELDS[change['field']]} “{change['before']}” → “{change['after']}”"
        )


def said() -> None:
    """What the last save came to."""
    if text := st.session_state.pop(SAID, ""):
        st.markdown(f"**{text}**")
