"""The menu of saved views: save this one, open, rename and delete others. A view is a page with its parameters; whoever opens it is answered by their
rights of that moment, and what they may not see is not offered."""

from collections.abc import Callable
from html import escape
from urllib.parse import urlencode

import streamlit as st

from data.errors import UserError
from data.store.names import store_path
from data.store.saved.views import NAME, SavedView, SavedViews
from data.store.user_records import users_file
from metrics.rules import access
from metrics.rules.access import Viewer
from report.text.catalogue import say
from ui.session import state, viewer
from ui.session.state import Frame
from ui.widgets.block import sub
from ui.widgets.inert import plain

SAID = "_view_said"
NO_VIEWS = ("person", "own")  # one person's path is never kept, nor is a draft


def records() -> SavedViews:
    """The views beside the store this process serves."""
    return SavedViews(users_file(store_path()))


def owner(looking: Viewer, email: str | None) -> str | None:
    """Whose views they are: an account's, or those of whoever sits at this machine; None for who is neither, since all of them would share one list."""
    return email or (access.HERE if looking.name == access.HERE else None)


def address_of(frame: Frame) -> str:
    """The parameters of the open page as they stand: a period of the last weeks moves on with the data, picked dates stay."""
    return urlencode([*frame.params, *state.page_params()])


def links(held: list[SavedView]) -> str:
    """The views as an HTML list of links."""
    items = "".join(
        f'<li><a href="{escape(one.page + ("?" + one.address if one.address else ""), quote=True)}" target="_self">{escape(one.name)}</a></li>'
        for one in held
    )
    return f'<ul class="views">{items}</ul>'


def menu(frame: Frame) -> None:
    """The popover; nothing for who has no list of their own."""
    looking = viewer.current()
    who, page = owner(looking, viewer.email()), st.session_state.get(viewer.VIEW, "")
    if who is None:
        return
    with st.popover(say("ui.saved_views.views"), icon=":material/bookmark:", type="tertiary"):
        try:
            held = [one for one in records().all(who) if viewer.may_see(one.page, looking)]
        except UserError as error:
            sub(f"{error}")
            return
        if text := st.session_state.pop(SAID, ""):
            st.markdown(plain(text))
        st.html(links(held)) if held else sub(say("ui.saved_views.none_yet"))
        if page not in NO_VIEWS:
            _save(who, page, address_of(frame))
        if held:
            _change(who, held)


def _save(who: str, page: str, address: str) -> None:
    with st.form("save-view", border=False, clear_on_submit=True):
        name = st.text_input(say("ui.saved_views.name"), key="view-name", max_chars=NAME)
        if st.form_submit_button(say("ui.saved_views.save"), type="primary"):
            _try(lambda: records().keep(who, name, page, address), say("ui.saved_views.saved", name=name))
    sub(say("ui.saved_views.moves_on"))


def _change(who: str, held: list[SavedView]) -> None:
    with st.expander(say("ui.saved_views.rename_or_delete"), type="compact"), st.form("change-view", border=False):
        chosen = st.selectbox(
            say("ui.saved_views.which"), held, key="view-which", format_func=lambda one: plain(one.name)
        )
        name = st.text_input(say("ui.saved_views.new_name"), key="view-new-name", max_chars=NAME)
        with st.container(horizontal=True):
            renamed = st.form_submit_button(say("ui.saved_views.rename"))
            gone = st.form_submit_button(say("ui.saved_views.delete"))
    if chosen is not None and renamed:
        _try(lambda: records().rename(who, chosen.id, name), say("ui.saved_views.renamed", name=name))
    if chosen is not None and gone:
        _try(lambda: records().delete(who, chosen.id), say("ui.saved_views.deleted", name=chosen.name))


def _try(act: Callable[[], None], done: str) -> None:
    try:
        act()
        st.session_state[SAID] = done
    except UserError as error:
        st.session_state[SAID] = str(error)
    st.rerun()
