"""The Promises view: of a company that names none it says so, what to write, and what to ask (tests/core/test_core_asked.py has the numbers)."""

import pytest
from streamlit.testing.v1 import AppTest

from report.sheets.promises import sheets_of
from report.words import promise_words
from tests.app.served import ROOT
from ui.session import source, state
from ui.views import promises


@pytest.fixture
def page(store, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_STORE", str(store))
    source.store.cache_clear()
    test = AppTest.from_file(str(ROOT / "ui/frame.py"), default_timeout=60)
    test.switch_page("../pages/why/promises.py").run()
    assert not test.exception
    yield test
    source.store.cache_clear()


def test_without_a_promise_it_says_what_to_write_and_what_to_ask(page):
    said = [m.value for m in page.markdown]
    assert sheets_of(promises.answer(state.frame_of({}, source.known()))).sheets[0].rows == ()
    assert f"# {promise_words.title([])}" in said
    assert any("write a [[promise]]" in text.replace("\\", "") for text in said)
    assert any("Not asked in Find, Buy, Engage" in text for text in said)
