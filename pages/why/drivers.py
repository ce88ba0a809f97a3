"""Drivers: what moves emotion and loyalty? Layout only."""

import streamlit as st

from ui.views.sheets import shown

frame = st.session_state["_frame"]
shown.page("drivers", frame)
