"""Whoever looks is looked up once a run, not once a question, and anew in every run: a right taken away is gone at the next click."""

from streamlit.testing.v1 import AppTest

from metrics.query.query import Rights
from metrics.rules.access import Viewer
from ui.session import viewer


def page():
    import streamlit as st

    from ui.session import viewer

    st.button("go", on_click=viewer.current)  # what a click does is of the same run, and the page looks anew after it
    viewer.arrived()
    st.session_state["seen"] = [viewer.current().name, *(viewer.rights_now().see_persons for _ in range(20))]


def test_a_run_looks_once_and_the_next_looks_again(monkeypatch):
    given, looked = [Viewer("lead", Rights(see_persons=True), "")], []

    def look(*_):
        looked.append(1)
        return given[-1]

    monkeypatch.setattr(viewer, "look", look)
    test = AppTest.from_function(page).run()
    assert test.session_state["seen"] == ["lead", *[True] * 20] and len(looked) == 1
    given.append(Viewer("nobody", Rights(grants=()), ""))
    test.button[0].click().run()
    assert test.session_state["seen"] == ["nobody", *[False] * 20] and len(looked) == 3
    viewer.current()
    assert len(looked) == 4  # outside of a run there is nothing to keep it by
