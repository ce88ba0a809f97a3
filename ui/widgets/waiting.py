"""What a page shows while an analysis is worked out in the background."""

from collections.abc import Callable

import streamlit as st

from report.text.catalogue import say
from ui.widgets.block import block, sub


@st.fragment(run_every=1.0)
def waiting(key: str, title: str, ready: Callable[[], bool]) -> None:
    """A block that says so and looks again by itself; the page is drawn anew once it is ready."""
    if ready():
        st.rerun()
    with block(key, title):
        sub(say("ui.later.being_worked_out"))
