"""Business case: what is it worth to change this? Layout only."""

import streamlit as st

from report.cases import address as case_address
from report.text.catalogue import say
from report.words import case_words as words
from ui.session import source, viewer
from ui.views import overview
from ui.views.case import controls, saved, shown
from ui.widgets.block import headline

frame = st.session_state["_frame"]
known = source.known()
stages = known.stages[frame.query.journey]
places = {place.stage: place for place in overview.places(frame)}
first = {"stage": overview.pressing(frame, stages)}
spec = case_address.read(st.query_params.get_all, stages, first)
place = places.get(spec["stage"])
targets = controls.fitting(place.parts if place else (), spec["removes"])
spec = words.with_target(spec, targets)

made, refused = source.ask_worth(spec, frame.query.journey)
headline(
    words.title(made) if made else say("pages.case.what_is_it_worth_to_change"),
    words.standfirst(made) if made else say("pages.case.this_case_cannot_be_worked_out", refused=refused),
)
controls.widgets(spec if made else case_address.bare(spec), stages, targets, known.currency)
if made and made.routes:
    left, right = st.columns([4, 3], gap="large")
    with left:
        shown.chain(made, frame.address())
    with right:
        shown.gains(made)
        shown.moves(made)
looking = viewer.current()
if made and not viewer.limited("case", looking):  # a case is of everybody
    saved.saved(made, frame, looking.name)
