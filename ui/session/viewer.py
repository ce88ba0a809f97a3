"""Who is looking, and what they may see. Signing in is Streamlit's own ([auth] in .streamlit/secrets.toml); without it nobody is anybody."""

import os
import re
from importlib.util import find_spec
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from metrics.query.context import Context
from metrics.rules.access import Viewer, administers, viewer
from report.text.catalogue import say

RIGHTS = "rights.toml"
LOCAL = ("localhost", "127.0.0.1", "::1")


def rights_file() -> Path:
    """Where the rights are written: THROUGHLINE_RIGHTS, else rights.toml where the app was started."""
    return Path(os.environ.get("THROUGHLINE_RIGHTS") or RIGHTS)


def sign_in_is_set_up() -> bool:
    """Whether the company has named an identity provider."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def email() -> str | None:
    """The address of whoever is signed in, as their provider confirmed it; None where nobody is, or it is not confirmed."""
    user = st.user.to_dict()
    if not user.get("is_logged_in") or user.get("email_verified") is False:
        return None
    return user.get("email")


def current(known: Context) -> Viewer:
    """The viewer of this run; a right taken away in the file is gone at the next click."""
    return viewer(email(), known.simulated, rights_file())


def gate() -> None:
    """Where sign-in is set up, nothing is shown to who is not signed in."""
    if sign_in_is_set_up() and not st.user.to_dict().get("is_logged_in"):
        st.markdown(say("ui.viewer.sign_in_to_see_this"))
        st.markdown(say("ui.viewer.throughline_shows_its_numbers_to_people"))
        if find_spec("authlib") is None:
            st.markdown(say("ui.viewer.signing_in_needs_two_more_libraries"))
            st.stop()
        st.button(say("ui.viewer.sign_in"), on_click=st.login, icon=":material/login:")
        st.stop()


def may_bring_data() -> bool:
    """Where sign-in is set up: who is named under administer in rights.toml. Without it: only the person at this machine, by its own address."""
    if sign_in_is_set_up():
        return administers(email(), rights_file())
    return is_local(st.context.headers.get("Host", ""), st.context.ip_address)


def is_local(host: str, address: str | None) -> bool:
    """Whether a page was asked for by a name of this machine and from this machine; another name for 127.0.0.1 does not count."""
    return re.sub(r":\d+$", "", host).strip("[]").lower() in LOCAL and (address is None or address in LOCAL)


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
