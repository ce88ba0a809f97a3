"""The Stage view opens where it matters most, and its address says so."""

import pytest
from streamlit.testing.v1 import AppTest

from report.words import cause_words
from tests.app.served import ROOT
from ui.session import source, state
from ui.views import causes, overview


@pytest.fixture
def stage(store, monkeypatch):
    """A function that runs the Stage view in this process with an address; returns the running test."""
    monkeypatch.setenv("THROUGHLINE_STORE", str(store))
    source.store.cache_clear()

    def run(**address: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "ui/frame.py"), default_timeout=60)
        for name, value in address.items():
            test.query_params[name] = value
        test.switch_page("../pages/stage.py").run()
        assert not test.exception
        return test

    yield run
    source.store.cache_clear()


def title(test: AppTest) -> str:
    return next(m.value for m in test.markdown if m.value.startswith("# "))


def test_without_a_stage_it_opens_on_the_most_pressing_finding_and_says_so_in_the_address(stage):
    """Buy works but disappoints, and is what the Overview says first; Find is only the first stage."""
    test = stage()
    found = overview.found(state.frame_of({}, source.known()))
    assert next(f.stage for f in found if f.stage) == "Buy"
    assert "Buy" in title(test) and test.query_params["at"] in ("Buy", ["Buy"])


def test_a_stage_in_the_address_wins_and_a_choice_is_written_there(stage):
    """Opened on Find, then Engage is chosen: the address follows, also through another run."""
    test = stage(at="Find")
    assert "Find" in title(test)
    test.button_group(key="stage-at").set_value("Engage").run()
    assert "Engage" in title(test) and test.query_params["at"] in ("Engage", ["Engage"])
    assert "Engage" in title(test.run())


def test_a_stage_that_is_not_there_is_as_none(stage):
    """An address with a stage of another company, and one whose filter leaves only Find."""
    assert "Buy" in title(stage(at="Nowhere"))
    assert "Find" in title(stage(s="Find"))


def test_what_goes_with_unhappiness_is_told_where_it_is_known_and_looked_for_where_not(stage):
    """No page waits for it: until it is there the block says so. Both an answer and none have their title."""
    frame = state.frame_of({"at": "Buy"}, source.known())
    found = causes.asked(frame, "Buy")
    said = " ".join(m.value for m in stage(at="Buy").markdown)
    assert cause_words.title(found) in said.replace("\\", "")
    fresh = state.frame_of({"at": "Buy", "dv": "mobile"}, source.known())
    assert causes.ready(fresh, "Buy") is None or causes.ready(fresh, "Buy").query.filters
