"""Experiments: did the change work for both, the click and the customer? Layout only."""

import streamlit as st

from ui.views.sheets import shown

frame = st.session_state["_frame"]
shown.page("experiments", frame)
