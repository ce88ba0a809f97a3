"""The Stage view opens where it matters most, and its address says so."""

import pytest
from streamlit.testing.v1 import AppTest

from data.build.build import build
from report.words import cause_words
from tests.app.company import write_company
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
    stage(at="Find")  # a page has said who looks
    frame = state.frame_of({"at": "Buy"}, source.known())
    found = causes.asked(frame, "Buy")
    said = " ".join(m.value for m in stage(at="Buy").markdown)
    told = said.replace("\\", "").replace("\xa0", " ")  # no line breaks before a unit
    assert (
        cause_words.claim(found) in told
    )  # the page's own sentence ends with it, so the block's title is what it holds
    assert "What goes with unhappiness in Buy" in told
    fresh = state.frame_of({"at": "Buy", "dv": "mobile"}, source.known())
    assert causes.ready(fresh, "Buy") is None or causes.ready(fresh, "Buy").query.filters


def test_the_companys_week_and_a_sources_weights_reach_the_pages(tmp_path, monkeypatch):
    """Weeks from Sunday: the usual period is 13 of them, 26 April to 25 July, and a week is called by its Sunday. Two in three of Buy are
    satisfied; those who are not weigh 2, so half, and the unweighted value stands beside."""
    sources = write_company(tmp_path)
    sources.write_text(sources.read_text().replace('currency = "EUR"', 'currency = "EUR"\nweek_starts = "sunday"'))
    head, *rows = (tmp_path / "answers.csv").read_text().splitlines()
    weighted = [f"{row},{1 if row.split(',')[4] == '5' else 2}" for row in rows]
    (tmp_path / "answers.csv").write_text("\n".join([f"{head},weight", *weighted]) + "\n")
    build(sources, None, tmp_path / "store")
    monkeypatch.setenv("THROUGHLINE_STORE", str(tmp_path / "store"))
    source.store.cache_clear()

    def page(name: str, **address: str) -> str:
        test = AppTest.from_file(str(ROOT / "ui/frame.py"), default_timeout=60)
        for key, value in address.items():
            test.query_params[key] = value
        test.switch_page(f"../pages/{name}.py").run()
        assert not test.exception
        texts = [*(m.value for m in test.markdown), *(h.proto.body for h in test.get("html"))]
        return " ".join(texts).replace("\u00a0", " ")

    try:
        said = page("stage", at="Buy")
        assert "26 Apr – 25 Jul 2026" in said and "50.0 %" in said
        table = page("look_up/explore", xm="csat_t2b_5", xb="week", xf="table")
        assert "19 Jul" in table and "20 Jul" not in table
        one = page("look_up/definitions", metric="csat_t2b_5")
        assert "50.0 %" in one and "66.7" in one
    finally:
        source.store.cache_clear()
