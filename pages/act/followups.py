"""Follow-up: which unhappy answers does somebody look after, and does it help? Layout only."""

import streamlit as st

from data.errors import UserError
from report.text.catalogue import say
from ui.session import viewer
from ui.views.decisions import followups
from ui.widgets.block import headline

frame = st.session_state["_frame"]
looking = viewer.current()
headline(say("pages.followups.unhappy_answers_to_look_after"), say("pages.followups.an_unhappy_answer_gets"))
if not looking.rights.see_persons:
    st.markdown(say("pages.followups.a_right_of_its_own"))
    st.stop()
try:
    followups.page(frame, looking)
except UserError as error:
    st.markdown(f"{error}")
