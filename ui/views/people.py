"""From a page to one person's path: the key in the address, the right, the audit log, the path. No path without all three."""

from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from data.errors import UserError
from data.store.generations import Generation
from data.store.names import store_path
from data.store.person_key import key_of, person_of
from data.store.user_records import Users, users_file
from metrics.analyses.person_path import PersonPath, known, path_of
from metrics.query.query import Rights
from metrics.rules.access import Viewer
from report.text.catalogue import say
from ui.session import source
from ui.session.memoize import once
from ui.session.state import Frame

SECRET = "person_key"
VIEWS = {"words": say("ui.people.peoples_words"), "struggled": say("ui.people.people_who_struggled")}
OPEN = "_open_path"


def users() -> Users:
    """The users' records beside the store this process serves."""
    return Users(users_file(store_path()))


@lru_cache(maxsize=4)
def _secret(records: Users) -> bytes:
    return records.secret(SECRET)


def link(person: int | None, stage: str, via: str, frame: Frame, viewer: Viewer) -> str | None:
    """The address of a person's path; None without the right, without a person, and where openings cannot be kept."""
    if person is None or not viewer.rights.see_persons:
        return None
    try:
        return frame.link("person", who=key_of(person, _secret(users())), at=stage, via=via)
    except UserError:
        return None


def unusable() -> str | None:
    """Why no path can be opened although somebody may; None where it can."""
    try:
        _secret(users())
    except UserError as error:
        return str(error)
    return None


def key_in(address: str) -> str:
    """The key an address of `link` holds."""
    return parse_qs(urlsplit(address).query).get("who", [""])[0]


def open_path(key: str, journey: str, view: str, viewer: Viewer) -> PersonPath:
    """The path a key opens, after the opening stands in the audit log. Raises UserError without the right, for a key of
    nobody, and where the log cannot be written: then nothing has been looked at."""
    if not viewer.rights.see_persons:
        raise UserError(say("ui.people.one_persons_path_is_a_right", why=viewer.why))
    records = users()
    person = person_of(key, _secret(records))
    generation = source.generation()
    if person is None or not known(person, generation):
        raise UserError(
            say("ui.people.this_address_names_nobody_in_the"),
            fix=say("ui.people.people_are_renamed_when_their_records"),
        )
    opened = (key, generation.name, viewer.name)
    if st.session_state.get(OPEN) != opened:
        records.opened(viewer.name, key, view, generation.name)
        st.session_state[OPEN] = opened
    return _path(person, journey, viewer.rights, generation)


def closed() -> None:
    """No path is open any more: the next one opened is a new line of the log, also if it is the same person's."""
    st.session_state.pop(OPEN, None)


@once(64)
def _path(person: int, journey: str, rights: Rights, seen: Generation) -> PersonPath:
    return path_of(person, journey, seen, rights)


def view_of(stage: str, via: str) -> str:
    """From where a path was opened, for the log."""
    return say("ui.people.stage", stage=stage, views=VIEWS[via]) if via in VIEWS else "address"
