"""The metric a page is about: in the address, and changed by a picker."""

import streamlit as st

from metrics.catalogue.load import catalogue
from report import placement
from ui.session import address

KEY = "one-metric"


def now(asked: str | None) -> str:
    """The metric of the address, else whether people got done what they came for."""
    return asked if asked in catalogue() else placement.role("completed")


def picker(asked: str | None, label: str) -> None:
    """Every metric by its name; one that is picked goes into the address."""
    known = catalogue()
    address.seed(KEY, now(asked))
    st.selectbox(label, list(known), format_func=lambda one: known[one].label, key=KEY, on_change=_write, width=480)


def _write() -> None:
    address.write(metric=st.session_state[KEY])
