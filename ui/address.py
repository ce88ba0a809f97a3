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
    """Put parameters into the address; what is empty leaves it."""
    for name, value in parts.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]
