"""The draft of this browser session: its folder, what each file was taken for, and its two settings files."""

from pathlib import Path
from typing import BinaryIO

import streamlit as st

from data import own
from data.store.names import store_path

KEY = "own_draft"


def folder() -> Path:
    """The draft's folder, made at first use or where it is gone."""
    known = st.session_state.get(KEY)
    if known is None or not known.exists():
        known = st.session_state[KEY] = own.new_draft(store_path())
        st.session_state.pop("own_found", None)
    return known


def found() -> list[dict]:
    """What each file was taken for; empty before any was looked at."""
    return st.session_state.get("own_found", [])


def keep(files: list[tuple[str, BinaryIO]]) -> None:
    """Write the files (name, open file) into the draft. Raises UserError for one that is not taken."""
    for name, content in files:
        own.add(folder(), name, content)


def look(progress) -> None:
    """Look at all of the draft anew."""
    st.session_state["own_found"] = own.propose(folder(), progress)
    st.session_state["own_tried"] = {}


def tried(block: dict, company: dict) -> dict:
    """What a block would load now; asked again only where it or the zone changed."""
    kept = st.session_state.setdefault("own_tried", {})
    key = repr((block, company.get("timezone")))
    if key not in kept:
        kept[key] = own.try_out(folder(), block, company)
    return kept[key]


def forget() -> None:
    """Begin again with an empty draft."""
    for key in [key for key in st.session_state if str(key).startswith("own_")]:
        del st.session_state[key]
