"""Changes: what changed, when, and did what we did help? Layout only."""

import streamlit as st

from ui.views.sheets import shown

frame = st.session_state["_frame"]
shown.page("changes", frame)
