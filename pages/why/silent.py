"""Who answers: how like all those are who answer, and what to ask next. Layout only."""

import streamlit as st

from ui.views.sheets import shown

frame = st.session_state["_frame"]
shown.page("silent", frame)
