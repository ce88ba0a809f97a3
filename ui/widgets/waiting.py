"""What a page shows while an analysis is worked out in the background."""

from collections.abc import Callable

import streamlit as st

from ui.widgets.block import block, sub


@st.fragment(run_every=1.0)
def waiting(settled: Callable[[], bool], shown: Callable[[], None]) -> None:
    """Shows what stands there until then and looks again by itself; the page is drawn anew once the answer, or why there is none, is there."""
    if settled():
        st.rerun()
    shown()


def waiting_block(key: str, title: str, said: str, settled: Callable[[], bool]) -> None:
    """A block that says it is being worked out, until it is."""

    def shown() -> None:
        with block(key, title):
            sub(said)

    waiting(settled, shown)
