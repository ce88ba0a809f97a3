"""The tour on a page: a strip above its sentence, until whoever looks has put it away; then never again."""

import streamlit as st

from data.errors import UserError
from data.store.saved.dismissed import Dismissed
from metrics.rules.access import Viewer
from report.text.catalogue import say
from ui.session import viewer
from ui.session.state import Frame
from ui.views.people import users
from ui.views.summary.since import who
from ui.views.tour import steps

WHAT = "tour"


def strip(frame: Frame, page: str, looking: Viewer) -> None:
    """The step the address asks for where it belongs to this page; on the Overview else the invitation; nothing once it was put away, nor where
    that could not be kept."""
    whose = who()
    mine = tuple(step for step in steps.STEPS if _may(step.page, looking))
    if whose is None or len(mine) < 2 or _away(whose):
        return
    place = steps.at(st.query_params.get(steps.PARAMETER), mine)
    if place is not None and mine[place].page == page:
        said, mark = steps.told(frame, mine, place), mine[place].mark
    elif page == "overview":
        said, mark = steps.invitation(frame, mine), "invitation"
    else:
        return
    with st.container(horizontal=True, key=f"tour_{mark}", vertical_alignment="center"):
        st.html(said)
        st.button(say("ui.tour.end"), key="tour-end", type="tertiary", on_click=_put_away, args=(whose,))


def _may(page: str, looking: Viewer) -> bool:
    return viewer.may_bring_data() if page == "own" else viewer.may_see(page, looking)


def _away(whose: str) -> bool:
    if st.session_state.get(WHAT):
        return True
    try:
        return Dismissed(users().file).has(whose, WHAT)
    except UserError:
        return True  # who cannot put it away is not shown it


def _put_away(whose: str) -> None:
    st.session_state[WHAT] = True
    if steps.PARAMETER in st.query_params:
        del st.query_params[steps.PARAMETER]
    try:
        Dismissed(users().file).keep(whose, WHAT)
    except UserError:
        pass  # until this session ends
