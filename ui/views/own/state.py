"""The draft of this browser session: its folder, what each file was taken for, and its two settings files."""

from pathlib import Path

import streamlit as st

from data import own
from ui.session.serving import store_path

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


def look(names_and_contents: list[tuple[str, bytes]], progress) -> None:
    """Keep the files and look at all of the draft anew."""
    place = folder()
    for name, content in names_and_contents:
        own.add(place, name, content)
    st.session_state["own_found"] = own.propose(place, progress)
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
