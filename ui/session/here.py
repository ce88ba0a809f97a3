"""Whether a company has set up sign-in, and whether somebody sits at this machine."""

import os
import re

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

LOCAL = ("localhost", "127.0.0.1", "::1")


def sign_in_is_set_up() -> bool:
    """Whether the company has named an identity provider."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")  # what a proxy adds


def sits_here() -> bool:
    """Whether whoever looks in this run sits at this machine: nothing is set up for others, no proxy passes the page on."""
    asked = st.context.headers
    if sign_in_is_set_up() or os.environ.get("THROUGHLINE_HOSTS") or any(asked.get(name) for name in PASSED_ON):
        return False
    return is_local(asked.get("Host", ""), st.context.ip_address)


def is_local(host: str, address: str | None) -> bool:
    """Whether a page was asked for by a name of this machine and from this machine; another name for 127.0.0.1 does not count."""
    return re.sub(r":\d+$", "", host).strip("[]").lower() in LOCAL and (address is None or address in LOCAL)
