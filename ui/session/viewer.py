"""Who is looking, and what they may see. Signing in is Streamlit's own ([auth] in .streamlit/secrets.toml); without it there is the person at
this machine, and whoever else reaches the app."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.errors import UserError
from data.store.generations import Generation
from metrics.query import context
from metrics.query.query import Rights
from metrics.rules.access import Identity, Viewer, access_file, load_access, look, rights_file, viewed
from report.text.catalogue import say
from ui.session import signin, source
from ui.session.here import sign_in_is_set_up, sits_here

VIEW = "_view"  # the page that is open, as access.toml names it
# whoever looks, by what Streamlit makes anew for every run
_looked: WeakKeyDictionary[Any, Viewer] = WeakKeyDictionary()


def email() -> str | None:
    """The address of whoever is signed in, as their provider confirmed it; None where nobody is, or it is not confirmed."""
    return signin.confirmed(st.user.to_dict(), rules())


def rules() -> signin.SignIn:
    """Who may come in, as access.toml has it; nobody is let in by a file that cannot be read."""
    try:
        access = load_access(access_file())
    except UserError:
        return signin.NOBODY
    return access.signin if access else signin.SignIn()


def who() -> Identity:
    """Whoever looks in this run."""
    claims = st.user.to_dict()
    return Identity(email(), signin.groups(claims, rules()), sits_here(), claims.get("is_logged_in") is True)


def current(identity: Identity | None = None) -> Viewer:
    """The viewer of this run, looked up once, or somebody looked up anew; a right taken away in the file is gone at the next click."""
    run = None if identity else _run()
    found = None if run is None else _looked.get(run)
    return found or arrived(identity)


def arrived(identity: Identity | None = None) -> Viewer:
    """The viewer looked up anew, as at the beginning of a page: what a click has changed before it counts."""
    found = look(identity or who(), is_simulated(), rights_file(), access_file())
    if identity is None and (run := _run()) is not None:
        _looked[run] = found
    return found


def _run() -> object | None:
    """What stands for the run of a script or of a part of it; None outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else getattr(context, "parallel_coordinator", None)


def is_simulated() -> bool:
    """Whether the people of the store are simulated."""
    try:
        return context.read(source.store().generation()).simulated
    except UserError:
        return False


def usual() -> Rights:
    """The rights of whoever will come first: without sign-in the person at this machine."""
    set_up = sign_in_is_set_up()
    return look(Identity(here=not set_up, signed_in=set_up), is_simulated(), rights_file(), access_file()).rights


def rights_now() -> Rights:
    """The rights by which the open page is answered: of the groups that show this page."""
    view, rights = st.session_state.get(VIEW), current().rights
    if view == "person":
        return rights.doing("persons")
    return rights.doing("views", view) if view and view != "own" else rights


source.answered_by(rights_now)


def may_see(view: str, looking: Viewer) -> bool:
    """Whether a page is among those somebody's groups show. Data is the account of everybody's records: it asks for every row, of the groups
    that show it."""
    if view == "own":
        return looking.administer
    if view == "person":
        return True  # the page itself says why not
    return looking.rights.may("views", view) and not (view == "data" and limited(view, looking))


def limited(view: str, looking: Viewer) -> bool:
    """Whether a page shows somebody a part of the rows: by the groups that show this page, whatever others show on other pages."""
    return bool(looking.rights.doing("views", view).limits)


def may_export() -> bool:
    """Whether files may be made of anything the open page shows."""
    return rights_now().may("exports")


def exporting() -> Callable[[], Generation]:
    """What a file is made of once it is clicked, in a thread that knows no session: the rights are looked up again then."""
    identity, session = who(), signin.session_of(st.user.to_dict())

    def generation() -> Generation:
        if session and not session.open():
            raise UserError("this session has ended", fix="Sign in again")
        return viewed(source.store().generation(), current(identity).rights)

    return generation


def passed() -> bool:
    """Whether anything may be shown at all: no sign-in is set up, or whoever looks has signed in."""
    return not sign_in_is_set_up() or admitted()


def gate() -> None:
    """Where sign-in is set up, nothing is shown to who is not signed in, or no longer."""
    if passed():
        return
    st.markdown(say("ui.viewer.sign_in_to_see_this"))
    st.markdown(say("ui.viewer.throughline_shows_its_numbers_to_people"))
    if find_spec("authlib") is None:
        st.markdown(say("ui.viewer.signing_in_needs_two_more_libraries"))
        st.stop()
    st.button(say("ui.viewer.sign_in"), on_click=st.login, icon=":material/login:")
    st.stop()


def admitted() -> bool:
    """Whether whoever has signed in may come in now: signed in, not out again, not too long ago, of an allowed domain and group."""
    return signin.why_not(st.user.to_dict(), rules()) is None


def may_bring_data() -> bool:
    """Who may administer by access.toml or rights.toml. Without sign-in: only the person at this machine, by its own address."""
    return current().administer


def administrators_only() -> None:
    """The rest of the page is for those who may bring data."""
    if not may_bring_data():
        st.markdown(say("ui.viewer.this_page_is_for_administrators"))
        st.markdown(say("ui.viewer.data_can_be_brought_from_this"))
        st.stop()


def leave() -> None:
    """The way out, for who is signed in."""
    if st.user.to_dict().get("is_logged_in"):
        st.button(
            say("ui.viewer.sign_out", email=email() or "").strip(),
            on_click=st.logout,
            icon=":material/logout:",
            type="tertiary",
            key="leave",
        )
