"""Saved cases: keep the open one as a version, open another, and see them side by side as they are worth today."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from data.errors import UserError
from data.store.saved.cases import SavedCase, SavedCases
from metrics.analyses.case.worth import Worth
from report.cases import saved as said
from report.cases.address import SAVED, spec_of
from report.text.catalogue import say
from ui.session import address, source
from ui.session.state import Frame
from ui.views.people import users
from ui.widgets.block import block, html_table, sub
from ui.widgets.inert import inert, plain

SAID = "_case_said"
MOST = 8  # cases side by side


def records() -> SavedCases:
    """The cases beside the store this process serves."""
    return SavedCases(users().file)


def saved(made: Worth, frame: Frame, who: str) -> None:
    """The block: what was said of the last save, the form that saves, the cases side by side."""
    cases = records()
    held = cases.newest(str(made.case.journey))
    opened = _opened(cases)
    with block("saved", say("ui.saved.saved_cases"), say("ui.saved.every_version_is_kept")):
        if text := st.session_state.pop(SAID, ""):
            st.markdown(inert(f"**{text}**"))
        _form(made, opened, who)
        if held:
            _side_by_side(held[:MOST], frame)
        if opened is not None:
            for line in said.history(cases.versions(opened.id)):
                sub(line)


def _opened(cases: SavedCases) -> SavedCase | None:
    """The saved version the open case came from, by the address."""
    id, _, version = (st.query_params.get(SAVED) or "").partition(".")
    if not id or not version.isdigit():
        return None
    return next((one for one in cases.versions(id) if one.version == int(version)), None)


def _form(made: Worth, opened: SavedCase | None, who: str) -> None:
    with st.form(f"save-case-{opened.id if opened else 'new'}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(
                say("ui.saved.name"), opened.name if opened else made.case.name, key="saved-name", max_chars=200
            )
            again = opened is not None and st.form_submit_button(
                say("ui.saved.save_as_version", version=opened.version + 1 if opened else 1)
            )
            new = st.form_submit_button(say("ui.saved.save_as_a_new_case"))
    if again or new:
        _keep(made, name, opened if again else None, who)


def _keep(made: Worth, name: str, before: SavedCase | None, who: str) -> None:
    found = SavedCase(
        name=name,
        journey=str(made.case.journey),
        spec=spec_of(replace(made.case, name=name)),
        generation=made.generation,
        currency=made.currency,
        low=made.benefit.p10,
        middle=made.benefit.p50,
        high=made.benefit.p90,
        id=before.id if before else "",
        version=before.version if before else 0,
    )
    try:
        kept = records().keep(found, who)
        address.write(**{SAVED: f"{kept.id}.{kept.version}"})
        st.session_state[SAID] = say("ui.saved.saved_as", name=kept.name, version=kept.version)
    except UserError as error:
        st.session_state[SAID] = str(error)
    st.rerun()


def _side_by_side(held: list[SavedCase], frame: Frame) -> None:
    """One row a case: worth then and today, what it returns, how it is known."""
    today = [source.ask_worth(one.spec, one.journey)[0] for one in held]
    st.html(html_table(list(said.HEADS), [said.row(one, now) for one, now in zip(held, today)], cards=True))
    links = " · ".join(
        f'<a href="{escape(frame.link("case") + _joint(frame) + said.query_of(one), quote=True)}" target="_self">'
        f"{escape(plain(said.label(one)))}</a>"
        for one in held
    )
    st.html(f"<p class='who'>{escape(say('ui.saved.open'))} {links}</p>")
    for line in said.differences(held):
        sub(line)


def _joint(frame: Frame) -> str:
    return "&" if "?" in frame.link("case") else "?"
