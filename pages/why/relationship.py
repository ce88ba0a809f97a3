"""Relationship: when customers buy again, and how the same people's recommendation changes. Layout only."""

import streamlit as st

from ui.views.sheets import shown

frame = st.session_state["_frame"]
shown.page("relationship", frame)
