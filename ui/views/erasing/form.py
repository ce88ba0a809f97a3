"""The form that erases one person, and the receipt of the last erasure of this session."""

import json

import streamlit as st

from data.contract import contract
from data.erasure.erase import render
from data.erasure.whose import RECORDS
from data.errors import UserError
from report.text.catalogue import say
from ui.session import viewer
from ui.views.erasing.run import run
from ui.widgets.block import block, sub
from ui.widgets.inert import plain

RECEIPT = "_erasure_receipt"


def form(key: str | None = None) -> None:
    """For administrators alone. `key`: the key of the path that is open; without one an id is asked for."""
    if not viewer.may_bring_data():
        return
    title = say("ui.erasing.this_title") if key else say("ui.erasing.title")
    with block("erasing", title, say("ui.erasing.what")):
        if not st.session_state.get(RECEIPT):
            with st.form("erase", border=False):
                _asked(key)
        receipt()


def receipt() -> None:
    """What the last erasure of this session said, once, with its file to keep."""
    found = st.session_state.get(RECEIPT)
    if not found:
        return
    st.success(say("ui.erasing.done", receipt=found["receipt"]))
    st.code(render(found), language=None, wrap_lines=True)
    st.download_button(
        say("ui.erasing.receipt"),
        json.dumps(found, ensure_ascii=False, indent=2),
        found["receipt"].rpartition("/")[2],
        "application/json",
        key="erase_receipt",
        on_click="ignore",
    )


def _asked(key: str | None) -> None:
    who, kind = key, None
    if key is None:
        who = st.text_input(say("ui.erasing.who"), key="erase_who", max_chars=500).strip()
        kinds = ["", *contract().linking, *RECORDS]
        kind = st.selectbox(
            say("ui.erasing.kind"), kinds, key="erase_kind", format_func=lambda name: name or say("ui.erasing.any_kind")
        )
    also = st.text_area(say("ui.erasing.also"), key="erase_also", help=say("ui.erasing.also_help"), max_chars=2000)
    sure = st.checkbox(say("ui.erasing.sure"), key="erase_sure")
    if not st.form_submit_button(say("ui.erasing.button")):
        return
    if not (sure and who):
        sub(say("ui.erasing.nobody_named") if sure else say("ui.erasing.sure_first"))
        return
    lines = [line.strip() for line in also.splitlines() if line.strip()]
    with st.spinner(say("ui.erasing.running")):
        try:
            st.session_state[RECEIPT] = run(who, kind or None, viewer.email() or viewer.current().name, lines)
        except UserError as error:
            st.error(plain(str(error)))
            return
    st.rerun()
