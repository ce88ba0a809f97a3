"""Pages told as sheets: each opens on a small company, and says what it can tell or why it cannot."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from metrics.rules.access.access_file import VIEWS
from report.sheets.registry import ANALYSES
from tests.app.served import ROOT
from ui.session import source
from ui.views.sheets.background import ANSWERS

SAYS = {
    "why/experiments": "No experiment is loaded.",
    "why/relationship": "Nothing of the long game can be told yet.",
    "why/support": "What help is needed, and what comes before it",
    "why/changes": "No initiative is noted",
    "look_up/reconcile": "records on file to",
}


@pytest.fixture(scope="module")
def opened(store):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THROUGHLINE_STORE", str(store))
        source.store.cache_clear()
        test = AppTest.from_file(str(ROOT / "ui/frame.py"), default_timeout=60)
        yield test
    source.store.cache_clear()


def said(page: AppTest) -> list[str]:
    return [m.value.replace("\\", "") for m in page.markdown]


def test_every_page_can_be_granted():
    assert set(ANALYSES) - {"side_by_side"} <= set(VIEWS)  # which stands on Journey and Stage


@pytest.mark.parametrize("name", SAYS)
def test_a_page_waits_for_its_answer_and_tells_it(opened, name):
    page = opened.switch_page(f"../pages/{name}.py").run()
    until = time.monotonic() + 60
    while any("Being worked out" in text for text in said(page)) and time.monotonic() < until:
        time.sleep(0.2)
        page = page.run()
    assert not page.exception
    texts = " ".join(said(page))
    assert "Being worked out" not in texts and SAYS[name] in texts
    assert ANSWERS[name.partition("/")[2]]._found
