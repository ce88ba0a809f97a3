"""A page's own part of the URL. The address is the truth: widgets are set from it, and a change of one is written back.

Streamlit's own binding puts labels into the URL, where a link needs ids that outlive a change of wording.
"""

from collections.abc import Sequence

import streamlit as st


def seed(key: str, value: object) -> None:
    """Set a widget, before it is drawn, to what the address says."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def write(**parts: str | Sequence[str] | None) -> None:
    """Put parameters into the address in one step, for each step is one to go back; what is empty leaves it."""
    st.query_params.update({name: value for name, value in parts.items() if value})
    for name in parts:
        if not parts[name] and name in st.query_params:
            del st.query_params[name]


def entered(page: str) -> None:
    """Say which page is about to be drawn, before it is."""
    st.session_state["_entered"] = page != st.session_state.get("_page")
    st.session_state["_page"] = page


def just_entered() -> bool:
    """Whether this page was not the last one drawn: going back within a page must not be undone."""
    return st.session_state.get("_entered", True)
