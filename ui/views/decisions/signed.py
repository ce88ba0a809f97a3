"""What was signed: its standing today, who does what by when, and the form that changes it."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from data.errors import UserError
from data.store.decisions import STATUSES, Decision, Decisions
from data.store.saved.cases import SavedCases
from metrics.analyses.claims import Standing
from metrics.statistics.business import Outcome
from report import numbers
from report.cases import saved as saved_words
from report.findings import promised
from report.findings.signing import STATUS_WORDS, Told, line_said
from report.text.catalogue import say
from report.words.case_words import money_range
from ui.views.people import users
from ui.widgets.block import sub
from ui.widgets.inert import inert, plain

SAID = "_decision_said"
FIELDS = {
    "owner": "owner",
    "other_side": say("ui.signed.other_side"),
    "due": "due",
    "status": "status",
    "notes": "notes",
}


def records() -> Decisions:
    """The decisions beside the store this process serves."""
    return Decisions(users().file)


def listed(found: list[Told], who: str) -> None:
    """Every decision as a block, those not closed first."""
    cases = SavedCases(users().file)
    for one in found:
        st.html(_block(one))
        rests = cases.of_decision(one.decision.id)
        if rests is not None:
            then = Outcome(rests.low, rests.middle, rests.high, None)
            sub(say("ui.saved.rests_on", label=saved_words.label(rests), money=money_range(then)))
        if came := promised.kept(one, rests):
            sub(promised.promised_words(came))
        with st.expander(say("ui.signed.change")):
            _form(one.decision, who)
            _case(one.decision, cases, who)


def _block(one: Told) -> str:
    decision, today = one.decision, date.today()
    late = decision.status in STATUSES[:2] and date.fromisoformat(decision.due) < today
    urgent = one.retested.standing is Standing.OVERTURNED
    due = numbers.day(date.fromisoformat(decision.due))
    overdue = '<span class="chip urgent">overdue</span>' if late else ""
    both = " and ".join(filter(None, (decision.owner, decision.other_side))) or "nobody"
    lines = [
        say("ui.signed.signed_today", then=one.then, now=one.now, line_said=line_said(decision)),
        decision.worth,
        say(
            "ui.signed.due", both=both, due=due, status_words=STATUS_WORDS[decision.status], notes=decision.notes
        ).strip(),
    ]
    return (
        f"""<div class="finding"><p class="claim"><span class="chip {(say("ui.signed.urgent") if urgent else "")}">{escape(one.standing)}</span>{overdue}<b>{escape(decision.claim)}</b></p>"""
        + "".join(f'<p class="evidence">{escape(line)}</p>' for line in lines if line)
        + "</div>"
    )


def _form(decision: Decision, who: str) -> None:
    """Who, when, status, notes; and what was changed before."""
    with st.form(f"change-{decision.id}-{decision.version}", border=False):
        left, right = st.columns(2)
        owner = left.text_input(say("ui.signed.owner"), decision.owner, key=f"owner-{decision.id}", max_chars=200)
        other = right.text_input(
            say("ui.signed.other_side_cx_or_ux"), decision.other_side, key=f"other-{decision.id}", max_chars=200
        )
        due = left.date_input(say("ui.signed.due_2"), date.fromisoformat(decision.due), key=f"due-{decision.id}")
        status = right.selectbox(
            say("ui.signed.status"),
            STATUSES,
            STATUSES.index(decision.status),
            format_func=STATUS_WORDS.get,
            key=f"status-{decision.id}",
        )
        notes = st.text_area(say("ui.signed.notes"), decision.notes, key=f"notes-{decision.id}", max_chars=2000)
        if st.form_submit_button(say("ui.signed.save")):
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
                st.session_state[SAID] = say("ui.signed.saved")
            except UserError as error:
                st.session_state[SAID] = str(error)
            st.rerun()
    sub(say("ui.signed.signed_by", signed_by=decision.signed_by, signed_at=decision.signed_at[:10]))
    for change in records().changes(decision.id):
        sub(
            f"{change['at'][:10]} {change['who']}: {FIELDS[change['field']]} “{change['before']}” → “{change['after']}”"
        )


def reach_of_promises(found: list[Told]) -> str:
    """How much of what was promised came, over the decisions that are done."""
    cases = SavedCases(users().file)
    came = [promised.kept(one, cases.of_decision(one.decision.id)) for one in found]
    return promised.factor_said([one for one in came if one is not None])


def _case(decision: Decision, cases: SavedCases, who: str) -> None:
    """Which saved case the decision rests on."""
    held = cases.newest(decision.journey)
    if not held:
        return
    now = cases.of_decision(decision.id)
    choices = [None, *held]
    at = next((place for place, one in enumerate(choices) if one and now and one.id == now.id), 0)
    with st.form(f"case-of-{decision.id}", border=False):
        chosen = st.selectbox(
            say("ui.saved.case_it_rests_on"),
            range(len(choices)),
            at,
            key=f"rests-{decision.id}",
            format_func=lambda place: (
                say("ui.saved.no_case") if not place else plain(saved_words.label(held[place - 1]))
            ),
        )
        if st.form_submit_button(say("ui.signed.save")):
            cases.rest_on(decision.id, choices[chosen], who)
            st.rerun()


def said() -> None:
    """What the last save came to."""
    if text := st.session_state.pop(SAID, ""):
        st.markdown(inert(f"**{text}**"))
