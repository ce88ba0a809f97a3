"""Support: what help is needed, and what comes before it. Layout only."""

import streamlit as st

from ui.views.sheets import shown

frame = st.session_state["_frame"]
shown.page("support", frame)
