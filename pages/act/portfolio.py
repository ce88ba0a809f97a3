"""Portfolio: where does the next euro go? Layout only."""

import streamlit as st

from report.text.catalogue import say
from report.words import portfolio_words as words
from ui.views.case import ranked
from ui.widgets.block import headline

frame = st.session_state["_frame"]
made = ranked.ready(str(frame.query.journey))
if made is None:
    headline(say("pages.portfolio.where_does_the_next_euro_go"), say("pages.portfolio.every_cause_and_friction"))
    ranked.being_worked_out(str(frame.query.journey))
elif isinstance(made, str):
    headline(say("pages.portfolio.where_does_the_next_euro_go"), made)
else:
    headline(words.title(made), words.standfirst(made))
    ranked.listed(made, frame)
    ranked.missing(made)
